"""The commands: `python -m explainer`, with `hooks` on the path."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from explainer.builders import plain as exports
from explainer.builders.system_errors import explain
from explainer.check import rules
from explainer.check.load import load
from explainer.commands import history
from explainer.commands import stats as statistics
from explainer.commands.begin import new
from explainer.commands.terminal import FILE, ROOT, one_of, page_texts
from explainer.commands.verify import citations, shifted
from explainer.commands.verify import verify as verify_citations
from explainer.model import ID_PATTERN, Site
from explainer.model import fingerprint as fingerprints
from explainer.pages.render import Renderer

SUMMARY_BYTES = 1_000_000
"""What the summary of a GitHub workflow's step can hold is a little more: 1 MiB."""


class Commands(click.Group):
    """Commands that say in one line what the system refused."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the system refused ends it with one line and status 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads the output has enough; click ends quietly
            raise
        except OSError as error:
            raise click.ClickException(explain(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Write and check the records of a claim-vs-report site, and hold them against the reports."""


@main.command()
@click.option("--hints", is_flag=True, help="Print what an editor would look at once more, too.")
@ROOT
def check(root: Path, hints: bool) -> None:
    """Print every problem as path:line: message [rule]; exit with 1 if there are any."""
    loaded = load(root)
    found_hints = rules.check(loaded.site, for_editors=True)
    for hint in found_hints if hints else ():
        click.echo(f"{hint} (a hint)")
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
        f"{len(phrases) - found} are from sources without a fingerprint."
        + (f" Hints for editors: {len(found_hints)}; --hints shows them." if found_hints else ""),
        err=True,
    )


@main.command()
@ROOT
def stats(root: Path) -> None:
    """Count claims by verdict, topic and article, what is covered, and how two readings agree."""
    loaded = load(root)
    tables = (statistics.aligned(head, rows) for head, rows in statistics.tables(loaded.site))
    click.echo("\n\n".join(tables))
    if loaded.withheld:
        click.echo(f"\nNot counted, for they have problems: {len(loaded.withheld)}", err=True)


@main.command()
@click.argument("report")
@click.argument("source", type=FILE)
@ROOT
def verify(report: str, source: Path, root: Path) -> None:
    """Look for every citation of REPORT in your own copy of it.

    SOURCE is a PDF, or a JSON list of {page, text}. A phrase that stands on another page than cited
    is no failure: the copy may be another edition. Exit with 1 if a phrase stands nowhere.
    """
    site = load(root).read
    one_of(site.reports)(report)
    cited = citations(site, report)
    findings, shift = verify_citations(cited, page_texts(source))
    for finding in findings:
        click.echo(finding)
    phrases = [finding for finding in findings if finding.citation.phrase]
    lost = sum(finding.fails for finding in phrases)
    moved = sum(bool(finding.shift) for finding in phrases)
    with_shift = sum(finding.shift == shift for finding in phrases)
    click.echo(
        f"{len(cited)} citations. Of {len(phrases)} phrases, {len(phrases) - lost - moved} stand "
        f"where cited, {moved} on another page, {lost} nowhere. Citations with a number that is "
        f"not on the page: {sum(bool(finding.absent) for finding in findings)}.",
        err=True,
    )
    if shift:
        click.echo(
            f"{with_shift} of {len(phrases)} phrases stand {shifted(shift)} than cited: your copy "
            "is another edition, whose page numbers differ by as much.",
            err=True,
        )
    sys.exit(1 if lost else 0)


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
@click.argument("source", type=FILE)
@click.argument("report")
@ROOT
def fingerprint(source: Path, report: str, root: Path) -> None:
    """Write the fingerprint of REPORT, a record in docs/reports/.

    SOURCE is the report's PDF, or a JSON list of {page, text}. Only hashes are written, no text.
    """
    if not re.fullmatch(ID_PATTERN, report):
        raise click.ClickException(f"'{report}' is no name of a record in docs/reports/")
    record = root / "docs" / "reports" / f"{report}.md"
    if not record.is_file():
        raise click.ClickException(
            f"{record}: expected the report's record here; write it first: make new-report"
        )
    made = fingerprints.make(page_texts(source))
    target = record.with_suffix(".fingerprint.json")
    _replace(target, made.to_json())
    click.echo(f"{target}: {len(made.pages)} pages")


def _replace(file: Path, text: str) -> None:
    """Write a file as a whole, or not at all."""
    begun = file.with_name(f".{file.name}")
    try:
        begun.unlink(missing_ok=True)  # a link would be followed
        begun.write_text(text, "utf-8", newline="\n")
        begun.replace(file)
    finally:
        begun.unlink(missing_ok=True)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@ROOT
def export(folder: Path, root: Path) -> None:
    """Write the site into FOLDER as plain Markdown that Zensical builds, or MkDocs without hooks.

    FOLDER must be new or empty. Exit with 1, and write nothing, if a record has a problem.
    """
    try:
        problems = exports.write(root, folder)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {explain(error, folder)}") from error
    except ValueError as error:
        raise click.ClickException(f"nothing was written: {error}") from error
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException("nothing was written: mend these problems first")
    click.echo(f"Wrote {folder}")


main.add_command(new)

if __name__ == "__main__":
    main()
