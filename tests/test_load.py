"""What a problem withholds, and what it does not."""

from __future__ import annotations

from conftest import RATE, REPORT, Tree


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
    assert [str(problem) for problem in loaded.problems] == [
        "docs/reports/kettle-test.fingerprint.json:1: cannot be read: version 1, expected 2; "
        "make it anew: make fingerprint SOURCE=… REPORT=kettle-test"
    ]
    assert list(loaded.site.claims) == ["copper-kettles-are-the-most-dangerous"]
