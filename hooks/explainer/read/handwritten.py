"""Hand-written pages: their front matter, and what their Markdown must not hold."""

from __future__ import annotations

import re

from explainer.model import Problem
from explainer.model.site import HandWritten
from explainer.read.yaml import read_yaml
from explainer.text import front_matter
from explainer.text.suggest import nearest_name

TEXTS = ("title", "description", "author")
LISTS = ("hide",)
_ACTIVE = re.compile(
    r"<(?:applet|base|embed|form|frame|frameset|iframe|link|meta|object|portal|script)\b"
    r"|(?<![\w-])on[a-z]{3,}\s*=|javascript:",
    re.IGNORECASE,
)


def read_page(path: str, text: str, problems: list[Problem]) -> HandWritten:
    """A hand-written page. What would do something in a reader's browser is a problem."""
    split = front_matter.split(text)
    page = HandWritten({}, text, 1)
    if split:
        read = read_yaml(path, split.yaml, 1, problems) if split.yaml.strip() else None
        fields, lines = read or ({}, {})
        page = HandWritten(fields, split.body, split.line)
        for name, value in fields.items():
            if message := _mistake(name, value):
                line = lines[(name,)]
                problems.append(Problem(path, line, f"'{name}' {message}", "front-matter"))
    for found in _ACTIVE.finditer(page.body):
        line = page.line + page.body.count("\n", 0, found.start())
        message = f"'{found[0]}' does something in a reader's browser: take it out, even as code"
        problems.append(Problem(path, line, message, "active-content"))
    return page


def _mistake(name: str, value: object) -> str | None:
    if name in LISTS:
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if is_list else "in the front matter: expected a list of texts"
    if name in TEXTS:
        return None if isinstance(value, str) else "in the front matter: expected a text"
    near = nearest_name(name, TEXTS + LISTS)
    expected = f"did you mean '{near}'?" if near else f"one of {', '.join(TEXTS + LISTS)}"
    return f"is nothing that the front matter of a page can set: {expected}"
