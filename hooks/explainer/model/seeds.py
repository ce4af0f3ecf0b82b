"""Seeds: articles as they were received, and what is known of them."""

from __future__ import annotations

import bisect
import itertools
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import Field, PrivateAttr

from explainer.model.kinds import Role, SeedKind, SeedMarkup
from explainer.model.values import (
    ID_PATTERN,
    Address,
    Language,
    LineRange,
    Lines,
    Model,
    PartialDate,
    Record,
    Span,
    Text,
    line_numbers,
)

OCCURRENCES = 100
"""How many occurrences of a quote are looked up."""


class Noise(Model):
    """Lines that are not prose."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    what: Annotated[Text, Field(description="what is there")]


class NotChecked(Model):
    """Prose that no claim quotes, and why."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    text: Annotated[str | None, Field(description="the part of the line, exactly")] = None
    reason: Annotated[Text, Field(description="why it is not checked")]


class Names(Model):
    """The names of the two who speak in an interview."""

    interviewer: Annotated[Text, Field(description="a name")]
    interviewee: Annotated[Text, Field(description="a name")]


class Turn(Model):
    """Who speaks in some lines of an interview, and how that is known."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    speaker: Annotated[Role, Field(description="publisher, interviewer, interviewee or both")]
    grounds: Annotated[Text, Field(description="how it is known")]


class Point(NamedTuple):
    """One point of a translated summary, the lines it reports, and its line in the summary."""

    text: str
    lines: Lines
    line: int


class SummarySection(NamedTuple):
    """A section of a translated summary."""

    title: str
    points: tuple[Point, ...]


class Summary(NamedTuple):
    """A translated summary; `path` is that of its file."""

    path: str
    parts: tuple[SummarySection, ...]


class Seed(Record):
    """An article as it was received, and what is known of it."""

    title: Annotated[Text, Field(description="the headline in English")]
    headline: Annotated[str | None, Field(description="the headline as printed")] = None
    slug: Annotated[
        str, Field(pattern=rf"^{ID_PATTERN}$", description="ASCII words with hyphens: the address")
    ]
    lang: Annotated[
        Language, Field(description="the language of the article as BCP 47: ja, zh-Hans")
    ]
    kind: Annotated[SeedKind, Field(description="the kind of text")]
    publisher: Annotated[Text, Field(description="who published it, as far as known")]
    author: Annotated[str | None, Field(description="who wrote it, if known")] = None
    published: Annotated[
        PartialDate | None, Field(description="a date: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    address: Annotated[Address | None, Field(description="an address with https://")] = None
    provenance: Annotated[Text, Field(description="where our text came from")]
    sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="the SHA-256 of the .txt file, in hex")
    ]
    markup: Annotated[SeedMarkup, Field(description="text or html")] = SeedMarkup.TEXT
    whole_text: Annotated[
        bool, Field(description="true only if the licence allows to show the whole text")
    ] = False
    headings: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...], Field(description="a list of line numbers")
    ] = ()
    noise: Annotated[tuple[Noise, ...], Field(description="a list of {lines, what}")] = ()
    not_checked: Annotated[
        tuple[NotChecked, ...], Field(description="a list of {lines, reason}")
    ] = ()
    names: Annotated[Names | None, Field(description="{interviewer: name, interviewee: name}")] = (
        None
    )
    speakers: Annotated[
        tuple[Turn, ...], Field(description="a list of {lines, speaker, grounds}")
    ] = ()

    _raw: bytes = PrivateAttr()
    _lines: tuple[str, ...] = PrivateAttr()
    _summary: Summary | None = PrivateAttr(default=None)

    @property
    def text_path(self) -> str:
        """The path of the `.txt` file."""
        return self.path.removesuffix(".yml") + ".txt"

    @property
    def raw(self) -> bytes:
        """The bytes of the `.txt` file, as they are."""
        return self._raw

    @property
    def summary(self) -> Summary | None:
        """The translated summary, if it is written."""
        return self._summary

    @property
    def lines(self) -> tuple[str, ...]:
        """What a reader sees of each line of the file, line 1 first.

        A line break in HTML stays one, within the line.
        """
        return self._lines

    @cached_property
    def text(self) -> str:
        """What a reader sees of the whole file."""
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(itertools.accumulate((len(line) + 1 for line in self.lines), initial=0))

    def find(self, quote: str, line: int | None = None) -> list[Span]:
        """Where `quote` is, exactly; only what is on `line` if that is given.

        No more than the first `OCCURRENCES`, for a quote should have one.
        """
        found: list[Span] = []
        start, stop = 0, len(self.text)
        if line is not None:
            start = max(0, self._starts[min(line, len(self.lines)) - 1] - len(quote))
            stop = self._starts[min(line, len(self.lines))] + len(quote)
        at = self.text.find(quote, start, stop) if quote else -1
        while at >= 0 and len(found) < OCCURRENCES:
            end = at + len(quote)
            lines = Lines(
                bisect.bisect_right(self._starts, at), bisect.bisect_right(self._starts, end - 1)
            )
            if line is None or line in lines:
                found.append(Span(at, end, lines))
            at = self.text.find(quote, at + 1, stop)
        return found

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """The numbers of the lines that are neither empty, nor headings, nor noise."""
        marked = line_numbers(noise.lines for noise in self.noise)
        marked.update(self.headings)
        return tuple(
            number
            for number, line in enumerate(self.lines, 1)
            if line.strip() and number not in marked
        )


def summary_path(seed: Seed) -> str:
    """Where a seed's translated summary is, or would be."""
    return seed.path.removesuffix(".yml") + ".en.md"
