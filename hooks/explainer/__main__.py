"""The commands: `python -m explainer`, with `hooks` on the path."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from explainer import fingerprint as fingerprints
from explainer.load import load

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that holds docs/ and seeds/.",
)


@click.group()
def main() -> None:
    """Check the records of a claim-vs-report site, and make fingerprints of reports."""


@main.command()
@ROOT
def check(root: Path) -> None:
    """Print every problem as path:line: message; exit with 1 if there are any."""
    loaded = load(root)
    for problem in loaded.problems:
        click.echo(problem)
    if loaded.problems:
        sys.exit(1)
    site = loaded.site
    phrases = [e for claim in site.claims.values() for e in claim.evidence if e.phrase]
    found = sum(site.reports[e.report].fingerprint is not None for e in phrases)
    click.echo(
        f"No problems in {len(site.claims)} claims from {len(site.seeds)} seeds. "
        f"{found} phrases of reports were found on their page, "
        f"{len(phrases) - found} are from sources without a fingerprint.",
        err=True,
    )


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("report")
@ROOT
def fingerprint(source: Path, report: str, root: Path) -> None:
    """Write the fingerprint of REPORT, a record in docs/reports/.

    SOURCE is the report's PDF, or a JSON list of {page, text}. Only hashes are written, no text.
    """
    record = root / "docs" / "reports" / f"{report}.md"
    if not record.is_file():
        raise click.ClickException(f"{record}: expected the report's record here; write it first")
    try:
        made = fingerprints.make(fingerprints.page_texts(source))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    target = record.with_suffix(".fingerprint.json")
    target.write_text(made.to_json(), "utf-8", newline="\n")
    click.echo(f"{target}: {len(made.pages)} pages")


if __name__ == "__main__":
    main()
