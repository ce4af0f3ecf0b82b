"""What pages count: verdicts, changes, agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TypeVar

from explainer.model import Change, Claim, Evidence, Record, Report, Site, Verdict

R = TypeVar("R", bound=Record)

LISTED = 30
"""How many articles or topics a page lists that is not their index, so that it stays light."""


@dataclass(frozen=True)
class Agreement:
    """How far the two readings agree: over `count` claims, raw and as Cohen's kappa.

    `kappa` is 1 where they agree always, 0 where as often as by chance; None where chance alone
    makes them agree, so that it is not defined (Cohen 1960, doi:10.1177/001316446002000104).
    """

    count: int
    same: int
    kappa: float | None

    @property
    def raw(self) -> float:
        """The share of claims with the same verdict in both readings, 0 to 1."""
        return self.same / self.count


def tally(claims: Sequence[Claim]) -> list[tuple[Verdict, int]]:
    """How many claims have each verdict, in the order of the verdicts, without zeros."""
    counts = Counter(claim.verdict for claim in claims)
    return [(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]


def count(site: Site, change: Change) -> int:
    """How many claims were changed in this way."""
    return sum(change in claim.changes for claim in site.claims.values())


def on_rendering(site: Site, claims: Sequence[Claim], rendering: bool) -> list[Claim]:
    """Of some claims, those about how a text renders what was said, or the others.

    They are counted apart: a translator's slip is not the speaker's.
    """
    about = {topic.id for topic in site.topics.values() if topic.rendering}
    return [claim for claim in claims if (claim.topic in about) is rendering]


def foremost(records: Sequence[R], claims_of: Callable[[str], Sized]) -> list[R]:
    """Of some records, the `LISTED` with the most claims, in the order given."""
    most = sorted(records, key=lambda record: len(claims_of(record.id)), reverse=True)[:LISTED]
    kept = {record.id for record in most}
    return [record for record in records if record.id in kept]


def stack(claims: Sequence[Claim]) -> list[tuple[Verdict, float, float]]:
    """Where each verdict's part of a bar of 1000 units begins, and how wide it is."""
    parts = []
    start = 0.0
    for verdict, number in tally(claims):
        width = round(1000 * number / len(claims), 1)
        parts.append((verdict, round(start, 1), width))
        start += width
    return parts


def bars(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """Counts with their share of the largest, in percent, for a bar chart."""
    largest = max((number for _, number in counts), default=0)
    return [(label, number, round(100 * number / largest, 1)) for label, number in counts if number]


def agreement(site: Site) -> Agreement | None:
    """How far the two independent readings of all claims agree; None without claims."""
    labels = [claim.labels for claim in site.claims.values()]
    total = len(labels)
    if not total:
        return None
    same = sum(pair.first is pair.second for pair in labels)
    first, second = Counter(p.first for p in labels), Counter(p.second for p in labels)
    expected = sum(first[verdict] * second[verdict] for verdict in Verdict) / total**2
    kappa = None if expected == 1 else (same / total - expected) / (1 - expected)
    return Agreement(total, same, kappa)


def page_strip(report: Report, cited: set[int]) -> list[tuple[int, bool]]:
    """Each page of our edition, and whether a claim cites it."""
    pages = report.edition.pages if report.edition and report.edition.pages else 0
    return [(page, page in cited) for page in range(1, pages + 1)]


def by_section(
    report: Report, citing: Iterable[tuple[Claim, Evidence]]
) -> Mapping[str, list[Claim]]:
    """The claims that cite each section, each once."""
    found: dict[str, dict[str, Claim]] = {}
    for claim, evidence in citing:
        found.setdefault(evidence.section or "", {})[claim.id] = claim
    order = {section.id: index for index, section in enumerate(report.sections)}
    return {
        section: list(claims.values())
        for section, claims in sorted(found.items(), key=lambda item: order.get(item[0], -1))
    }
