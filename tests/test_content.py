"""Generated pages are what Markdown makes of them, though only their headings go through it."""

from __future__ import annotations

import re
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup

from conftest import PROJECT, Tree
from explainer.builders.headings import Converter
from explainer.check.load import load
from explainer.pages.render import Renderer

EXTENSIONS = ("footnotes", "tables", "toc")
CONFIGS = {"toc": {"permalink": True}}


def shown(html: str) -> str:
    """HTML without the line breaks between blocks."""
    return re.sub(r"\s*\n\s*", "\n", html.strip())


@pytest.mark.parametrize("site", [pytest.param("real", marks=pytest.mark.slow), "kettles"])
def test_a_page_is_what_markdown_makes_of_it(site: str, tree: Tree) -> None:
    loaded = load(PROJECT) if site == "real" else tree.load()
    converter = Converter(EXTENSIONS, CONFIGS)
    pages = list(Renderer(loaded, "A site", "https://site.example/").pages())
    assert pages
    for page in pages:
        whole: Any = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=CONFIGS)
        content = converter.convert(page.text)
        assert content is not None, page.uri
        html = whole.convert(page.text)
        assert shown(content.html) == shown(html), page.uri
        assert content.headings == whole.toc_tokens, page.uri
        ids = {str(tag["id"]) for tag in BeautifulSoup(html, "html.parser").find_all(id=True)}
        assert content.ids == ids, page.uri


def test_two_headings_that_are_alike_are_left_to_markdown() -> None:
    assert Converter(EXTENSIONS, CONFIGS).convert("# A\n\n## B\n\n## B\n") is None


def test_a_page_without_a_heading_is_left_to_markdown() -> None:
    assert Converter(EXTENSIONS, CONFIGS).convert("<p>A</p>\n") is None


def test_a_line_of_code_that_looks_like_a_heading_is_none(tree: Tree) -> None:
    path = "docs/topics/whistling.md"
    tree.write(path, tree.text(path) + "\n    first\n    # second\n")
    (page,) = [
        page
        for page in Renderer(tree.load(), "A site", "https://site.example/").pages()
        if page.uri == "topics/whistling.md"
    ]
    content = Converter(EXTENSIONS, CONFIGS).convert(page.text)
    assert content is not None
    code = BeautifulSoup(content.html, "html.parser").find("code")
    assert code is not None
    assert code.get_text() == "first\n# second"
