"""The Markdown bodies of records: what may stand in them, and the HTML that they become.

Bodies are rendered here, not by the site, so that what is checked is what is shown, whatever
extensions the site has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import SplitResult, urlsplit

import markdown
from bs4 import BeautifulSoup
from markupsafe import Markup

ALLOWED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(["p", "em", "strong", "ul", "li", "blockquote", "code", "pre", "hr", "br"], ()),
    **dict.fromkeys(["h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr"], ()),
    "a": ("href", "title"),
    "ol": ("start",),
    "th": ("align",),
    "td": ("align",),
}
"""Each element that a body may hold, with its attributes."""

SCHEMES = ("", "http", "https", "mailto")


def split(address: str) -> SplitResult | None:
    """The parts of an address; None if it is none."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


@cache
def _html(body: str) -> str:
    extensions = ["tables", "sane_lists"]
    configs = {"tables": {"use_align_attribute": True}}
    return markdown.markdown(body, extensions=extensions, extension_configs=configs)


def links(body: str) -> list[str]:
    """Where the links of a body lead."""
    return [str(a.get("href", "")) for a in BeautifulSoup(_html(body), "html.parser").find_all("a")]


def problems(body: str) -> Iterator[tuple[str, str]]:
    """What must not stand in a body: a stretch of text to find its line by, and a message."""
    for tag in BeautifulSoup(_html(body), "html.parser").find_all(True):
        if tag.name == "img":
            yield str(tag.get("src", "")), "images are not used in records: take it out"
        elif tag.name in ("h1", "h2"):
            text = tag.get_text()
            yield text, "headings begin with '###' here: the page has its own above them"
        elif tag.name not in ALLOWED or not set(tag.attrs) <= {*ALLOWED[tag.name]}:
            yield tag.name, f"HTML in the text ('{tag.name}'): write plain Markdown"
    for target in links(body):
        parts = split(target)
        if parts is None or parts.scheme.lower() not in SCHEMES:
            yield target, f"'{target}' is no link for a page: expected https:// or a path"


def render(body: str, resolve: Callable[[str], str]) -> Markup:
    """The HTML of a body that has no problems; `resolve` gives each link's address on the page."""
    soup = BeautifulSoup(_html(body), "html.parser")
    for link in soup.find_all("a"):
        link["href"] = resolve(str(link.get("href", "")))
    return Markup(str(soup))
