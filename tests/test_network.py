"""The site asks no other host for anything, neither while it is built nor while it is read.

Every build of the tests runs with offline/sitecustomize.py; test_browser.py watches what a browser
asks for.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from conftest import Tree, build, pages

HOST = re.compile(r"""(?:\b(?:https?|wss?):|^|["'`\s,(])//([\w$][^/\s"'`)\\]+)""")
"""The host of an address, also of one that takes its scheme from the page."""

NOT_LOADED = {
    ("a", "href"): "followed only by who clicks it",
    ("meta", "content"): "for search engines and for services that show shared links",
    ("svg", "xmlns"): "a name",
}

NOT_ASKED = {
    "api.github.com": "a repository's stars, for a mark that overrides/partials/source.html omits",
    "${e}": "the same at GitLab",
    "unpkg.com": "diagrams, of which there are none; what browsers of before 2020 lack",
    "clipboardjs.com": "in a comment",
    "developer.mozilla.org": "in a comment",
    "stevehanov.ca": "in a comment",
}
"""Hosts in the scripts of others, and why no page asks them. Its policy would not let it either."""

STYLE = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""")


@pytest.mark.parametrize(
    "action",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://kettles.example/')",
        "import subprocess; subprocess.run(['git', 'fetch'])",
        "import os; os.system('git fetch')",
    ],
)
def test_a_build_that_used_the_network_would_fail(tree: Tree, action: str) -> None:
    tree.edit("mkdocs.yml", "hooks: [", "hooks: [asking.py, ")
    tree.write(
        "asking.py",
        f"def on_config(config):\n    try:\n        {action}\n    except OSError:\n        pass\n",
    )
    result = build(tree.root)
    assert result.returncode == 1
    assert "refused: " in result.stderr
    assert not (tree.root / "site").exists()


def test_no_element_loads_anything_from_another_host(real: Path) -> None:
    drawings = {
        file.name: BeautifulSoup(file.read_bytes(), "html.parser") for file in real.rglob("*.svg")
    }
    for address, page in {**pages(real), **drawings}.items():
        for tag in page.find_all(True):
            canonical = tag.name == "link" and tag.get("rel") == ["canonical"]
            for name in tag.attrs.keys() - {known for of, known in NOT_LOADED if of == tag.name}:
                found = HOST.search(" ".join(tag.get_attribute_list(name)))
                assert canonical or not found, f"{address}: <{tag.name} {name}>: {found}"
        for tag in page.find_all(["script", "style"]):
            if tag.get("type") != "application/ld+json":
                assert not HOST.search(tag.get_text()), f"{address}: {tag}"
        assert not page.select("meta[http-equiv=refresh]"), address


def linked(site: Path, selector: str) -> set[Path]:
    """The files of the site that its pages link with elements like `script[src]`."""
    found = set()
    for address, page in pages(site).items():
        for tag in page.select(selector):
            name = str(tag.get("src") or tag.get("href"))
            found.add(site / urljoin(f"/{address}", name).lstrip("/"))
    return found


def test_no_style_loads_anything_from_another_host(real: Path) -> None:
    styles = linked(real, "link[rel=stylesheet]")
    assert len(styles) >= 5
    for file in styles:
        for addresses in STYLE.findall(file.read_text("utf-8")):
            for address in filter(None, addresses):
                assert address.startswith("data:"), f"{file}: {address[:80]}"


def test_scripts_name_no_host_but_those_that_they_never_ask(real: Path) -> None:
    scripts = linked(real, "script[src]") | set((real / "assets/search").glob("*.js"))
    scripts.remove(real / "assets/search/entries.js")  # what is searched: words, no script
    assert len(scripts) >= 6
    hosts = {host for file in scripts for host in HOST.findall(file.read_text("utf-8"))}
    assert hosts == NOT_ASKED.keys()
