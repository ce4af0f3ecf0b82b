"""What the pages about the site say of its claims and of itself is so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from conftest import PROJECT
from explainer.check.load import load
from explainer.model import Change, Claim, Site, Verdict

ABOUT = PROJECT / "docs/about"
SECTION = re.compile(r"^### (.+)\n\n((?:- .*\n(?:  .*\n)*)+)", re.MULTILINE)
LINK = re.compile(r"\[((?:[^][]|\[[^]]*\])+)\]\(\.\./claims/([a-z0-9-]+)\.md\)")


@pytest.fixture(scope="module")
def site() -> Site:
    return load(PROJECT).site


def examples(site: Site) -> Iterator[tuple[str, str, Claim, str, Claim]]:
    """Of each kind on the method's page: its label, and two points with their claims."""
    for label, points in SECTION.findall((ABOUT / "method.md").read_text("utf-8")):
        first, second = ("- " + point for point in points[2:].split("\n- "))
        yield label, first, linked(site, first), second, linked(site, second)


def linked(site: Site, point: str) -> Claim:
    """The claim that a point links to, by the words that its page has for a title."""
    ((words, id),) = LINK.findall(point)
    claim = site.claims[id]
    assert " ".join(words.split()) == claim.claim
    return claim


def test_every_verdict_and_change_on_the_site_has_an_example_and_a_counter_example(
    site: Site,
) -> None:
    used = {claim.verdict.label for claim in site.claims.values()}
    used |= {change.label for claim in site.claims.values() for change in claim.changes}
    assert used <= {label for label, *_ in examples(site)}


def test_examples_of_verdicts_have_the_verdicts_that_are_said(site: Site) -> None:
    labels = {verdict.label for verdict in Verdict}
    for label, first, example, second, counter in examples(site):
        if label in labels:
            assert first.startswith("- **Example:** ")
            assert example.verdict.label == label
            assert second.startswith(f"- **Looks alike, but is *{counter.verdict.label}*:** ")
            assert counter.verdict.label != label


def test_examples_of_changes_have_the_changes_that_are_said(site: Site) -> None:
    changes = {change.label: change for change in Change}
    for label, first, example, second, counter in examples(site):
        if label in changes:
            assert first.startswith("- **Example:** ")
            assert changes[label] in example.changes, label
            assert second.startswith("- **Not this:** ")
            assert changes[label] not in counter.changes, label


def test_every_standard_is_met_or_not_or_does_not_apply() -> None:
    lines = (ABOUT / "standards.md").read_text("utf-8").splitlines()
    _, _, *rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    *numbered, other = rows
    assert [row[0] for row in numbered] == [f"S{number}" for number in range(1, 23)]
    assert {row[3] for row in numbered} == {"Met", "Not met"}
    assert other[2] == "Not applicable"
    assert all(row[-1] for row in rows)
