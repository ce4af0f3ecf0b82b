"""The page of dependencies lists all that the site and its program take from others."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from conftest import PROJECT, pages
from licences import PAGE, page

ICONS = {"material": "Material Design Icons", "fontawesome": "Font Awesome Free"}
"""The theme's collections of icons of which pages show some."""


def test_every_pinned_package_is_on_the_page_with_its_licence() -> None:
    assert (PROJECT / PAGE).read_text("utf-8") == page(), "run make licences"


def test_what_the_theme_carries_into_pages_is_on_the_page_of_dependencies(real: Path) -> None:
    table = pages(real)["about/dependencies/"].select("table")[0]
    listed = " ".join(cell.get_text() for cell in table.select("td:first-child")).casefold()
    maps = [*real.glob("assets/javascripts/bundle.*.map"), *real.glob("assets/stylesheets/*.map")]
    sources = [source for file in maps for source in json.loads(file.read_bytes())["sources"]]
    bundled = set(re.findall(r"node_modules/([^/]+)", " ".join(sources)))
    assert bundled
    assert {name for name in bundled if name not in listed} == set()

    shown = {str(path["d"]) for page in pages(real).values() for path in page.select("svg > path")}
    theme = Path(str(files("material"))) / "templates/.icons"
    collections = {
        file.relative_to(theme).parts[0]
        for file in theme.rglob("*.svg")
        if shown.intersection(re.findall(r' d="([^"]+)"', file.read_text("utf-8")))
    }
    assert collections == ICONS.keys()
    assert {name for name in ICONS.values() if name.casefold() not in listed} == set()
