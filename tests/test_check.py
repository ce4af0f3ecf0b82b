"""One test for each rule between records, and for what a problem withholds."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, HANDLES, NEWS, POST, RATE, REPORT, TOPIC, Tree
from explainer.check import RULES


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        # quotes_stand_in_their_seed
        (
            RATE,
            "주전자는 12.5%의 경우",
            "주전자는 12.6%의 경우",
            f"{RATE}:10: the quote does not stand in 'kettle-news'; nearest is line 5: "
            "'주전자는 12.5%의 경우 너무 일찍 소리를 냈다.'. "
            "Copy the words exactly, with their signs and spaces",
        ),
        (
            ALL,
            "    line: 5\n",
            "",
            f"{ALL}:14: the quote stands 2 times in 'kettle-post', line 3 and 5: "
            "quote more of the sentence, or name one with the field 'line'",
        ),
        (
            ALL,
            "    line: 5\n",
            "    line: 1\n",
            f"{ALL}:15: the quote does not stand on line 1 of 'kettle-post', but on line 3",
        ),
        # phrases_are_short
        (
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: der Kessel Nummer",
            f"{RATE}:18: the phrase has 3 words: expected 4 to 12, and no whole sentence",
        ),
        # citations_name_a_place
        (
            RATE,
            "section: 2.1",
            "section: 2.11",
            f"{RATE}:15: unknown section '2.11' of 'kettle-test': did you mean '2.1'?",
        ),
        (
            RATE,
            "    page: 3",
            "    page: 5",
            f"{RATE}:16: page 5 does not exist: 'kettle-test' has 4 pages",
        ),
        (
            RATE,
            "    page: 3\n",
            "",
            f"{RATE}:14: missing field 'page': 'kettle-test' has numbered pages",
        ),
        (
            RATE,
            "    section: 2.1\n",
            "",
            f"{RATE}:14: missing field 'section': 'kettle-test' has sections",
        ),
        (
            RATE,
            "section: 2.1",
            "section: 3",
            f"{RATE}:15: section 3 of 'kettle-test' is on page 4, not on page 3; "
            "that page holds 1, 2, 2.1",
        ),
        # phrases_stand_on_their_page
        (
            HANDLES,
            "phrase: Griff blieb bei allen Kesseln",
            "phrase: nur wenn der Deckel offen",
            f"{HANDLES}:20: the phrase is not on page 4 of 'kettle-test': it stands on page 3",
        ),
        (
            RATE,
            "phrase: der Kessel Nummer 7 in 12,5 %",
            "phrase: der Kessel Nummer 8 in 12,5 %",
            f"{RATE}:18: the phrase is not on page 3 of 'kettle-test': "
            "it stands on no page; copy the words exactly",
        ),
        (
            TOPIC,
            "phrase: Drei Kessel pfiffen schon vor dem Sieden",
            "phrase: Vier Kessel pfiffen schon vor dem Sieden",
            f"{TOPIC}:12: the phrase is not on page 2 of 'kettle-test': "
            "it stands on no page; copy the words exactly",
        ),
        # numbers_stand_on_their_page
        (
            RATE,
            "too early in 12,5 % of trials",
            "too early in 13 % of trials",
            f"{RATE}:17: the number 13 is not on page 3 of 'kettle-test': correct it, "
            "it stands on none, or write it in words",
        ),
        # access_is_no_better_than_recorded
        (
            REPORT,
            "read: primary",
            "read: second-hand",
            f"{RATE}:20: 'primary', but 'kettle-test' was read as 'second-hand' at best: "
            "write that, or correct docs/reports/kettle-test.md",
        ),
        # fingerprints_fit
        (
            REPORT,
            "    pages: 4\n",
            "    pages: 5\n",
            f"{REPORT}:13: our edition has 5 pages, its fingerprint 4: "
            "correct it, or make fingerprint SOURCE=… REPORT=kettle-test",
        ),
        # report_records_are_whole
        (
            REPORT,
            "    ours: true\n",
            "",
            f"{REPORT}:10: 0 editions are marked 'ours: true': expected exactly one",
        ),
        (
            REPORT,
            "- {id: 3, title: Grenzen, page: 4}",
            "- {id: 2, title: Grenzen, page: 1}",
            f"{REPORT}:23: section '2' begins on page 1, the one above it on page 4: "
            "list sections in the order of their pages",
        ),
        # verdicts_have_their_grounds
        (
            HANDLES,
            "bearing: for",
            "bearing: context",
            f"{HANDLES}:4: 'accurate' needs evidence with 'bearing: for'",
        ),
        (
            ALL,
            "bearing: against",
            "bearing: for",
            f"{ALL}:4: 'contradicted' needs evidence with 'bearing: against'",
        ),
        (
            COPPER,
            'searched: ["Kesselprüfung 2019, all pages: Kupfer"]\n',
            "",
            f"{COPPER}:4: 'not-in-report' needs 'searched': the sections and terms",
        ),
        (
            HANDLES,
            "verdict: accurate",
            "verdict: not-rated",
            f"{HANDLES}:4: 'not-rated' claims nothing: its evidence can only be 'bearing: context'",
        ),
        (
            HANDLES,
            "verdict: accurate",
            "verdict: accurate\nchanges: [scope]",
            f"{HANDLES}:5: 'accurate' has no changes: expected an empty list",
        ),
        (
            RATE,
            "changes: [scope, condition]",
            "changes: []",
            f"{RATE}:4: 'overstated' needs 'changes': how the claim departs",
        ),
        (
            HANDLES,
            "verdict: accurate",
            "verdict: accurate\nfair: Another wording.",
            f"{HANDLES}:5: 'accurate' needs no other wording: leave 'fair' out",
        ),
        # claims_give_reasons
        (
            HANDLES,
            "Nothing is lost here.\n",
            "",
            f"{HANDLES}:2: the reasoning is missing: write it below the front matter",
        ),
        # titles_are_short_and_neutral
        (
            RATE,
            "claim: Kettles",
            "claim: Kettles, as far as anybody knows today or will ever know hereafter, and",
            f"{RATE}:2: the title has 107 characters: expected at most 75",
        ),
        (
            RATE,
            "claim: Kettles whistle",
            "claim: The false idea that kettles whistle",
            f"{RATE}:2: the verdict word 'false' stands in the title: state the claim only",
        ),
        # titles_quote_what_is_stored
        (
            RATE,
            "claim: Kettles whistle too early",
            "claim: Kettles “scream” too early",
            f"{RATE}:2: 'scream' stands in quotation marks in the title, but in no stored quote: "
            "use words of a quote, or take the marks away",
        ),
        (
            TOPIC,
            "title: Whistling too early",
            "title: The 「너무 늦게」 of kettles",
            f"{TOPIC}:2: '너무 늦게' stands in quotation marks in the title, "
            "but in no stored quote: use words of a quote, or take the marks away",
        ),
        # texts_hold_no_html
        (
            RATE,
            "reason: 12.5% is one kettle",
            "reason: <b>12.5%</b> is one kettle",
            f"{RATE}:5: HTML in 'reason': write plain text",
        ),
        (
            RATE,
            "One kettle, one series",
            "<script>alert(1)</script> One kettle, one series",
            f"{RATE}:25: HTML in the text: write plain Markdown",
        ),
        (
            RATE,
            "One kettle, one series",
            "One ![kettle](https://tracker.example/x.gif), one series",
            f"{RATE}:25: images are not used in records: take it out",
        ),
        (
            RATE,
            "One kettle, one series",
            "One [kettle](javascript:alert(1)), one series",
            f"{RATE}:25: 'javascript:alert(1)' is no link for a page: expected https:// or a path",
        ),
        # links_lead_somewhere
        (
            ALL,
            "(kettles-whistle-too-early-in-12-5-percent.md)",
            "(kettles-whistle-too-early-in-12-percent.md)",
            f"{ALL}:36: the link 'kettles-whistle-too-early-in-12-percent.md' leads to no page; "
            "nearest is kettles-whistle-too-early-in-12-5-percent.md",
        ),
        # texts_are_written
        (
            RATE,
            "reason: 12.5% is one kettle in one series, with its lid open.",
            "reason: TODO",
            f"{RATE}:5: 'TODO' is a placeholder: write the text",
        ),
        # dates_are_real
        (
            RATE,
            "checked: 2019-06-02",
            "checked: 2019-07-02",
            f"{RATE}:23: 2019-07-02 is in the future: today is 2019-07-01",
        ),
        (
            RATE,
            "published: 2019-06-01",
            "published: 1970-01-01",
            f"{RATE}:22: 1970-01-01 is a placeholder: write the day",
        ),
        (
            RATE,
            "checked: 2019-06-02",
            "checked: 2019-05-02",
            f"{RATE}:23: 2019-05-02 is before it was published: expected 2019-06-01 or later",
        ),
        (
            NEWS,
            "published: 2019-05-02",
            "published: 2020-05",
            f"{NEWS}:7: 2020-05 is in the future: today is 2019-07-01",
        ),
        # references_exist
        (
            RATE,
            "topic: whistling",
            "topic: whisling",
            f"{RATE}:3: 'whisling' is unknown: did you mean 'whistling'?",
        ),
        (
            RATE,
            "report: kettle-test",
            "report: teapots",
            f"{RATE}:14: 'teapots' is unknown: expected a file docs/reports/teapots.md; "
            "make new-report begins it",
        ),
        (
            RATE,
            "seed: kettle-news",
            "seed: kettle-nws",
            f"{RATE}:9: 'kettle-nws' is unknown: did you mean 'kettle-news'?",
        ),
        (
            TOPIC,
            "        speaker: summary\n",
            "        speaker: nobody\n",
            f"{TOPIC}:16: 'all-kettles-whistle-before-boiling' does not appear in 'kettle-post' "
            "with that speaker: expected one of 'kettle-post' (post), 'kettle-post' (summary)",
        ),
        # seed_lines_exist
        (
            NEWS,
            "lines: 11",
            "lines: 12",
            f"{NEWS}:15: line 12 does not exist: the seed has 11 lines",
        ),
        (
            POST,
            "text: ¡Qué miedo!",
            "text: ¡Qué bien!",
            f"{POST}:12: '¡Qué bien!' does not stand in line 3",
        ),
        # what_is_not_checked_is_not_quoted
        (
            POST,
            "    text: ¡Qué miedo!\n",
            "",
            f"{POST}:11: line 3 is quoted by a claim: take it out here, "
            "or name with 'text' the part that is not checked",
        ),
        # addresses_differ
        (
            NEWS,
            "slug: kettle-cries-too-early",
            "slug: Noisy-Kettles",
            f"{NEWS}:1: would be written to the address of 'seeds/kettle-post.yml': "
            "articles/noisy-kettles/index.html; rename it",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.problems()


def test_every_rule_states_itself() -> None:
    assert all(rule.__doc__ and rule.__doc__.endswith(".") for rule in RULES)


def test_an_edited_seed_is_found_out(tree: Tree) -> None:
    tree.edit("seeds/kettle-news.txt", "45도", "46도")
    (problem,) = [p for p in tree.problems() if "sha256" in p]
    assert problem.startswith(f"{NEWS}:10: 'seeds/kettle-news.txt' is not the text recorded here")


@pytest.mark.parametrize(
    ("change", "line", "expected"),
    [
        (lambda text: b"", 1, "is empty: put the article into it, or remove the seed"),
        (lambda text: b"\n\n", 1, "is empty: put the article into it, or remove the seed"),
        (lambda text: b"\n\n\xff" + text, 3, "is not UTF-8"),
        (lambda text: b"\xef\xbb\xbf" + text, 1, "holds a byte order mark"),
        (lambda text: text.replace(b"\n", b"\r\n"), 1, "holds a carriage return (CR)"),
        (lambda text: text + b"\0", 12, "holds a NUL"),
    ],
)
def test_a_seed_is_plain_utf8(tree: Tree, change: object, line: int, expected: str) -> None:
    file = tree.root / "seeds/kettle-news.txt"
    assert callable(change)
    file.write_bytes(change(file.read_bytes()))
    tree.record_hash(NEWS)
    found = [
        p for p in tree.problems() if p.startswith(f"seeds/kettle-news.txt:{line}: {expected}")
    ]
    assert len(found) == 1
    loaded = tree.load()
    assert "kettle-news" not in loaded.site.seeds
    assert "kettles-whistle-too-early-in-12-5-percent" not in loaded.site.claims


def test_prose_without_a_claim_is_named_by_line(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    text = tree.text(HANDLES)
    start = text.index("  - seed: kettle-news")
    tree.write(HANDLES, text[:start] + text[text.index("  - seed: kettle-post") :])
    problems = tree.problems()
    assert (
        f"{NEWS}:1: prose without a claim: line 7, 9 of 'seeds/kettle-news.txt'; quote it in a "
        "claim (make new-claim), or list it under 'not_checked' with a reason"
    ) in problems


def test_prose_is_not_counted_while_a_claim_cannot_be_read(tree: Tree) -> None:
    tree.edit(COPPER, "labels:", "lables:")
    assert not any("prose without" in problem for problem in tree.problems())


def test_prose_that_is_not_accounted_for_withholds_nothing(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    assert len(tree.problems()) == 1
    assert tree.load().withheld == frozenset()


def test_a_record_named_like_an_index_is_refused(tree: Tree) -> None:
    tree.write("docs/claims/index.md", tree.text(RATE))
    assert any(p.startswith("docs/claims/index.md:1: would be written") for p in tree.problems())


def test_a_page_at_the_address_of_a_record_is_refused(tree: Tree) -> None:
    (tree.root / "docs/topics/whistling").mkdir()
    tree.write("docs/topics/whistling/index.md", "# Mine\n")
    assert tree.problems() == [
        "docs/topics/whistling/index.md:1: is no record: expected docs/topics/<id>.md, "
        "and nothing else; move it elsewhere"
    ]


def test_a_page_in_the_place_of_a_folder_is_refused(tree: Tree) -> None:
    tree.write("docs/feed.xml.md", "# Mine\n")
    assert tree.problems() == [
        "docs/feed.xml.md:1: would be written to the address of the site's own page: "
        "feed.xml/index.html; rename it"
    ]


def test_an_empty_site_says_what_it_needs(tree: Tree) -> None:
    for file in [*tree.root.glob("seeds/*"), *tree.root.glob("docs/*/*")]:
        file.unlink()
    assert [p.split(":")[0] for p in tree.problems()] == [
        "docs/claims",
        "docs/reports",
        "docs/topics",
        "seeds",
    ]


def test_a_quote_in_html_is_found_in_its_visible_text(tree: Tree) -> None:
    tree.edit(
        HANDLES,
        "    quote: El mango nunca pasa de 45 grados & no quema.",
        "    quote: |\n      hervir.\n\n      - El mango nunca pasa",
    )
    assert tree.problems() == []
    tree.edit(HANDLES, "- El mango nunca", "- El  mango nunca")
    assert len(tree.problems()) == 1


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


SPLICE = "Drei Kessel standen auf derselben Herdplatte"


def test_a_phrase_spliced_from_two_sentences_is_found_out(tree: Tree) -> None:
    tree.edit(ALL, "Drei Kessel pfiffen schon vor dem Sieden", SPLICE)
    assert any("the phrase is not on page 2" in problem for problem in tree.problems())


def test_a_fingerprint_without_its_report_is_named(tree: Tree) -> None:
    folder = tree.root / "docs/reports"
    (folder / "kettle-test.fingerprint.json").rename(folder / "kettle-tset.fingerprint.json")
    assert tree.problems() == [
        "docs/reports/kettle-tset.fingerprint.json:1: belongs to no record: "
        "expected 'kettle-tset.md' beside it; make new-report begins it"
    ]


def test_a_report_with_a_fingerprint_is_cited_by_page(tree: Tree) -> None:
    tree.edit(REPORT, "    pages: 4\n", "")
    tree.edit(RATE, "    page: 3\n", "")
    assert f"{RATE}:14: missing field 'page': 'kettle-test' has numbered pages" in tree.problems()


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


def test_a_quote_that_looks_right_is_told_apart(tree: Tree) -> None:
    tree.edit(ALL, "quote: Todos los", "quote: Todos\u00a0los")
    (problem,) = tree.problems()
    assert "(the quote has U+00A0 where the seed has U+0020)" in problem


def test_an_appearance_is_listed_once(tree: Tree) -> None:
    text = tree.text(COPPER)
    block = text[text.index("  - seed:") : text.index("searched:")]
    tree.write(COPPER, text.replace(block, block + block))
    assert f"{COPPER}:12: this appearance is listed twice: keep one" in tree.problems()


def test_one_slip_in_a_quote_gives_one_message(tree: Tree) -> None:
    tree.edit(RATE, "12.5%의 경우", "12.6%의 경우")
    assert len(tree.problems()) == 1


def test_a_part_that_does_not_exist_is_named(tree: Tree) -> None:
    tree.edit("docs/index.md", "<!-- explainer: topics -->", "<!-- explainer: topcs -->")
    tree.edit("docs/index.md", "<!-- explainer: losses -->", " <!-- explainer: losses -->")
    assert tree.problems() == [
        "docs/index.md:5: unknown part 'topcs': did you mean 'topics'?",
        "docs/index.md:7: a generated part stands alone on its line, without an indent",
    ]


def test_blocks_of_html_are_apart_and_what_is_hidden_is_not_read(tree: Tree) -> None:
    html = (
        "<p>One.</p><p>Two.</p>\n<!-- hidden\nstill hidden -->shown\n"
        "<script>\nevil()\n</script>\nA &amp; B<div class='a\nb'>C</div>\n"
    )
    (tree.root / "seeds/kettle-post.txt").write_text(html, "utf-8")
    tree.record_hash(POST)
    seed = tree.load().read.seeds["kettle-post"]
    lines = [line.strip() for line in seed.lines]
    assert lines == ["One.\nTwo.", "", "shown", "", "", "", "A & B", "C"]
