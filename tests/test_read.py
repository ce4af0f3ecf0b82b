"""Files that cannot be read give messages that say where, what was expected, and how to mend it."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, NEWS, RATE, REPORT, TOPIC, Tree


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
            f"{RATE}:4: the field 'topic' stands twice: keep one",
        ),
        (
            RATE,
            "topic: whistling",
            "topic: [whistling",
            f"{RATE}:4: broken YAML: did not find expected ',' or ']'; "
            "a text that begins with a sign, or holds ': ' or ' #', needs quotation marks",
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


def test_an_id_is_ascii(tree: Tree) -> None:
    tree.write("docs/claims/주전자.md", tree.text(RATE))
    assert (
        "docs/claims/주전자.md:1: '주전자' cannot be a record's name: expected ASCII letters, "
        "digits, hyphens and underscores, for it becomes an address"
    ) in tree.problems()


def test_a_record_that_is_not_utf8_is_named_with_its_line(tree: Tree) -> None:
    (tree.root / RATE).write_bytes("---\nclaim: é\n".encode("latin-1"))
    assert f"{RATE}:2: is not UTF-8: save the file in that encoding" in tree.problems()


def test_a_claim_on_a_record_that_cannot_be_read_is_not_blamed(tree: Tree) -> None:
    tree.edit(REPORT, "kind: report", "kind: rumour")
    assert [problem.split(":")[0] for problem in tree.problems()] == [REPORT]


def test_section_numbers_are_texts_however_written(tree: Tree) -> None:
    tree.edit(RATE, "section: 2.1", 'section: "2.1"')
    tree.edit(ALL, "section: 1", "section: '1'")
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- A point. [5", "expected a heading '## Title', or a point '- Text. [12]' or"),
        ("- A point. [x]", "'x' is neither a line nor a range of lines: expected [12] or [12-14]"),
        ("- A point. [9-5]", "'9-5' is not a range of lines from 1 upwards: expected [12] or"),
        ("- A point. [99]", "line 99 does not exist: the seed has 11 lines"),
        ("- A <b>point</b>. [5]", "HTML in the summary: write plain text"),
    ],
)
def test_a_bad_point_of_a_summary_is_named(tree: Tree, line: str, expected: str) -> None:
    tree.write("seeds/kettle-news.en.md", f"## The news\n\n{line}\n")
    assert f"seeds/kettle-news.en.md:3: {expected}" in " ".join(tree.problems())


def test_a_seed_is_a_pair_of_files(tree: Tree) -> None:
    (tree.root / "seeds/kettle-news.txt").unlink()
    (tree.root / POST_TEXT).with_suffix(".yml").unlink()
    (tree.root / "seeds/notes.docx").write_bytes(b"")
    problems = tree.problems()
    mend = "run make new-seed FILE=…, which writes both"
    assert (
        f"{NEWS}:1: the article 'kettle-news.txt' is missing beside it: put it there, "
        "or begin anew with make new-seed FILE=…, which writes both"
    ) in problems
    assert (
        f"{POST_TEXT}:1: 'kettle-post.yml' is missing beside it: move the text elsewhere and {mend}"
    ) in problems
    assert any(
        problem.startswith("seeds/notes.docx:1: this file belongs to") for problem in problems
    )


POST_TEXT = "seeds/kettle-post.txt"


def test_a_page_at_the_address_of_a_record_is_refused(tree: Tree) -> None:
    (tree.root / "docs/topics/whistling").mkdir()
    tree.write("docs/topics/whistling/index.md", "# Mine\n")
    assert tree.problems() == [
        "docs/topics/whistling/index.md:1: is no record: expected docs/topics/<id>.md, "
        "and nothing else; move it elsewhere"
    ]


def test_a_fingerprint_without_its_report_is_named(tree: Tree) -> None:
    folder = tree.root / "docs/reports"
    (folder / "kettle-test.fingerprint.json").rename(folder / "kettle-tset.fingerprint.json")
    assert tree.problems() == [
        "docs/reports/kettle-tset.fingerprint.json:1: belongs to no record: "
        "expected 'kettle-tset.md' beside it; make new-report begins it"
    ]


@pytest.mark.parametrize(
    "path", ["docs/claims/sub/x.md", "docs/claims/x.markdown", "docs/claims/x.yml"]
)
def test_a_record_in_the_wrong_place_is_named(tree: Tree, path: str) -> None:
    (tree.root / "docs/claims/sub").mkdir()
    tree.write(path, tree.text(RATE))
    expected = "expected docs/claims/<id>.md, and nothing else; move it elsewhere"
    assert f"{path}:1: is no record: {expected}" in tree.problems()


@pytest.mark.parametrize("name", [".#x.md", "x.md~", ".x.md.swp", ".DS_Store"])
def test_what_editors_leave_is_not_read(tree: Tree, name: str) -> None:
    (tree.root / "docs/claims" / name).symlink_to("nowhere")
    (tree.root / "seeds" / name).symlink_to("nowhere")
    assert tree.problems() == []


def test_a_file_that_cannot_be_opened_is_named(tree: Tree) -> None:
    (tree.root / "docs/claims/x.md").symlink_to("nowhere")
    assert tree.problems() == [
        "docs/claims/x.md:1: is a symbolic link, which is not followed: put the file itself here"
    ]


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
