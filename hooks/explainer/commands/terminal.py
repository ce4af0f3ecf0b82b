"""What the commands share: options, what they print, and values that are read from a terminal."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from explainer.builders.system_errors import explain
from explainer.commands import sources
from explainer.text.characters import printable
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


def say(*lines: object, err: bool = False) -> None:
    """Print lines, each on one line of its own, whatever characters a record's words hold."""
    for line in lines:
        click.echo(printable(str(line)), err=err)


class Commands(click.Group):
    """Commands that say in one line what went wrong, and nothing that a terminal would obey."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; what libraries log is printed like all else."""
        if logging.lastResort:
            logging.lastResort.setFormatter(_OneLine())
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the system refused ends it with one line and status 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads the output has enough; click ends quietly
            raise
        except OSError as error:
            raise click.ClickException(printable(explain(error))) from error
        except click.exceptions.NoArgsIsHelpError:  # the help, which has many lines
            raise
        except click.UsageError as error:
            raise click.UsageError(printable(error.format_message()), error.ctx) from error
        except click.ClickException as error:
            raise click.ClickException(printable(error.format_message())) from error


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def typed(read: Callable[[str], T]) -> Callable[[str], T]:
    """Reads what was typed at a prompt, which prints by itself why `read` refused it."""

    def safely(text: str) -> T:
        try:
            return read(text)
        except click.BadParameter as error:
            raise click.BadParameter(printable(error.message)) from error

    return safely


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
