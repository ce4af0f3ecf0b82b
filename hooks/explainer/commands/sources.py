"""The text of a report by page, from the files that a reader may have of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from pypdf import PdfReader

from explainer.read.limits import SOURCE
from explainer.text.words import LAST_PAGE, words

MANY_PAGES = 20
"""From here on, reading a PDF takes long enough to show how far it is."""


def page_texts(source: Path) -> dict[int, str]:
    """The text of a report by page, from a PDF or from a JSON list of `{page, text}`.

    The pages of a PDF have the numbers that it gives them itself, and those that it numbers
    otherwise (iii, A-1) are left out; if it gives a number twice, or none, they are counted from 1.
    ClickException if the file is neither, is too large, or has no text; OSError if it cannot be
    read.
    """
    if message := SOURCE.excess(source.stat().st_size):
        raise click.ClickException(f"{source}: {message}")
    try:
        is_pdf = source.suffix.lower() == ".pdf"
        pages = _pdf_pages(source) if is_pdf else _listed_pages(source)
    except OSError:
        raise
    except Exception as error:  # a broken PDF makes its reader raise almost anything
        expected = "expected a PDF without a password, or a JSON list of {page, text}"
        raise click.ClickException(f"{source}: {expected}: {error}") from error
    if not any(words(text) for text in pages.values()):
        raise click.ClickException(
            f"{source}: no page has text; a scanned PDF needs text recognition first"
        )
    # Half a character, as both kinds of file can hold it, is in no text.
    return {page: text.encode(errors="replace").decode() for page, text in pages.items()}


def _pdf_pages(source: Path) -> dict[int, str]:
    pdf = PdfReader(source)
    if len(pdf.pages) > LAST_PAGE:
        raise ValueError(f"it has {len(pdf.pages)} pages, more than {LAST_PAGE}")
    hidden = len(pdf.pages) < MANY_PAGES or not sys.stderr.isatty()
    with click.progressbar(pdf.pages, label="Reading", file=sys.stderr, hidden=hidden) as bar:
        texts = [page.extract_text() for page in bar]
    numbers = [int(label) if label.isdecimal() else None for label in pdf.page_labels]
    labelled = {
        number: text for number, text in zip(numbers, texts, strict=True) if number is not None
    }
    possible = all(1 <= number <= LAST_PAGE for number in labelled)
    if labelled and possible and len(labelled) + numbers.count(None) == len(texts):
        return labelled
    return dict(enumerate(texts, 1))


def _listed_pages(source: Path) -> dict[int, str]:
    listed = json.loads(source.read_text("utf-8"))
    pages: dict[int, str] = {}
    for entry in listed:
        page, text = entry["page"], entry["text"]
        if type(page) is not int or not 1 <= page <= LAST_PAGE or not isinstance(text, str):
            raise ValueError(f"page {page!r}: expected a number from 1 and a text")
        if page in pages:
            raise ValueError(f"page {page} stands twice")
        pages[page] = text
    return pages
