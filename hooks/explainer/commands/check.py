"""All problems of the records, for a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from explainer.check import rules
from explainer.check.load import load
from explainer.check.reports import all_citations
from explainer.commands.terminal import ROOT, say


@click.command("check")
@click.option("--hints", is_flag=True, help="Print what an editor would look at once more, too.")
@ROOT
def command(root: Path, hints: bool) -> None:
    """Print every problem as path:line: message [rule]; exit with 1 if there are any."""
    loaded = load(root)
    found_hints = rules.check(loaded.site, for_editors=True)
    if hints:
        say(*(f"{hint} (a hint)" for hint in found_hints))
    say(*loaded.problems)
    if loaded.problems:
        sys.exit(1)
    site = loaded.site
    cited = [report for _, _, report, _, phrase in all_citations(site) if phrase]
    found = sum(report.fingerprint is not None for report in cited)
    say(
        f"No problems in {len(site.claims)} claims from {len(site.seeds)} seeds. "
        f"{found} phrases of reports were found in their place, "
        f"{len(cited) - found} are from sources without a fingerprint."
        + (f" Hints for editors: {len(found_hints)}; --hints shows them." if found_hints else ""),
        err=True,
    )
