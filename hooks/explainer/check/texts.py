"""Rules on the texts of records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.model import Problem, Record, Site, summary_path
from explainer.text import markdown as prose

_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what follows: words can look like others by them."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
PLACEHOLDERS = re.compile(r"\b(TODO|FIXME|TBD|XXX|PENDING)\b|(?i:lorem ipsum)")
_SIGNS = ("TODO", "FIXME", "TBD", "XXX", "PENDING", "orem", "OREM")
"""One of them stands in each placeholder; to look for them is ten times as fast."""
RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])")
KEPT_EXACTLY = ("quote", "phrase", "headline", "text")
"""Fields whose words stand as they were printed."""
WORDS_OF_OTHERS = ("quote", "translation", "phrase", "headline", "text")
"""Fields in which a word like TODO may be part of what is quoted."""


def texts_hold_no_html(site: Site) -> Iterator[Problem]:
    """Records hold text and plain Markdown: no HTML, no images, no script links.

    What an article says may look like HTML; a body's headings begin with `###`.
    """
    for record in site.records():
        for loc, text in record.texts:
            if loc[-1] not in ("quote", "headline", "text") and RAW_HTML.search(text):
                name = loc[-1] if isinstance(loc[-1], str) else loc[0]
                yield record.problem(loc, f"HTML in '{name}': write plain text")
        marked = False
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            if RAW_HTML.search(line):
                marked = True
                yield Problem(record.path, number, "HTML in the text: write plain Markdown")
        for needle, message in [] if marked else prose.problems(record.body):
            yield Problem(record.path, line_with(record, needle), message)
    for seed in site.seeds.values():
        for part in seed.summary.parts if seed.summary else ():
            for point in part.points:
                if RAW_HTML.search(point.text) or RAW_HTML.search(part.title):
                    message = "HTML in the summary: write plain text"
                    yield Problem(summary_path(seed), point.line, message)


def texts_hold_no_control_characters(site: Site) -> Iterator[Problem]:
    """Texts hold no control characters but line breaks; ours turn no direction of writing.

    A quote may hold tabs. The signs that turn the direction are those of Unicode (UAX #9).
    """
    for record in site.records():
        for loc, text in record.texts:
            found = _CONTROL.search(text)
            if found and not (loc[-1] == "quote" and found[0] == "\t"):
                yield record.problem(loc, _remove(found))
            turning = loc[-1] not in KEPT_EXACTLY and _TURNING.search(text)
            if turning:
                yield record.problem(loc, _remove(turning))
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            if turning := _TURNING.search(line):
                yield Problem(record.path, number, _remove(turning))
    for seed in site.seeds.values():
        for part in seed.summary.parts if seed.summary else ():
            for point in part.points:
                if turning := _TURNING.search(part.title + point.text):
                    yield Problem(summary_path(seed), point.line, _remove(turning))


def _remove(sign: re.Match[str]) -> str:
    return f"holds the control character U+{ord(sign[0]):04X}: remove it"


def line_with(record: Record, text: str) -> int:
    """The line of a record's file on which its body holds `text`; the body's first if none does."""
    lines = record.body.split("\n")
    index = next((index for index, line in enumerate(lines) if text in line), 0)
    return record.body_line + index


def _placeholder(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) and bool(PLACEHOLDERS.search(text))


def texts_are_written(site: Site) -> Iterator[Problem]:
    """No text is empty or a placeholder."""
    for record in site.records():
        for loc, text in record.texts:
            found = loc[-1] in WORDS_OF_OTHERS or not _placeholder(text)
            begun = loc[-1] == "translation" and text.startswith("TODO")
            if begun or not (found and re.search(r"\w", text)):
                yield record.problem(loc, f"'{text[:40]}' is a placeholder: write the text")
        empty = not record.body.strip(" .…?\n")
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            if _placeholder(line) or (empty and line.strip()):
                yield Problem(record.path, number, f"'{line[:40]}' is a placeholder: write it")
    for seed in site.seeds.values():
        for part in seed.summary.parts if seed.summary else ():
            for point in part.points:
                if _placeholder(point.text):
                    message = f"'{point.text[:40]}' is a placeholder: write the point"
                    yield Problem(summary_path(seed), point.line, message)
