"""Schema, template, reader and documentation say the same of every record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

from conftest import KETTLES, NEWS, PROJECT, RATE, REPORT, TODAY, TOPIC, Tree, files
from explainer.addresses import SCHEMAS
from explainer.check.load import load
from explainer.model.schema import RECORDS, all_fields, json_schema, template

FOLDERS = {
    "claim": "docs/claims/*.md",
    "topic": "docs/topics/*.md",
    "report": "docs/reports/*.md",
    "ruling": "docs/rulings/*.md",
    "seed": "seeds/*.yml",
}


class _EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: a date is a text."""


_EditorLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def fields(text: str) -> Any:
    """The fields of a record's file."""
    matter = text.split("---\n", 2)[1] if text.startswith("---\n") else text
    return yaml.load(matter, Loader=_EditorLoader)


def complaints(name: str, value: object) -> list[str]:
    """What an editor says of a record."""
    validator = Draft202012Validator(json_schema(name), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(value)]


def model_fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The places of all fields of a model, in its own words."""
    for name, info in model.model_fields.items():
        yield prefix + name
        for inner in _models(info.annotation):
            yield from model_fields(inner, f"{prefix}{name}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_has_its_place_and_meaning(name: str) -> None:
    found = all_fields(name)
    assert [place for place, _ in found] == list(model_fields(RECORDS[name]))
    assert all(field.meaning for _, field in found)


@pytest.mark.parametrize("name", RECORDS)
def test_a_schema_is_valid_and_takes_every_record_there_is(name: str) -> None:
    Draft202012Validator.check_schema(json_schema(name))
    records = [*KETTLES.glob(FOLDERS[name]), *PROJECT.glob(FOLDERS[name])]
    assert records
    for record in records:
        assert complaints(name, fields(record.read_text("utf-8"))) == [], record


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, "topic: whistling\n", ""),
        (RATE, "topic: whistling", "topic:"),
        (RATE, "topic: whistling", "topic: 3"),
        (RATE, "topic: whistling", "topic: whistling\nserched: []"),
        (RATE, "verdict: overstated", "verdict: overstatet"),
        (RATE, "changes: [scope, condition]", "changes: scope"),
        (RATE, "changes: [scope, condition]", "changes: [scope, scope]"),
        (RATE, "changes: [scope, condition]", "changes: [scope, size]"),
        (RATE, "    page: 3", "    page: three"),
        (RATE, "    page: 3", "    page: 0"),
        (RATE, "published: 2019-06-01", "published: 1 June"),
        (RATE, "published: 2019-06-01", "published: 2019-02-30"),
        (RATE, "published: 2019-06-01", "published: 2019"),
        (RATE, "reason: 12.5% is", "reason: ''\nfair: 12.5% is"),
        (RATE, "labels: {first: overstated, second", "labels: {frist: overstated, second"),
        (RATE, "labels: {first: overstated, second: missing-context}", "labels: overstated"),
        (REPORT, "published: 2019-04", "published: April 2019"),
        (REPORT, "published: 2019-04", "published: 19"),
        (REPORT, "https://kettles.example/2019.pdf", "javascript:alert(1)"),
        (REPORT, "lang: de", "lang: German (old)"),
        (REPORT, "    pages: 4", "    pages: four"),
        (TOPIC, "    steps:\n", "    stepps:\n"),
        (NEWS, "lines: 3", "lines: third"),
        (NEWS, "lines: 3", "lines: 0"),
        (NEWS, "slug: kettle-cries-too-early", "slug: 주전자"),
        (NEWS, "sha256: 9ae6d5", "sha256: 9AE6D5"),
        (NEWS, "headings: [1]", "headings: [0]"),
        (NEWS, "kind: article", "kind: poem"),
    ],
)
def test_what_the_reader_refuses_an_editor_refuses_too(
    tree: Tree, path: str, old: str, new: str
) -> None:
    tree.edit(path, old, new)
    (name,) = [name for name, pattern in FOLDERS.items() if Path(path).match(pattern)]
    assert complaints(name, fields(tree.text(path)))
    assert any(problem.startswith(f"{path}:") for problem in tree.problems())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, "section: 2.1", "section: '2.1'"),
        (RATE, "published: 2019-06-01", "published: '2019-06-01'"),
        (RATE, "verdict: overstated", "verdict: overstated\nsearched:\ncorrections: []"),
        (REPORT, "published: 2019-04", "published: 2019"),
        (REPORT, "published: 2019-04", "published:"),
        (NEWS, "lines: 3", "lines: 3-3"),
        (NEWS, "lines: 3", "lines: '2 – 4'"),
        (NEWS, "headings: [1]", "headings: [1]\nmarkup:\nwhole_text: false"),
    ],
)
def test_what_the_reader_takes_an_editor_takes_too(
    tree: Tree, path: str, old: str, new: str
) -> None:
    tree.edit(path, old, new)
    (name,) = [name for name, pattern in FOLDERS.items() if Path(path).match(pattern)]
    assert complaints(name, fields(tree.text(path))) == []
    assert tree.problems() == []


@pytest.mark.parametrize("name", RECORDS)
def test_a_template_holds_every_field_with_its_meaning(name: str) -> None:
    text = template(name)
    for place, field in all_fields(name):
        assert f"{place.rpartition('.')[2]}:" in text, place
        words = " ".join(text.replace("#", " ").split())
        assert " ".join(field.expected.split()) in words, place


@pytest.mark.parametrize("name", ["claim", "topic", "report"])
def test_a_template_is_refused_for_nothing_but_what_is_to_be_filled_in(
    tree: Tree, name: str
) -> None:
    path = f"docs/{name}s/begun.md"
    tree.write(path, template(name))
    found = [problem for problem in tree.problems() if problem.startswith(f"{path}:")]
    assert found
    for problem in found:
        assert "TODO" in problem or "no claim names this topic yet" in problem, problem


def test_a_seed_s_template_is_refused_for_what_is_to_be_filled_in(tree: Tree) -> None:
    tree.write("seeds/begun.yml", template("seed"))
    tree.write("seeds/begun.txt", "A text.\n")
    lines = template("seed").splitlines()
    found = [p for p in tree.problems() if p.startswith("seeds/begun.yml:")]
    assert {lines[int(problem.split(":")[1]) - 1] for problem in found} >= {
        "lang: TODO",
        "kind: TODO",
        "sha256: TODO",
    }


def test_a_seed_names_its_schema_where_an_editor_finds_it() -> None:
    first = template("seed").splitlines()[0]
    place = first.removeprefix("# yaml-language-server: $schema=../site/")
    assert place in files(load(KETTLES, TODAY))


def test_schemas_are_published() -> None:
    published = {
        path: json.loads(text)
        for path, text in files(load(KETTLES, TODAY)).items()
        if path in SCHEMAS.values()
    }
    assert published == {f"data/schema/{name}.json": json_schema(name) for name in RECORDS}
