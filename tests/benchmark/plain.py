"""The pages of a tree as plain files, same theme, no hooks: what MkDocs alone can build."""

from __future__ import annotations

import sys
from pathlib import Path

from explainer.addresses import relative_url
from explainer.builders import plain as export


def write(root: Path, target: Path) -> None:
    """Write the final Markdown of the tree under `root` into `target`, and the files beside it."""
    problems = export.write(root, target, relative_url)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
