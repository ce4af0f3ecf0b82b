"""What may stand in a built page: elements, attributes and addresses. All else has escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

Allowed = Mapping[str, frozenset[str]]

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"

EVERYWHERE = {"class", "id", "lang", "dir", "title", "role", "hidden"}
NONE: frozenset[str] = frozenset()
NAMED = re.compile(r"(aria|data)-[a-z-]+")
CONTENT: Allowed = {
    **dict.fromkeys(["p", "em", "strong", "ul", "li", "blockquote", "q", "code", "pre"], NONE),
    **dict.fromkeys(["hr", "br", "wbr", "kbd", "div", "span", "section", "h1", "h2"], NONE),
    **dict.fromkeys(["h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody"], NONE),
    **dict.fromkeys(["tr", "figure", "figcaption", "dl", "dt", "dd", "summary", "nav"], NONE),
    **dict.fromkeys(["fieldset", "legend", "sup", "small", "noscript"], NONE),
    **dict.fromkeys(["ins", "del", "mark", "sub", "abbr"], NONE),
    "a": frozenset({"href", "rel"}),
    "button": frozenset({"type"}),
    "details": frozenset({"open"}),
    "form": NONE,
    "input": frozenset({"type", "name", "value", "checked", "autocomplete"}),
    "label": frozenset({"for"}),
    "ol": frozenset({"start"}),
    "option": frozenset({"value"}),
    "select": frozenset({"name", "autocomplete"}),
    "td": frozenset({"align"}),
    "th": frozenset({"scope", "align"}),
}
"""The elements of the content of a page, with the attributes of each."""
DRAWN: Allowed = {
    "svg": frozenset({"viewBox", "preserveAspectRatio", "{http://www.w3.org/2000/xmlns/}xmlns"}),
    "rect": frozenset({"x", "y", "width", "height", "rx"}),
    "text": frozenset({"x", "y", "text-anchor"}),
    "title": NONE,
    "path": frozenset({"d"}),
    "g": NONE,
}
FRAME: Allowed = {
    **CONTENT,
    **dict.fromkeys(["html", "head", "body", "header", "main", "article", "aside"], NONE),
    **dict.fromkeys(["footer", "title", "dialog"], NONE),
    "base": frozenset({"href"}),
    "input": frozenset({*CONTENT["input"], "autocapitalize", "spellcheck", "enterkeyhint"}),
    "label": frozenset({"for", "tabindex"}),
    "link": frozenset({"rel", "href", "type", "media", "blocking"}),
    "meta": frozenset({"charset", "name", "content", "property", "http-equiv"}),
    "script": frozenset({"src", "defer", "async", "type"}),
    "div": frozenset({"tabindex"}),
    "nav": frozenset({"tabindex"}),
    "img": frozenset({"src", "alt"}),
}
"""The elements of the theme around it."""
SCHEMES = {"", "http", "https", "mailto"}
ADDRESSES = {"href", "src"}


def strangers(html: str, allowed: Allowed) -> list[str]:
    """What a piece of HTML holds outside of the allowlist, as a browser reads it."""
    return list(_strangers(html5lib.parseFragment(html), allowed))


def strangers_of_page(page: Element) -> list[str]:
    """What a whole page holds outside of the allowlist: its content, and the frame around it."""
    contents = [
        element
        for element in page.iter(f"{HTML}article")
        if "md-content__inner" in element.get("class", "")
    ]
    found = list(_strangers(page, FRAME))
    for content in contents:
        for child in content:
            found += _strangers(child, CONTENT)
    return found


def _strangers(root: Element, allowed: Allowed) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment shows nothing
            continue
        drawn = element.tag.startswith(SVG)
        name = element.tag.removeprefix(SVG if drawn else HTML)
        known = DRAWN if drawn else allowed
        if name == "DOCUMENT_FRAGMENT":
            continue
        if name not in known:
            yield f"<{name}>"
            continue
        for attribute, value in element.attrib.items():
            if attribute in ADDRESSES:
                yield from _address(str(value))
            if attribute not in EVERYWHERE | known[name] and not NAMED.fullmatch(attribute):
                yield f"<{name} {attribute}={value!r}>"


def _address(address: str) -> Iterator[str]:
    # A browser takes control characters out before it looks for the scheme.
    try:
        scheme = urlsplit(re.sub(r"[\x00-\x20]+", "", address)).scheme.lower()
    except ValueError:
        return  # no browser follows it
    if scheme not in SCHEMES:
        yield address
