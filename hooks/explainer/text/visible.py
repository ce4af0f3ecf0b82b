"""What a reader sees of a text with HTML in it."""

from __future__ import annotations

import html
from html.parser import HTMLParser

_AMPERSAND = "\0"
"""Stands for & while the parser reads, so that a reference to a line break starts no new line."""


class _Reader(HTMLParser):
    """Collects what a reader sees of HTML, by source line.

    Of broken HTML that is what a browser shows: a tag or comment that is not closed runs to the end
    of the text. So the parser is never closed, which would show it, and take very long.
    """

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
        self.seen: list[list[str]] = [[] for _ in range(lines)]
        self._hidden = 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            first = self.getpos()[0] - 1
            for line, text in enumerate(data.split("\n"), first):
                if text:
                    self.seen[line].append(html.unescape(text.replace(_AMPERSAND, "&")))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in self.UNSEEN
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.UNSEEN and self._hidden > 0
        self._break(tag)

    def _break(self, tag: str) -> None:
        seen = self.seen[self.getpos()[0] - 1]
        begun = seen and not seen[-1].endswith("\n")
        if not self._hidden and (tag == "br" or (tag in self.BLOCKS and begun)):
            seen.append("\n")


def visible_lines(text: str) -> tuple[str, ...]:
    """What a reader sees of each line of a text with HTML in it, as many lines as it has.

    Where HTML breaks the line, that is a LF within it.
    """
    reader = _Reader(text.count("\n") + 1)
    # A browser ends a marked section at the next `>`, as it does `<?`; the parser would not.
    reader.feed(text.replace(_AMPERSAND, "\ufffd").replace("&", _AMPERSAND).replace("<![", "<? "))
    if reader.rawdata == "<":  # begins nothing
        reader.handle_data("<")
    return tuple("".join(parts) for parts in reader.seen)
