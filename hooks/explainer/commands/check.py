"""All problems of the records, for a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from explainer.check.load import load
from explainer.commands.terminal import ROOT, say


@click.command("check")
@ROOT
def command(root: Path) -> None:
    """Print every problem as path:line: message; exit with 1 if there are any."""
    loaded = load(root)
    say(*loaded.problems)
    if loaded.problems:
        sys.exit(1)
    site = loaded.site
    phrases = [e for claim in site.claims.values() for e in claim.evidence if e.phrase]
    found = sum(site.reports[e.report].fingerprint is not None for e in phrases)
    say(
        f"No problems in {len(site.claims)} claims from {len(site.seeds)} seeds. "
        f"{found} phrases of reports were found on their page, "
        f"{len(phrases) - found} are from sources without a fingerprint.",
        err=True,
    )
