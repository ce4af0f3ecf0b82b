"""Fingerprints: which words and numbers stand on which page of a report, without its text.

A text is cut into words: runs of letters and digits after NFKC normalisation (UAX #15) and case
folding, and single characters in Chinese, Japanese and Korean scripts; all other signs only
separate. Soft hyphens and what combining marks are left are dropped, digits of all scripts are 0 to
9, and a raised or lowered sign counts as a space. A word that a hyphen divides at the end of a line
counts both as divided and as one. The fingerprint of a page holds a salted hash of every run of 4,
6, 8, 10 and 12 words, and of every number written in digits, in each way in which it can be read
(`1.250` and `1,250` may be 1250, `12,5` may be 12.5). Hashes are sorted, so that the order of the
text cannot be read from them.

The file is JSON::

    {"version": 2, "salt": "<hex>", "pages": {"1": {"grams": "<base64>", "numbers": "<base64>"}}}

with the hashes of a page joined: BLAKE2b (RFC 7693) with a digest of `HASH_BYTES` bytes, keyed with
the salt, of a run's words with one space between them, or of a number, in UTF-8. The salt comes
from the text itself, so the same text gives the same file.
"""

from __future__ import annotations

import base64
import bisect
import hashlib
import json
import re
import struct
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pypdf import PageObject, PdfReader

from explainer.limits import SOURCE

