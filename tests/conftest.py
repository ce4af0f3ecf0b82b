"""What the tests share: a small complete site about kettles, copied for tests that change it."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
from pathlib import Path

import pytest

from explainer.load import Loaded, load

PROJECT = Path(__file__).parent.parent
KETTLES = Path(__file__).parent / "sites" / "kettles"
TODAY = datetime.date(2019, 7, 1)

RATE = "docs/claims/kettles-whistle-too-early-in-12-5-percent.md"
ALL = "docs/claims/all-kettles-whistle-before-boiling.md"
COPPER = "docs/claims/copper-kettles-are-the-most-dangerous.md"
HANDLES = "docs/claims/handles-stay-below-45-degrees.md"
REPORT = "docs/reports/kettle-test.md"
TOPIC = "docs/topics/whistling.md"
NEWS = "seeds/kettle-news.yml"
POST = "seeds/kettle-post.yml"


class Tree:
    """A copy of the kettles' site that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8", newline="\n")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file, once."""
        text = self.text(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def record_hash(self, seed: str) -> None:
        """Record the hash that a seed's text has now."""
        text = (self.root / seed).with_suffix(".txt").read_bytes()
        found = hashlib.sha256(text).hexdigest()
        self.write(seed, re.sub(r"(?m)^sha256: .*$", f"sha256: {found}", self.text(seed)))

    def load(self) -> Loaded:
        return load(self.root, TODAY)

    def problems(self) -> list[str]:
        return [str(problem) for problem in self.load().problems]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "kettles"
    shutil.copytree(KETTLES, root)
    config = (root / "mkdocs.yml").read_text("utf-8")
    for name in ("hooks", "overrides"):
        config = config.replace(f"../../../{name}", str(PROJECT / name))
    (root / "mkdocs.yml").write_text(config, "utf-8")
    return Tree(root)
