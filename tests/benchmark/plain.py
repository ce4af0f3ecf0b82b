"""The pages of a tree as plain files, same theme, no hooks: what MkDocs alone can build."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from explainer.load import load
from explainer.pages import Renderer
from explainer.read import DOCS, FOLDERS

MADE = ("data", "share", "assets/search/entries.js", "feed.xml", "feed.json", "corrections.xml")
"""What our build adds besides pages."""


def write(root: Path, built: Path, target: Path) -> None:
    """Write into `target` the final Markdown of the tree under `root`, and the files beside it.

    `built` is the site that our build made of that tree: its pictures and data are copied.
    """
    settings = (root / "mkdocs.yml").read_text("utf-8")
    address = re.search(r'site_url: .*"(.*)"', settings)
    name = re.search(r"site_name: (.*)", settings)
    assert address and name
    loaded = load(root)
    renderer = Renderer(loaded, name[1], address[1])
    shutil.copytree(
        root / DOCS,
        target / DOCS,
        ignore=lambda folder, _: FOLDERS if Path(folder) == root / DOCS else (),
    )
    for file in (target / DOCS).rglob("*.md"):
        filled = renderer.fill(file.read_text("utf-8"), file.relative_to(target / DOCS).as_posix())
        file.write_text(filled, "utf-8")
    for page in renderer.pages():
        file = target / DOCS / page.uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.markdown, "utf-8")
    for name_made in MADE:
        source, file = built / name_made, target / DOCS / name_made
        if source.is_dir():
            shutil.copytree(source, file)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, file)
    settings = re.sub(r"(?m)^(hooks|watch):.*\n", "", settings)
    settings = settings.replace("omitted_files: warn", "omitted_files: ignore")
    (target / "mkdocs.yml").write_text(settings, "utf-8")
    (target / "overrides").symlink_to((root / "overrides").resolve())


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
