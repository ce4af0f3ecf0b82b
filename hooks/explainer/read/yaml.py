"""From YAML to values, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from explainer.model import Loc, Problem
from explainer.read.limits import DEPTH, TEXT_CHARACTERS

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, five times as fast, where PyYAML was built with it."""

_RESOLVER = yaml.resolver.Resolver()


def read_yaml(
    path: str, text: str, offset: int, problems: list[Problem]
) -> tuple[dict[str, Any], dict[Loc, int]] | None:
    """The fields of a YAML mapping and the line of each value; None if it cannot be read.

    `offset` is how many lines of the file are above `text`: lines are those of the file, from 1.
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
        fix = "put quotation marks around a text that holds ': ' or ' #', or begins with a mark"
        message = f"broken YAML: {error.problem or error.context}; {fix}"
        problems.append(Problem(path, line, message, "yaml"))
    except yaml.YAMLError as error:
        message = f"broken YAML: {' '.join(str(error).split())}"
        problems.append(Problem(path, 1 + offset, message, "yaml"))
    except _RefusedError as error:
        problems.append(Problem(path, error.line, str(error), "yaml"))
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
                message = f"the field '{name}' is written twice: keep one"
                self._problems.append(Problem(self._path, line, message, "fields"))
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
