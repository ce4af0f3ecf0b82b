"""One test for each rule between records, and for what a problem withholds."""

from __future__ import annotations

import hashlib

import pytest

from conftest import ALL, COPPER, HANDLES, NEWS, POST, RATE, REPORT, TOPIC, Tree
from explainer.check import RULES


def record_hash(tree: Tree, seed: str) -> None:
    """Record the hash that a seed's text has now."""
    text = (tree.root / seed).with_suffix(".txt").read_bytes()
    lines = tree.text(seed).splitlines()
    lines = [
        f"sha256: {hashlib.sha256(text).hexdigest()}" if line.startswith("sha256:") else line
        for line in lines
    ]
    tree.write(seed, "\n".join(lines) + "\n")


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
            f"{RATE}:15: section 3 of 'kettle-test' is on page 4, not on page 3",
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
            "cite the page where it stands, or write it in words",
        ),
        # access_is_no_better_than_recorded
        (
            REPORT,
            "read: primary",
            "read: second-hand",
            f"{RATE}:20: 'primary', but 'kettle-test' was read as 'second-hand' at best",
        ),
        # fingerprints_fit
        (
            REPORT,
            "    pages: 4\n",
            "    pages: 5\n",
            f"{REPORT}:13: our edition has 5 pages, its fingerprint 4",
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
            f"{REPORT}:23: section '2' begins before the one above it",
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
            "nearest is claims/kettles-whistle-too-early-in-12-5-percent/index.html",
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
            f"{RATE}:23: checked before it was published",
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
            f"{RATE}:14: 'teapots' is unknown: expected a file docs/reports/teapots.md",
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
            f"{TOPIC}:16: 'all-kettles-whistle-before-boiling' does not appear in the seed "
            "'kettle-post'",
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
    record_hash(tree, NEWS)
    found = [
        p for p in tree.problems() if p.startswith(f"seeds/kettle-news.txt:{line}: {expected}")
    ]
    assert len(found) == 1
    loaded = tree.load()
    assert "kettle-news" not in loaded.site.seeds
    assert "kettles-whistle-too-early-in-12-5-percent" not in loaded.site.claims


def test_prose_without_a_claim_is_named_by_line(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    tree.edit(
        "docs/claims/handles-stay-below-45-degrees.md", "  - seed: kettle-news", "  - seed: x"
    )
    problems = tree.problems()
    assert (
        f"{NEWS}:1: prose without a claim: line 7, 9 of 'seeds/kettle-news.txt'; quote it in a "
        "claim, or list it under 'not_checked' with a reason"
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
    problems = tree.problems()
    assert any(p.startswith("docs/topics/whistling/index.md:1: would be") for p in problems)
    assert any(p.startswith(f"{TOPIC}:1: would be written") for p in problems)


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
    tree.write("docs/reports/kettle-test.fingerprint.json", '{"version": 2}')
    loaded = tree.load()
    assert [str(problem) for problem in loaded.problems] == [
        "docs/reports/kettle-test.fingerprint.json:1: cannot be read: version 2, expected 1; "
        "make it anew with the command 'fingerprint'"
    ]
    assert list(loaded.site.claims) == ["copper-kettles-are-the-most-dangerous"]