VERSION = 2
HASH_BYTES = 4
GRAM_WORDS = (4, 6, 8, 10, 12)
"""How many words a run has that is hashed."""
LAST_PAGE = 20_000
"""The highest number that a page can have."""
MARKS = 30
"""How many combining marks a character can have: sorting them takes the square of their number.

No language needs more, says Unicode (UAX #15, Stream-Safe Text Format).
"""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_COUNTED = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:[-‑–'’.,/][^\W_{_CJK}]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?![\d])")
_DIVIDED = re.compile(r"(?<=\w)[-\u2010]\n(?=\w)")


def _plain(text: str) -> str:
    """NFKC; superscripts and subscripts become spaces, digits of all scripts are 0–9."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text.replace("\u00ad", ""):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MARKS:
            raised = unicodedata.decomposition(sign).startswith(("<super>", "<sub>"))
            kept.append(" " if raised else sign)
    folded = unicodedata.normalize("NFKC", "".join(kept))
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdecimal() else sign
        for sign in folded
        if not unicodedata.combining(sign)
    )


def words(text: str) -> list[str]:
    """The words of a text, as the fingerprint sees them."""
    return _WORD.findall(_plain(text).casefold())


def count_words(text: str) -> int:
    """How many words a reader would count.

    `don't`, `72.5%` and `by-product` are one each; two Chinese or Japanese characters make one.
    """
    found = _COUNTED.findall(_plain(text))
    characters = sum(bool(re.match(f"[{_CJK}]", word)) for word in found)
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


def _numbers_read(text: str) -> set[str]:
    found = {*_NUMBER.findall(_plain(text)), *_GROUPED.findall(_plain(text))}
    return {reading for number in found for reading in readings(number)}


def _grams(text: str, sizes: Iterable[int]) -> set[str]:
    found = set()
    for reading in {text, _DIVIDED.sub("", text)}:
        all_words = words(reading)
        for size in sizes:
            for i in range(len(all_words) - size + 1):
                found.add(" ".join(all_words[i : i + size]))
    return found


@lru_cache(maxsize=10_000)
def _longest_grams(phrase: str) -> frozenset[str]:
    """The runs of a phrase, of the greatest length that is hashed; none of one too short."""
    length = len(words(phrase))
    size = max((size for size in GRAM_WORDS if size <= length), default=None)
    return frozenset(_grams(phrase, [size]) if size else ())


@dataclass(frozen=True)
class Fingerprint:
    """Hashes per page, each once and in order.

    `pages` maps a page number to its hashes of word runs and of numbers: in arrays, because in a
    set, each would take twenty times the room.
    """

    salt: bytes
    pages: Mapping[int, tuple[array[int], array[int]]]

    def __hash__(self) -> int:
        return hash(self.salt)

    def _hash(self, text: str) -> int:
        digest = hashlib.blake2b(text.encode(), digest_size=HASH_BYTES, key=self.salt).digest()
        return int.from_bytes(digest)

    def pages_with(self, phrase: str) -> list[int]:
        """The pages on which the phrase stands: each of its longest runs that were hashed."""
        return [page for page in self.pages if self.has_phrase(phrase, page)]

    def has_phrase(self, phrase: str, page: int) -> bool:
        """Whether a phrase stands on a page, by the longest of its runs that were hashed."""
        wanted = _longest_grams(phrase)
        return (
            page in self.pages
            and bool(wanted)
            and all(_holds(self.pages[page][0], self._hash(gram)) for gram in wanted)
        )

    def has_number(self, number: str, page: int) -> bool:
        """Whether a number stands on a page, in any way in which it can be read."""
        hashed = self._readings(number)
        return page in self.pages and any(_holds(self.pages[page][1], one) for one in hashed)

    def pages_with_number(self, number: str) -> list[int]:
        """The pages on which a number stands, in any way in which it can be read."""
        hashed = self._readings(number)
        return [
            page
            for page, (_, numbers) in self.pages.items()
            if numbers and any(_holds(numbers, one) for one in hashed)
        ]

    def _readings(self, number: str) -> set[int]:
        return {self._hash(reading) for reading in readings(number)}

    def to_json(self) -> str:
        """The fingerprint as a file, as the docstring of this module describes it."""

        def joined(hashes: Iterable[int]) -> str:
            data = b"".join(number.to_bytes(HASH_BYTES) for number in hashes)
            return base64.b64encode(data).decode()

        pages = {
            str(page): {"grams": joined(grams), "numbers": joined(numbers)}
            for page, (grams, numbers) in sorted(self.pages.items())
        }
        document = {"version": VERSION, "salt": self.salt.hex(), "pages": pages}
        return json.dumps(document, indent=1) + "\n"


def _in_order(hashes: Iterable[int]) -> array[int]:
    return array("I", sorted(hashes))


def _holds(hashes: array[int], one: int) -> bool:
    place = bisect.bisect_left(hashes, one)
    return place < len(hashes) and hashes[place] == one


def make(pages: Mapping[int, str]) -> Fingerprint:
    """The fingerprint of a text given page by page: page number → text."""
    salt = hashlib.sha256("\f".join(text for _, text in sorted(pages.items())).encode()).digest()
    empty = Fingerprint(salt[:16], {})
    hashed = {
        page: (
            _in_order(set(map(empty._hash, _grams(text, GRAM_WORDS)))),
            _in_order(set(map(empty._hash, _numbers_read(text)))),
        )
        for page, text in pages.items()
    }
    return Fingerprint(empty.salt, hashed)


def load(text: str) -> Fingerprint:
    """Read a fingerprint file; ValueError says what is wrong with it."""

    def split(joined: object) -> array[int]:
        data = base64.b64decode(str(joined), validate=True)
        if len(data) % HASH_BYTES:
            raise ValueError(f"hashes are not {HASH_BYTES} bytes each")
        return _in_order(struct.unpack(f">{len(data) // HASH_BYTES}I", data))

    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise ValueError(f"version {document['version']!r}, expected {VERSION}")
        pages = {
            int(page): (split(hashes["grams"]), split(hashes["numbers"]))
            for page, hashes in document["pages"].items()
        }
        if not all(1 <= page <= LAST_PAGE for page in pages):
            raise ValueError(f"expected pages from 1 to {LAST_PAGE}")
        salt = bytes.fromhex(document["salt"])
        if len(salt) > hashlib.blake2b.MAX_KEY_SIZE:
            raise ValueError("the salt is too long")
        return Fingerprint(salt, pages)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a fingerprint file: {error!r}") from error


def page_texts(
    source: Path, watch: Callable[[Sequence[PageObject]], Iterable[PageObject]] = iter
) -> dict[int, str]:
    """The text of a report by page, from a PDF or from a JSON list of `{page, text}`.

    The pages of a PDF have the numbers that it gives them itself, and those that it numbers
    otherwise (iii, A-1) are left out; if it gives a number twice, or none, they are counted from 1.
    ValueError if the file is neither, is too large, or has no text; OSError if it cannot be read.
    `watch` is given the pages of a PDF, which take long to read, and gives each back when its turn
    has come.
    """
    if message := SOURCE.excess(source.stat().st_size):
        raise ValueError(f"{source}: {message}")
    try:
        is_pdf = source.suffix.lower() == ".pdf"
        pages = _pdf_pages(source, watch) if is_pdf else _listed_pages(source)
    except OSError:
        raise
    except Exception as error:  # a broken PDF makes its reader raise almost anything
        expected = "expected a PDF without a password, or a JSON list of {page, text}"
        raise ValueError(f"{source}: {expected}: {error}") from error
    if not any(words(text) for text in pages.values()):
        raise ValueError(f"{source}: no page has text; a scanned PDF needs text recognition first")
    # Half a character, as both kinds of file can hold it, is in no text.
    return {page: text.encode(errors="replace").decode() for page, text in pages.items()}


def _pdf_pages(
    source: Path, watch: Callable[[Sequence[PageObject]], Iterable[PageObject]]
) -> dict[int, str]:
    pdf = PdfReader(source)
    if len(pdf.pages) > LAST_PAGE:
        raise ValueError(f"it has {len(pdf.pages)} pages, more than {LAST_PAGE}")
    texts = [page.extract_text() for page in watch(pdf.pages)]
    numbers = [int(label) if label.isdecimal() else None for label in pdf.page_labels]
    labelled = {
        number: text for number, text in zip(numbers, texts, strict=True) if number is not None
    }
    possible = all(1 <= number <= LAST_PAGE for number in labelled)
    if labelled and possible and len(labelled) + numbers.count(None) == len(texts):
        return labelled
    return dict(enumerate(texts, 1))


def _listed_pages(source: Path) -> dict[int, str]:
    listed = json.loads(source.read_text("utf-8"))
    pages: dict[int, str] = {}
    for entry in listed:
        page, text = entry["page"], entry["text"]
        if type(page) is not int or not 1 <= page <= LAST_PAGE or not isinstance(text, str):
            raise ValueError(f"page {page!r}: expected a number from 1 and a text")
        if page in pages:
            raise ValueError(f"page {page} stands twice")
        pages[page] = text
    return pages
