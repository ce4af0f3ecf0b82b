"""Rules on references: what breaks each of them, and what they say then."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ALL, HANDLES, NEWS, RATE, TOPIC, Rule, Tree
from explainer.check.references import chains_go_on, links_lead_somewhere, references_exist
from explainer.model import Severity


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            links_lead_somewhere,
            ALL,
            "(kettles-whistle-too-early-in-12-5-percent.md)",
            "(kettles-whistle-too-early-in-12-percent.md)",
            f"{ALL}:36: the link 'kettles-whistle-too-early-in-12-percent.md' leads to no page; "
            "nearest is kettles-whistle-too-early-in-12-5-percent.md",
        ),
        (
            references_exist,
            RATE,
            "topic: whistling",
            "topic: whisling",
            f"{RATE}:3: 'whisling' is unknown: did you mean 'whistling'?",
        ),
        (
            references_exist,
            RATE,
            "report: kettle-test",
            "report: teapots",
            f"{RATE}:14: 'teapots' is unknown: expected a file docs/reports/teapots.md; "
            "make new-report begins it",
        ),
        (
            references_exist,
            RATE,
            "seed: kettle-news",
            "seed: kettle-nws",
            f"{RATE}:9: 'kettle-nws' is unknown: did you mean 'kettle-news'?",
        ),
        (
            references_exist,
            TOPIC,
            "        speaker: summary\n",
            "        speaker: nobody\n",
            f"{TOPIC}:16: 'all-kettles-whistle-before-boiling' does not appear in 'kettle-post' "
            "with that speaker: expected one of 'kettle-post' (post), 'kettle-post' (summary)",
        ),
        (
            references_exist,
            TOPIC,
            "      - claim: all-kettles-whistle-before-boiling\n        seed: kettle-post\n",
            "      - seed: kettle-post\n        claim: all-kettles-whistle\n",
            f"{TOPIC}:14: 'all-kettles-whistle' is unknown: "
            "did you mean 'all-kettles-whistle-before-boiling'?",
        ),
        (
            references_exist,
            TOPIC,
            "        seed: kettle-post\n",
            "        seed: kettle-pst\n",
            f"{TOPIC}:14: 'kettle-pst' is unknown: did you mean 'kettle-post'?",
        ),
        (
            links_lead_somewhere,
            RATE,
            "One kettle, one series",
            "[One](https://kettles.example/) [kettle](handles-stay-below-45.md)",
            f"{RATE}:25: the link 'handles-stay-below-45.md' leads to no page; "
            "nearest is handles-stay-below-45-degrees.md",
        ),
        (
            links_lead_somewhere,
            RATE,
            "One kettle, one series",
            "[One](ZZZZ.zip)",
            f"{RATE}:25: the link 'ZZZZ.zip' leads to no page",
        ),
        (
            references_exist,
            RATE,
            "  - seed: kettle-news\n    quote: 주전자는 12.5%의 경우 너무 일찍 소리를 냈다.\n",
            "  - quote: 주전자는 12.5%의 경우 너무 일찍 소리를 냈다.\n    seed: kettle-nws\n",
            f"{RATE}:10: 'kettle-nws' is unknown: did you mean 'kettle-news'?",
        ),
        (
            references_exist,
            RATE,
            "  - report: kettle-test\n    section: 2.1\n",
            "  - section: 2.1\n    report: kettle-tset\n",
            f"{RATE}:15: 'kettle-tset' is unknown: did you mean 'kettle-test'?",
        ),
        (
            references_exist,
            TOPIC,
            "      - report: kettle-test\n        section: 1\n",
            "      - section: 1\n        report: kettle-tset\n",
            f"{TOPIC}:10: 'kettle-tset' is unknown: did you mean 'kettle-test'?",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


def test_an_empty_site_says_what_it_needs(tree: Tree) -> None:
    for file in [*tree.root.glob("seeds/*"), *tree.root.glob("docs/*/*")]:
        file.unlink()
    assert [p.split(":")[0] for p in tree.problems()] == [
        "docs/claims",
        "docs/reports",
        "docs/topics",
        "seeds",
    ]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("claim: all-kettles-whistle-before-boiling", "missing field 'seed'"),
        (
            "claim: all-kettles-whistle-before-boiling\n        seed: kettle-pst",
            "'kettle-pst' is unknown: did you mean 'kettle-post'?",
        ),
        (
            "claim: all-kettles-whistle-before-boiling\n        seed: kettle-post\n        page: 2",
            "takes its words from it",
        ),
        ("report: kettle-test\n        page: 2\n        section: 1", "missing field 'phrase'"),
        ("changed: Nothing names a source.", "a step names either a 'report' or a 'claim'"),
    ],
)
def test_a_step_of_a_chain_has_one_source(tree: Tree, step: str, expected: str) -> None:
    tree.edit(TOPIC, "    steps:\n", f"    steps:\n      - {step}\n")
    assert any(expected in problem for problem in tree.problems()), tree.problems()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, "One kettle", "[One](https://kettles.example/a) [kettle](#reasoning)"),
        (RATE, "One kettle", "[One](https://kettles.example/) [kettle](mailto:a@kettles.example)"),
        (RATE, "One kettle", "[One](../data/claims.json) [kettle](../feed.xml)"),
    ],
)
def test_what_keeps_to_the_rules_is_not_blamed(tree: Tree, path: str, old: str, new: str) -> None:
    tree.edit(path, old, new)
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "link"),
    [
        (HANDLES, "verdict: accurate", "verdict: acurate", f"../{HANDLES.removeprefix('docs/')}"),
        (NEWS, "kind: article", "kind: poem", "../articles/kettle-cries-too-early.md"),
    ],
)
def test_a_link_to_a_record_that_cannot_be_read_is_not_blamed(
    tree: Tree, path: str, old: str, new: str, link: str
) -> None:
    tree.edit(ALL, "See also", f"See also [this]({link}) and")
    tree.edit(path, old, new)
    assert [problem.split(":")[0] for problem in tree.problems()] == [path]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://a:b@evil.example/",
        "https:/evil.example",
        "https://a\\\\@b",
        "data:x",
    ],
)
def test_a_link_says_where_it_leads(tree: Tree, target: str) -> None:
    tree.edit(RATE, "One kettle", f"[One]({target}) kettle")
    (problem,) = tree.problems()
    assert problem.endswith("is no link for a page: expected https:// or a path")


def test_a_page_does_not_link_to_itself(tree: Tree) -> None:
    tree.edit(RATE, "One kettle", f"First.\n\n[One]({Path(RATE).name}#x) kettle")
    assert tree.found_by(links_lead_somewhere) == [
        f"{RATE}:27: the link '{Path(RATE).name}#x' leads to this page itself: take it out"
    ]


def test_a_chain_does_not_go_round(tree: Tree) -> None:
    step = "      - {claim: all-kettles-whistle-before-boiling, seed: kettle-post}\n"
    tree.edit(TOPIC, "      - claim: all", f"{step}      - claim: all")
    assert tree.found_by(chains_go_on) == [f"{TOPIC}:14: this step is listed twice: keep one"]


def test_a_topic_without_a_claim_is_only_begun(tree: Tree) -> None:
    tree.write("docs/topics/new.md", tree.text("docs/topics/warmth.md"))
    (problem,) = tree.load().problems
    assert str(problem) == (
        "docs/topics/new.md:2: no claim names this topic yet; make new-claim begins one "
        "[topics-have-claims]"
    )
    assert problem.severity is Severity.GAP
