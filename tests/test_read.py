"""Files that cannot be read give messages that say where, what was expected, and how to mend it."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, NEWS, RATE, REPORT, TOPIC, Tree, shown
from explainer.model import Problem
from explainer.read.limits import TEXT_CHARACTERS
from explainer.read.yaml import read_yaml


def test_a_sound_tree_has_no_problems(tree: Tree) -> None:
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (
            RATE,
            "topic: whistling\n",
            "",
            f"{RATE}:2: missing field 'topic': expected the name of a file in docs/topics/, "
            "without .md",
        ),
        (
            RATE,
            "topic: whistling",
            "topic:",
            f"{RATE}:3: missing field 'topic': expected the name of a file in docs/topics/, "
            "without .md",
        ),
        (
            RATE,
            "checked: 2019-06-02",
            "checked: 2019-06-02\nserched: []",
            f"{RATE}:24: unknown field 'serched': did you mean 'searched'?",
        ),
        (
            RATE,
            "    speaker: article",
            "    speeker: article",
            f"{RATE}:12: unknown field 'appearances.1.speeker': did you mean 'speaker'?",
        ),
        (
            RATE,
            "    page: 3",
            "    page: three",
            f"{RATE}:16: 'evidence.1.page' is 'three': "
            "expected a page number, as printed (no whole number)",
        ),
        (
            RATE,
            "verdict: overstated",
            "verdict: overstatet",
            f"{RATE}:4: 'verdict' is 'overstatet': expected one of accurate, missing-context, "
            "overstated, understated, contradicted, not-in-report, not-rated; "
            "did you mean 'overstated'?",
        ),
        (
            RATE,
            "changes: [scope, condition]",
            "changes: scope",
            f"{RATE}:6: 'changes' is 'scope': "
            "expected a list of the ways in which the retelling changed it (not a list)",
        ),
        (
            RATE,
            "claim: Kettles whistle too early in 12.5% of cases",
            "claim: 12",
            f"{RATE}:2: 'claim' is '12', not a text: expected the claim in one line of at most 75 "
            "characters, no verdict in it; put quotation marks around a text that looks like "
            "a number, a list or a truth value",
        ),
        (
            RATE,
            "published: 2019-06-01",
            "published: 1 June",
            f"{RATE}:22: 'published' is '1 June': "
            "expected a date of the form YYYY-MM-DD (not of that form)",
        ),
        (
            RATE,
            "published: 2019-06-01",
            "published: 2019-02-30",
            f"{RATE}:22: 'published' is '2019-02-30': "
            "expected a date of the form YYYY-MM-DD (day is out of range for month)",
        ),
        (
            RATE,
            "topic: whistling",
            "topic: whistling\ntopic: warmth",
            f"{RATE}:4: the field 'topic' is written twice: keep one",
        ),
        (
            RATE,
            "topic: whistling",
            "topic: [whistling",
            f"{RATE}:4: broken YAML: did not find expected ',' or ']'; "
            "put quotation marks around a text that holds ': ' or ' #', or begins with a mark",
        ),
        (
            RATE,
            "topic: whistling",
            "topic: &again whistling",
            f"{RATE}:3: anchors and aliases are not used here: write the value out; "
            "a text that begins with & or * needs quotation marks",
        ),
        (
            TOPIC,
            "    steps:\n",
            "    stepps:\n",
            f"{TOPIC}:8: unknown field 'chains.1.stepps': did you mean 'steps'?",
        ),
        (
            REPORT,
            "https://kettles.example/2019.pdf",
            "javascript:alert(1)",
            f"{REPORT}:6: 'address' is 'javascript:alert(1)': expected an address with https:// "
            "(no address that starts with https:// or http://)",
        ),
        (
            NEWS,
            "lines: 3",
            "lines: third",
            f"{NEWS}:13: 'noise.1.lines' is 'third': expected a line, or a range such as 4-6 "
            "('third' is neither a line nor a range of lines)",
        ),
        (
            NEWS,
            "slug: kettle-cries-too-early",
            "slug: 주전자",
            f"{NEWS}:3: 'slug' is '주전자': "
            "expected ASCII words with hyphens: the address (not of that form)",
        ),
        (
            RATE,
            "labels: {first: overstated, second: missing-context}",
            "labels: {first: overstated}",
            f"{RATE}:21: missing field 'labels.second': "
            "expected the verdict of the second, independent reading",
        ),
        (
            TOPIC,
            "answer: A few",
            "zzzzz: 1\nanswer: A few",
            f"{TOPIC}:5: unknown field 'zzzzz': expected one of: "
            "title, question, found, answer, rendering, chains",
        ),
        (
            TOPIC,
            "answer: A few do. Most do not.",
            "answer: {a: b}",
            f"{TOPIC}:5: 'answer' is a group of fields, not a text: "
            "expected the answer in at most three sentences; put quotation marks around a text "
            "that looks like a number, a list or a truth value",
        ),
        (
            TOPIC,
            "answer: A few do. Most do not.",
            "answer: Yes",
            f"{TOPIC}:5: 'answer' is 'true', not a text: "
            "expected the answer in at most three sentences; put quotation marks around a text "
            "that looks like a number, a list or a truth value",
        ),
        (
            RATE,
            "verdict: overstated",
            f"verdict: {40 * 'a'}",
            f"{RATE}:4: 'verdict' is '{40 * 'a'}': expected one of accurate, missing-context, "
            "overstated, understated, contradicted, not-in-report, not-rated",
        ),
        (
            RATE,
            "verdict: overstated",
            f"verdict: {41 * 'a'}",
            f"{RATE}:4: 'verdict' is '{40 * 'a'}…': expected one of accurate, missing-context, "
            "overstated, understated, contradicted, not-in-report, not-rated",
        ),
        (
            RATE,
            "    page: 3",
            "    page: 999999999999999999",
            f"{RATE}:16: 'evidence.1.page' is '999999999999999999': expected a page number, "
            "as printed (input should be less than or equal to 20000)",
        ),
        (
            RATE,
            "changes: [scope, condition]",
            "changes: [scope, scope]",
            f"{RATE}:6: 'changes' is a list: expected a list of the ways in which the retelling "
            "changed it (the same value is listed twice)",
        ),
        (
            RATE,
            "section: 2.1",
            "section: yes",
            f"{RATE}:15: 'evidence.1.section' is 'true', not a text: "
            "expected the id of one of the report's sections; put quotation marks around a text "
            "that looks like a number, a list or a truth value",
        ),
        (
            RATE,
            "reason: 12.5%",
            "reason: \ufffe12.5%",
            f"{RATE}:5: holds the control character U+FFFE: remove it",
        ),
        (
            RATE,
            "topic: whistling",
            "topic: whistling\n--- {topic: warmth}",
            f"{RATE}:4: the fields end here: expected no second list of them below",
        ),
        (
            NEWS,
            "lines: 3",
            "lines: yes",
            f"{NEWS}:13: 'noise.1.lines' is 'true': expected a line, or a range such as 4-6 "
            "(neither a number nor a text)",
        ),
        (
            REPORT,
            "https://kettles.example/2019.pdf",
            "https:///2019.pdf",
            f"{REPORT}:6: 'address' is 'https:///2019.pdf': expected an address with https:// "
            "(no address that starts with https:// or http://)",
        ),
        (
            REPORT,
            "https://kettles.example/2019.pdf",
            "ftp://kettles.example/2019.pdf",
            f"{REPORT}:6: 'address' is 'ftp://kettles.example/2019.pdf': "
            "expected an address with https:// (no address that starts with https:// or http://)",
        ),
        (
            RATE,
            "changes: [scope, condition]",
            "changes: [scope, condition]\n? [a]\n: b",
            f"{RATE}:7: a field's name is a text: expected 'name: value'",
        ),
    ],
)
def test_a_bad_field_is_named_with_its_line(
    tree: Tree, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.problems()


def test_all_problems_of_a_file_come_in_one_run(tree: Tree) -> None:
    tree.edit(RATE, "topic: whistling", "topic: 3")
    tree.edit(RATE, "verdict: overstated", "verdict: false")
    tree.edit(COPPER, "labels:", "lables:")
    lines = [problem.split(": ")[0] for problem in tree.problems()]
    assert f"{RATE}:3" in lines
    assert f"{RATE}:4" in lines
    assert f"{COPPER}:13" in lines


def test_front_matter_is_expected(tree: Tree) -> None:
    tree.write(RATE, "Just text.\n")
    assert (
        f"{RATE}:1: expected front matter: a line '---', the fields, a line '---'; "
        "make new-claim begins a file that has it"
    ) in tree.problems()


def test_a_claim_on_a_record_that_cannot_be_read_is_not_blamed(tree: Tree) -> None:
    tree.edit(REPORT, "kind: report", "kind: rumour")
    assert [problem.split(":")[0] for problem in tree.problems()] == [REPORT]


def test_section_numbers_are_texts_however_written(tree: Tree) -> None:
    tree.edit(RATE, "section: 2.1", 'section: "2.1"')
    tree.edit(ALL, "section: 1", "section: '1'")
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One kettle", "[k](http://[bad) kettle", "'http://[bad' is no link for a page"),
        ("One kettle", "TODO", "'TODO, one series, an open lid: the artic' is a placeholder"),
        ("    page: 3", f"    page: {'9' * 5000}", "no whole number"),
        ("    page: 3", "    page: 999999", "input should be less than or equal to 20000"),
        ("changes: [scope, condition]", f"changes: {'[' * 60}{']' * 60}", "nested too deep"),
        ("12.5% is one kettle", '"12.5% \\a is one"#', "holds the control character U+0007"),
        ("claim: Kettles whistle", 'claim: "Kettles “whistle"#', "has no partner"),
        ("claim: Kettles whistle", "claim: Kettles “whist” whistle", "in no stored quote"),
    ],
)
def test_odd_input_is_a_message_and_no_crash(tree: Tree, old: str, new: str, expected: str) -> None:
    tree.edit(RATE, old, new)
    assert any(expected in problem for problem in tree.problems()), tree.problems()


@pytest.mark.parametrize("said", ["true", "True", "yes", "YES", "on"])
def test_a_truth_value_is_read_as_yaml_means_it(tree: Tree, said: str) -> None:
    tree.edit(TOPIC, "title:", f"rendering: {said}\ntitle:")
    assert tree.load().read.topics["whistling"].rendering is True


@pytest.mark.parametrize("said", ["false", "no", "off", ""])
def test_what_is_not_true_is_false(tree: Tree, said: str) -> None:
    tree.edit(TOPIC, "title:", f"rendering: {said}\ntitle:")
    assert tree.load().read.topics["whistling"].rendering is False


def test_all_fields_that_stand_twice_are_named(tree: Tree) -> None:
    tree.edit(RATE, "reason:", "topic: warmth\nreason:")
    tree.edit(RATE, "checked:", "checked: 2019-06-02\nchecked:")
    assert tree.problems() == [
        f"{RATE}:5: the field 'topic' is written twice: keep one",
        f"{RATE}:25: the field 'checked' is written twice: keep one",
    ]


def test_fields_nest_no_deeper_than_20(tree: Tree) -> None:
    tree.edit(RATE, "changes: [scope, condition]", f"changes: {19 * '['}scope{19 * ']'}")
    assert not any("nested too deep" in problem for problem in tree.problems())
    tree.edit(RATE, "[scope]", "[[[scope]]]")
    assert tree.problems() == [f"{RATE}:6: the fields are nested too deep"]


def test_front_matter_holds_fields(tree: Tree) -> None:
    tree.write(RATE, "---\n---\nText.\n")
    assert f"{RATE}:2: expected fields of the form 'name: value'" in tree.problems()


def test_a_line_end_that_only_yaml_knows_is_not_counted() -> None:
    problems: list[Problem] = []
    assert read_yaml("a.yml", "a: [\x85\x85", 0, problems) is None
    assert [problem.line for problem in problems] == [1]


def test_a_text_may_be_as_long_as_its_limit() -> None:
    problems: list[Problem] = []
    text = TEXT_CHARACTERS * "a"
    assert read_yaml("a.yml", f"x: {text}\n", 0, problems) == ({"x": text}, {(): 1, ("x",): 1})
    assert read_yaml("a.yml", f"x: 1\ny: {text}b\n", 5, problems) is None
    assert list(map(shown, problems)) == [
        f"a.yml:7: the text has {TEXT_CHARACTERS + 1} characters; expected at most "
        f"{TEXT_CHARACTERS}: shorten it"
    ]


def test_a_record_without_a_body_has_none(tree: Tree) -> None:
    assert tree.load().read.seeds["kettle-news"].body == ""
