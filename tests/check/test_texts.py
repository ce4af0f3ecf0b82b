"""Rules on texts: what breaks each of them, and what they say then."""

from __future__ import annotations

import pytest

from conftest import COPPER, NEWS, POST, RATE, Rule, Tree
from explainer.check.texts import (
    our_texts_are_visible,
    texts_are_written,
    texts_hold_no_control_characters,
    texts_hold_no_html,
)


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            texts_hold_no_html,
            RATE,
            "reason: 12.5% is one kettle",
            "reason: <b>12.5%</b> is one kettle",
            f"{RATE}:5: HTML in 'reason': write plain text",
        ),
        (
            texts_hold_no_html,
            RATE,
            "One kettle, one series",
            "<script>alert(1)</script> One kettle, one series",
            f"{RATE}:25: HTML in the text: write plain Markdown",
        ),
        (
            texts_hold_no_html,
            RATE,
            "One kettle, one series",
            "One ![kettle](https://tracker.example/x.gif), one series",
            f"{RATE}:25: images are not used in records: take it out",
        ),
        (
            texts_hold_no_html,
            RATE,
            "One kettle, one series",
            "One [kettle](javascript:alert(1)), one series",
            f"{RATE}:25: 'javascript:alert(1)' is no link for a page: expected https:// or a path",
        ),
        (
            texts_are_written,
            RATE,
            "reason: 12.5% is one kettle in one series, with its lid open.",
            "reason: TODO",
            f"{RATE}:5: 'TODO' is a placeholder: write the text",
        ),
        (
            texts_hold_no_html,
            RATE,
            "says: In the first",
            "says: <i>In</i> the first",
            f"{RATE}:17: HTML in 'says': write plain text",
        ),
        (
            texts_are_written,
            RATE,
            "reason: 12.5% is one kettle in one series, with its lid open.",
            f"reason: TODO {50 * 'a'}",
            f"{RATE}:5: 'TODO {35 * 'a'}' is a placeholder: write the text",
        ),
        (
            texts_are_written,
            RATE,
            "One kettle, one series, an open lid: the article drops all three.",
            ". …?",
            f"{RATE}:25: '. …?' is a placeholder: write the text",
        ),
        (
            texts_are_written,
            RATE,
            "One kettle, one series, an open lid",
            f"One kettle, one series.\n\nTBD {50 * 'a'}",
            f"{RATE}:27: 'TBD {36 * 'a'}' is a placeholder: write the text",
        ),
        (
            texts_are_written,
            "seeds/kettle-news.en.md",
            "By the report, the kettle",
            f"TODO {50 * 'a'}",
            f"seeds/kettle-news.en.md:2: 'TODO {35 * 'a'}' is a placeholder: write the text",
        ),
        (
            texts_hold_no_control_characters,
            RATE,
            "quote: 주전자는 12.5%의 경우",
            'quote: "주전자는 12.5%의\\v경우" #',
            f"{RATE}:10: holds the control character U+000B: remove it",
        ),
        (
            texts_hold_no_control_characters,
            RATE,
            "reason: 12.5% is one",
            'reason: "12.5% \\uFFFE is one" #',
            f"{RATE}:5: holds the control character U+FFFE: remove it",
        ),
        (
            texts_hold_no_control_characters,
            RATE,
            "translation: the kettle made",
            'translation: "the kettle\\tmade" #',
            f"{RATE}:11: holds the control character U+0009: remove it",
        ),
        (
            texts_hold_no_html,
            COPPER,
            'searched: ["Kesselprüfung',
            'searched: ["<b>Kesselprüfung',
            f"{COPPER}:12: HTML in 'searched': write plain text",
        ),
        (
            texts_hold_no_html,
            RATE,
            "One kettle, one series",
            "First.\n<b>One kettle, one series",
            f"{RATE}:26: HTML in the text: write plain Markdown",
        ),
        (
            texts_hold_no_html,
            RATE,
            "One kettle, one series",
            "[k](javascript&#58;alert(1))\nOne kettle",
            f"{RATE}:25: 'javascript:alert(1)' is no link for a page: expected https:// or a path",
        ),
        (
            texts_hold_no_control_characters,
            RATE,
            "reason: 12.5% is one",
            'reason: "12.5% \\a is one" #',
            f"{RATE}:5: holds the control character U+0007: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% \u202eis one",
            f"{RATE}:5: holds the invisible character U+202E: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "One kettle, one series",
            "One kettle\n\u2066one series",
            f"{RATE}:26: holds the invisible character U+2066: remove it",
        ),
        (
            our_texts_are_visible,
            "seeds/kettle-news.en.md",
            "- By the report",
            "- By the \u202ereport",
            "seeds/kettle-news.en.md:2: holds the invisible character U+202E: remove it",
        ),
        (
            our_texts_are_visible,
            "seeds/kettle-news.en.md",
            "## The news",
            "## The \u202enews",
            "seeds/kettle-news.en.md:3: holds the invisible character U+202E: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is \u200bone",
            f"{RATE}:5: holds the invisible character U+200B: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is \u2060one",
            f"{RATE}:5: holds the invisible character U+2060: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is \u200fone",
            f"{RATE}:5: holds the invisible character U+200F: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is \u061cone",
            f"{RATE}:5: holds the invisible character U+061C: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is \U000e0041one",
            f"{RATE}:5: holds the invisible character U+E0041: remove it",
        ),
        (
            our_texts_are_visible,
            RATE,
            "reason: 12.5% is one",
            "reason: 12.5% is a\u0301\u0301\u0301\u0301one",
            f"{RATE}:5: holds over three combining marks in a row, U+0301 first",
        ),
        (
            our_texts_are_visible,
            RATE,
            "speaker: article",
            "speaker: \u3164article",
            f"{RATE}:12: holds the invisible character U+3164: remove it",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


def test_a_quote_may_hold_tabs(tree: Tree) -> None:
    tree.edit(RATE, "quote: 주전자는 12.5%의 경우", 'quote: "주전자는 12.5%의\\t경우" #')
    assert tree.found_by(texts_hold_no_control_characters) == []


@pytest.mark.parametrize("text", ["A theorem on XXXL kettles and TODOs", "X."])
def test_what_looks_like_a_placeholder_only_is_none(tree: Tree, text: str) -> None:
    tree.edit(RATE, "One kettle, one series, an open lid: the article drops all three.", text)
    tree.edit(RATE, "reason: 12.5% is one kettle", f"reason: {text} 12.5% is one kettle")
    assert tree.found_by(texts_are_written) == []


def test_html_in_a_text_is_named_once(tree: Tree) -> None:
    tree.edit(RATE, "One kettle, one series", "<b>One ![kettle](https://tracker.example/x.gif)")
    assert tree.problems() == [f"{RATE}:25: HTML in the text: write plain Markdown"]


def test_the_words_of_others_may_hold_such_signs(tree: Tree) -> None:
    tree.edit("seeds/kettle-news.txt", "주전자는 12.5%", "<b>주전자</b>는 12.5%")
    tree.edit(RATE, "quote: 주전자는 12.5%", "quote: <b>주전자</b>는 12.5%")
    tree.edit(NEWS, "headline: 주전자가", "headline: <i>주전자가")
    tree.record_hash(NEWS)
    tree.edit(POST, "lines: 3\n    text: ¡Qué miedo!", 'lines: 1\n    text: "# Hervidores #<Ru"')
    tree.edit("seeds/kettle-post.txt", "#Ruido#", "#&lt;Ruido#")
    tree.edit(POST, "headings: [1]\n", "noise: [{lines: 3, what: none}]\n")
    tree.record_hash(POST)
    assert tree.problems() == []
