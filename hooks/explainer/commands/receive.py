"""From an article as it came to the text of a seed, and to a first marking of its lines.

What is found here is proposed to the person who makes the seed; nothing of it is relied on later.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import chardet
import yaml

from explainer.model import Lines, SeedMarkup, ranges
from explainer.read.limits import ARTICLE
from explainer.text import characters
from explainer.text.visible import visible_lines

_CONTROL = re.compile(f"[{characters.BINARY}]")
_TAG = re.compile(
    r"</?(a|b|blockquote|body|br|div|em|figure|h[1-6]|head|hr|html|i|img|li|ol|p|script|section|"
    r"span|strong|style|table|td|tr|ul)\b[^<>]*>|&(amp|gt|lt|nbsp|quot|#\d+|#x[0-9a-f]+);",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.。．!！?？…:：;；,，、—」』”\"’')）\]]$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s")
_LIST_ITEM = re.compile(r"[-*•・●◆■▼>|]|\d+[.)、]")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")

HEADING_WIDTH = 80
"""How wide a heading can be, in columns of a typewriter; a Chinese character fills two."""


@dataclass(frozen=True)
class Received:
    """The text of an article, and what was found out about it.

    `converted` says what had to be changed for UTF-8 without byte order mark and LF, or is empty.
    `lang` is a BCP 47 tag, or None where the language was not recognised. `headline` is the heading
    at the top, if there is one. `headings` are lines, from 1; `noise` are lines with what stands
    there.
    """

    text: str
    converted: str
    lang: str | None
    markup: SeedMarkup
    headline: str | None
    headings: tuple[int, ...]
    noise: tuple[tuple[Lines, str], ...]


def receive(data: bytes, encoding: str | None = None) -> Received:
    """Decode an article and look it over; ValueError if it is no text, is empty, or too large.

    `encoding` is a name that Python's codecs know; without it, the encoding is recognised.
    """
    if message := ARTICLE.excess(len(data)):
        raise ValueError(message)
    text, codec = _decode(data, encoding)
    if control := _CONTROL.search(text):
        line = 1 + text.count("\n", 0, control.start())
        raise ValueError(
            f"holds the control character {characters.name(control[0])} in line {line}, read as "
            f"{codec}: save the article as plain text, or give its encoding"
        )
    changes = [] if codec.lower() in ("utf-8", "utf-8-sig", "ascii") else [f"from {codec} to UTF-8"]
    if codec.lower() == "utf-8-sig" or text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        changes.append("without the byte order mark")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        changes.append("with lines ended by LF instead of CR")
    markup = SeedMarkup.HTML if _TAG.search(text) else SeedMarkup.TEXT
    shown = text.removesuffix("\n")
    lines = visible_lines(shown) if markup is SeedMarkup.HTML else shown.split("\n")
    if not any(line.strip() for line in lines):
        raise ValueError("is empty: expected the article's text")
    noise = _noise(lines)
    headings = tuple(_headings(lines, {number for some in noise.values() for number in some}))
    top = next(number for number, line in enumerate(lines, 1) if line.strip())
    headline = (lines[top - 1].strip().lstrip("# ") or None) if top in headings else None
    return Received(
        text,
        ", ".join(changes),
        language("\n".join(lines)),
        markup,
        headline,
        headings,
        tuple(sorted((span, what) for what, some in noise.items() for span in ranges(some))),
    )


def _decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the name of its encoding."""
    if encoding is None:
        found = chardet.detect(data, max_bytes=max(1, len(data)))
        encoding = found["encoding"]
        if encoding is None:
            kind = found.get("mime_type") or "its encoding was not recognised"
            raise ValueError(
                f"is no text ({kind}): save the article's text in a file, or give its encoding"
            )
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise ValueError(f"cannot be read as {encoding} (line {line}): give its encoding") from None
    except LookupError:
        raise ValueError(
            f"'{encoding}' is no known encoding: expected one such as cp932, gb18030 or utf-16"
        ) from None


def language(text: str) -> str | None:
    """The language of a text as BCP 47, with the script where it is Chinese; None if unknown."""
    found: str | None = chardet.detect(text.encode(), max_bytes=max(1, 4 * len(text)))["language"]
    if found != "zh":
        return found or None
    simplified, traditional = (len(text.encode(set, "ignore")) for set in ("gb2312", "big5"))
    return "zh-Hans" if simplified >= traditional else "zh-Hant"


@cache
def _kinds_of_noise() -> dict[str, re.Pattern[str]]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return {
        what: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for what, patterns in listed.items()
    }


def _noise(lines: Sequence[str]) -> dict[str, list[int]]:
    """The lines that are no prose, by what stands there."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        bare = line.strip().strip("*_")
        for what, pattern in _kinds_of_noise().items():
            if pattern.fullmatch(bare):
                found.setdefault(what, []).append(number)
                break
    return found


def _headings(lines: Sequence[str], noise: Collection[int]) -> Iterator[int]:
    """Markdown headings; short lines without a full stop, at the top or with prose below."""
    shown = [
        (number, line.strip())
        for number, line in enumerate(lines, 1)
        if line.strip() and number not in noise
    ]
    for index, (number, line) in enumerate(shown):
        below = shown[index + 1][1] if index + 1 < len(shown) else ""
        if _MARKDOWN_HEADING.match(line) or (
            _is_short(line) and (index == 0 or not _is_short(below)) and below
        ):
            yield number


def _is_short(line: str) -> bool:
    """Whether a line is too short for prose, and ends like none."""
    return (
        len(line) + len(_WIDE.findall(line)) <= HEADING_WIDTH
        and "\n" not in line
        and not _SENTENCE_END.search(line)
        and not _LIST_ITEM.match(line)
    )
