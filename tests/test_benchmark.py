"""The sites of the benchmark are valid, so that it can be run at any time."""

from __future__ import annotations

import datetime
from pathlib import Path

from benchmark import plain, synthetic
from conftest import Tree, build

TODAY = datetime.date(2030, 1, 1)


def test_a_multiplied_site_builds_with_and_without_hooks(tree: Tree, tmp_path: Path) -> None:
    many, alone = tmp_path / "many", tmp_path / "alone"
    synthetic.write(tree.root, many, 10)
    result = build(many, "--strict")
    assert result.returncode == 0, result.stderr
    plain.write(many, alone)
    result = build(alone, "--strict")
    assert result.returncode == 0, result.stderr
    ours, others = (
        {page.relative_to(site) for page in site.rglob("*.html")}
        for site in (many / "site", alone / "site")
    )
    assert ours == others
    assert len({page for page in ours if page.parts[0] == "claims"}) == 10 + 1
