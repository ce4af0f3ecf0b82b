"""The quoted passages of an article, in place, with the claims that quote them.

Quotes overlap, nest, and share a line. An annotation cuts the text of each line between the first
and the last quoted character into segments, so that every segment belongs to one set of claims.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from explainer.model import Appearance, Claim, Lines, Seed, Site, Span


@dataclass(frozen=True)
class Note:
    """A claim where it appears in a seed."""

    span: Span
    claim: Claim
    appearance: Appearance

    @property
    def anchor(self) -> str:
        """The id of the note on its article's page."""
        return anchor(self.span, self.claim)


def anchor(span: Span, claim: Claim) -> str:
    """The id of the note on a claim, on its article's page."""
    return f"note-{span.start}-{claim.id}"


@dataclass(frozen=True)
class Segment:
    """A stretch of text and the notes on it; without notes it stands for a gap."""

    text: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Passage:
    """What is quoted from the same lines: the original in segments, and the notes in order."""

    lines: Lines
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]

    @property
    def translations(self) -> list[str]:
        """The translations of the quotes, each once, without those of parts of a longer quote."""
        outer: list[Note] = []
        last = -1  # where the last of the notes that began before ends
        for _, group in groupby(self.notes, key=lambda note: note.span.start):
            notes = list(group)
            end = max(note.span.end for note in notes)
            if end > last:
                outer += [note for note in notes if note.span.end == end]
            last = max(last, end)
        return list(dict.fromkeys(note.appearance.translation for note in outer))


@dataclass(frozen=True)
class Part:
    """The passages under one heading of the article, and its line; both None above the first."""

    heading: str | None
    line: int | None
    passages: tuple[Passage, ...]


def annotate(site: Site, seed: Seed) -> list[Part]:
    """The quoted passages of a seed, under its headings, in the order of its text.

    The site has no problems: IndexError if a quote does not stand in the seed.
    """
    notes = [Note(span, claim, appearance) for span, appearance, claim in site.claims_in(seed.id)]
    passages = [_passage(seed, group) for group in _by_paragraph(seed, notes)]

    def heading(passage: Passage) -> int | None:
        before = [line for line in seed.headings if line <= passage.lines.first]
        return max(before, default=None)

    return [
        Part(seed.lines[line - 1].strip() if line else None, line, tuple(group))
        for line, group in groupby(passages, key=heading)
    ]


def _by_paragraph(seed: Seed, notes: list[Note]) -> Iterator[list[Note]]:
    """Notes of one paragraph, or of paragraphs that one quote joins, belong to one passage."""
    group: list[Note] = []
    last = -1
    for note in notes:
        if group and seed.text.count("\n", 0, note.span.start) > last:
            yield group
            group = []
        group.append(note)
        last = max(last, seed.text.count("\n", 0, note.span.end))
    if group:
        yield group


def _passage(seed: Seed, notes: list[Note]) -> Passage:
    lines = [note.span.lines for note in notes]
    cuts = sorted({offset for note in notes for offset in note.span[:2]})
    segments = []
    begun, following = list[Note](), deque(notes)
    for start, end in pairwise(cuts):
        while following and following[0].span.start == start:
            begun.append(following.popleft())
        begun = [note for note in begun if note.span.end > start]
        on_it = tuple(begun)
        segments.append(Segment(seed.text[start:end] if on_it else "", on_it))
    span = Lines(min(each.first for each in lines), max(each.last for each in lines))
    return Passage(span, tuple(segments), tuple(notes))
