"""The site as plain Markdown: what Zensical, and MkDocs without hooks, make of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner, Result

from conftest import ALL, ENVIRONMENT, KETTLES, OFFLINE, PROJECT, Tree, build, pages
from explainer.__main__ import main
from explainer.addresses import relative_url
from explainer.builders.plain import write
from test_build import dead_links

THEME = ("assets/images", "assets/javascripts", "assets/stylesheets")
"""Where each builder puts what its theme needs."""


def run(folder: Path, *command: str) -> str:
    """What the command of a Python module prints; it fails if it uses the network."""
    path = os.pathsep.join([str(OFFLINE), str(PROJECT / "hooks")])
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


@dataclass(frozen=True)
class Builds:
    """A site as MkDocs builds it with our hooks, and as Zensical builds what was exported."""

    mkdocs: Path
    zensical: Path

    def differing(self, seen: Callable[[str, BeautifulSoup], object]) -> dict[str, object]:
        """The pages of which something that is seen on them differs."""
        ours, theirs = pages(self.mkdocs), pages(self.zensical)
        return {
            address: (seen(address, page), seen(address, theirs[address]))
            for address, page in ours.items()
            if seen(address, page) != seen(address, theirs[address])
        }


@pytest.fixture(scope="module", params=["real", "kettles"])
def builds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "real":
        root, ours = PROJECT, request.getfixturevalue("real")
    else:
        root, ours = KETTLES, folder / "ours"
        assert build(root, "--strict", "--site-dir", str(ours)).returncode == 0
    run(root, "explainer", "export", str(folder / "exported"))
    output = run(folder / "exported", "zensical", "build", "--strict")
    assert "No issues found" in output
    assert "warning" not in output.lower()
    run(root, "explainer", "finish", str(folder / "exported" / "site"))
    return Builds(ours, folder / "exported" / "site")


def text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def links(selector: str) -> Callable[[str, BeautifulSoup], object]:
    def seen(address: str, page: BeautifulSoup) -> object:
        return [(urljoin("/" + address, str(a["href"])), text(a)) for a in page.select(selector)]

    return seen


def test_pages_have_the_same_addresses_titles_and_verdicts(builds: Builds) -> None:
    assert set(pages(builds.zensical)) == set(pages(builds.mkdocs))
    assert not builds.differing(lambda _, page: [text(tag) for tag in page.select("title, h1")])
    assert not builds.differing(
        lambda _, page: [tag["data-verdict"] for tag in page.select("[data-verdict]")]
    )
    assert any(page.select("[data-verdict]") for page in pages(builds.zensical).values())


def test_pages_have_the_same_policy(builds: Builds) -> None:
    """Its hashes are those of the theme's scripts, which are not the same."""

    def policy(_: str, page: BeautifulSoup) -> list[str]:
        metas = page.select("head > [http-equiv=Content-Security-Policy]:first-child")
        return [re.sub(r" 'sha256-[^']+'", "", str(meta["content"])) for meta in metas]

    assert not builds.differing(policy)
    assert all(len(policy("", page)) == 1 for page in pages(builds.zensical).values())


def test_pages_say_the_same(builds: Builds) -> None:
    assert not builds.differing(lambda _, page: [text(tag) for tag in page.select("article")])


def test_links_lead_to_the_same_places(builds: Builds) -> None:
    assert dead_links(builds.zensical) == []
    assert not builds.differing(links("article a[href]"))
    assert not builds.differing(links(".md-path a, a[rel=edit]"))
    assert not builds.differing(links("link[rel=canonical], link[rel=alternate]"))


def test_machines_are_told_the_same(builds: Builds) -> None:
    told = "[name=description], [property^=og], [name^=twitter], [type='application/ld+json']"
    assert not builds.differing(lambda _, page: [str(tag) for tag in page.select(told)])

    def days(site: Path) -> dict[str | None, str | None]:
        entries = ElementTree.parse(site / "sitemap.xml").getroot()
        return {entry[0].text: entry[1].text for entry in entries}

    assert days(builds.zensical) == days(builds.mkdocs)


def test_other_files_are_the_same_byte_for_byte(builds: Builds) -> None:
    files = {
        path: file.read_bytes()
        for file in builds.mkdocs.rglob("*")
        if file.is_file() and file.suffix != ".html" and not file.name.startswith("sitemap.")
        if not (path := file.relative_to(builds.mkdocs).as_posix()).startswith(THEME)
    }
    assert {"data/claims.json", "feed.xml", "assets/search/entries.js"} < set(files)
    assert any(path.startswith("share/claims/") for path in files)
    assert [
        path for path, content in files.items() if (builds.zensical / path).read_bytes() != content
    ] == []


