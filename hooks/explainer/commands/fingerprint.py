"""The fingerprint of a report, from a copy of it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from explainer.addresses import FINGERPRINT
from explainer.commands.sources import page_texts
from explainer.commands.terminal import FILE, ROOT, say
from explainer.model import ID_PATTERN
from explainer.model.fingerprint import make


@click.command("fingerprint")
@click.argument("source", type=FILE)
@click.argument("report")
@ROOT
def command(source: Path, report: str, root: Path) -> None:
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
    made = make(page_texts(source))
    target = record.with_suffix(FINGERPRINT)
    begun = target.with_name(f".{target.name}")
    try:  # as a whole, or not at all
        begun.unlink(missing_ok=True)  # a link would be followed
        begun.write_text(made.to_json(), "utf-8", newline="\n")
        begun.replace(target)
    finally:
        begun.unlink(missing_ok=True)
    say(f"{target}: {len(made.pages)} pages")
