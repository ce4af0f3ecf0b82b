"""Rules on reports: what breaks each of them, and what they say then."""

from __future__ import annotations

import re

import pytest

from conftest import ALL, HANDLES, RATE, REPORT, TOPIC, Rule, Tree
from explainer.check.reports import (
    access_is_no_better_than_recorded,
    citations_name_a_place,
    fingerprints_fit,
    numbers_are_on_their_page,
    phrases_are_on_their_page,
    phrases_are_short,
    report_records_are_whole,
)
from explainer.model.fingerprint import make


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            phrases_are_short,
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: der Kessel Nummer",
            f"{RATE}:18: the phrase has 3 words: expected 4 to 12, and no whole sentence",
        ),
        (
            citations_name_a_place,
            RATE,
            "section: 2.1",
            "section: 2.11",
            f"{RATE}:15: unknown section '2.11' of 'kettle-test': did you mean '2.1'?",
        ),
        (
            citations_name_a_place,
            RATE,
            "    page: 3",
            "    page: 5",
            f"{RATE}:16: page 5 does not exist: 'kettle-test' has 4 pages",
        ),
        (
            citations_name_a_place,
            RATE,
            "    page: 3\n",
            "",
            f"{RATE}:14: missing field 'page': 'kettle-test' has numbered pages",
        ),
        (
            citations_name_a_place,
            RATE,
            "    section: 2.1\n",
            "",
            f"{RATE}:14: missing field 'section': 'kettle-test' has sections",
        ),
        (
            citations_name_a_place,
            RATE,
            "section: 2.1",
            "section: 3",
            f"{RATE}:15: section 3 of 'kettle-test' is on page 4, not on page 3; "
            "that page holds 1, 2, 2.1",
        ),
        (
            phrases_are_on_their_page,
            HANDLES,
            "phrase: Griff blieb bei allen Kesseln",
            "phrase: nur wenn der Deckel offen",
            f"{HANDLES}:20: the phrase is not on page 4 of 'kettle-test': it is on page 3",
        ),
        (
            phrases_are_on_their_page,
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: der Kessel Nummer 8 in 12,5 %",
            f"{RATE}:18: the phrase is not on page 3 of 'kettle-test': "
            "it is on no page; copy the words exactly",
        ),
        (
            phrases_are_on_their_page,
            TOPIC,
            "phrase: Drei Kessel pfiffen schon vor dem Sieden",
            "phrase: Vier Kessel pfiffen schon vor dem Sieden",
            f"{TOPIC}:12: the phrase is not on page 2 of 'kettle-test': "
            "it is on no page; copy the words exactly",
        ),
        (
            numbers_are_on_their_page,
            RATE,
            "too early in 12,5 % of trials",
            "too early in 13 % of trials",
            f"{RATE}:17: the number 13 is not on page 3 of 'kettle-test': correct it, "
            "it is on none, or write it in words",
        ),
        (
            access_is_no_better_than_recorded,
            REPORT,
            "read: primary",
            "read: second-hand",
            f"{RATE}:20: 'primary', but 'kettle-test' was read as 'second-hand' at best: "
            "write that, or correct docs/reports/kettle-test.md",
        ),
        (
            fingerprints_fit,
            REPORT,
            "    pages: 4\n",
            "    pages: 5\n",
            f"{REPORT}:13: our edition has 5 pages, its fingerprint 4: "
            "correct it, or make fingerprint SOURCE=… REPORT=kettle-test",
        ),
        (
            report_records_are_whole,
            REPORT,
            "    ours: true\n",
            "",
            f"{REPORT}:10: 0 editions are marked 'ours: true': expected exactly one",
        ),
        (
            report_records_are_whole,
            REPORT,
            "- {id: 3, title: Grenzen, page: 4}",
            "- {id: 2, title: Grenzen, page: 1}",
            f"{REPORT}:23: section '2' begins on page 1, the one above it on page 4: "
            "list sections in the order of their pages",
        ),
        (
            citations_name_a_place,
            RATE,
            "    page: 3\n",
            "    page: 1\n",
            f"{RATE}:15: section 2.1 of 'kettle-test' is on page 3–4, not on page 1",
        ),
        (
            report_records_are_whole,
            REPORT,
            "- {id: 3, title: Grenzen, page: 4}",
            "- id: 3\n    title: Grenzen\n    page: 1",
            f"{REPORT}:25: section '3' begins on page 1, the one above it on page 4: "
            "list sections in the order of their pages",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


SPLICE = "Drei Kessel standen auf derselben Herdplatte"


def test_a_phrase_spliced_from_two_sentences_is_found_out(tree: Tree) -> None:
    tree.edit(ALL, "Drei Kessel pfiffen schon vor dem Sieden", SPLICE)
    assert any("the phrase is not on page 2" in problem for problem in tree.problems())


def test_a_post_on_the_web_is_held_to_its_whole_text(tree: Tree) -> None:
    tree.write("docs/reports/kettle-test.md", LEAFLET)
    for path in (ALL, HANDLES, RATE, TOPIC):
        tree.write(path, re.sub(r"( +)(section|page): .*\n", "", tree.text(path)))
    assert tree.problems() == []
    tree.edit(RATE, "Kessel Nummer 7 in 12,5 %", "Kessel Nummer 8 in 12,5 %")
    tree.edit(RATE, "too early in 12,5 % of trials", "too early in 13 % of trials")
    assert tree.problems() == [
        f"{RATE}:15: the number 13 is not in 'kettle-test': correct it, "
        "it is on none, or write it in words",
        f"{RATE}:16: the phrase is not in 'kettle-test': it is on no page; copy the words exactly",
    ]


def test_a_citation_without_a_page_is_held_to_its_section(tree: Tree) -> None:
    tree.edit(REPORT, "    pages: 4\n", "")
    tree.edit(RATE, "    section: 2.1\n    page: 3\n", "    section: 2.1\n")
    assert tree.problems() == []
    tree.edit(RATE, "    section: 2.1\n", "    section: 3\n")
    assert tree.problems() == [
        f"{RATE}:16: the number 12,5 is not in section 3 of 'kettle-test': correct it, "
        "cite page 3, where it is, or write it in words",
        f"{RATE}:16: the number 7 is not in section 3 of 'kettle-test': correct it, "
        "cite page 3, where it is, or write it in words",
        f"{RATE}:17: the phrase is not in section 3 of 'kettle-test': it is on page 3",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: In der ersten Reihe pfiff der Kessel Nummer 7 in 12,5 %",
        ),
        (
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: In der ersten Reihe pfiff der Kessel Nummer 7 in 12,5",
        ),
        (RATE, "phrase: der Kessel Nummer 7 in 12,5 %", "phrase: wenn der Deckel offen"),
    ],
)
def test_what_keeps_to_the_rules_is_not_blamed(tree: Tree, path: str, old: str, new: str) -> None:
    tree.edit(path, old, new)
    assert tree.problems() == []


