"""A fingerprint finds phrases and numbers on their pages, and does not hold the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import ClickException
from fpdf import FPDF

from explainer.commands.sources import page_texts
from explainer.model.fingerprint import load, make
from explainer.text.words import count_words, numbers, words

PAGES = {
    1: "The kettle whistled in 1,250 of 2.53 trials, by-\nproduct included.",
    2: "水壶在烧开之前就会响。 Don’t touch the handle at 45°.",
}


@pytest.mark.parametrize(
    ("phrase", "pages"),
    [
        ("kettle whistled in 1,250 of", [1]),
        ("KETTLE  whistled\nin 1,250", [1]),
        ("by-product included", []),
        ("of 2.53 trials, byproduct included", [1]),
        ("2.53 trials, by product included", [1]),
        ("水壶在烧开之前", [2]),
        ("烧开水壶之前", []),
        ("Don't touch the handle", [2]),
        ("the handle touch don't", []),
        ("included. 水壶在烧", []),
    ],
)
def test_phrases_are_found_word_by_word(phrase: str, pages: list[int]) -> None:
    assert make(PAGES).pages_with(phrase) == pages


STORY = (
    "None of the snapshots that we tested in May chose to blackmail in any trial at all. "
    "All of the kettles that we tested in June chose to whistle in most trials that were run."
)


@pytest.mark.parametrize("length", range(4, 13))
def test_a_phrase_of_every_length_stands_whole_or_not_at_all(length: int) -> None:
    """Spliced of two places that share words, it would turn the sense round."""
    fingerprint = make({1: STORY})
    first, second = (sentence.split() for sentence in STORY.removesuffix(".").split(". "))
    assert fingerprint.pages_with(" ".join(first[:length])) == [1]
    assert fingerprint.pages_with(" ".join(second[-length:])) == [1]
    for cut in range(1, length):
        splice = " ".join(first[:cut] + second[cut:length])
        stands = splice in STORY
        assert bool(fingerprint.pages_with(splice)) is stands, splice


@pytest.mark.parametrize(
    "phrase",
    [
        "Opus 4 chose to blackmail in most trials",
        "early model did not refuse",
        "early model did comply with it",
        "comply with it. The final model",
        "comply with it The final model",
        "响。水壶是热的",
    ],
)
def test_what_turns_the_sense_round_is_not_found(phrase: str) -> None:
    """A splice, a negation left out, a phrase that goes on after the end of a sentence."""
    text = (
        "Opus 4 chose to blackmail in no trial at all. Sonnet 4 chose to blackmail in most trials "
        "that were run. The early model did not comply with it. The final model did not refuse. "
        "水壶在烧开之前就会响。水壶是热的。"
    )
    assert make({1: text}).pages_with(phrase) == []


@pytest.mark.parametrize(
    "phrase",
    ["sites of the U.S. Government in", "by Dr. Smith and J. Doe", "see Fig. 3.1 of the report"],
)
def test_an_abbreviation_ends_no_sentence(phrase: str) -> None:
    text = f"It happened at sites of the U.S. Government in May, by Dr. Smith and J. Doe: {phrase}."
    assert make({1: text + " see Fig. 3.1 of the report"}).pages_with(phrase) == [1]


@pytest.mark.parametrize(
    ("report", "ours"),
    [
        ("12,5 %", "12.5"),
        ("1.250 mm", "1250"),
        ("1 250 mm", "1,250"),
        ("1\u202f250 mm", "1250"),
        ("٨٤", "84"),
        ("10²⁵", "10"),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(report: str, ours: str) -> None:
    assert make({1: f"in {report} of"}).has_number(ours, 1)


def test_a_footnote_number_is_not_part_of_a_number() -> None:
    assert not make({1: "10²⁵"}).has_number("1025", 1)


def test_numbers_are_whole() -> None:
    fingerprint = make(PAGES)
    assert fingerprint.has_number("1250", 1)
    assert fingerprint.has_number("2.53", 1)
    assert not fingerprint.has_number("2", 1)
    assert not fingerprint.has_number("45", 1)
    assert fingerprint.has_number("45", 2)
    assert not fingerprint.has_number("45", 3)


def test_numbers_of_a_text() -> None:
    assert numbers("84% of 1,250 runs, 2.5 times, １２ and 84 again") == [
        "84",
        "1,250",
        "2.5",
        "12",
    ]


def test_words_are_counted_as_a_reader_would() -> None:
    assert count_words("don’t use by-products at 72.5%") == 5
    assert count_words("水壶在烧开之前") == 4
    assert words("Ｋettle's") == ["kettle", "s"]


def test_a_file_gives_back_what_was_made() -> None:
    fingerprint = make(PAGES)
    text = fingerprint.to_json()
    assert load(text) == fingerprint
    assert make(dict(reversed(PAGES.items()))).to_json() == text
    assert "kettle" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Expecting"),
        ("[]", "not a fingerprint file"),
        ('{"version": 1}', "version 1, expected 3"),
        ('{"version": 3, "salt": "", "pages": {"1": {"grams": "AAA=", "numbers": ""}}}', "4 bytes"),
        (
            '{"version": 3, "salt": "", "pages": {"0": {"grams": "", "numbers": ""}}}',
            "expected pages from 1 to 20000",
        ),
        (f'{{"version": 3, "salt": "{65 * "00"}", "pages": {{}}}}', "the salt is too long"),
    ],
)
def test_a_broken_file_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(text)


def test_the_text_of_a_pdf_is_read_by_page(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for text in ("The first page has a kettle.", "The second page has 24 kettles."):
        pdf.add_page()
        pdf.cell(text=text)
    file = tmp_path / "report.pdf"
    pdf.output(str(file))
    fingerprint = make(page_texts(file))
    assert fingerprint.pages_with("first page has a kettle") == [1]
    assert fingerprint.has_number("24", 2)


def test_a_pdf_that_numbers_no_page_is_counted_from_1(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for text in ("One kettle.", "Two kettles."):
        pdf.add_page(label_style="r")
        pdf.cell(text=text)
    file = tmp_path / "report.pdf"
    pdf.output(str(file))
    assert page_texts(file) == {1: "One kettle.", 2: "Two kettles."}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"no pdf", "expected a PDF"),
        ("a.json", b"{}", "no page has text"),
        ("a.json", b'[{"page": 1}]', "or a JSON list of"),
        ("a.json", b'[{"page": -1, "text": "a"}]', "expected a number from 1"),
        ("a.json", b'[{"page": 1, "text": null}]', "and a text"),
        ("a.json", b'[{"page": 1, "text": "a"}, {"page": 1, "text": "b"}]', "stands twice"),
        ("a.json", json.dumps([{"page": 1, "text": "  "}]).encode(), "no page has text"),
    ],
)
def test_a_source_that_is_no_report_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ClickException, match=message):
        page_texts(file)
