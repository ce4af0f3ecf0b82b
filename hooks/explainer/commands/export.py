"""The site as plain Markdown, for other builders."""

from __future__ import annotations

from pathlib import Path

import click

from explainer.builders import plain
from explainer.builders.system_errors import explain
from explainer.commands.terminal import ROOT, say


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@ROOT
def command(folder: Path, root: Path) -> None:
    """Write the site into FOLDER as plain Markdown that Zensical builds, or MkDocs without hooks.

    FOLDER must be new or empty. Exit with 1, and write nothing, if a record has a problem.
    """
    try:
        problems = plain.write(root, folder)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"nothing was written: {explain(error, folder)}") from error
    say(*problems)
    if problems:
        raise click.ClickException("nothing was written: fix these problems first")
    say(f"Wrote {folder}")
