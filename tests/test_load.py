"""What a problem withholds, and what it does not."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from conftest import HANDLES, RATE, REPORT, TOPIC, Tree, shown
from explainer.check.load import load


def test_a_claim_with_a_problem_is_withheld_and_the_rest_is_not(tree: Tree) -> None:
    tree.edit(RATE, "    page: 3", "    page: 4")
    loaded = tree.load()
    assert loaded.withheld == {RATE}
    assert "kettles-whistle-too-early-in-12-5-percent" not in loaded.site.claims
    assert len(loaded.site.claims) == 3


def test_a_broken_report_withholds_the_claims_that_cite_it(tree: Tree) -> None:
    tree.edit(REPORT, "kind: report", "kind: rumour")
    loaded = tree.load()
    assert list(loaded.site.claims) == ["copper-kettles-are-the-most-dangerous"]
    assert len(loaded.problems) == 1


def test_a_broken_fingerprint_withholds_the_claims_that_rest_on_it(tree: Tree) -> None:
    tree.write("docs/reports/kettle-test.fingerprint.json", '{"version": 1}')
    loaded = tree.load()
    assert [shown(problem) for problem in loaded.problems] == [
        "docs/reports/kettle-test.fingerprint.json:1: cannot be read: version 1, expected 3; "
        "make it anew: make fingerprint SOURCE=… REPORT=kettle-test"
    ]
    assert list(loaded.site.claims) == ["copper-kettles-are-the-most-dangerous"]


def test_a_topic_or_a_report_with_a_problem_is_withheld(tree: Tree) -> None:
    tree.edit(TOPIC, "title: Whistling", "title: “Whistling")
    tree.edit(REPORT, "    pages: 4\n", "    pages: 5\n")
    loaded = tree.load()
    assert {TOPIC, REPORT} <= loaded.withheld
    assert "whistling" not in loaded.site.topics
    assert "kettle-test" not in loaded.site.reports
    assert "whistling" in loaded.read.topics


def test_a_day_is_no_future_once_it_has_begun_somewhere(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Clock:
            noon = cls(2019, 6, 30, 12, tzinfo=datetime.UTC)
            return noon.astimezone(tz or datetime.UTC)

    tree.edit(HANDLES, "checked: 2019-06-01", "checked: 2019-07-01")
    monkeypatch.setattr("explainer.check.load.datetime", SimpleNamespace(datetime=Clock))
    assert load(tree.root).problems == []
    tree.edit(HANDLES, "checked: 2019-07-01", "checked: 2019-07-02")
    (problem,) = load(tree.root).problems
    assert problem.message == "2019-07-02 is in the future: today is 2019-07-01"
