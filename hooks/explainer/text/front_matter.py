"""Front matter: the YAML between two lines `---` at the head of a Markdown file."""

from __future__ import annotations

import re
from typing import NamedTuple

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)\n*(.*)", re.DOTALL | re.MULTILINE)


class Split(NamedTuple):
    """A file in two: the YAML, which begins on line 2, and the rest, which begins on `line`."""

    yaml: str
    body: str
    line: int


def split(text: str) -> Split | None:
    """The front matter of a text and its body, without empty lines around; None without one."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return None
    return Split(found[1], found[2].rstrip("\n"), 1 + text.count("\n", 0, found.start(2)))
