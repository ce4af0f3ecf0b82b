"""What hand-written pages and settings may hold, because the theme shows it as it is."""

from __future__ import annotations

import pytest

from conftest import Tree, build
from explainer.model import Problem
from explainer.read.handwritten import read_page


def front_matter_problems(text: str) -> list[str]:
    problems: list[Problem] = []
    read_page("docs/a.md", text, problems)
    return list(map(str, problems))


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: A\ndescription: B\nhide: [toc]\norder: 3\ndraft: false\ntags: []", []),
        ("", []),
        ("title: [a]", ["2: 'title' in the front matter: expected a text"]),
        ("hide: true", ["2: 'hide' in the front matter: expected a list of texts"]),
        ("a: 1\nhide: [[a]]", ["3: 'hide' in the front matter: expected a list of texts"]),
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
    assert front_matter_problems(text) == [f"docs/a.md:{line}" for line in expected]


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
    (problem,) = front_matter_problems(text)
    assert message in problem


def test_a_page_without_front_matter_may_begin_with_a_line() -> None:
    assert front_matter_problems("# A\n\n---\na: [b\n---\n") == []
    assert front_matter_problems("---\nText.\n") == []


def test_such_front_matter_is_named_and_fails_a_strict_build(tree: Tree) -> None:
    script = "<script>alert(1)</script>"
    tree.write("docs/p.md", f"---\ndescription: ['\">{script}']\n---\n\n# P\n")
    tree.write("docs/q.md", "---\na: " + "[" * 30_000 + "\n---\n\n# Q\n")
    expected = "docs/p.md:2: 'description' in the front matter: expected a text"
    assert expected in tree.problems()
    result = build(tree.root, "--strict")
    assert result.returncode == 1
    assert expected in result.stderr
    assert "docs/q.md:2: the fields are nested too deep" in result.stderr
    assert "Traceback" not in result.stderr
    assert script not in (tree.root / "site/p/index.html").read_text("utf-8")


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
    ("setting", "expected"),
    [
        ("use_directory_urls: false", "'use_directory_urls: false' is not supported: take it out"),
        ("site_url: ''", "expected 'site_url', for feeds and permalinks"),
    ],
)
def test_settings_under_which_links_lead_nowhere_are_refused(
    tree: Tree, setting: str, expected: str
) -> None:
    config = [
        line
        for line in tree.text("mkdocs.yml").splitlines()
        if not line.startswith(setting.split(":")[0])
    ]
    tree.write("mkdocs.yml", "\n".join([*config, setting]))
    result = build(tree.root)
    assert result.returncode == 1
    assert f"mkdocs.yml: {expected}" in result.stderr
