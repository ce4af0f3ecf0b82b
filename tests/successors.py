"""The same tree under the successors: ProperDocs for MkDocs, MaterialX for Material.

`make successors` makes an environment for each, and runs this; `make test` does not.
"""

from __future__ import annotations

import functools
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from conftest import ENVIRONMENT, OFFLINE, PROJECT, RATE, Tree, build, digest, kettles, served
from explainer.addresses import resources, url
from explainer.builders.csp import with_policy
from explainer.check.load import load

GENERATOR = re.compile(r'<meta name="generator" content="([^"]*)">')
POLICY = re.compile(r'\n    <meta http-equiv="Content-Security-Policy" [^>]*>')
SEEN = re.compile(r"<title>.*?</title>|<article\b.*?</article>", re.DOTALL)
THEME = ("assets/javascripts/", "assets/stylesheets/")
NOT_FOUND = "the server responded with a status of 404"
PATIENCE = 60


@dataclass(frozen=True)
class Successor:
    """A builder and a theme; no more than the theme's name is changed in `mkdocs.yml`."""

    name: str
    builder: str
    theme: str

    def command(self, *arguments: str) -> list[str]:
        python = PROJECT / f".venv-{self.name}/bin/python"
        assert python.exists(), f"{python} is missing: `make successors` makes it"
        return [str(python), "-m", self.builder, *arguments, "-f", "mkdocs.yml"]

    def build(self, tree: Tree) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command("build", "--strict"),
            cwd=tree.root,
            env=ENVIRONMENT | {"PYTHONPATH": str(OFFLINE)},
            capture_output=True,
            text=True,
            check=False,
        )


PROPERDOCS = Successor("properdocs", "properdocs", "material")
MATERIALX = Successor("materialx", "mkdocs", "materialx")


@dataclass(frozen=True)
class Builds:
    """A site as MkDocs and Material build it, and as a successor does."""

    now: Path
    then: Path
    tree: Tree


def real(root: Path) -> Tree:
    """A copy of the real site's tree, with this project's generator and theme."""
    for name in ("docs", "seeds", "hooks", "overrides"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    return Tree(root)


@pytest.fixture(scope="session", params=[real, kettles], ids=["real", "kettles"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree, built as today."""
    tree: Tree = request.param(tmp_path_factory.mktemp("now") / "tree")
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    return tree


@pytest.fixture(scope="session", params=[PROPERDOCS, MATERIALX], ids=["properdocs", "materialx"])
def successor(request: pytest.FixtureRequest) -> Successor:
    found: Successor = request.param
    return found


@pytest.fixture(scope="session")
def builds(source: Tree, successor: Successor, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    tree = Tree(tmp_path_factory.mktemp("then") / "tree")
    shutil.copytree(source.root, tree.root, ignore=shutil.ignore_patterns("site"))
    tree.edit("mkdocs.yml", "name: material\n", f"name: {successor.theme}\n")
    result = successor.build(tree)
    assert result.returncode == 0, result.stderr
    return Builds(source.root / "site", tree.root / "site", tree)


only = functools.partial(pytest.mark.parametrize, indirect=True)


def pages(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): file.read_text("utf-8")
        for file in sorted(site.rglob("*.html"))
    }


def test_pages_stand_where_they_stood_and_show_the_same(builds: Builds) -> None:
    """Titles, and what is between `<article>` and its end: texts, links, verdicts."""

    def seen(html: str) -> list[str]:
        return ["".join(part.split()) for part in SEEN.findall(html)]

    now, then = pages(builds.now), pages(builds.then)
    assert then.keys() == now.keys()
    assert any("data-verdict" in html for html in then.values())
    assert [name for name, html in then.items() if seen(html) != seen(now[name])] == []


def test_other_files_are_the_same_byte_for_byte(builds: Builds) -> None:
    now, then = (
        {
            name: found
            for name, found in digest(site).items()
            if not name.startswith(THEME) and not name.endswith((".html", ".gz"))
        }
        for site in (builds.now, builds.then)
    )
    assert "data/claims.json" in then
    assert then == now


def test_each_page_allows_its_own_scripts_and_no_others(builds: Builds) -> None:
    for name, html in pages(builds.then).items():
        without, policies = POLICY.subn("", html)
        assert policies == 1, name
        assert with_policy(without) == html, name


@only("successor", [PROPERDOCS])
def test_properdocs_writes_the_same_pages_but_for_its_name(builds: Builds) -> None:
    now, then = pages(builds.now), pages(builds.then)
    for name, html in then.items():
        assert "ProperDocs" in GENERATOR.findall(html)[0], name
        assert GENERATOR.sub("", html) == GENERATOR.sub("", now[name]), name


@only("source", [real])
@only("successor", [MATERIALX])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_browser_finds_no_fault_in_materialx(
    browser: Browser, builds: Builds, width: int, scheme: Literal["light", "dark"]
) -> None:
    """On a page of each kind. With ProperDocs, the pages are those that other tests look at."""
    site = load(builds.tree.root).site
    kinds = {item.kind: url(item.uri) for item in resources(site) if item.uri.endswith(".md")}
    faults: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    with served(builds.then) as base:
        for address in [*kinds.values(), "no/such/page/"]:
            page.goto(base + address)
            faults += [
                f"{page.url}: {violation['id']}: {node['html']}"
                for violation in Axe().run(page).response["violations"]
                for node in violation["nodes"]
            ]
            # What is out of sight on phones must not take the focus.
            if width < 500:
                hidden = page.locator(":is(.md-sidebar, .md-top) :is(a, button):visible")
                assert hidden.count() == 0, page.url
        page.goto(base)
        page.click("[data-search-open]")
        page.fill("#search-input", next(iter(site.claims.values())).claim)
        page.wait_for_selector(".search__results a")
    context.close()
    assert [fault for fault in faults if NOT_FOUND not in fault] == []


@only("source", [kettles])
@only("successor", [PROPERDOCS])
def test_properdocs_leaves_the_published_site_after_a_warning(
    builds: Builds, successor: Successor, tmp_path: Path
) -> None:
    tree = Tree(tmp_path / "tree")
    shutil.copytree(builds.tree.root, tree.root)
    before = digest(tree.root / "site")
    tree.edit("docs/index.md", "# Kettles", "[nowhere](nowhere.md)\n\n# Kettles")
    result = successor.build(tree)
    assert result.returncode == 1
    assert "nowhere.md" in result.stderr
    assert digest(tree.root / "site") == before


@only("source", [kettles])
@only("successor", [PROPERDOCS])
def test_properdocs_serves_and_builds_again_what_changed(
    builds: Builds, successor: Successor, tmp_path: Path
) -> None:
    tree = Tree(tmp_path / "tree")
    shutil.copytree(builds.tree.root, tree.root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            successor.command("serve", "--dev-addr", f"127.0.0.1:{port}"),
            cwd=tree.root,
            env=ENVIRONMENT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def says(text: str) -> bool:
        end = time.monotonic() + PATIENCE
        while text not in log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        return text in log.read_text()

    try:
        assert says("Serving on"), log.read_text()
        tree.edit(RATE, "reason: 12.5% is one", "reason: 12.5% is only one")
        assert says("pages again in"), log.read_text()
    finally:
        server.terminate()
        server.wait()
