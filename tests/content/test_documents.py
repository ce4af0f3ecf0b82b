"""What this site's own pages say of its data, records and licences; and what else knows of it."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from benchmark import synthetic
from conftest import KETTLES, PROJECT, TODAY, pages
from explainer.check.load import load
from explainer.model.schema import RECORDS, all_fields, template
from explainer.outputs import data
from explainer.outputs.spreadsheets import ARTICLE_COLUMNS, CLAIM_COLUMNS, REPORT_COLUMNS
from explainer.pages.render import Renderer
from test_forge import read

LATER = datetime.date(2030, 1, 1)


@pytest.mark.parametrize("columns", [CLAIM_COLUMNS, ARTICLE_COLUMNS, REPORT_COLUMNS])
def test_every_column_is_on_the_page_of_data(columns: tuple[str, ...]) -> None:
    page = (PROJECT / "docs/about/data.md").read_text("utf-8")
    for column in columns:
        for part in column.split("."):
            assert f"`{part}`" in page, column


def test_the_format_has_its_version_and_its_changes_on_the_page() -> None:
    page = (PROJECT / "docs/about/data.md").read_text("utf-8")
    assert f"## Format, version {data.VERSION}\n" in page
    assert f"- **Version {data.VERSION}**" in page


def test_the_page_of_records_lists_fields_and_templates() -> None:
    page = (PROJECT / "docs/about/records.md").read_text("utf-8")
    renderer = Renderer(load(KETTLES, TODAY), "K", "https://k.example/")
    filled = renderer.fill(page, "about/records.md").replace("<wbr>", "")
    for name in RECORDS:
        assert template(name) in filled
        assert f'href="../../data/schema/{name}.json"' in filled
        for place, _ in all_fields(name):
            assert f"<code>{place.replace('_', '&#95;')}</code>" in filled, place


def test_citation_and_licences_agree_with_what_the_pages_say() -> None:
    citation = read(PROJECT / "CITATION.cff")
    name = re.search(
        r"^site_name: (.+)$", (PROJECT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE
    )
    assert name
    assert citation["title"] == name[1]
    assert citation["authors"] == [{"name": name[1]}]
    assert (PROJECT / f"LICENSE-{citation['license']}").is_file()
    for page in ("README.md", "docs/about/data.md"):
        text = (PROJECT / page).read_text("utf-8")
        assert "MIT" in text, page
        assert "CC BY 4.0" in text, page


def test_the_generator_knows_nothing_of_its_subject() -> None:
    for file in (PROJECT / "hooks").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            text = file.read_text("utf-8").casefold()
            for word in ("claude", "anthropic", "opus", "blackmail", "amodei"):
                assert word not in text, f"{file}: {word}"


@pytest.mark.slow
def test_real_records_are_multiplied_without_a_problem(tmp_path: Path) -> None:
    real = load(PROJECT, LATER).site
    size = len(real.claims) + 50  # a whole copy and a part
    synthetic.write(PROJECT, tmp_path, size)
    many = load(tmp_path, LATER)
    assert many.problems == []
    assert len(many.site.claims) == size
    assert len(real.reports) < len(many.site.reports) < 2 * len(real.reports)
    assert {claim.claim for claim in real.claims.values()} < {
        claim.claim for claim in many.site.claims.values()
    }


def test_an_error_can_be_reported_from_every_page(real: Path) -> None:
    for address, page in pages(real).items():
        assert page.find("a", string="Report an error") is not None, address
