"""Rules on titles: what breaks each of them, and what they say then."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ALL, NEWS, RATE, TOPIC, Rule, Tree
from explainer.check.titles import (
    titles_are_short_and_neutral,
    titles_differ,
    titles_quote_what_is_stored,
)


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            titles_are_short_and_neutral,
            RATE,
            "claim: Kettles",
            "claim: Kettles, as far as anybody knows today or will ever know hereafter, and",
            f"{RATE}:2: the title has 107 characters: expected at most 75",
        ),
        (
            titles_are_short_and_neutral,
            RATE,
            "claim: Kettles whistle",
            "claim: The false idea that kettles whistle",
            f"{RATE}:2: the verdict word 'false' is in the title: state the claim only",
        ),
        (
            titles_quote_what_is_stored,
            RATE,
            "claim: Kettles whistle too early",
            "claim: Kettles “scream” too early",
            f"{RATE}:2: 'scream' is in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        (
            titles_quote_what_is_stored,
            TOPIC,
            "title: Whistling too early",
            "title: The 「너무 늦게」 of kettles",
            f"{TOPIC}:2: '너무 늦게' is in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        (
            titles_are_short_and_neutral,
            RATE,
            "claim: Kettles whistle too early in 12.5% of cases\ntopic: whistling\n",
            f"topic: whistling\nclaim: {76 * 'a'}\n",
            f"{RATE}:3: the title has 76 characters: expected at most 75",
        ),
        (
            titles_are_short_and_neutral,
            RATE,
            "claim: Kettles whistle too early in 12.5% of cases\ntopic: whistling\n",
            "topic: whistling\nclaim: It is true\n",
            f"{RATE}:3: the verdict word 'true' is in the title: state the claim only",
        ),
        (
            titles_quote_what_is_stored,
            RATE,
            "claim: Kettles whistle too early in 12.5% of cases\ntopic: whistling\n",
            "topic: whistling\nclaim: The “Kessel Nummer 7”\n",
            f"{RATE}:3: 'Kessel Nummer 7' is in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        (
            titles_quote_what_is_stored,
            TOPIC,
            "title: Whistling too early\nquestion: Do",
            "question: Do “they” whistle\ntitle: Do “they",
            f"{TOPIC}:3: a quotation mark in the title has no partner: close it",
        ),
        (
            titles_quote_what_is_stored,
            TOPIC,
            "  - title: How one kettle became all kettles\n    steps:\n",
            "  - steps: [{}, {}]\n    title: How “it” is\n  - title: Other\n    steps:\n",
            f"{TOPIC}:8: 'it' is in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        (
            titles_quote_what_is_stored,
            NEWS,
            "title: The kettle cries too early\nheadline: 주전자가 너무 일찍 운다\n",
            "headline: 주전자가 너무 일찍 운다\ntitle: The “Kessel Nummer 7”\n",
            f"{NEWS}:2: 'Kessel Nummer 7' is in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        *(
            (
                titles_quote_what_is_stored,
                RATE,
                "claim: Kettles whistle too early in 12.5% of cases",
                f'claim: "Kettles {opening}scream{closing} too early, don’t they"',
                f"{RATE}:2: 'scream' is in quotation marks in the title, "
                "but in no stored quote: use words of a quote, or take the marks away",
            )
            for opening, closing in (
                "‘’",
                "''",
                "‚‘",
                "‹›",
                "›‹",
                "〝〟",
                "＂＂",
                "„“",
                "„”",
                "«»",
                "»«",
            )
        ),
        *(
            (
                titles_quote_what_is_stored,
                RATE,
                "claim: Kettles whistle too early in 12.5% of cases",
                f'claim: "Kettles {opening}scream too early"',
                f"{RATE}:2: a quotation mark in the title has no partner: close it",
            )
            for opening in "‘‚‹〝＂„«“"
        ),
        *(
            (
                titles_are_short_and_neutral,
                RATE,
                "claim: Kettles whistle too early",
                f'claim: "Kettles whistle, a {word} idea"  #',
                f"{RATE}:2: the verdict word 'false' is in the title: state the claim only",
            )
            for word in ("f\u0430lse", "FALSE", "fa\\u200blse", "ｆａｌｓｅ", "𝐟alse", "f\u03b1lse")
        ),
        (
            titles_differ,
            ALL,
            "claim: All kettles whistle before they boil",
            "claim: kettles whistle too early in 12.5% of cases.",
            f"{RATE}:2: '{Path(ALL).stem}' has the same title: say in which way this claim is "
            "another",
        ),
        (
            titles_quote_what_is_stored,
            TOPIC,
            "title: Whistling too early",
            f"title: {201 * 'a'}",
            f"{TOPIC}:2: the title has 201 characters: expected at most 200",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ALL, "claim: All kettles whistle", "claim: All “kettles whistle,” some say,"),
        (TOPIC, "title: Whistling too early", "title: “Todos los hervidores” and “12.5%의 경우”"),
        (
            TOPIC,
            "title: Whistling too early",
            "title: “Kessel pfiffen schon” and “Kessel Nummer 7”",
        ),
        (RATE, "claim: Kettles whistle too early in 12.5% of cases", f"claim: {75 * 'a'}"),
        (
            TOPIC,
            "title: How one kettle",
            "title: How “Drei Kessel” and “kettles whistle” or one kettle",
        ),
        (
            TOPIC,
            "title: Whistling",
            "title: The kettles' whistle, they’s don't ‘12.5%’, whistling",
        ),
        (NEWS, "title: The kettle cries", "title: The “Copper kettles” and “주전자” cry"),
        (TOPIC, "title: Whistling too early", f"title: {200 * 'a'}"),
    ],
)
def test_what_keeps_to_the_rules_is_not_blamed(tree: Tree, path: str, old: str, new: str) -> None:
    tree.edit(path, old, new)
    assert tree.problems() == []


def test_a_title_as_long_as_may_be_quotes_what_is_stored(tree: Tree) -> None:
    title = f"“Kessel” {66 * 'a'}"
    assert len(title) == 75
    tree.edit(RATE, "claim: Kettles whistle too early in 12.5% of cases", f"claim: {title}")
    (problem,) = tree.found_by(titles_quote_what_is_stored)
    assert problem.startswith(f"{RATE}:2: 'Kessel' is in quotation marks")


def test_a_quoted_letter_is_no_sign_at_the_end(tree: Tree) -> None:
    tree.edit(ALL, "translation: All kettles", "translation: X and all kettles")
    tree.edit(ALL, "claim: All kettles", "claim: Kettles of type “X,” like all others,")
    assert tree.problems() == []
