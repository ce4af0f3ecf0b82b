"""From YAML to records: every value with its line, every mistake with what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from explainer.limits import DEPTH, TEXT_CHARACTERS
from explainer.model import ID_CHARACTERS, ID_PATTERN, Loc, Origin, Problem, Record, slug
from explainer.near import nearest_name

R = TypeVar("R", bound=Record)

SHOWN = 40
"""How many characters of a value a message shows."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, five times as fast, where PyYAML was built with it."""
_RESOLVER = yaml.resolver.Resolver()


def read_yaml(
    path: str, text: str, offset: int, problems: list[Problem]
) -> tuple[dict[str, Any], dict[Loc, int]] | None:
    """The fields of a YAML mapping and the line of each value; None if it cannot be read.

    `offset` is how many lines of the file stand above `text`: lines are those of the file, from 1.
    Values are built while libyaml reads, so that nesting ends at `DEPTH`, before a stack does.
    """
    reader = _Reader(path, offset, problems)
    last = offset + 1 + text.count("\n")
    before = len(problems)
    try:
        value = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min((mark.line if mark else 0) + 1 + offset, last)
        mend = "a text that begins with a sign, or holds ': ' or ' #', needs quotation marks"
        message = f"broken YAML: {error.problem or error.context}; {mend}"
        problems.append(Problem(path, line, message))
    except yaml.YAMLError as error:
        problems.append(Problem(path, 1 + offset, f"broken YAML: {' '.join(str(error).split())}"))
    except _RefusedError as error:
        problems.append(Problem(path, error.line, str(error)))
    return (value, reader.lines) if len(problems) == before else None


class _RefusedError(ValueError):
    """What no record holds, and where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _Reader:
    """Builds the values of one YAML document from libyaml's events."""

    def __init__(self, path: str, offset: int, problems: list[Problem]) -> None:
        self.lines: dict[Loc, int] = {}
        self._path, self._offset, self._problems = path, offset, problems

    def document(self, events: Iterator[yaml.Event]) -> dict[str, Any]:
        """The fields of the only document."""
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                if not isinstance(event, yaml.MappingStartEvent):
                    raise _RefusedError(
                        "expected fields of the form 'name: value'", 1 + self._offset
                    )
                fields: dict[str, Any] = self._value((), event, events)
                for event in events:
                    if isinstance(event, yaml.NodeEvent):
                        message = "the fields end here: expected no second list of them below"
                        raise _RefusedError(message, self._line(event))
                return fields
        raise _RefusedError("expected fields of the form 'name: value'", 1 + self._offset)

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1 + self._offset

    def _value(self, loc: Loc, event: yaml.Event, events: Iterator[yaml.Event]) -> Any:
        line = self._line(event)
        self.lines.setdefault(loc, line)
        if getattr(event, "anchor", None):
            raise _RefusedError(
                "anchors and aliases are not used here: write the value out; "
                "a text that begins with & or * needs quotation marks",
                line,
            )
        if getattr(event, "tag", None):
            message = "tags are not used here: a text that begins with ! needs quotation marks"
            raise _RefusedError(message, line)
        if len(loc) > DEPTH:
            raise _RefusedError("the fields are nested too deep", line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._fields(loc, events)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(loc, events)
        assert isinstance(event, yaml.ScalarEvent)
        if len(event.value) > TEXT_CHARACTERS:
            message = f"the text has {len(event.value)} characters; expected at most"
            raise _RefusedError(f"{message} {TEXT_CHARACTERS}: shorten it", line)
        return _scalar(event)

    def _items(self, loc: Loc, events: Iterator[yaml.Event]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value((*loc, len(items)), event, events))
        return items

    def _fields(self, loc: Loc, events: Iterator[yaml.Event]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        names: set[str] = set()
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            line = self._line(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise _RefusedError("a field's name is a text: expected 'name: value'", line)
            name = str(key.value)
            if name in names:
                message = f"the field '{name}' stands twice: keep one"
                self._problems.append(Problem(self._path, line, message))
            names.add(name)
            self.lines.setdefault((*loc, name), line)
            value = self._value((*loc, name), next(events), events)
            if value is not None:
                fields[name] = value
        return fields


def _scalar(event: yaml.ScalarEvent) -> Any:
    """A text, a whole number, a truth value or None, as YAML 1.1 has it; all else is a text."""
    text = str(event.value)
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, event.implicit)  # type: ignore[no-untyped-call]
    match str(tag).removeprefix("tag:yaml.org,2002:"):
        case "null":
            return None
        case "bool":
            return text.lower() in ("true", "yes", "on")
        case "int" if re.fullmatch(r"[-+]?\d{1,18}", text):
            return int(text)
    return text.strip("\n")


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
            "for it becomes an address"
        )
        hint = f"; such as '{slug(name)}'" if slug(name) else ""
        problems.append(
            Problem(path, 1, f"'{name}' cannot be a record's name: expected {expected}{hint}")
        )
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
        yield Problem(path, lines[at], _message(kind, loc, dict(item)))


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
