"""What a site holds, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from explainer.check.load import load
from explainer.commands.terminal import ROOT, say
from explainer.model import Claim, Seed, Site
from explainer.pages.counts import agreement, tally

Row = tuple[object, ...]


@click.command("stats")
@ROOT
def command(root: Path) -> None:
    """Count claims by verdict, topic and article, what is covered, and how two readings agree."""
    loaded = load(root)
    say(*"\n\n".join(aligned(head, rows) for head, rows in tables(loaded.site)).split("\n"))
    if loaded.withheld:
        say("", f"Not counted, for they have problems: {len(loaded.withheld)}", err=True)


def tables(site: Site) -> Iterator[tuple[Row, Sequence[Row]]]:
    """The heads and rows of tables: by verdict, topic and article, coverage, agreement."""
    claims = list(site.claims.values())
    by_verdict = [(verdict.label, count) for verdict, count in tally(claims)]
    yield ("Verdict", "Claims"), [*by_verdict, ("All", len(claims))]
    by_topic = [(topic.title, len(site.claims_on(topic.id))) for topic in site.topics.values()]
    by_topic.sort(key=lambda row: (-row[1], row[0]))
    yield ("Topic", "Claims"), by_topic
    head = ("Article", "Claims", "Lines of prose", "checked", "not checked", "to be read")
    yield head, [_coverage(site, seed) for seed in site.seeds.values()]
    yield ("Citations of reports", "Number"), list(_citations(site, claims))
    if found := agreement(site):
        yield (
            ("Two readings", "Agreement"),
            [
                ("same verdict", f"{found.same} of {found.count}"),
                ("in percent", f"{100 * found.raw:.0f}"),
                ("Cohen's kappa", "not defined" if found.kappa is None else f"{found.kappa:.2f}"),
            ],
        )


def _coverage(site: Site, seed: Seed) -> Row:
    claims = {claim.id for _, _, claim in site.claims_in(seed.id)}
    prose, unread = set(seed.prose), site.unaccounted(seed)
    checked = len(prose & site.quoted_lines(seed))
    not_checked = len(prose) - checked - len(unread)
    return seed.title, len(claims), len(prose), checked, not_checked, len(unread)


def _citations(site: Site, claims: Sequence[Claim]) -> Iterator[Row]:
    cited = [evidence for claim in claims for evidence in claim.evidence]
    phrases = [evidence for evidence in cited if evidence.phrase]
    found = sum(site.reports[evidence.report].fingerprint is not None for evidence in phrases)
    yield "all", len(cited)
    yield "with a phrase", len(phrases)
    yield "with a phrase found by machine", found


def aligned(head: Row, rows: Sequence[Row]) -> str:
    """A table for a terminal: the first column to the left, the others to the right."""
    table = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in table
    )
