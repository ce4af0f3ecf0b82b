"""Translated summaries: how they are read, and what is said of what cannot be."""

from __future__ import annotations

import pytest

from conftest import Tree
from explainer.model import Lines, Point


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- A point. [5", "expected a heading '## Title', or a point '- Text. [12]' or"),
        ("- A point. [x]", "'x' is neither a line nor a range of lines: expected [12] or [12-14]"),
        ("- A point. [9-5]", "'9-5' is not a range of lines from 1 upwards: expected [12] or"),
        ("- A point. [99]", "line 99 does not exist: the seed has 11 lines"),
        ("- A <b>point</b>. [5]", "HTML in the summary: write plain text"),
    ],
)
def test_a_bad_point_of_a_summary_is_named(tree: Tree, line: str, expected: str) -> None:
    tree.write("seeds/kettle-news.en.md", f"## The news\n\n{line}\n")
    assert f"seeds/kettle-news.en.md:3: {expected}" in " ".join(tree.problems())


def test_a_summary_is_read_as_it_is_written(tree: Tree) -> None:
    tree.write("seeds/kettle-news.en.md", "\n## The news  \n- A [point].  [5-7]  \n\n- More. [9]\n")
    summary = tree.load().read.seeds["kettle-news"].summary
    assert summary
    (part,) = summary.parts
    assert part.title == "The news"
    assert part.points == (
        Point("A [point].", Lines(5, 7), 3),
        Point("More.", Lines(9, 9), 5),
    )


def test_one_bad_point_hides_no_other(tree: Tree) -> None:
    tree.write("seeds/kettle-news.en.md", "- A. [1]\n- B. [x]\n- C. [3]\n## D\n- E. [5] or\n")
    expected = "a point is above the first heading: write '## Title' above it"
    path = "seeds/kettle-news.en.md"
    assert [problem for problem in tree.problems() if problem.startswith(path)] == [
        f"{path}:1: {expected}",
        f"{path}:1: holds no point: write '## Title' and '- Text. [12-14]' below it, or remove it",
        f"{path}:2: 'x' is neither a line nor a range of lines: expected [12] or [12-14]",
        f"{path}:3: {expected}",
        f"{path}:5: expected a heading '## Title', or a point '- Text. [12]' or "
        "'- Text. [12-14]' on one line",
    ]


def test_a_heading_of_a_summary_has_a_title(tree: Tree) -> None:
    tree.write("seeds/kettle-news.en.md", "## \n- A. [5]\n## X\n- B. [7]\n")
    expected = "expected a heading '## Title', or a point '- Text. [12]' or '- Text. [12-14]'"
    assert f"seeds/kettle-news.en.md:1: {expected} on one line" in tree.problems()
    tree.write("seeds/kettle-news.en.md", "## X\n- B. [7]\n")
    assert tree.problems() == []
