"""Rules on seeds: what breaks each of them, and what they say then."""

from __future__ import annotations

import subprocess

import pytest

from conftest import ALL, COPPER, HANDLES, NEWS, POST, PROJECT, RATE, Rule, Tree
from explainer.check.seeds import (
    prose_is_accounted_for,
    seed_lines_exist,
    seeds_are_as_received,
    what_is_not_checked_is_not_quoted,
)
from explainer.model import Severity


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            seed_lines_exist,
            NEWS,
            "lines: 11",
            "lines: 12",
            f"{NEWS}:15: line 12 does not exist: the seed has 11 lines",
        ),
        (
            seed_lines_exist,
            POST,
            "text: ¡Qué miedo!",
            "text: ¡Qué bien!",
            f"{POST}:12: '¡Qué bien!' is not in line 3",
        ),
        (
            what_is_not_checked_is_not_quoted,
            POST,
            "    text: ¡Qué miedo!\n",
            "",
            f"{POST}:11: line 3 is quoted by a claim: take it out here, "
            "or name with 'text' the part that is not checked",
        ),
        (
            seed_lines_exist,
            NEWS,
            "  - lines: 11\n    what: share button\n",
            "  - what: share button\n    lines: 12\n",
            f"{NEWS}:16: line 12 does not exist: the seed has 11 lines",
        ),
        (
            seed_lines_exist,
            NEWS,
            "headings: [1]\n",
            'headings: [1]\nnot_checked: [{lines: 5, text: "냈다.\\n\\n손잡이는", reason: x}]\n',
            f"{NEWS}:12: '냈다.\n\n손잡이는' is not in line 5".replace("\n", " "),
        ),
        (
            what_is_not_checked_is_not_quoted,
            POST,
            "  - lines: 3\n    text: ¡Qué miedo!\n    reason: An exclamation.\n",
            "  - reason: An exclamation.\n    lines: 3-5\n",
            f"{POST}:12: line 3, 5 is quoted by a claim: take it out here, "
            "or name with 'text' the part that is not checked",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


def test_an_edited_seed_is_found_out(tree: Tree) -> None:
    tree.edit("seeds/kettle-news.txt", "45도", "46도")
    (problem,) = [p for p in tree.problems() if "sha256" in p]
    assert problem.startswith(f"{NEWS}:10: 'seeds/kettle-news.txt' is not the text recorded here")


@pytest.mark.parametrize(
    ("change", "line", "expected"),
    [
        (lambda text: b"", 1, "is empty: put the article into it, or remove the seed"),
        (lambda text: b"\n\n", 1, "is empty: put the article into it, or remove the seed"),
        (lambda text: b"\n\n\xff" + text, 3, "is not UTF-8"),
        (lambda text: b"\xef\xbb\xbf" + text, 1, "holds a byte order mark"),
        (lambda text: text.replace(b"\n", b"\r\n"), 1, "holds a carriage return (CR)"),
        (lambda text: text + b"\0", 12, "holds a NUL"),
        (lambda text: b"\n\0" + text, 2, "holds a NUL"),
    ],
)
def test_a_seed_is_plain_utf8(tree: Tree, change: object, line: int, expected: str) -> None:
    file = tree.root / "seeds/kettle-news.txt"
    assert callable(change)
    file.write_bytes(change(file.read_bytes()))
    tree.record_hash(NEWS)
    found = [
        p for p in tree.problems() if p.startswith(f"seeds/kettle-news.txt:{line}: {expected}")
    ]
    assert len(found) == 1
    loaded = tree.load()
    assert "kettle-news" not in loaded.site.seeds
    assert "kettles-whistle-too-early-in-12-5-percent" not in loaded.site.claims


def test_prose_without_a_claim_is_named_by_line(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    text = tree.text(HANDLES)
    start = text.index("  - seed: kettle-news")
    tree.write(HANDLES, text[:start] + text[text.index("  - seed: kettle-post") :])
    problems = tree.problems()
    assert (
        f"{NEWS}:1: prose without a claim: line 7, 9 of 'seeds/kettle-news.txt'; quote it in a "
        "claim (make new-claim), or list it under 'not_checked' with a reason"
    ) in problems


def test_prose_is_not_counted_while_a_claim_cannot_be_read(tree: Tree) -> None:
    tree.edit(COPPER, "labels:", "lables:")
    assert not any("prose without" in problem for problem in tree.problems())


def test_prose_that_is_not_accounted_for_withholds_nothing(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    assert len(tree.problems()) == 1
    assert tree.load().withheld == frozenset()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (NEWS, "headings: [1]", "headings: [1, 11]"),
        ("seeds/kettle-news.en.md", "12.5% of cases. [5]", "12.5% of cases. [5-11]"),
    ],
)
def test_what_keeps_to_the_rules_is_not_blamed(tree: Tree, path: str, old: str, new: str) -> None:
    tree.edit(path, old, new)
    assert tree.problems() == []


def test_a_quote_on_another_line_is_not_blamed_twice(tree: Tree) -> None:
    tree.edit(ALL, "    line: 5\n", "    line: 1\n")
    assert tree.found_by(prose_is_accounted_for) == []


def test_what_is_not_checked_may_span_lines(tree: Tree) -> None:
    tree.edit(
        POST,
        "lines: 3\n    text: ¡Qué miedo!",
        "lines: 3-5\n    text: |-\n      miedo!\n\n      Resumen",
    )
    assert tree.found_by(seed_lines_exist) == []


def test_an_article_may_have_20_000_lines(tree: Tree) -> None:
    tree.write("seeds/kettle-post.txt", 20_000 * "a\n")
    assert not any(" lines, expected" in problem for problem in tree.problems())
    tree.write("seeds/kettle-post.txt", 20_001 * "a\n")
    assert any("has 20001 lines, expected at most 20000" in problem for problem in tree.problems())


def test_a_slip_in_one_seed_hides_no_other_seed(tree: Tree) -> None:
    tree.edit(RATE, "quote: 주전자는 12.5%", "quote: 주전자는 12.6%")
    tree.edit(POST, "headings: [1]\n", "")
    (problem,) = tree.found_by(prose_is_accounted_for)
    assert problem.startswith(f"{POST}:9: prose without a claim: line 1 of")


def test_a_seed_that_no_claim_quotes_is_work_not_begun(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    (problem,) = tree.load().problems
    assert problem.severity is Severity.WARNS
    (tree.root / RATE).unlink()
    tree.write(HANDLES, tree.text(HANDLES).replace("손잡이는 모든 주전자에서", "hervidores silban"))
    text = tree.text(HANDLES)
    tree.write(HANDLES, text[: text.index("  - seed")] + text[text.rindex("  - seed") :])
    (problem,) = [problem for problem in tree.load().problems if "prose without" in str(problem)]
    assert problem.path == NEWS
    assert problem.severity is Severity.GAP


def test_a_line_both_quoted_and_not_checked_withholds_nothing(tree: Tree) -> None:
    tree.edit(POST, "    text: ¡Qué miedo!\n", "")
    assert tree.problems() != []
    assert tree.load().withheld == frozenset()


def test_line_ends_that_git_changed_are_named_as_that(tree: Tree) -> None:
    file = tree.root / "seeds/kettle-post.txt"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    fix = "git config core.autocrlf false, delete the file, git checkout restores it"
    message = f"its lines end with CR LF, as git writes them with core.autocrlf: {fix}"
    assert tree.found_by(seeds_are_as_received) == [
        f"seeds/kettle-post.txt:1: {message}",
        f"{POST}:1: the article cannot be used: line 1 {message}",
    ]


def test_git_keeps_articles_byte_for_byte_and_records_with_lf() -> None:
    asked = [
        "git",
        "check-attr",
        "text",
        "eol",
        "--",
        "seeds/a.txt",
        "docs/claims/a.md",
        "seeds/a.yml",
    ]
    said = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert "seeds/a.txt: text: unset" in said
    assert "docs/claims/a.md: eol: lf" in said
    assert "seeds/a.yml: eol: lf" in said
