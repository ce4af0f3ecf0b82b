"""The Markdown bodies of records: what may stand in them, and the HTML that they become.

Bodies are rendered here, not by the site, so that what is checked is what is shown, whatever
extensions the site has. Markdown's own ways to let HTML through are taken out: a sign that could
open an element is shown as a sign.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import SplitResult, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

SCHEMES = ("", "http", "https", "mailto")
BLOCKS = ("p", "li", "tr", "pre", "h3", "h4", "h5", "h6")
"""What the search takes for one passage."""

_LINK = re.compile(r'(?<=<a href=")[^"]*')


@dataclass(frozen=True)
class Body:
    """A body as HTML, with what stands in it.

    `links` are the addresses of its links, `images` those of its images, `titles` the texts of its
    headings of the first two ranks, `passages` the texts of its blocks.
    """

    html: str
    links: tuple[str, ...]
    images: tuple[str, ...]
    titles: tuple[str, ...]
    passages: tuple[str, ...]


class _Keep(Treeprocessor):
    """Keeps the finished tree."""

    root: Element

    def run(self, root: Element) -> None:
        self.root = root


@cache
def _markdown() -> tuple[Markdown, _Keep]:
    md = Markdown(
        extensions=["tables", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}},
    )
    md.preprocessors.deregister("html_block")
    for name in ("html", "entity", "autolink", "automail"):
        md.inlinePatterns.deregister(name)
    keep = _Keep(md)
    md.treeprocessors.register(keep, "keep", -100)
    return md, keep


@lru_cache(maxsize=100_000)
def parse(body: str) -> Body:
    """The HTML of a body, and what stands in it."""
    md, keep = _markdown()
    keep.root = Element("div")  # of an empty body, Markdown makes no tree
    written = md.reset().convert(body)
    found = list(keep.root.iter())
    return Body(
        written,
        tuple(html.unescape(a.get("href", "")) for a in found if a.tag == "a"),
        tuple(html.unescape(img.get("src", "")) for img in found if img.tag == "img"),
        tuple(_text(element) for element in found if element.tag in ("h1", "h2")),
        tuple(_text(element) for element in found if element.tag in BLOCKS),
    )


def _text(element: Element) -> str:
    return " ".join(html.unescape("".join(element.itertext())).split())


def split(address: str) -> SplitResult | None:
    """The parts of an address; None if it is none."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


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
