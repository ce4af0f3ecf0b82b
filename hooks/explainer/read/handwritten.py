"""Front matter of hand-written pages, and settings: the theme puts them into pages as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.model import Problem
from explainer.read.yaml import read_yaml

# As MkDocs reads it.
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_TEXTS = ("description", "template", "title")
_LISTS = ("hide", "tags")


def front_matter_problems(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with the front matter of a hand-written page.

    It holds texts, numbers, truth values, and lists of texts. MkDocs would read anything, also what
    fills the memory, and the theme would put it into the page unescaped.
    """
    found = FRONT_MATTER.match(text)
    if not found or not found[1].strip():
        return
    problems: list[Problem] = []
    read = read_yaml(path, found[1], 1, problems)
    yield from problems
    fields, lines = read or ({}, {})
    for name, value in fields.items():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        is_text = isinstance(value, str)
        if name in _TEXTS and not is_text:
            expected = "a text"
        elif name in _LISTS and not is_list:
            expected = "a list of texts"
        elif isinstance(value, (dict, list)) and not is_list:
            expected = "a text, a number, true or false, or a list of texts"
        else:
            continue
        yield Problem(path, lines[(name,)], f"'{name}' in the front matter: expected {expected}")
