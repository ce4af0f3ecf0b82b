"""The words and numbers of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LAST_PAGE = 20_000
"""The highest number that a page can have."""

MARKS = 30
"""How many combining marks a character can have: sorting them takes the square of their number.

No language needs more, says Unicode (UAX #15, Stream-Safe Text Format).
"""

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")

_COUNTED = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:[-‑–'’.,/][^\W_{CJK}]+)*")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?![\d])")

_SENTENCE_END = re.compile(
    r"[。！？]+[」』”’）)]*|(?P<word>[^\s(“\"‘]*)[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])"
)
_ABBREVIATION = re.compile(r"[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|[A-Z][a-z]{1,2}")
_DIVIDED = re.compile(r"(?<=\w)[-\u2010]\n(?=\w)")


def _plain(text: str) -> str:
    """NFKC; superscripts and subscripts become spaces, digits of all scripts are 0–9."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text.replace("\u00ad", ""):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS:
            raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
            kept.append(" " if raised else character)
    folded = unicodedata.normalize("NFKC", "".join(kept))
    return "".join(
        str(unicodedata.digit(character)) if character.isdecimal() else character
        for character in folded
        if not unicodedata.combining(character)
    )


def words(text: str) -> list[str]:
    """The words of a text, as the fingerprint sees them."""
    return _WORD.findall(_plain(text).casefold())


def count_words(text: str) -> int:
    """How many words a reader would count.

    `don't`, `72.5%` and `by-product` are one each; two Chinese or Japanese characters make one.
    """
    found = _COUNTED.findall(_plain(text))
    characters = sum(bool(re.match(f"[{CJK}]", word)) for word in found)
    return len(found) - characters // 2


def numbers(text: str) -> list[str]:
    """The numbers written in digits in a text, each once, in order."""
    return list(dict.fromkeys(_NUMBER.findall(_plain(text))))


def readings(number: str) -> set[str]:
    """What a number can mean: `1,250` is 1,250 or 1250, `12,5` is 12,5 or 12.5."""
    found = {number, re.sub(r"[.,\s]", "", number) if _GROUPED.fullmatch(number) else number}
    if re.fullmatch(r"\d+,\d+", number):
        found.add(number.replace(",", "."))
    return found


def number_readings(text: str) -> set[str]:
    """What the numbers of a text can mean, in each way in which they can be read."""
    found = {*_NUMBER.findall(_plain(text)), *_GROUPED.findall(_plain(text))}
    return {reading for number in found for reading in readings(number)}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, cut where one surely ends.

    That is after `。`, `！` or `？`, and after `.`, `!`, `?` or `…` before a space and a capital
    letter, but not after an abbreviation such as `U.S.`, `Dr.` or `J.`
    """
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end["word"] is None or not _ABBREVIATION.fullmatch(end["word"]):
            yield text[start : end.end()]
            start = end.end()
    yield text[start:]


def word_runs(text: str, sizes: Iterable[int]) -> set[str]:
    """All runs of so many words within a sentence, a space between them.

    A word that a hyphen divides at the end of a line counts both as divided and as one.
    """
    found = set()
    for reading in {text, _DIVIDED.sub("", text)}:
        for sentence in sentences(reading):
            all_words = words(sentence)
            for size in sizes:
                for i in range(len(all_words) - size + 1):
                    found.add(" ".join(all_words[i : i + size]))
    return found
