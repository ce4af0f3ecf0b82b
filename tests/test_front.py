"""What hand-written pages and settings may hold, because the theme shows it as it is."""

from __future__ import annotations

import pytest

from conftest import Tree, build
from explainer.builders.settings import setting_problems
from explainer.read.handwritten import front_matter_problems

SETTINGS = {
    "use_directory_urls": True,
    "site_url": "https://kettles.example/",
    "site_name": "Kettles “checked” & co",
    "site_author": None,
    "site_description": None,
    "repo_name": "",
}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: A\ndescription: B\nhide: [toc]\norder: 3\ndraft: false\ntags: []", []),
        ("", []),
        ("title: [a]", ["2: 'title' in the front matter: expected a text"]),
        ("hide: true", ["2: 'hide' in the front matter: expected a list of texts"]),
        ("a: 1\nhide: [[a]]", ["3: 'hide' in the front matter: expected a list of texts"]),
        ("template: 5", ["2: 'template' in the front matter: expected a text"]),
        (
            "x: {a: b}",
            [
                "2: 'x' in the front matter: expected a text, a number, true or false, "
                "or a list of texts"
            ],
        ),
    ],
)
def test_front_matter_is_texts_numbers_and_lists(front: str, expected: list[str]) -> None:
    text = f"---\n{front}\n---\n\n# A\n"
    found = [str(problem) for problem in front_matter_problems("docs/a.md", text)]
    assert found == [f"docs/a.md:{line}" for line in expected]


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("a: " + "[" * 30_000, "the fields are nested too deep"),
        ("a: &x [1]\nb: *x", "anchors and aliases are not used here"),
        ("a: !!python/name:os.system x", "tags are not used here"),
        ("a: [", "broken YAML"),
    ],
)
def test_front_matter_that_fills_the_memory_is_refused(front: str, message: str) -> None:
    text = f"---\n{front}\n---\n\n# A\n"
    (problem,) = front_matter_problems("docs/a.md", text)
    assert message in str(problem)


def test_a_page_without_front_matter_may_begin_with_a_line() -> None:
    assert list(front_matter_problems("docs/a.md", "# A\n\n---\na: [b\n---\n")) == []
    assert list(front_matter_problems("docs/a.md", "---\nText.\n")) == []


def test_front_matter_that_begins_twice_is_read_as_mkdocs_reads_it() -> None:
    assert list(front_matter_problems("docs/a.md", "---\n---\na: {b: c}\n---\n"))


def test_such_front_matter_stops_a_build_and_is_named(tree: Tree) -> None:
    script = "<script>alert(1)</script>"
    tree.write("docs/p.md", f"---\ndescription: ['\">{script}']\n---\n\n# P\n")
    tree.write("docs/q.md", "---\na: " + "[" * 30_000 + "\n---\n\n# Q\n")
    expected = "docs/p.md:2: 'description' in the front matter: expected a text"
    assert expected in tree.problems()
    result = build(tree.root)
    assert result.returncode == 1
    assert expected in result.stderr
    assert "docs/q.md:2: the fields are nested too deep" in result.stderr
    assert "Traceback" not in result.stderr


def test_texts_of_the_front_matter_stay_texts_and_editors_copies_stay_at_home(tree: Tree) -> None:
    script = "<script>alert(1)</script>"
    tree.write("docs/p.md", f"---\ndescription: 'a\">{script}'\ntags: ['{script}']\n---\n\n# P\n")
    tree.write("docs/p.md~", "# Old\n")
    tree.write("docs/notes.txt~", "private")
    result = build(tree.root)
    assert result.returncode == 0, result.stderr
    assert script not in (tree.root / "site/p/index.html").read_text("utf-8")
    assert not list((tree.root / "site").rglob("*~*"))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("use_directory_urls", False, "'use_directory_urls: false' is not supported: take it out"),
        ("site_url", "", "expected 'site_url', for feeds and permalinks"),
        (
            "site_name",
            'The "Kettle"',
            "'site_name' stands in every page as it is: expected no <, > and \"",
        ),
        ("repo_name", "<b>", "'repo_name' stands in every page as it is: expected no <, > and \""),
    ],
)
def test_settings_hold_no_markup(name: str, value: object, expected: str) -> None:
    assert list(setting_problems(SETTINGS)) == []
    assert list(setting_problems(SETTINGS | {name: value})) == [f"mkdocs.yml: {expected}"]
