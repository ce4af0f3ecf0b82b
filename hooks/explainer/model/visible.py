"""What a reader sees of a text with HTML in it."""

from __future__ import annotations

import html
from html.parser import HTMLParser


class _Reader(HTMLParser):
    """Collects what a reader sees of HTML, by source line."""

    BLOCKS = frozenset(
        (
            *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"),
            *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
            *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
            *("table", "td", "th", "tr", "ul"),
        )
    )
    UNSEEN = frozenset(("script", "style", "template", "title"))

    def __init__(self, lines: int) -> None:
        super().__init__(convert_charrefs=False)
        self.seen = [""] * lines
        self._hidden = 0

    def handle_data(self, data: str) -> None:
        first = self.getpos()[0] - 1
        for line, text in enumerate(data.split("\n"), first):
            if not self._hidden:
                self.seen[line] += text

    def handle_entityref(self, name: str) -> None:
        self._add(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._add(html.unescape(f"&#{name};"))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in self.UNSEEN
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.UNSEEN and self._hidden > 0
        if tag != "br":
            self._break(tag)

    def _add(self, text: str) -> None:
        if not self._hidden:
            self.seen[self.getpos()[0] - 1] += text

    def _break(self, tag: str) -> None:
        line = self.getpos()[0] - 1
        if tag == "br" or (
            tag in self.BLOCKS and self.seen[line] and not self.seen[line].endswith("\n")
        ):
            self._add("\n")


def visible_lines(text: str) -> tuple[str, ...]:
    """What a reader sees of each line of a text with HTML in it."""
    reader = _Reader(text.count("\n") + 1)
    reader.feed(text)
    reader.close()
    return tuple(reader.seen)
