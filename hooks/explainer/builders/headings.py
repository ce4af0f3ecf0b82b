"""From the Markdown of a generated page to HTML, without parsing what is HTML already.

A generated page holds two things: headings, each a line that begins with `#`, and HTML. Only the
headings are Markdown, so only they are converted, by the site's own Markdown with its extensions;
the HTML is taken as it is. That halves the time of a whole build. A test holds the result against
what Markdown makes of the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class Content:
    """The HTML of a page, and what a theme needs to know of it.

    `headings` are nested as by Markdown's extension `toc`, `ids` those of all elements.
    """

    html: str
    headings: list[Any]
    ids: set[str]


class Converter:
    """Converts pages as a Markdown with these extensions would; one of them is `toc`."""

    def __init__(self, extensions: Sequence[Any], configs: Mapping[str, Mapping[str, Any]]) -> None:
        self._markdown = Markdown(extensions=list(extensions), extension_configs=dict(configs))
        self._heading = lru_cache(maxsize=10_000)(self._convert_heading)

    def convert(self, text: str) -> Content | None:
        """The content of a page; None without a heading, or if Markdown must number two alike."""
        parts: list[str] = []
        tokens: list[Any] = []
        end = 0
        for match in _HEADING.finditer(text):
            heading, token = self._heading(match[0])
            tokens.append(dict(token))
            parts += [text[end : match.start()], heading]
            end = match.end()
        parts.append(text[end:])
        if not tokens or len({token["id"] for token in tokens}) < len(tokens):
            return None
        html = "".join(parts).strip()
        return Content(html, nest_toc_tokens(tokens), set(_ID.findall(html)))

    def whole(self, text: str) -> str:
        """The HTML of a page that is all Markdown."""
        return self._markdown.reset().convert(text)

    def _convert_heading(self, line: str) -> tuple[str, Any]:
        html = self._markdown.reset().convert(line)
        (token,) = self._markdown.toc_tokens  # type: ignore[attr-defined]
        return html, token
