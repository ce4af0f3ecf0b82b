"""A reader's own copy of a report: what stands where, and which edition it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fpdf import FPDF

from conftest import ALL, HANDLES, KETTLES, RATE, TOPIC, Tree
from explainer.__main__ import main
from explainer.commands.verify import Citation, Copy, verify
from explainer.model import Lines

PAGES = {
    entry["page"]: entry["text"]
    for entry in json.loads((KETTLES.parent / "kettles.pages.json").read_text("utf-8"))
}


def run(root: Path, pages: dict[int, str] | Path, report: str = "kettle-test") -> tuple[int, str]:
    source = pages if isinstance(pages, Path) else root.parent / "copy.json"
    if not isinstance(pages, Path):
        listed = [{"page": page, "text": text} for page, text in pages.items()]
        source.write_text(json.dumps(listed), "utf-8")
    result = CliRunner().invoke(main, ["verify", report, str(source), "--root", str(root)])
    return result.exit_code, result.output


def test_in_our_edition_all_stands_where_it_is_cited(tree: Tree) -> None:
    code, out = run(tree.root, PAGES)
    assert (code, out.splitlines()) == (
        0,
        [
            f"{ALL}:24: the phrase stands on page 2; 24 found on page 2",
            f"{HANDLES}:20: the phrase stands on page 4; 45 found on page 4",
            f"{RATE}:18: the phrase stands on page 3; 7 and 12,5 found on page 3",
            f"{TOPIC}:12: the phrase stands on page 2",
            "4 citations. Of 4 phrases, 4 stand where cited, 0 on another page, 0 nowhere. "
            "Citations with a number that is not on the page: 0.",
        ],
    )


@pytest.mark.parametrize(("shift", "said"), [(-1, "1 page earlier"), (3, "3 pages later")])
def test_another_edition_is_recognised_and_is_no_failure(tree: Tree, shift: int, said: str) -> None:
    pages = {page + shift: text for page, text in PAGES.items() if page + shift > 0}
    code, out = run(tree.root, pages)
    assert code == 0
    assert (
        f"{RATE}:18: the phrase stands on page {3 + shift}, {said} than cited; "
        f"7 and 12,5 found on page {3 + shift}\n"
    ) in out
    assert f"4 of 4 phrases stand {said} than cited: your copy is another edition" in out


def test_a_phrase_that_stands_nowhere_fails(tree: Tree) -> None:
    pages = {**PAGES, 3: PAGES[3].replace("Nummer 7", "Nummer 8")}
    code, out = run(tree.root, pages)
    assert code == 1
    assert (
        f"{RATE}:18: the phrase stands nowhere in this copy: 'der Kessel Nummer 7 in 12,5 %'\n"
        in out
    )
    assert "3 stand where cited, 0 on another page, 1 nowhere" in out


def test_a_number_that_is_not_there_is_named_and_does_not_fail(tree: Tree) -> None:
    code, out = run(tree.root, {**PAGES, 2: PAGES[2].replace("24", "25")})
    assert code == 0
    assert f"{ALL}:24: the phrase stands on page 2; 24 not found on page 2\n" in out
    assert "Citations with a number that is not on the page: 1." in out


def test_a_pdf_can_be_the_copy(tree: Tree, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for text in ("A new preface.", *PAGES.values()):
        pdf.add_page()
        pdf.multi_cell(w=150, text=text)
    file = tmp_path / "copy.pdf"
    pdf.output(str(file))
    code, out = run(tree.root, file)
    assert code == 0
    assert f"{HANDLES}:20: the phrase stands on page 5, 1 page later than cited; " in out
    assert "4 of 4 phrases stand 1 page later than cited" in out


def test_a_withheld_claim_is_verified_too(tree: Tree) -> None:
    tree.edit(RATE, "    page: 3", "    page: 4")
    code, out = run(tree.root, PAGES)
    assert code == 0
    assert f"{RATE}:18: the phrase stands on page 3, 1 page earlier than cited; " in out


def test_an_unknown_report_and_a_broken_copy_are_named(tree: Tree) -> None:
    assert "did you mean 'kettle-test'?" in run(tree.root, PAGES, "kettle-tst")[1]
    broken = tree.root.parent / "copy.pdf"
    broken.write_bytes(b"no pdf")
    code, out = run(tree.root, broken)
    assert code == 1
    assert "expected a PDF" in out


@pytest.mark.parametrize(
    ("phrase", "pages"),
    [
        ("one two three four", [Lines(1, 1)]),
        ("seven eight nine ten", [Lines(1, 2)]),
        ("by-product of the kettle", [Lines(2, 2)]),
        ("byproduct of the kettle", [Lines(2, 2)]),
        ("four three two one", []),
        ("the kettle one two", []),
    ],
)
def test_a_phrase_is_found_word_by_word_across_lines_and_pages(
    phrase: str, pages: list[Lines]
) -> None:
    copy = Copy(
        {
            1: "One two,\nthree four. Seven eight\n26",
            2: "27\nnine ten: a by-\nproduct of the kettle",
        }
    )
    assert copy.find(phrase) == pages


def test_a_phrase_on_several_pages_is_taken_where_it_fits() -> None:
    pages = {1: "a b c d e f g h", 4: "a b c d; 3", 7: "a b c d i j k l m n o p"}
    cited = [
        Citation("x:1", 6, "a b c d", ""),
        Citation("x:2", 0 + 6, "i j k l", ""),
        Citation("x:3", 6, "m n o p", "3"),
        Citation("x:4", None, "e f g h", ""),
        Citation("x:5", 3, None, "Of 9."),
        Citation("x:6", None, None, "All."),
        Citation("x:7", None, "a b c d", "3, not 9."),
    ]
    findings, shift = verify(cited, pages)
    assert shift == 1
    assert [str(finding) for finding in findings] == [
        "x:1: the phrase stands on page 7, 1 page later than cited",
        "x:2: the phrase stands on page 7, 1 page later than cited",
        "x:3: the phrase stands on page 7, 1 page later than cited; 3 not found on page 7",
        "x:4: the phrase stands on page 1",
        "x:5: 9 not found on page 4",
        "x:6: there is no phrase and no number to look for",
        "x:7: the phrase stands on page 1; 3 found in this copy; 9 not found in this copy",
    ]
