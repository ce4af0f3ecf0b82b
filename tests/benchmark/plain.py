"""The pages of a tree as plain files, same theme, no hooks: what MkDocs alone can build."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from benchmark.build import link_program
from explainer.load import load
from explainer.pages import Renderer
from explainer.read import DOCS

MADE = ("data", "share", "assets/search/entries.js", "feed.xml", "feed.json", "corrections.xml")
"""What our build adds besides pages."""


def write(root: Path, built: Path, target: Path) -> None:
    """Write into `target` the final Markdown of the tree under `root`, and the files beside it.

    `built` is the site that our build made of that tree: its pictures and data are copied.
    """
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (address,) = re.findall(r"site_url:.*?(https?://[^\s\"]+)", settings)
    (name,) = re.findall(r"site_name: (.*)", settings)
    loaded = load(root)
    renderer = Renderer(loaded, name, address)
    shutil.copytree(root / DOCS, target / DOCS)
    for path in loaded.site.handwritten:
        file = target / path
        filled = renderer.fill(file.read_text("utf-8"), path.removeprefix(f"{DOCS}/"))
        file.write_text(filled, "utf-8")
    for page in renderer.pages():
        file = target / DOCS / page.uri
        file.parent.mkdir(exist_ok=True)
        file.write_text(page.markdown, "utf-8")
    for made in MADE:
        source, copy = built / made, target / DOCS / made
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    settings = re.sub(r"(?m)^(hooks|watch):.*\n", "", settings)
    settings = settings.replace("omitted_files: warn", "omitted_files: ignore")
    (target / "mkdocs.yml").write_text(settings, "utf-8")
    link_program(root, target)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