LEAFLET = """---
title: Leaflet
publisher: Prüfkreis Wasserkessel
kind: report
lang: de
read: primary
interests: None.
editions: [{name: One sheet, ours: true}]
sections: [{id: front, title: Front}]
---
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("editions: [{name: One sheet, ours: true}]\n", ""),
        ("editions: [{name: One sheet, ours: true}]\nsections: [{id: front, title: Front}]\n", ""),
    ],
)
def test_a_source_without_pages_is_cited_without(tree: Tree, old: str, new: str) -> None:
    tree.write("docs/reports/leaflet.md", LEAFLET.replace(old, new))
    tree.edit(
        RATE,
        "  - report: kettle-test\n    section: 2.1\n    page: 3\n",
        "  - report: leaflet\n",
    )
    assert tree.problems() == []


def test_a_page_of_a_source_that_counts_none_is_not_blamed(tree: Tree) -> None:
    tree.write("docs/reports/leaflet.md", LEAFLET)
    tree.edit(
        RATE,
        "  - report: kettle-test\n    section: 2.1\n    page: 3\n",
        "  - report: leaflet\n    page: 3\n",
    )
    assert tree.problems() == []


def test_a_phrase_may_have_12_words(tree: Tree) -> None:
    phrase = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
    tree.edit(RATE, "phrase: der Kessel Nummer 7 in 12,5 %", f"phrase: {phrase}")
    assert tree.found_by(phrases_are_short) == []
    tree.edit(RATE, "elf zwölf", "elf zwölf dreizehn")
    (problem,) = tree.found_by(phrases_are_short)
    assert "the phrase has 13 words: expected 4 to 12" in problem


def test_a_source_with_pages_and_no_sections_is_cited_by_page(tree: Tree) -> None:
    text = LEAFLET.replace("ours: true", "ours: true, pages: 4")
    tree.write("docs/reports/leaflet.md", text.replace("[{id: front, title: Front}]", ""))
    tree.edit(RATE, "  - report: kettle-test\n    section: 2.1\n", "  - report: leaflet\n")
    assert tree.problems() == []


def fingerprint(tree: Tree, pages: dict[int, str]) -> None:
    """Give the report the fingerprint of other pages."""
    tree.write("docs/reports/kettle-test.fingerprint.json", make(pages).to_json())


def test_all_pages_of_a_phrase_are_named(tree: Tree) -> None:
    phrase = "Drei Kessel pfiffen schon vor dem Sieden"
    fingerprint(tree, {1: phrase, 2: "", 3: phrase, 4: ""})
    assert (
        f"{ALL}:24: the phrase is not on page 2 of 'kettle-test': it is on page 1, 3"
    ) in tree.found_by(phrases_are_on_their_page)


def test_the_nearest_page_of_a_number_is_named(tree: Tree) -> None:
    fingerprint(tree, {1: "7 12.5", 2: "7", 3: "", 4: "12.5"})
    assert tree.found_by(numbers_are_on_their_page)[-2:] == [
        f"{RATE}:17: the number 7 is not on page 3 of 'kettle-test': correct it, "
        "cite page 2, where it is, or write it in words",
        f"{RATE}:17: the number 12,5 is not on page 3 of 'kettle-test': correct it, "
        "cite page 4, where it is, or write it in words",
    ]


def test_a_fingerprint_of_no_pages_does_not_fit(tree: Tree) -> None:
    fingerprint(tree, {})
    assert tree.found_by(fingerprints_fit) == [
        f"{REPORT}:13: our edition has 4 pages, its fingerprint 0: "
        "correct it, or make fingerprint SOURCE=… REPORT=kettle-test"
    ]
