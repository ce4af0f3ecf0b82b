"""Rules on quotes: what breaks each of them, and what they say then."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, HANDLES, POST, RATE, Rule, Tree
from explainer.check.quotes import quotes_are_in_their_seed, quotes_hold_whole_words


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            quotes_are_in_their_seed,
            RATE,
            "주전자는 12.5%의 경우",
            "주전자는 12.6%의 경우",
            f"{RATE}:10: the quote is not in 'kettle-news'; nearest is line 5: "
            "'주전자는 12.5%의 경우 너무 일찍 소리를 냈다.'. "
            "Copy the words exactly, with their punctuation and spaces",
        ),
        (
            quotes_are_in_their_seed,
            ALL,
            "    line: 5\n",
            "",
            f"{ALL}:14: the quote is 2 times in 'kettle-post', line 3 and 5: "
            "quote more of the sentence, or name one with the field 'line'",
        ),
        (
            quotes_are_in_their_seed,
            ALL,
            "    line: 5\n",
            "    line: 1\n",
            f"{ALL}:15: the quote is not on line 1 of 'kettle-post', but on line 3",
        ),
        (
            quotes_are_in_their_seed,
            HANDLES,
            "quote: 손잡이는 모든 주전자에서 45도 아래였다.",
            'quote: "손잡이는 모든 주전자에서 45도 아래였다. "',
            f"{HANDLES}:8: the quote is not in 'kettle-news'; nearest is line 7: "
            "'손잡이는 모든 주전자에서 45도 아래였다.' "
            "(the quote has U+0020 where the seed has nothing). "
            "Copy the words exactly, with their punctuation and spaces",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


def test_all_quotes_with_a_wrong_line_are_named(tree: Tree) -> None:
    tree.edit(ALL, "    line: 5\n", "    line: 1\n")
    tree.edit(RATE, "    translation", "    line: 1\n    translation")
    assert [problem.split(":")[0] for problem in tree.found_by(quotes_are_in_their_seed)] == [
        ALL,
        RATE,
    ]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff¡Hola!\n"])
def test_in_a_text_that_cannot_be_used_no_quote_is_looked_for(tree: Tree, text: str) -> None:
    tree.write("seeds/kettle-post.txt", text)
    tree.record_hash(POST)
    assert tree.found_by(quotes_are_in_their_seed) == []
    tree.edit(RATE, "12.5%의 경우", "12.6%의 경우")
    (problem,) = tree.found_by(quotes_are_in_their_seed)
    assert problem.startswith(f"{RATE}:")


def test_not_all_places_of_a_quote_are_counted(tree: Tree) -> None:
    text = tree.text("seeds/kettle-post.txt")
    tree.write("seeds/kettle-post.txt", text + 97 * "los hervidores silban antes de hervir.\n")
    tree.edit(ALL, "    line: 5\n", "")
    assert f"{ALL}:14: the quote is 99 times in 'kettle-post', line 3 and" in str(
        tree.found_by(quotes_are_in_their_seed)
    )
    tree.write("seeds/kettle-post.txt", text + 99 * "los hervidores silban antes de hervir.\n")
    assert f"{ALL}:14: the quote is 100 times or more in 'kettle-post'" in str(
        tree.found_by(quotes_are_in_their_seed)
    )


def test_a_quote_in_html_is_found_in_its_visible_text(tree: Tree) -> None:
    tree.edit(
        HANDLES,
        "    quote: El mango nunca pasa de 45 grados & no quema.",
        "    quote: |\n      hervir.\n\n      - El mango nunca pasa",
    )
    assert tree.problems() == []
    tree.edit(HANDLES, "- El mango nunca", "- El  mango nunca")
    assert len(tree.problems()) == 1


def test_a_quote_that_looks_right_is_told_apart(tree: Tree) -> None:
    tree.edit(ALL, "quote: Todos los", "quote: Todos\u00a0los")
    (problem,) = tree.problems()
    assert "(the quote has U+00A0 where the seed has U+0020)" in problem


def test_an_appearance_is_listed_once(tree: Tree) -> None:
    text = tree.text(COPPER)
    block = text[text.index("  - seed:") : text.index("searched:")]
    tree.write(COPPER, text.replace(block, block + block))
    assert f"{COPPER}:12: this appearance is listed twice: keep one" in tree.problems()


def test_one_slip_in_a_quote_gives_one_message(tree: Tree) -> None:
    tree.edit(RATE, "12.5%의 경우", "12.6%의 경우")
    assert len(tree.problems()) == 1


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("공유하기 주전자는 12.5%의 경우 너무 일찍 소리를 냈다", "5: '"),
        ("공유하기 손잡이는 모든 주전자", "11: '공유하기'"),
        ("공유하기 손잡이는 모든 주전자에", "7: '"),
        ("공유하기 " + 60 * "물이 끓는다 ", "1: '주전자가 너무 일찍 운다'"),
    ],
)
def test_the_nearest_line_is_as_long_as_a_quarter_of_the_quote(
    tree: Tree, quote: str, nearest: str
) -> None:
    tree.edit(HANDLES, "quote: 손잡이는 모든 주전자에서 45도 아래였다.", f"quote: {quote}")
    (problem,) = tree.problems()
    assert f"is not in 'kettle-news'; nearest is line {nearest}" in problem


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("quote: El mango nunca", "quote: l mango nunca", "- El mango nu"),
        ("grados & no quema.", "grados & no quem", "& no quema."),
        ("quote: El mango nunca pasa de 45", "quote: pasa de 4", "asa de 45 grados"),
    ],
)
def test_a_quote_is_not_cut_inside_a_word(tree: Tree, old: str, new: str, near: str) -> None:
    if new.endswith("4"):
        old += " grados & no quema."
    tree.edit(HANDLES, old, new)
    (problem,) = tree.found_by(quotes_hold_whole_words)
    assert problem.startswith(f"{HANDLES}:12: the quote begins or ends inside a word of '")
    assert near in problem


def test_words_without_spaces_between_them_are_not_cut(tree: Tree) -> None:
    tree.edit(HANDLES, "quote: 손잡이는 모든", "quote: 잡이는 모든")
    assert tree.found_by(quotes_hold_whole_words) == []
