"""Hand-written pages: their front matter, and their Markdown."""

from __future__ import annotations

from explainer.model import Problem
from explainer.model.site import HandWritten
from explainer.read.yaml import read_yaml
from explainer.text import front_matter

_TEXTS = ("description", "title")
_LISTS = ("hide", "tags")


def read_page(path: str, text: str, problems: list[Problem]) -> HandWritten:
    """A hand-written page. Its front matter holds texts, numbers, truth values, lists of texts."""
    split = front_matter.split(text)
    if not split:
        return HandWritten({}, text, 1)
    read = read_yaml(path, split.yaml, 1, problems) if split.yaml.strip() else None
    fields, lines = read or ({}, {})
    for name, value in fields.items():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if name in _TEXTS and not isinstance(value, str):
            expected = "a text"
        elif name in _LISTS and not is_list:
            expected = "a list of texts"
        elif isinstance(value, (dict, list)) and not is_list:
            expected = "a text, a number, true or false, or a list of texts"
        else:
            continue
        message = f"'{name}' in the front matter: expected {expected}"
        problems.append(Problem(path, lines[(name,)], message))
    return HandWritten(fields, split.body, split.line)
