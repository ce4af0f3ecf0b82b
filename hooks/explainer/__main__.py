"""The commands: `python -m explainer`, with `hooks` on the path."""

from __future__ import annotations

import click

from explainer.commands import (
    check,
    corrections,
    export,
    fingerprint,
    finish,
    new,
    review,
    stats,
    verify,
)
from explainer.commands.terminal import Commands


@click.group(cls=Commands)
def main() -> None:
    """Write and check the records of a claim-vs-report site, and hold them against the reports."""


for module in (check, corrections, export, fingerprint, finish, new, review, stats, verify):
    main.add_command(module.command)

if __name__ == "__main__":
    main()
