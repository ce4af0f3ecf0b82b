"""The CSV files hold what the JSON files hold."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from conftest import ALL, NEWS, RATE, Tree
from explainer.model import Site
from explainer.outputs import data, spreadsheets

SITE = ("Kettles, checked", "https://kettles.example/site/")


def published(site: Site) -> dict[str, str]:
    return dict(data.files(site, SITE[1]))


def rows(files: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"], newline=""), strict=True))


def split(cell: str) -> list[str]:
    """The values in a cell of a list, as the page on data says."""
    if not cell:
        return []
    values = [""]
    for part in re.findall(r"\\.|[^\\]", cell, re.DOTALL):
        if part == "|":
            values.append("")
        else:
            values[-1] += part[-1]
    return values


def records(files: dict[str, str], name: str) -> list[dict[str, Any]]:
    document = json.loads(files[f"data/{name}.json"])
    found = document["claims"] if name == "claims" else document
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("claims", spreadsheets.CLAIM_COLUMNS),
        ("articles", spreadsheets.ARTICLE_COLUMNS),
        ("reports", spreadsheets.REPORT_COLUMNS),
    ],
)
def test_every_json_field_has_its_column(tree: Tree, name: str, columns: tuple[str, ...]) -> None:
    turn = "speakers:\n  - {lines: 5-7, speaker: both, grounds: Dashes.}\n"
    tree.write(NEWS, tree.text(NEWS) + turn)
    found = set()
    for record in records(published(tree.load().site), name):
        for field, value in record.items():
            inner = value[0] if isinstance(value, list) and value else value
            found |= {f"{field}.{key}" for key in inner} if isinstance(inner, dict) else {field}
    # A list of records is empty in some of them.
    found -= {column.partition(".")[0] for column in columns if "." in column}
    assert found == set(columns)


def test_csv_and_json_say_the_same(tree: Tree) -> None:
    tree.edit(RATE, "speaker: article", r"speaker: 'a|b \ c'")
    files = published(tree.load().site)
    for claim, row in zip(records(files, "claims"), rows(files, "claims"), strict=True):
        assert row["claim"] == claim["claim"]
        assert row["fair"] == (claim["fair"] or "")
        assert split(row["changes"]) == claim["changes"]
        assert row["labels.second"] == claim["labels"]["second"]
        for key in ("report", "phrase", "says", "read"):
            expected = [evidence[key] for evidence in claim["evidence"]]
            assert split(row[f"evidence.{key}"]) == expected
        appearances = claim["appearances"]
        for key in ("quote", "translation", "speaker"):
            assert split(row[f"appearances.{key}"]) == [entry[key] for entry in appearances]
        assert split(row["appearances.lines"]) == [
            f"{first}-{last}" for first, last in (entry["lines"] for entry in appearances)
        ]
    for article, row in zip(records(files, "articles"), rows(files, "articles"), strict=True):
        assert list(map(int, split(row["prose_lines"]))) == article["prose_lines"]
    (report,) = rows(files, "reports")
    assert split(report["editions.ours"]) == ["true", "false"]
    assert split(report["editions.address"]) == ["https://kettles.example/2019.pdf", ""]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_cell_is_a_formula(tree: Tree, sign: str) -> None:
    tree.edit(ALL, "fair: Three of 24", f"fair: '{sign}cmd() of 24")
    tree.edit(ALL, "before they boiled.", "before they boiled.'")
    files = published(tree.load().site)
    (fair,) = [row["fair"] for row in rows(files, "claims") if "cmd" in row["fair"]]
    assert fair.startswith(f"'{sign}cmd()")


@pytest.mark.parametrize("before", [";", "; ;"])
def test_nor_is_one_where_a_semicolon_begins_a_cell(tree: Tree, before: str) -> None:
    tree.edit(ALL, "fair: Three of 24", f'fair: "Three{before}=cmd() of 24"  #')
    found = rows(published(tree.load().site), "claims")
    (fair,) = [row["fair"] for row in found if "cmd" in row["fair"]]
    assert fair.endswith(f"{before}'=cmd() of 24")
