"""The search box finds what readers of this site type: search/*.yml, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from test_search import FIRST, SearchBox

QUERIES = Path(__file__).parent / "search"


@pytest.fixture(scope="module")
def box(browser: Browser, address: str) -> Iterator[SearchBox]:
    page = browser.new_page()
    yield SearchBox(page, address)
    page.close()


@pytest.mark.parametrize("language", ["en", "ja", "zh"])
def test_readers_find_what_they_type(box: SearchBox, language: str) -> None:
    queries = yaml.safe_load((QUERIES / f"{language}.yml").read_text("utf-8"))
    assert len(queries["find"]) >= 15
    missed = {}
    for query, wanted in queries["find"].items():
        first = box.type(query)[:FIRST]
        if not any(address.startswith(wanted) for address in first):
            missed[query] = first
    assert missed == {}
    found = {query: box.type(query) for query in queries["nothing"]}
    assert {query: results for query, results in found.items() if results} == {}
