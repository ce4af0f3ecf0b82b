"""All records together."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from explainer.model.claims import Appearance, Claim, Evidence, Ruling, Topic
from explainer.model.reports import Report
from explainer.model.seeds import Seed
from explainer.model.values import EPOCH, Problem, Record, Span, line_numbers


@dataclass(frozen=True)
class HandWritten:
    """A page that is no record: its front matter, and the Markdown, which begins on `line`."""

    front: Mapping[str, Any]
    body: str
    line: int


@dataclass(frozen=True)
class Site:
    """All records, by id, and what else is in the tree.

    By path: `unread` are the records that could not be read, with the slug if a seed's could;
    `hand_written` the other pages under docs/, and `assets` all other files there.
    """

    claims: Mapping[str, Claim]
    topics: Mapping[str, Topic]
    reports: Mapping[str, Report]
    rulings: Mapping[str, Ruling]
    seeds: Mapping[str, Seed]
    unread: Mapping[str, str | None]
    hand_written: Mapping[str, HandWritten]
    assets: Mapping[str, Path]
    today: datetime.date

    def records(self) -> Iterator[Record]:
        """All claims, then topics, reports, rulings and seeds."""
        for records in (self.claims, self.topics, self.reports, self.rulings, self.seeds):
            yield from records.values()

    def appearances(self) -> Iterator[tuple[Claim, int, Appearance]]:
        """Each appearance of each claim, with its claim and its index in the claim's list."""
        for claim in self.claims.values():
            for index, appearance in enumerate(claim.appearances):
                yield claim, index, appearance

    def span(self, appearance: Appearance) -> Span:
        """Where the quote is in its seed; KeyError or IndexError if the check would fail."""
        return self.seeds[appearance.seed].find(appearance.quote, appearance.line)[0]

    def claims_about(self, topic: str) -> list[Claim]:
        """The claims of a topic, also those whose quotes are not where they should be."""
        return self._by_topic[topic]

    def claims_on(self, topic: str) -> list[Claim]:
        """The claims of a topic, in the order in which the articles make them."""
        return sorted(self._by_topic[topic], key=self._order)

    def claims_in(self, seed: str) -> list[tuple[Span, Appearance, Claim]]:
        """The appearances of claims in a seed, in the order of its text."""
        found = [(self.span(appearance), appearance, claim) for claim, appearance in self._in[seed]]
        return sorted(found, key=lambda item: (item[0].start, item[2].id))

    def claims_citing(self, report: str) -> list[tuple[Claim, Evidence]]:
        """The passages of a report that claims rely on, in the report's order."""
        return sorted(self._citing[report], key=lambda item: (item[1].page or 0, item[0].id))

    def claims_under(self, ruling: str) -> list[Claim]:
        """The claims that are judged by a ruling, by topic."""
        found = [claim for claim in self.claims.values() if claim.ruling == ruling]
        return sorted(found, key=lambda claim: (claim.topic, claim.id))

    def quoted_in(self, seed: str) -> list[tuple[Claim, Appearance]]:
        """The appearances of claims in a seed, also those whose quote is not there."""
        return self._in[seed]

    def quoted_lines(self, seed: Seed) -> set[int]:
        """The lines of a seed that claims quote."""
        return line_numbers(
            span.lines
            for _, appearance in self._in[seed.id]
            for span in seed.find(appearance.quote, appearance.line)[:1]
        )

    def unaccounted(self, seed: Seed) -> list[int]:
        """The prose lines of a seed that are neither quoted nor listed as not checked."""
        listed = line_numbers(entry.lines for entry in seed.not_checked)
        accounted = listed | self.quoted_lines(seed)
        return [line for line in seed.prose if line not in accounted]

    @property
    def updated(self) -> datetime.date:
        """The day of the latest change that a record speaks of; the epoch without records."""
        return max((claim.updated for claim in self.claims.values()), default=EPOCH)

    def _order(self, claim: Claim) -> tuple[str, int, str]:
        first = claim.appearances[0]
        return first.seed, self.span(first).start, claim.id

    @cached_property
    def _by_topic(self) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            found[claim.topic].append(claim)
        return found

    @cached_property
    def _in(self) -> Mapping[str, list[tuple[Claim, Appearance]]]:
        found: dict[str, list[tuple[Claim, Appearance]]] = defaultdict(list)
        for claim, _, appearance in self.appearances():
            found[appearance.seed].append((claim, appearance))
        return found

    @cached_property
    def _citing(self) -> Mapping[str, list[tuple[Claim, Evidence]]]:
        found: dict[str, list[tuple[Claim, Evidence]]] = defaultdict(list)
        for claim in self.claims.values():
            for evidence in claim.evidence:
                found[evidence.report].append((claim, evidence))
        return found


@dataclass(frozen=True)
class Loaded:
    """`site` holds the records that can be shown, `read` all that could be read.

    `withheld` are the paths of what must not be shown: records, and summaries.
    """

    site: Site
    read: Site
    problems: list[Problem]
    withheld: frozenset[str]