def test_the_list_of_losses_is_of_the_zensical_that_we_test() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert f"Zensical {version('zensical')}" in readme


def test_mkdocs_builds_the_same_without_hooks(tree: Tree, tmp_path: Path) -> None:
    assert write(tree.root, tmp_path / "plain", relative_url) == []
    for folder in (tree.root, tmp_path / "plain"):
        result = build(folder, "--strict")
        assert result.returncode == 0, result.stderr
    ours, plain = pages(tree.root / "site"), pages(tmp_path / "plain" / "site")
    assert {address: page.select("article") for address, page in plain.items()} == {
        address: page.select("article") for address, page in ours.items()
    }


# What stands in the way


def export(tree: Tree, target: Path) -> Result:
    return CliRunner().invoke(main, ["export", str(target), "--root", str(tree.root)])


def test_an_export_overwrites_nothing(tree: Tree, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.mkdir()
    (target / "letter.txt").write_text("Dear", "utf-8")
    result = export(tree, target)
    assert result.exit_code == 1
    assert f"nothing was written: {target}: expected a folder that is new or empty" in result.output
    assert [file.name for file in target.iterdir()] == ["letter.txt"]


def test_an_export_fills_an_empty_folder(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert export(tree, tmp_path / "empty").exit_code == 0
    assert (tmp_path / "empty" / "docs" / "index.md").is_file()


def test_settings_may_be_written_in_other_ways(tree: Tree, tmp_path: Path) -> None:
    config = tree.text("mkdocs.yml").split("repo_url:")[0]
    extensions = "markdown_extensions: {tables: {}, toc: {permalink: true}}\n"
    tree.write("mkdocs.yml", f"{config}theme: material\nplugins: []\n{extensions}")
    target = tmp_path / "plain"
    assert export(tree, target).exit_code == 0
    assert "No issues found" in run(target, "zensical", "build", "--strict")
    home = pages(target / "site")[""]
    assert home.find("h1")
    assert not home.select("a[rel=edit]")


def break_record(tree: Tree) -> None:
    tree.edit(ALL, "verdict: contradicted", "verdict: wrong")


def break_page(tree: Tree) -> None:
    tree.write("docs/index.md", "---\ntitle: 'a\n---\n# Kettles\n")


def list_in_page(tree: Tree) -> None:
    tree.write("docs/index.md", "---\n- title\n---\n# Kettles\n")


def break_config(tree: Tree) -> None:
    tree.edit("mkdocs.yml", "site_name: Kettles", "site_name: 'Kettles")


def take_address(tree: Tree) -> None:
    tree.edit("mkdocs.yml", "site_url:", "site_adress:")


def name_no_extension(tree: Tree) -> None:
    tree.edit("mkdocs.yml", "[tables, footnotes]", "[tables, footnote_s]")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (break_record, f"{ALL}:"),
        (break_page, "docs/index.md:3: broken YAML"),
        (list_in_page, "docs/index.md:2: expected fields of the form 'name: value'"),
        (break_config, "mkdocs.yml: broken YAML"),
        (take_address, "mkdocs.yml: expected a text for 'site_url'"),
        (name_no_extension, "mkdocs.yml: 'markdown_extensions' cannot be used"),
    ],
)
def test_nothing_is_written_when_something_is_wrong(
    tree: Tree, tmp_path: Path, harm: Callable[[Tree], None], message: str
) -> None:
    harm(tree)
    (tmp_path / "there").mkdir()
    result = export(tree, tmp_path / "there" / "new")
    assert result.exit_code == 1
    assert message in result.output
    assert "nothing was written" in result.output
    assert list((tmp_path / "there").iterdir()) == []


def test_nothing_is_written_when_a_template_is_wrong(tree: Tree, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "hooks", tmp_path / "hooks")
    template = tmp_path / "hooks/explainer/pages/templates/topic.md"
    template.write_text("{{ record.nothing }}\n", "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "explainer", "export", str(tmp_path / "new")],
        cwd=tree.root,
        env={**ENVIRONMENT, "PYTHONPATH": str(tmp_path / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert (
        "hooks/explainer/pages/templates/topic.md:1: the template cannot be rendered"
        in result.stdout
    )
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "new").exists()


def test_the_folder_must_stand_outside_what_is_copied(tree: Tree) -> None:
    result = export(tree, tree.root / "docs/new")
    assert result.exit_code == 1
    assert "nothing was written" in result.output
    assert not (tree.root / "docs/new").exists()
