"""The values that records are made of, each with its form, and what every record has."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
)

from explainer.model.kinds import Change
from explainer.text.characters import printable
from explainer.text.links import is_link
from explainer.text.words import LAST_PAGE

Loc = tuple[str | int, ...]
"""Where a value is inside a record: `("evidence", 0, "phrase")`."""


class Severity(Enum):
    """What a problem means for a build."""

    STOPS = "no build goes on"
    WITHHOLDS = "no page shows the record in that file"
    WARNS = "the record is shown, and a strict build fails"
    GAP = "work that has not begun: a strict build goes on"
    HINT = "something to look at, which may well be right"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file.

    `path` is relative to the project's root, `line` counts from 1; `rule` is the id of what found
    it, by which docs/about/rules.md explains it.
    """

    path: str
    line: int
    message: str
    rule: str = field(default="", compare=False)
    severity: Severity = field(default=Severity.WITHHOLDS, compare=False)

    def __str__(self) -> str:
        id = f" [{self.rule}]" if self.rule else ""
        message = " ".join(self.message.splitlines())
        return printable(f"{self.path}:{self.line}: {message}{id}")


class Lines(NamedTuple):
    """A range of lines of a file, or of pages, from 1, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self.first <= line <= self.last

    def numbers(self) -> range:
        """Each line of the range."""
        return range(self.first, self.last + 1)


def ranges(numbers: Iterable[int]) -> list[Lines]:
    """Numbers as ranges: 3, 5, 6, 7 → 3, 5–7."""
    found: list[Lines] = []
    for number in sorted(numbers):
        if found and found[-1].last == number - 1:
            found[-1] = Lines(found[-1].first, number)
        else:
            found.append(Lines(number, number))
    return found


def line_numbers(ranges: Iterable[Lines]) -> set[int]:
    """The numbers in any of some ranges. Each is counted once, however often it is listed."""
    found: set[int] = set()
    last = 0
    for lines in sorted(ranges):
        found.update(range(max(lines.first, last + 1), lines.last + 1))
        last = max(last, lines.last)
    return found


class Span(NamedTuple):
    """A stretch of a seed's text, and the lines it is on.

    Offsets are in characters of `Seed.text`, from 0, the end excluded.
    """

    start: int
    end: int
    lines: Lines


def parse_lines(text: str) -> Lines:
    """Read `"12"` or `"12-14"`; ValueError if it is neither, or ends after `LAST_LINE`."""
    found = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?", text.strip())
    if not found:
        raise ValueError(f"'{text}' is neither a line nor a range of lines")
    first, last = int(found[1][:9]), int((found[2] or found[1])[:9])
    if not 1 <= first <= last <= LAST_LINE:
        raise ValueError(f"'{text}' is not a range of lines from 1 upwards")
    return Lines(first, last)


def _lines(value: Any) -> Lines:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("neither a number nor a text")
    return parse_lines(str(value))


def _date(value: Any) -> datetime.date:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("not of that form")
    return datetime.date.fromisoformat(value)


def _partial_date(value: Any) -> str:
    text = str(value)
    if not re.fullmatch(r"[1-9]\d{3}(-\d\d(-\d\d)?)?", text):
        raise ValueError("not of that form")
    datetime.date.fromisoformat((text + "-01-01")[:10])
    return text


def _section(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _address(text: str) -> str:
    if not (re.fullmatch(r"https?://[^\s<>\"]+", text) and is_link(text)):
        raise ValueError("no address that starts with https:// or http://")
    return text


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) < len(values):
        raise ValueError("the same value is listed twice")
    return values


Text = Annotated[str, Field(min_length=1)]
# Dates are those of ISO 8601.
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "minimum": 1000,
            "maximum": 9999,
            "pattern": r"^[1-9]\d{3}(-\d\d(-\d\d)?)?$",
        }
    ),
]
LineRange = Annotated[
    Lines,
    BeforeValidator(_lines),
    WithJsonSchema(
        {"type": ["integer", "string"], "minimum": 1, "pattern": r"^\s*\d+(\s*[-–]\s*\d+)?\s*$"}
    ),
]
SectionId = Annotated[
    str, BeforeValidator(_section), WithJsonSchema({"type": ["string", "number"]})
]
Address = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": r'^https?://[^\s<>"]+$'}),
]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")]
"""The shape of a BCP 47 tag; whether its parts are registered is not looked up."""
PageNumber = Annotated[int, Field(ge=1, le=LAST_PAGE, strict=True)]
Changes = Annotated[
    tuple[Change, ...], AfterValidator(_unique), Field(json_schema_extra={"uniqueItems": True})
]
LAST_LINE = 20_000
"""An article has no more lines."""
EPOCH = datetime.date(1970, 1, 1)
"""The date of what has none, so that a build does not depend on its day."""
ID_CHARACTERS = 200
ID_PATTERN = rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{ID_CHARACTERS - 1}}}"
"""What a record may be called: it becomes an address, and the name of a file."""


def slug(title: str) -> str:
    """A name for a record: `12.5% of kettles` → `12-5-percent-of-kettles`; empty without ASCII."""
    text = unicodedata.normalize("NFKD", re.sub(r"['’]", "", title).replace("%", " percent "))
    name = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower())
    return name.lstrip("-")[:ID_CHARACTERS].rstrip("-")


class Model(BaseModel):
    """A value of a record; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Origin:
    """The file a record was read from. `lines` maps where a value is to its line."""

    id: str
    path: str
    lines: Mapping[Loc, int]
    body: str = ""
    body_line: int = 1


class Record(Model):
    """A value that fills a file of its own."""

    _origin: Origin = PrivateAttr()

    @cached_property
    def id(self) -> str:
        """The file's name without its suffix: what other records call this one."""
        return self._origin.id

    @cached_property
    def path(self) -> str:
        """The path of its file, from the project's root."""
        return self._origin.path

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self._origin.body

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins, from 1."""
        return self._origin.body_line

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem with the value at `loc`; `()` is the record."""
        return Problem(self.path, self.line(loc), message)

    def line(self, loc: Loc) -> int:
        """The line of the value at `loc`, or of what holds it."""
        while loc not in self._origin.lines:
            loc = loc[:-1]
        return self._origin.lines[loc]

    @cached_property
    def texts(self) -> tuple[tuple[Loc, str], ...]:
        """Every text in the record, and where it is."""
        return tuple(_texts(self, ()))


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield loc, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple) and not isinstance(value, Lines):
        for index, item in enumerate(value):
            yield from _texts(item, (*loc, index))
