"""The commands: `python -m explainer`, with `hooks` on the path."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from explainer import fingerprint as fingerprints
from explainer import history
from explainer.load import load
from explainer.model import Site
from explainer.pages import Renderer

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that holds docs/ and seeds/.",
)

SUMMARY_BYTES = 1_000_000
"""What the summary of a GitHub workflow's step can hold is a little more."""


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
@click.argument("base")
@click.argument("head", required=False)
@ROOT
def corrections(base: str, head: str | None, root: Path) -> None:
    """Print each published claim that changed after the commit BASE without a correction.

    Compared with the commit HEAD or, without it, with the files as they are now. A new verdict,
    reason or quote needs an entry; a claim that is gone or renamed fails too.
    """
    now = load(root).read
    before = _site_at(root, base, now)
    problems = history.uncorrected(before, _site_at(root, head, now) if head else now)
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    unread = len(before.unread)
    note = f" {unread} records could not be read at {base}: not compared." if unread else ""
    click.echo(f"{len(before.claims)} published claims compared.{note}", err=True)


@main.command()
@click.argument("base")
@ROOT
def review(base: str, root: Path) -> None:
    """Print, as Markdown, all problems and the claims that are new or changed since BASE.

    Every text of a record is escaped: it can be appended to the summary of a GitHub workflow.
    """
    loaded = load(root)
    before = _site_at(root, base, loaded.read)
    added, changed = history.to_review(before, loaded.site)
    problems = [*loaded.problems, *history.uncorrected(before, loaded.read)]
    text = Renderer(loaded, "", "").render(
        "review.md", "", problems=problems, added=added, changed=changed
    )
    click.echo(text.encode()[:SUMMARY_BYTES].decode(errors="ignore"))


def _site_at(root: Path, commit: str, now: Site) -> Site:
    try:
        return history.site_at(root, commit, now.today)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


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
