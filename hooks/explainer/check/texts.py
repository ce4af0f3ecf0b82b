"""Rules on the texts of records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainer.model import Problem, Record, Site, summary_path
from explainer.text import characters
from explainer.text import markdown as prose

PLACEHOLDERS = re.compile(r"\b(TODO|FIXME|TBD|XXX|PENDING)\b|(?i:lorem ipsum)")
_IN_EACH = ("TODO", "FIXME", "TBD", "XXX", "PENDING", "orem", "OREM")
"""One of them is in each placeholder; to look for them is ten times as fast."""
RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])")
KEPT_EXACTLY = ("quote", "phrase", "headline", "text")
"""Fields that hold words as they were printed."""
BODY, SUMMARY = "body", "summary"
_CONTROL = re.compile(f"[\t\n{characters.CONTROL}]")
_UNSEEN = re.compile(f"[{characters.INVISIBLE}]|[{characters.MARKS}]{{4,}}")


class Text(NamedTuple):
    """A text of a record, and the file and line where it begins.

    `field` is the name of its field, `BODY` for a line of a body, `SUMMARY` for a point of a
    summary; it is `kept` if it holds words as they were printed.
    """

    path: str
    line: int
    field: str
    kept: bool
    text: str

    def problem(self, message: str) -> Problem:
        """A problem where the text begins."""
        return Problem(self.path, self.line, message)


def texts(site: Site) -> Iterator[Text]:
    """Every text of every record: each field, each line of a body, each point of a summary."""
    for record in site.records():
        for loc, text in record.texts:
            field = str(loc[-1] if isinstance(loc[-1], str) else loc[0])
            yield Text(record.path, record.line(loc), field, field in KEPT_EXACTLY, text)
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            yield Text(record.path, number, BODY, False, line)
    for seed in site.seeds.values():
        for section in seed.summary.parts if seed.summary else ():
            for point in section.points:
                text = f"{section.title}\n{point.text}"
                yield Text(summary_path(seed), point.line, SUMMARY, False, text)


def texts_hold_no_html(site: Site) -> Iterator[Problem]:
    """Records hold text and plain Markdown: no HTML, no images, no script links.

    What an article says may look like HTML; a body's headings begin with `###`.
    """
    marked = set()
    for text in texts(site):
        if not (text.kept and text.field != "phrase") and RAW_HTML.search(text.text):
            if text.field == BODY:
                marked.add(text.path)
                yield text.problem("HTML in the text: write plain Markdown")
            else:
                name = "the summary" if text.field == SUMMARY else f"'{text.field}'"
                yield text.problem(f"HTML in {name}: write plain text")
    for record in site.records():
        for needle, message in [] if record.path in marked else prose.problems(record.body):
            yield Problem(record.path, line_with(record, needle), message)


def texts_hold_no_control_characters(site: Site) -> Iterator[Problem]:
    """Texts hold no control characters but line breaks; a quote may hold tabs."""
    for text in texts(site):
        found = next((c for c in _CONTROL.findall(text.text) if c != "\n"), None)
        if found and not (text.field == "quote" and found == "\t"):
            yield text.problem(_remove(found))


def our_texts_are_visible(site: Site) -> Iterator[Problem]:
    """Texts of our own hold no characters that nobody sees, or that turn what follows around.

    Nor more than three combining marks on a letter. Quotes, phrases and headlines are as printed.
    """
    for text in texts(site):
        if not text.kept and (found := _UNSEEN.search(text.text)):
            yield text.problem(_remove(found[0][0]))


def _remove(character: str) -> str:
    kind = "control character" if _CONTROL.match(character) else "invisible character"
    if re.match(f"[{characters.MARKS}]", character):
        return f"holds over three combining marks in a row, {characters.name(character)} first"
    return f"holds the {kind} {characters.name(character)}: remove it"


def line_with(record: Record, text: str) -> int:
    """The line of a record's file on which its body holds `text`; the body's first if none does."""
    return record.body_line + record.body.count("\n", 0, max(0, record.body.find(text)))


def texts_are_written(site: Site) -> Iterator[Problem]:
    """No text is empty or a placeholder."""
    for record in site.records():
        if record.body and not record.body.strip(" .…?\n"):
            message = f"'{record.body.strip()[:40]}' is a placeholder: write the text"
            yield Problem(record.path, record.body_line, message)
    for text in texts(site):
        said = text.text
        if text.field == "translation":
            begun = said.startswith("TODO")
        else:
            begun = not text.kept and any(part in said for part in _IN_EACH)
            begun = begun and PLACEHOLDERS.search(said) is not None
        if begun or not (text.field == BODY or re.search(r"\w", said)):
            shown = said.rpartition("\n")[2] if text.field == SUMMARY else said
            yield text.problem(f"'{shown[:40]}' is a placeholder: write the text")
