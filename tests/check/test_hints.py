"""Hints for an editor: what calls for each of them, and what does not."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, HANDLES, RATE, TOPIC, Rule, Tree
from explainer.check import hints
from explainer.check.rules import check

ENGLISH = "claim: Kettles whistle too early in 12.5% of cases"


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            hints.translations_keep_numbers,
            RATE,
            "too early in 12.5% of cases.",
            "too early in 12.5%, no, 99.9% of cases.",
            f"{RATE}:11: the translation says 99.9: the quote does not",
        ),
        (
            hints.translations_keep_numbers,
            RATE,
            "too early in 12.5% of cases.",
            "too early in some cases.",
            f"{RATE}:11: the quote says 12.5: the translation does not",
        ),
        (
            hints.lines_keep_to_their_passages,
            RATE,
            "reason: 12.5% is",
            "reason: 96.3% is",
            f"{RATE}:5: 'reason' says 96.3, which is in no quote or passage of this record",
        ),
        (
            hints.lines_keep_to_their_passages,
            TOPIC,
            "answer: A few do.",
            "answer: 17 do.",
            f"{TOPIC}:5: 'answer' says 17, which is in no quote or passage of this record",
        ),
        (
            hints.quotes_keep_their_negation,
            HANDLES,
            "quote: El mango nunca pasa",
            "quote: pasa",
            f"{HANDLES}:12: the quote leaves out 'nunca' beside it: quote that too",
        ),
        (
            hints.phrases_keep_their_negation,
            COPPER,
            "searched:",
            "evidence: [{report: kettle-test, page: 4, says: No., bearing: context, read: primary, "
            "phrase: Kessel aus Kupfer geprüft und sagt}]\nsearched:",
            f"{COPPER}:12: the report has 'keine' before this phrase: begin with that",
        ),
        (
            hints.passages_can_be_found,
            HANDLES,
            "below 45 degrees.\n    phrase: Griff blieb bei allen Kesseln",
            "below that.",
            f"{HANDLES}:16: neither phrase nor number: a wrong page would not be noticed",
        ),
        (
            hints.evidence_fits_its_verdict,
            RATE,
            "bearing: against",
            "bearing: for",
            f"{RATE}:4: 'overstated' without evidence against it",
        ),
        (
            hints.labels_agree_with_the_verdict,
            RATE,
            "first: overstated, second: missing-context",
            "first: missing-context, second: missing-context",
            f"{RATE}:4: both readings say 'missing-context', the verdict 'overstated'",
        ),
        (
            hints.hedges_are_kept,
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: it may have been number 7",
            f"{RATE}:5: the report says 'may', the reason is not hedged",
        ),
    ],
)
def test_what_an_editor_would_look_at_is_named(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    assert tree.found_by(rule) == []
    tree.edit(path, old, new)
    assert tree.found_by(rule) == [expected]


def test_two_verdicts_on_one_quote_are_named(tree: Tree) -> None:
    other = tree.text(ALL).replace("claim: All kettles", "claim: All of the kettles")
    tree.write("docs/claims/other.md", other.replace("contradicted", "overstated"))
    (problem, _) = tree.found_by(hints.like_claims_have_like_verdicts)
    assert problem == f"{ALL}:4: 'other' has this quote and another verdict: 'overstated'"
    tree.write("docs/claims/other.md", other.replace("topic: whistling", "topic: warmth"))
    assert tree.found_by(hints.like_claims_have_like_verdicts) == []


@pytest.mark.parametrize(
    ("quote", "translation"),
    [
        ("3億円", "300 million yen"),
        ("1亿人", "100 million people"),
        ("1,250 Kessel", "1250 kettles"),
        ("12,5 Prozent", "12.5 percent"),
        ("七个", "7 of them"),
        ("二十四個", "24 of them"),
        ("7 of them", "seven of them"),
        ("$3 trillion", "3兆ドル"),
        ("8割", "80%"),
        ("一百万人", "1 million people"),
    ],
)
def test_numbers_of_two_languages_are_compared_by_value(quote: str, translation: str) -> None:
    assert hints._foreign(translation, [quote]) == []
    assert hints._foreign(quote, [translation]) == []


def test_a_hint_is_no_problem(tree: Tree) -> None:
    tree.edit(RATE, "bearing: against", "bearing: for")
    loaded = tree.load()
    assert loaded.problems == []
    (hint,) = check(loaded.site, for_editors=True)
    assert str(hint).endswith(" [evidence-fits-its-verdict]")
