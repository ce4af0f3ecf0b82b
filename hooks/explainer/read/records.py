"""From YAML to records: every value with its line, every mistake with what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from explainer.model import ID_CHARACTERS, ID_PATTERN, Loc, Origin, Problem, Record, slug
from explainer.text.suggest import nearest_name

R = TypeVar("R", bound=Record)

SHOWN = 40
"""How many characters of a value a message shows."""


def build_record(
    kind: type[R],
    path: str,
    read: tuple[dict[str, Any], dict[Loc, int]] | None,
    problems: list[Problem],
    body: str = "",
    body_line: int = 1,
) -> R | None:
    """A record of a kind from what `read_yaml` gave; None if it has problems, which are added.

    `body` is the Markdown below the fields, `body_line` the line of the file on which it begins.
    """
    name = PurePosixPath(path).stem
    named = re.fullmatch(ID_PATTERN, name)
    if not named:
        expected = (
            f"at most {ID_CHARACTERS} ASCII letters, digits, hyphens and underscores, "
            "for it becomes a URL"
        )
        hint = f"; such as '{slug(name)}'" if slug(name) else ""
        message = f"'{name}' cannot be a record's name: expected {expected}{hint}"
        problems.append(Problem(path, 1, message, "file-name"))
    if read is None:
        return None
    fields, lines = read
    try:
        record = kind.model_validate(fields)
    except ValidationError as error:
        problems.extend(_explain(kind, path, error, lines))
        return None
    record._origin = Origin(name, path, lines, body, body_line)
    return record if named else None


def _explain(
    kind: type[Record], path: str, error: ValidationError, lines: Mapping[Loc, int]
) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        loc: Loc = item["loc"]
        at = loc
        while at not in lines:
            at = at[:-1]
        yield Problem(path, lines[at], _message(kind, loc, dict(item)), "fields")


MESSAGES = {
    "tuple_type": "not a list",
    "model_type": "no fields of its own",
    "bool_parsing": "neither true nor false",
    "int_type": "no whole number",
    "int_parsing": "no whole number",
    "string_too_short": "empty",
    "too_short": "the list is too short",
    "string_pattern_mismatch": "not of that form",
}
"""What pydantic says of a type, in a contributor's words."""


def _message(kind: type[Record], loc: Loc, item: dict[str, Any]) -> str:
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
    owner, field = _field(kind, loc)
    if item["type"] == "extra_forbidden":
        near = nearest_name(str(loc[-1]), owner)
        hint = f"did you mean '{near}'?" if near else f"expected one of: {', '.join(owner)}"
        return f"unknown field '{name}': {hint}"
    if item["type"] == "missing":
        return f"missing field '{name}': expected {field}"
    found = item.get("input")
    if item["type"] == "enum":
        options = re.findall(r"'([^']*)'", str(item["ctx"]["expected"]))
        near = nearest_name(str(found), options)
        hint = f"; did you mean '{near}'?" if near else ""
        return f"'{name}' is {_shown(found)}: expected one of {', '.join(options)}{hint}"
    shown = _shown(found)
    if item["type"] == "string_type":
        return (
            f"'{name}' is {shown}, not a text: expected {field}; "
            "put quotation marks around a text that looks like a number, a list or a truth value"
        )
    if item["type"] == "value_error":
        return f"'{name}' is {shown}: expected {field} ({item['ctx']['error']})"
    if item["type"] == "too_long":
        return f"'{name}' has more than {item['ctx']['max_length']} entries: shorten the list"
    says = MESSAGES.get(item["type"], item["msg"][0].lower() + item["msg"][1:])
    return f"'{name}' is {shown}: expected {field} ({says})"


def _shown(value: object) -> str:
    """A value in a message, shortened."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of fields"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text if len(text) <= SHOWN else text[:SHOWN] + '…'}'"


def _field(kind: type[Record], loc: Loc) -> tuple[list[str], str]:
    """The names of the fields beside the one at `loc`, and that field's description."""
    names, description, model = list(kind.model_fields), "a record", kind
    for part in loc:
        if isinstance(part, int) or model is None:
            continue
        names = list(model.model_fields)
        if part not in model.model_fields:
            break
        info = model.model_fields[part]
        description = info.description or description
        model = _inner_model(info.annotation)
    return names, description


def _inner_model(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Evidence, ...]`, if there is one."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = (_inner_model(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model), None)
