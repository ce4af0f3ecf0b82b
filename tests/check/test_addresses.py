"""Rules on addresses: what breaks each of them, and what they say then."""

from __future__ import annotations

import pytest

from conftest import NEWS, RATE, Rule, Tree
from explainer.addresses import written
from explainer.check.addresses import addresses_differ, parts_of_pages_exist
from explainer.pages.render import Renderer


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            addresses_differ,
            NEWS,
            "slug: kettle-cries-too-early",
            "slug: Noisy-Kettles",
            f"{NEWS}:1: would be written to the URL of 'seeds/kettle-post.yml': "
            "articles/noisy-kettles/index.html; rename it",
        ),
        (
            parts_of_pages_exist,
            "docs/index.md",
            "/// explainer | topics",
            "/// explainer | zzz",
            "docs/index.md:6: unknown part 'zzz': one of agreement, articles, changes, "
            "corrections, losses, records, rules, rulings, tallies, topics, verdicts",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


def test_a_record_named_like_an_index_is_refused(tree: Tree) -> None:
    tree.write("docs/claims/index.md", tree.text(RATE))
    assert any(p.startswith("docs/claims/index.md:1: would be written") for p in tree.problems())


def test_a_page_in_the_place_of_a_folder_is_refused(tree: Tree) -> None:
    tree.write("docs/feed.xml.md", "# Mine\n")
    assert tree.problems() == [
        "docs/feed.xml.md:1: would be written to the URL of the site's own page: "
        "feed.xml/index.html; rename it"
    ]


@pytest.mark.parametrize(
    "place",
    [
        "404.html",
        "sitemap.xml",
        "assets/search/entries.js",
        "share/index.png",
        "share/claims/all-kettles-whistle-before-boiling.png",
        "share/topics/whistling.png",
        "share/articles/noisy-kettles.png",
    ],
)
def test_a_file_in_the_place_of_one_that_is_made_is_refused(tree: Tree, place: str) -> None:
    (tree.root / "docs" / place).parent.mkdir(parents=True, exist_ok=True)
    tree.write(f"docs/{place}", "mine")
    assert tree.problems()[-1] == (
        f"docs/{place}:1: would be written to the URL of the site's own page: {place}; rename it"
    )


def test_a_part_that_does_not_exist_is_named(tree: Tree) -> None:
    tree.edit("docs/index.md", "| topics\n", "| topcs\n")
    tree.edit("docs/index.md", "/// explainer | losses", " /// explainer | losses")
    assert tree.problems() == [
        "docs/index.md:6: unknown part 'topcs': did you mean 'topics'?",
        "docs/index.md:9: a generated part is a block of its own, without an indent: "
        "'/// explainer | name', and below it '///'",
    ]


def test_a_part_stands_once_on_a_page(tree: Tree) -> None:
    text = tree.text("docs/index.md") + "\n/// explainer | topics\n///\n"
    tree.write("docs/index.md", text)
    (problem,) = tree.problems()
    assert problem.endswith(": the part 'topics' is written twice: keep one")
    filled = Renderer(tree.load(), "Kettles", "https://kettles.example/").fill(text, "index.md")
    assert filled.count('href="topics/whistling/"') == 1


@pytest.mark.parametrize("folder", ["claims", "topics", "reports", "articles"])
def test_a_withheld_page_takes_no_other_place(tree: Tree, folder: str) -> None:
    """MkDocs writes README.md where index.md would be written."""
    (tree.root / "docs" / folder).mkdir(exist_ok=True)
    tree.write(f"docs/{folder}/README.md", "# Mine\n")
    pages = Renderer(tree.load(), "Kettles", "https://kettles.example/").pages()
    addresses = [written(page.uri) for page in pages]
    assert addresses.count(f"{folder}/index.html") == 1


def test_all_pages_at_one_address_are_named(tree: Tree) -> None:
    (tree.root / "docs/articles").mkdir()
    tree.write("docs/articles/noisy-kettles.md", "# Mine")
    tree.edit(NEWS, "slug: kettle-cries-too-early", "slug: noisy-kettles")
    assert tree.found_by(addresses_differ)[0] == (
        "docs/articles/noisy-kettles.md:1: would be written to the URL of "
        "'seeds/kettle-news.yml', 'seeds/kettle-post.yml': "
        "articles/noisy-kettles/index.html; rename it"
    )


def test_a_page_in_the_place_of_a_folder_of_a_folder_is_refused(tree: Tree) -> None:
    (tree.root / "docs/data").mkdir()
    tree.write("docs/data/claims.json.md", "# Mine\n")
    assert tree.problems() == [
        "docs/data/claims.json.md:1: would be written to the URL of the site's own page: "
        "data/claims.json/index.html; rename it"
    ]


def test_a_file_in_the_place_of_a_folder_is_refused(tree: Tree) -> None:
    tree.write("docs/articles", "")
    assert (
        "docs/articles:1: would be written to the URL of the site's own page: "
        "articles/index.html; rename it"
    ) in tree.problems()
