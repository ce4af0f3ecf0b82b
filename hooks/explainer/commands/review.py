"""What a reviewer has to read: all that changed since a commit, the old beside the new.

It fits into the summary of a GitHub workflow's step. What was left out for that is counted in the
last line, which is always there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest
from pathlib import Path

import click

from explainer.check.load import load
from explainer.commands import history
from explainer.commands.corrections import changed_pages, fingerprint_path, uncorrected
from explainer.commands.terminal import ROOT, say
from explainer.model import Model, Problem, Record, Seed, Site
from explainer.pages.render import Renderer
from explainer.text.characters import printable
from explainer.text.escape import escape_lines

BYTES = 1_000_000
"""How much there is at most; a summary can hold a little more: 1 MiB."""
LIST_BYTES = 150_000
"""How much of it the problems take at most, and each list of files."""
RECORD_BYTES = 30_000
"""How much of it one record takes at most."""
_FRAME_BYTES, _HEAD_BYTES = 50, 500
"""At least as much as the HTML around a row or a line of a list, and around a record."""
_CONTENT = re.compile(r"docs/.+\.md|seeds/[^/]+\.(txt|yml|en\.md)")
"""Files that hold words to read. All others can change what the generator does or trusts."""


@click.command("review")
@click.argument("base")
@ROOT
def command(base: str, root: Path) -> None:
    """Print, as Markdown, all problems and all that is new or changed since the commit BASE.

    Every text of a record is escaped: it can be appended to the summary of a GitHub workflow.
    """
    loaded = load(root)
    try:
        published = history.version(root, base, loaded.read.today)
        files = history.changed_files(root, base)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    problems = [*uncorrected(published, loaded.read), *loaded.problems]
    shown = review(published.site, loaded.read, problems, files)
    text = Renderer(loaded, "", "").render("review.md", "", review=shown)
    say(*text.rstrip("\n").split("\n"))


@dataclass(frozen=True)
class Row:
    """A value that changed; `before` is empty where it is new, `now` where it is gone."""

    name: str
    before: str
    now: str

    @property
    def size(self) -> int:
        """How many bytes of HTML it takes."""
        return _FRAME_BYTES + sum(map(_size, (self.name, self.before, self.now)))


@dataclass(frozen=True)
class Change:
    """A record that is new or changed. `cut` are the names of the rows that are not shown."""

    title: str
    path: str
    new: bool
    rows: tuple[Row, ...]
    cut: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many bytes of HTML it takes."""
        head = _size(self.title) + _size(self.path) + sum(_size(name) + 2 for name in self.cut)
        return _HEAD_BYTES + head + sum(row.size for row in self.rows)


def _size(text: str) -> int:
    return len(printable(escape_lines(text)).encode())


@dataclass(frozen=True)
class Review:
    """What the template shows; `careful` are files to read with special care."""

    problems: Sequence[str]
    careful: Sequence[str]
    others: Sequence[str]
    changes: Sequence[Change]
    cut: Sequence[str]


def review(
    before: Site, after: Site, problems: Iterable[Problem], files: Mapping[str, str]
) -> Review:
    """All that is to be read, what changed before what is new.

    `files` says of each file that differs what became of it. Those whose records are shown are not
    listed again.
    """
    changes = sorted(_changes(before, after), key=lambda change: change.new)
    listed, left = _first([str(problem) for problem in problems], LIST_BYTES)
    told = _told_of_files(before, after, files)
    careful = [line for path, line in told.items() if not _CONTENT.fullmatch(path)]
    careful, left_careful = _first(careful, LIST_BYTES)
    room = BYTES - _HEAD_BYTES - LIST_BYTES - sum(map(_line_size, (*listed, *careful)))
    shown: dict[str, Change] = {}
    for change in changes:
        if change.size <= room:
            room -= change.size
            shown[change.path] = change
    others = [line for path, line in told.items() if _CONTENT.fullmatch(path) and path not in shown]
    others, left_others = _first(others, LIST_BYTES)
    new = [change.new for change in changes if change.path not in shown]
    counted = {
        "problems": left,
        "files to read with special care": left_careful,
        "other files": left_others,
        "changed records": new.count(False),
        "new records": new.count(True),
        "values of the records above": sum(len(change.cut) for change in shown.values()),
    }
    cut = [f"{count} {what}" for what, count in counted.items() if count]
    return Review(listed, careful, others, list(shown.values()), cut)


def _first(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    """As many lines as there is room for, and how many are left."""
    for index, line in enumerate(lines):
        room -= _line_size(line)
        if room < 0:
            return list(lines[:index]), len(lines) - index
    return list(lines), 0


def _line_size(line: str) -> int:
    return _FRAME_BYTES + _size(line)


def _told_of_files(before: Site, after: Site, files: Mapping[str, str]) -> dict[str, str]:
    """A line for each file that changed."""
    told = {path: f"{path}: {what}" for path, what in files.items()}
    for id, report in after.reports.items():
        path = fingerprint_path(report)
        if path in told and report.fingerprint:
            old = before.reports[id].fingerprint if id in before.reports else None
            pages = changed_pages(old, report.fingerprint) or "all pages, none to compare with"
            make = f"make fingerprint SOURCE=… REPORT={id}"
            told[path] += f" ({pages}); make it anew from your copy and compare: {make}"
    return told


def _changes(before: Site, after: Site) -> Iterator[Change]:
    old = {record.path: record for record in before.records()}
    for record in after.records():
        known = old.get(record.path)
        parts, then = _parts(record), _parts(known) if known else {}
        rows = [
            row
            for name, value in parts.items()
            for row in _rows(name, then.get(name, () if type(value) is tuple else None), value)
        ]
        if rows:
            yield _change(record, known is None, rows)


def _change(record: Record, new: bool, rows: Iterable[Row]) -> Change:
    kept: list[Row] = []
    cut: list[str] = []
    room = RECORD_BYTES
    for row in rows:
        if row.size <= room:
            room -= row.size
            kept.append(row)
        else:
            cut.append(row.name)
    title = str(next(iter(_fields(record).values())))
    return Change(title[:200], record.path, new, tuple(kept), tuple(cut))


def _parts(record: Record) -> dict[str, object]:
    """The fields of a record, its text by paragraphs, and the points of a translated summary."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in record.body.split("\n\n"))
    parts = {**_fields(record), "text": tuple(filter(None, paragraphs))}
    if isinstance(record, Seed) and record.summary:
        points = [point for part in record.summary.parts for point in part.points]
        parts["summary"] = tuple(f"{point.text} [{point.lines}]" for point in points)
    return parts


def _fields(value: Model) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).model_fields}


def _rows(name: str, old: object, new: object) -> Iterator[Row]:
    """The values that differ, each with its place."""
    if old == new:
        return
    if type(old) is tuple and type(new) is tuple:  # a range of lines is none
        yield from _listed(name, old, new)
    elif isinstance(old, Model) and isinstance(new, Model):
        for field, value in _fields(old).items():
            yield from _rows(f"{name} {field}", value, getattr(new, field))
    else:
        yield Row(name, _text(old), _text(new))


def _listed(name: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if what != "equal":
            pairs = zip_longest(old[old_start:old_end], new[new_start:new_end])
            for place, (was, now) in enumerate(pairs, new_start + 1):
                yield from _rows(f"{name} {place}", was, now)


def _text(value: object) -> str:
    if isinstance(value, Model):
        told = {name: _text(item) for name, item in _fields(value).items()}
        return "\n".join(f"{name}: {text}" for name, text in told.items() if text)
    if type(value) is tuple:
        return ", ".join(map(_text, value))
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)
