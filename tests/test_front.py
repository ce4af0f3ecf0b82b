"""What hand-written pages and settings may hold, because the theme shows it as it is."""

from __future__ import annotations

import pytest

from conftest import Tree, build, shown
from explainer.model import Problem
from explainer.read.handwritten import read_page


def front_matter_problems(text: str) -> list[str]:
    problems: list[Problem] = []
    read_page("docs/a.md", text, problems)
    return list(map(shown, problems))


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: A\ndescription: B\nauthor: C\nhide: [toc]", []),
        ("", []),
        ("title: [a]", ["2: 'title' in the front matter: expected a text"]),
        ("hide: true", ["2: 'hide' in the front matter: expected a list of texts"]),
        ("title: a\nhide: [[a]]", ["3: 'hide' in the front matter: expected a list of texts"]),
        *(
            (
                f"{name}: x",
                [
                    f"2: '{name}' is nothing that the front matter of a page can set: "
                    "one of title, description, author, hide"
                ],
            )
            for name in ("template", "location", "icon", "status", "robots", "x")
        ),
        (
            "titel: x",
            [
                "2: 'titel' is nothing that the front matter of a page can set: "
                "did you mean 'title'?"
            ],
        ),
    ],
)
def test_front_matter_sets_what_a_page_can_set(front: str, expected: list[str]) -> None:
    text = f"---\n{front}\n---\n\n# A\n"
    assert front_matter_problems(text) == [f"docs/a.md:{line}" for line in expected]


@pytest.mark.parametrize(
    "active",
    [
        *("<script", "<SCRIPT", "<meta", "<link", "<base", "<iframe", "<object", "<embed", "<form"),
        *("<frameset", "<applet", "onclick=", "onload =", "javascript:", "JavaScript:"),
    ],
)
def test_a_page_does_nothing_in_a_readers_browser(tree: Tree, active: str) -> None:
    tree.write("docs/p.md", f"---\ntitle: P\n---\n\n# P\n\n<b {active} x>\n")
    loaded = tree.load()
    assert list(map(str, loaded.problems)) == [
        f"docs/p.md:7: '{active}' does something in a reader's browser: take it out, even as code "
        "[active-content]"
    ]
    assert "docs/p.md" not in loaded.site.hand_written


@pytest.mark.parametrize("text", ["<linear", "<b>x</b>", "JavaScript", "<formula"])
def test_what_only_looks_active_is_not_blamed(tree: Tree, text: str) -> None:
    tree.write("docs/p.md", f"# P\n\n{text}\n")
    assert tree.problems() == []


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
    tree.write("docs/p.md", f"---\ndescription: 'a\">{script}'\nhide: ['{script}']\n---\n\n# P\n")
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
