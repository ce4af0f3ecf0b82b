"""The Markdown bodies of records: what may stand in them, and the HTML that they become.

Bodies are rendered here, not by the site, so that what is checked is what is shown, whatever
extensions the site has. They are CommonMark with GitHub's tables, without HTML: a sign that could
open an element is shown as a sign. The parser is made for text of strangers: it nests no deeper
than 20, and its time grows with the text, not with the square of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from explainer.text.links import SCHEMES, split

_LINK = re.compile(r'(?<=<a href=")[^"]*')


@dataclass(frozen=True)
class Body:
    """A body as HTML, with what stands in it.

    `links` are the addresses of its links, `images` those of its images, `titles` the texts of its
    headings of the first two ranks, `passages` the texts of its blocks, a row of a table being one.
    """

    html: str
    links: tuple[str, ...]
    images: tuple[str, ...]
    titles: tuple[str, ...]
    passages: tuple[str, ...]


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table").disable("autolink")
    # Every address is kept as it is written: `problems` names those that cannot stay.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return md


@lru_cache(maxsize=100_000)
def parse(body: str) -> Body:
    """The HTML of a body, and what stands in it."""
    md = _markdown()
    tokens = md.parse(body)
    for token in tokens:
        if align := str(token.attrs.pop("style", "")).removeprefix("text-align:"):
            token.attrs["align"] = align  # a page's policy allows no styles
    inner = [child for token in tokens for child in token.children or ()]
    return Body(
        md.renderer.render(tokens, md.options, {}).strip(),
        tuple(str(child.attrs["href"]) for child in inner if child.type == "link_open"),
        tuple(str(child.attrs["src"]) for child in inner if child.type == "image"),
        tuple(
            _text(content)
            for heading, content in pairwise(tokens)
            if heading.type == "heading_open" and heading.tag in ("h1", "h2")
        ),
        tuple(filter(None, _passages(tokens))),
    )


def _passages(tokens: Sequence[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " · ".join(row)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_text(token))
        elif token.type in ("inline", "fence", "code_block"):
            yield _text(token)


def _text(token: Token) -> str:
    """What a reader reads of a block."""
    if token.children is None:
        return " ".join(token.content.split())
    parts = (" " if child.type.endswith("break") else child.content for child in token.children)
    return " ".join("".join(parts).split())


def links(body: str) -> tuple[str, ...]:
    """Where the links of a body lead."""
    return parse(body).links


def passages(body: str) -> tuple[str, ...]:
    """What a reader reads in a body, block by block."""
    return parse(body).passages


def problems(body: str) -> Iterator[tuple[str, str]]:
    """What must not stand in a body: a stretch of text to find its line by, and a message."""
    parsed = parse(body)
    for source in parsed.images:
        yield source, "images are not used in records: take it out"
    for title in parsed.titles:
        yield title, "headings begin with '###' here: the page has its own above them"
    for target in parsed.links:
        parts = split(target)
        if parts is None or parts.scheme.lower() not in SCHEMES:
            yield target, f"'{target}' is no link for a page: expected https:// or a path"


def render(body: str, resolve: Callable[[str], str]) -> Markup:
    """The HTML of a body that has no problems; `resolve` gives each link's address on the page."""

    def resolved(address: re.Match[str]) -> str:
        return html.escape(resolve(html.unescape(address[0])))

    # On a generated page, a line that begins with this sign is a heading.
    return Markup(_LINK.sub(resolved, parse(body).html).replace("\n#", "\n&#35;"))
