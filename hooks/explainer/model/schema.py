"""What describes the records: JSON Schema, fields, commented templates.

All of it is made from the definitions in `model`, so none of it can say anything else than the
reader does.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from explainer.model import Claim, Record, Report, Ruling, Seed, Topic

RECORDS: Mapping[str, type[Record]] = {
    "claim": Claim,
    "topic": Topic,
    "report": Report,
    "ruling": Ruling,
    "seed": Seed,
}
TODO = "TODO"
"""What is in a template where a value is needed. `check` refuses it."""

BODIES = {
    "claim": f"{TODO}: the reasoning, in Markdown. What the report found; what was kept, what was "
    "dropped or added, and why it matters.\n",
    "topic": f"{TODO}: the background, in Markdown.\n",
    "report": "",
    "ruling": f"{TODO}: why, and where the border lies, in Markdown.\n",
}
"""What is below the front matter of a template."""

STARTS: Mapping[str, Mapping[str, Any]] = {"claim": {"evidence": [{}]}}
"""What a template has by itself: a claim may do without evidence, but few do."""

_WIDTH = 92
_UNFOLDED = 1_000_000


@cache
def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the fields of a record, named as in `RECORDS`.

    Draft 2020-12. A field that may be left out may also be empty.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **RECORDS[name].model_json_schema(),
    }
    for owner in (schema, *schema.get("$defs", {}).values()):
        for field, spec in owner.get("properties", {}).items():
            if field not in owner.get("required", ()) and "anyOf" not in spec:
                kept = {key: spec.pop(key) for key in ("description", "default") if key in spec}
                owner["properties"][field] = {"anyOf": [spec, {"type": "null"}], **kept}
    return schema


# Fields


@dataclass(frozen=True)
class Field:
    """A field of a record. `options` are the values it can have, if they are few.

    `fields` are those of the value, or of each of the values if there are `many`.
    """

    name: str
    meaning: str
    required: bool
    many: bool
    options: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def expected(self) -> str:
        """The meaning, with the options where it does not name them."""
        if all(option in self.meaning for option in self.options):
            return self.meaning
        return f"{self.meaning}: {', '.join(self.options)}"


def fields(name: str) -> tuple[Field, ...]:
    """The fields of a record, named as in `RECORDS`, in order."""
    schema = json_schema(name)
    return _fields(schema, schema.get("$defs", {}))


def all_fields(name: str) -> list[tuple[str, Field]]:
    """Every field of a record by its path, such as `evidence.page`."""

    def walk(fields: Sequence[Field], prefix: str) -> Iterator[tuple[str, Field]]:
        for field in fields:
            yield prefix + field.name, field
            yield from walk(field.fields, f"{prefix}{field.name}.")

    return list(walk(fields(name), ""))


def _fields(owner: Mapping[str, Any], types: Mapping[str, Any]) -> tuple[Field, ...]:
    required = owner.get("required", ())
    return tuple(
        _field(name, spec, name in required, types) for name, spec in owner["properties"].items()
    )


def _field(name: str, spec: Mapping[str, Any], required: bool, types: Mapping[str, Any]) -> Field:
    value = next((kind for kind in spec.get("anyOf", ()) if kind != {"type": "null"}), spec)
    many = value.get("type") == "array"
    each = value["items"] if many else value
    if "$ref" in each:
        each = types[each["$ref"].rpartition("/")[2]]
    inner = _fields(each, types) if "properties" in each else ()
    return Field(name, spec["description"], required, many, tuple(each.get("enum", ())), inner)


# Templates


def template(name: str, values: Mapping[str, Any] | None = None) -> str:
    """The file of a record, with a comment above each field.

    `values` are plain values, as YAML would give them. Where one is missing, it is TODO if the
    record needs it, and nothing if it does not.
    """
    explained = [
        "# A line that begins with # explains the field below it; take it out when you like.",
        *_record(fields(name), {**STARTS.get(name, {}), **(values or {})}, explain=True),
    ]
    if name == "seed":
        # The schema is there after `make build`. In front matter, editors do not look for it.
        schema = "# yaml-language-server: $schema=../site/data/schema/seed.json"
        return "\n".join([schema, *explained]) + "\n"
    return "\n".join(["---", *explained, "---", BODIES[name]])


def _record(fields: Sequence[Field], values: Mapping[str, Any], explain: bool) -> Iterator[str]:
    for field in fields:
        if explain:
            yield from _comment(field.expected if field.required else f"optional: {field.expected}")
        value = values.get(field.name)
        if field.fields and (value or field.required):
            yield f"{field.name}:"
            if field.many:
                for index, item in enumerate(value or [{}]):
                    yield from _item(_record(field.fields, item, explain and not index))
            else:
                yield from _indent(_record(field.fields, value or {}, explain))
        elif field.fields:
            yield f"{field.name}:"
            example = _example(field.fields)
            shown = _item(example) if field.many else _indent(example)
            yield from (f"  # {line[2:]}" for line in shown)
        else:
            yield from _scalar(field, value)


def _scalar(field: Field, value: object) -> Iterator[str]:
    if value is None:
        yield f"{field.name}: {TODO}" if field.required else f"{field.name}:"
        return
    dumped: str = yaml.safe_dump(
        value,
        allow_unicode=True,
        width=_UNFOLDED,
        default_flow_style=True,
        default_style='"' if "\n" in str(value) else None,
    )
    yield f"{field.name}: {dumped.removesuffix('...' + chr(10)).strip()}"


def _example(fields: Sequence[Field]) -> Iterator[str]:
    """Fields as they would be written, with their meaning instead of a value."""
    for field in fields:
        if field.fields:
            yield f"{field.name}:  # {field.expected}"
            yield from _item(_example(field.fields))
        else:
            yield f"{field.name}: {field.expected}"


def _item(lines: Iterator[str]) -> Iterator[str]:
    """Lines as an item of a list: the dash is before the first that is no comment."""
    dashed = False
    for line in lines:
        if dashed or line.startswith("#"):
            yield f"  {'  ' if dashed else ''}{line}"
        else:
            dashed = True
            yield f"  - {line}"


def _indent(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))
