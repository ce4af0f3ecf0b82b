"""What the commands share: options, and values that are read from a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from explainer.commands import sources
from explainer.text.suggest import nearest_name

T = TypeVar("T")
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that holds docs/ and seeds/.",
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MANY_PAGES = 20
"""From here on, reading a PDF takes long enough to show how far it is."""


def one_of(names: Collection[str]) -> Callable[[str], str]:
    """Reads one of some names; BadParameter names the nearest one."""

    def read(text: str) -> str:
        if text in names:
            return text
        near = nearest_name(text, names)
        hint = f"did you mean '{near}'?" if near else f"expected one of {', '.join(names)}"
        raise click.BadParameter(f"'{text}' is unknown: {hint}")

    return read


def page_texts(source: Path) -> dict[int, str]:
    """The text of a report by page, as `sources.page_texts`; ClickException if it has none."""
    try:
        return sources.page_texts(source, _watched)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _watched(pages: Sequence[T]) -> Iterator[T]:
    """The pages of a PDF, with a bar that shows how far it is where that takes long."""
    hidden = len(pages) < MANY_PAGES or not sys.stderr.isatty()
    with click.progressbar(pages, label="Reading", file=sys.stderr, hidden=hidden) as bar:
        yield from bar
