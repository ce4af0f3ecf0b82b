"""What the commands share: options, what they print, and values that are read from a terminal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

from explainer.builders.system_errors import explain
from explainer.text.characters import printable
from explainer.text.suggest import nearest_name

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    is_eager=True,  # other options are checked against what is there
    help="The folder that holds docs/ and seeds/.",
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


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


def refused(message: str) -> click.BadParameter:
    """Why a value cannot be used. A prompt prints it by itself, and asks again."""
    return click.BadParameter(printable(message))


def one_of(names: Collection[str]) -> Callable[[str], str]:
    """Reads one of some names, or names the nearest one."""

    def name(text: str) -> str:
        if text in names:
            return text
        near = nearest_name(text, names)
        hint = f"did you mean '{near}'?" if near else f"expected one of {', '.join(names)}"
        raise refused(f"'{text}' is unknown: {hint}")

    return name
