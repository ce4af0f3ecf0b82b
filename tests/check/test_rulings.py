"""Rulings: a claim that departs names one, and its page, the ruling's page and the data show it."""

from __future__ import annotations

import json

import pytest

from conftest import ALL, COPPER, HANDLES, RATE, Tree, files
from explainer.check.rulings import departures_name_their_ruling, rulings_give_a_departure

RULING = """\
---
title: One kettle stands for all
situation: The sentence says of all kettles what the test saw in some.
rule: If the test saw the contrary in others, the claim is contradicted.
verdict: contradicted
---
Not [all kettles](../claims/all-kettles-whistle-before-boiling.md) whistle early.
"""


@pytest.fixture
def ruled(tree: Tree) -> Tree:
    (tree.root / "docs/rulings").mkdir()
    tree.write("docs/rulings/one-for-all.md", RULING)
    for path in (ALL, COPPER, RATE):
        tree.edit(path, "labels:", "ruling: one-for-all\nlabels:")
    for path in (COPPER, RATE):
        tree.edit(path, "labels:", "differs: No other kettle was tested.\nlabels:")
    assert tree.problems() == []
    return tree


def line(tree: Tree, path: str, text: str) -> int:
    return 1 + tree.text(path)[: tree.text(path).index(text)].count("\n")


def test_a_departing_claim_names_its_ruling(ruled: Tree) -> None:
    ruled.edit(ALL, "ruling: one-for-all\n", "")
    assert ruled.found_by(departures_name_their_ruling) == [
        f"{ALL}:{line(ruled, ALL, 'verdict:')}: missing field 'ruling': the file in docs/rulings/ "
        "by which it is judged"
    ]


def test_another_verdict_than_the_ruling_gives_needs_a_reason(ruled: Tree) -> None:
    ruled.edit("docs/rulings/one-for-all.md", "verdict: contradicted", "verdict: overstated")
    assert (
        f"{ALL}:{line(ruled, ALL, 'verdict:')}: the verdict is 'contradicted', but the ruling "
        "'one-for-all' gives 'overstated': give that, name another ruling, or say why in 'differs'"
    ) in ruled.found_by(departures_name_their_ruling)
    ruled.edit(ALL, "labels:", "differs: The test says the opposite.\nlabels:")
    assert ALL not in "".join(ruled.found_by(departures_name_their_ruling))


def test_nothing_differs_where_the_verdict_is_that_of_the_ruling(ruled: Tree) -> None:
    ruled.edit(ALL, "labels:", "differs: It is copper.\nlabels:")
    assert ruled.found_by(departures_name_their_ruling) == [
        f"{ALL}:{line(ruled, ALL, 'differs:')}: 'differs' says why a verdict is another than that "
        "of its ruling: leave it out"
    ]


def test_a_ruling_that_does_not_exist_is_named_with_the_nearest(ruled: Tree) -> None:
    ruled.edit(ALL, "ruling: one-for-all", "ruling: one-for-al")
    assert (
        f"{ALL}:{line(ruled, ALL, 'ruling:')}: 'one-for-al' is unknown: did you mean 'one-for-all'?"
    ) in ruled.problems()


def test_a_ruling_is_on_a_departure_and_gives_reasons(ruled: Tree) -> None:
    path = "docs/rulings/one-for-all.md"
    ruled.edit(path, "verdict: contradicted", "verdict: accurate")
    ruled.write(path, ruled.text(path)[: ruled.text(path).index("Not [all")])
    found = ruled.found_by(rulings_give_a_departure)
    assert [problem.partition(": ")[2] for problem in found] == [
        "'accurate' is no departure: a ruling says how a departure is judged",
        "the reasons are missing: write them below the front matter",
    ]


def test_a_site_without_rulings_needs_none(tree: Tree) -> None:
    assert tree.found_by(departures_name_their_ruling) == []


def test_pages_and_data_show_the_ruling(ruled: Tree) -> None:
    found = files(ruled.load())
    ruling = found["rulings/one-for-all.md"]
    assert "# One kettle stands for all" in ruling
    assert 'href="../../claims/all-kettles-whistle-before-boiling/"' in ruling
    assert "No other kettle was tested." in ruling
    claim = found["claims/all-kettles-whistle-before-boiling.md"]
    assert 'href="../../rulings/one-for-all/"' in claim
    (data,) = json.loads(found["data/rulings.json"])
    assert data["url"] == "https://kettles.example/site/rulings/one-for-all/"
    assert (data["title"], data["verdict"]) == ("One kettle stands for all", "contradicted")
    assert "all-kettles-whistle-before-boiling" in data["claims"]
    claims = {claim["id"]: claim for claim in json.loads(found["data/claims.json"])["claims"]}
    assert {claims[id]["ruling"] for id in data["claims"]} == {"one-for-all"}
    assert claims[HANDLES.removeprefix("docs/claims/").removesuffix(".md")]["ruling"] is None
    assert "one-for-all" in found["assets/search/entries.js"]


def test_an_entry_on_wording_is_not_in_log_and_feed(tree: Tree) -> None:
    tree.write("docs/log.md", "# Log\n\n/// explainer | corrections\n///\n")
    before = files(tree.load())
    assert "correction" in before["corrections.xml"]
    tree.edit(ALL, "corrections:\n  - ", "corrections:\n  - wording: true\n    ")
    after = files(tree.load())
    assert "No correction has been made" in after["log.md"]
    assert "#correction-" not in after["corrections.xml"]
    assert "Only the wording changed (1)" in after["claims/all-kettles-whistle-before-boiling.md"]
