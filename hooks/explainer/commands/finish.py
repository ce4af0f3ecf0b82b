"""What a site still lacks that another builder made of an export."""

from __future__ import annotations

import re
from pathlib import Path

import click

from explainer.builders.csp import with_policy


@click.command("finish")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(site: Path) -> None:
    """Give each page of SITE, a folder that Zensical built, its Content-Security-Policy."""
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        content = re.search(r"<article\b.*</article>", html, re.DOTALL)
        file.write_text(with_policy(html, content[0] if content else ""), "utf-8", newline="\n")
