"""Rules on texts: what breaks each of them, and what they say then."""

from __future__ import annotations

import pytest

from conftest import RATE, Rule, Tree
from explainer.rules.texts import texts_are_written, texts_hold_no_html


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
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)
