"""What records say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import NEWS, POST, RATE, Tree
from explainer.model import Lines, Problem, parse_lines, ranges, slug
from explainer.model.seeds import OCCURRENCES
from explainer.text.visible import visible_lines


def test_blocks_of_html_are_apart_and_what_is_hidden_is_not_read(tree: Tree) -> None:
    html = (
        "<p>One.</p><p>Two.</p>\n<!-- hidden\nstill hidden -->shown\n"
        "<script>\nevil()\n</script>\nA &amp; B<div class='a\nb'>C</div>\n"
    )
    (tree.root / "seeds/kettle-post.txt").write_text(html, "utf-8")
    tree.record_hash(POST)
    seed = tree.load().read.seeds["kettle-post"]
    lines = [line.strip() for line in seed.lines]
    assert lines == ["One.\nTwo.", "", "shown", "", "", "", "A & B", "C"]


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("a<br>b<br/>c</br>d", "a\nb\nc\nd"),
        ("a<br><br>b", "a\n\nb"),
        ("a<p>b</p>c", "a\nb\nc"),
        ("<p>a</p><p>b</p>", "a\nb\n"),
        ("a</style>b", "ab"),
        ("<template><p>a<b>b</b>c</template>d", "d"),
        ("<template><template>a</template>b</template>c", "c"),
        ("<STYLE>a</STYLE>b", "b"),
        ("a<!-- b --><?c><!d><![CDATA[e]]>f", "af"),
        ("a<p class='", "a"),
        ("<b>a</b", "a"),
        ("a<!-- b", "a"),
        ("&lt;b&gt; &#66;&#x43; &nosuch; &", "<b> BC &nosuch; &"),
        ("a\0b", "a\ufffdb"),
    ],
)
def test_of_html_a_reader_sees_what_a_browser_shows(html: str, seen: str) -> None:
    assert visible_lines(html) == (seen,)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1", Lines(1, 1)),
        (" 12 ", Lines(12, 12)),
        ("3-5", Lines(3, 5)),
        ("3 – 5", Lines(3, 5)),
        ("1-20000", Lines(1, 20_000)),
    ],
)
def test_lines_are_read(text: str, lines: Lines) -> None:
    assert parse_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is neither a line nor a range of lines"),
        ("3-", "'3-' is neither a line nor a range of lines"),
        ("3,5", "'3,5' is neither a line nor a range of lines"),
        ("0", "'0' is not a range of lines from 1 upwards"),
        ("5-3", "'5-3' is not a range of lines from 1 upwards"),
        ("1000001", "'1000001' is not a range of lines from 1 upwards"),
        ("20001", "'20001' is not a range of lines from 1 upwards"),
        ("1-10000000000", "'1-10000000000' is not a range of lines from 1 upwards"),
    ],
)
def test_what_are_no_lines_is_named(text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_lines(text)
    assert str(error.value) == message


def test_a_range_holds_both_its_ends() -> None:
    lines = Lines(3, 5)
    assert list(lines.numbers()) == [3, 4, 5]
    assert [number in lines for number in range(2, 7)] == [False, True, True, True, False]


def test_neighbouring_lines_make_a_range() -> None:
    assert ranges([7, 3, 5, 6, 9]) == [Lines(3, 3), Lines(5, 7), Lines(9, 9)]
    assert ", ".join(map(str, ranges({1, 2, 4}))) == "1–2, 4"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Claude's 12.5% — of “Kettles”!", "claudes-12-5-percent-of-kettles"),
        ("Café’s & Co", "cafes-co"),
        ("A_b", "a-b"),
        ("5%", "5-percent"),
        ("주전자", ""),
        (f"- {199 * 'a'} bc", 199 * "a"),
    ],
)
def test_a_name_is_made_of_a_title(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_problem_is_one_line_that_obeys_nobody() -> None:
    problem = Problem("a\u202eb", 3, "one\ntwo\x1b[31m three\x85four")
    assert str(problem) == "a\\u202eb:3: one two\\x1b[31m three four"


def test_a_problem_of_what_is_missing_stands_where_it_would_be(tree: Tree) -> None:
    claim = tree.load().read.claims[Path(RATE).stem]
    assert claim.problem(("evidence", 0, "nothing"), "").line == 14
    assert claim.problem(("evidence", 1, "nothing"), "").line == 13
    assert claim.problem(("nothing",), "").line == 2


@pytest.mark.parametrize(
    ("text", "quote", "line", "found"),
    [
        ("ab ab\n", "ab", None, [(0, 2, 1, 1), (3, 5, 1, 1)]),
        ("a\nb\nc\n", "a\nb", None, [(0, 3, 1, 2)]),
        ("a\nb\na\n", "a", 3, [(4, 5, 3, 3)]),
        ("aaa\n", "aa", None, [(0, 2, 1, 1), (1, 3, 1, 1)]),
        ("ab\n", "", None, []),
        ("ab\n", "c", None, []),
    ],
)
def test_a_quote_is_found_in_all_its_places(
    tree: Tree, text: str, quote: str, line: int | None, found: list[tuple[int, ...]]
) -> None:
    tree.write("seeds/kettle-news.txt", text)
    seed = tree.load().read.seeds[Path(NEWS).stem]
    assert [(span.start, span.end, *span.lines) for span in seed.find(quote, line)] == found


def test_no_more_places_than_a_hundred_are_looked_up(tree: Tree) -> None:
    tree.write("seeds/kettle-news.txt", (OCCURRENCES + 1) * "a\n")
    assert len(tree.load().read.seeds[Path(NEWS).stem].find("a")) == OCCURRENCES
