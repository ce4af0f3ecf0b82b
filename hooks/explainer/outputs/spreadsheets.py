"""The data as CSV files: what the JSON files hold, one record in a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.model import Correction, Edition, Evidence, Labels
from explainer.model.values import Model

SEPARATOR = "|"
"""Between the values of a list in a cell of a CSV file."""


def _fields(name: str, model: type[Model]) -> Sequence[str]:
    return [f"{name}.{field}" for field in model.model_fields]


CLAIM_COLUMNS = (
    *("id", "url", "claim", "topic", "verdict", "reason", "changes", "fair", "ruling", "differs"),
    *("appearances.seed", "appearances.lang", "appearances.lines", "appearances.quote"),
    *("appearances.translation", "appearances.speaker", "appearances.note"),
    *_fields("evidence", Evidence),
    *("searched", *_fields("labels", Labels), "published", "checked"),
    *_fields("corrections", Correction),
)
ARTICLE_COLUMNS = (
    *("seed", "slug", "url", "lang", "title", "headline", "publisher", "published", "address"),
    *("prose_lines", "checked_lines", "not_checked_lines"),
    *("speakers.lines", "speakers.speaker", "speakers.grounds"),
)
REPORT_COLUMNS = (
    *("id", "url", "title", "publisher", "kind", "published", "address", "read", "interests"),
    *_fields("editions", Edition),
)


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table as RFC 4180 has it, but with lines ended by LF. ValueError for an unknown column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(cell) for name, cell in _flat(row).items()} for row in rows)
    return text.getvalue()


def _flat(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a record: `labels.first` for a value inside another, lists joined.

    A list of records gives a cell for each of their fields, joined in the same order.
    """
    cells: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            cells |= {f"{name}.{inner}": cell for inner, cell in _flat(value).items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for inner in value[0]:
                cells[f"{name}.{inner}"] = _joined([record[inner] for record in value])
        elif isinstance(value, list):
            cells[name] = _joined(value)
        else:
            cells[name] = _text(value)
    return {name: cell for name, cell in cells.items() if cell}


def _joined(values: Sequence[object]) -> str:
    """Values with the separator between them; inside a value, a backslash stands before it."""
    escaped = (_text(value).replace("\\", "\\\\") for value in values)
    return SEPARATOR.join(text.replace(SEPARATOR, "\\" + SEPARATOR) for text in escaped)


def _text(value: object) -> str:
    """A value in a cell. A list inside a list is the first and last line of a passage."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "-".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: quotes come from texts we do not trust.

    The characters are those that OWASP names under “CSV Injection”. Where a spreadsheet divides at
    semicolons, as Excel does in much of Europe, another cell begins after each.
    """
    return re.sub(r"^(?=[\t\r])|(?:^|(?<=[;\t\r\n]))(?=[=+\-@＝＋－＠])", "'", cell)
