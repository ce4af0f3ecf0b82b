"""The Markdown bodies of records: what may be in them, and the HTML that they become.

Bodies are rendered here, not by the site, so that what is checked is what is shown, whatever
extensions the site has. They are Python-Markdown with pymdown-extensions, without HTML: a character
that could open an element is shown as it is. `docs/contribute.md` lists what there is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from pymdownx.delimiterprocessor import Delimiter

from explainer.text.links import is_link

DEPTH = 20
"""How deep the elements of a body may nest."""
BRACKETS = 200
"""How many `[` a body may hold: the time that thousands of them take grows with their square."""
BOXES = (
    *("abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote"),
    *("success", "tip", "warning"),
)
"""The kinds of boxes, for which the theme has a look."""
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "footnotes": {},
    "sane_lists": {},
    "tables": {"use_align_attribute": True},  # a page's policy allows no styles
    "pymdownx.betterem": {"punctuation": False},  # by CommonMark's rules `**強調。**の` is not bold
    "pymdownx.caret": {},
    "pymdownx.critic": {},
    "pymdownx.details": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.mark": {},
    "pymdownx.superfences": {},
    "pymdownx.tilde": {},
}
TERM = re.compile(r"^\*\[([^\]\n]+)\]: *(.+)$", re.MULTILINE)
"""A line of a page that says what a term means, as Markdown's extension `abbr` reads it."""
_INLINE = frozenset(
    (
        *("a", "abbr", "br", "code", "del", "em", "img", "ins", "mark", "span", "strong", "sub"),
        "sup",
    )
)
_FOOTNOTES = ("footnote-ref", "footnote-backref")
_LINK = re.compile(r'(?<=<a href=")[^"]*')
_REFUSED = re.compile(r"--8<--|(?m:^[ >]*(?:```|~~~).*\{)")
_EDIT = re.compile(r"\{(?:\+\+|--|==|~~|>>)")
_LEFT = re.compile(
    r"(?m:^(?:\[[ xX]\] |!!!|\?\?\?|///|\|))|\*\*|__|```|~~~|\[TOC\]|\[\^[^\]\n]*\]|!\[|\]\[|\]\("
    r"|\{:|\{\+\+|\+\+\}|\{--|--\}|\{==|==\}|\{~~|~~\}|\{>>|<<\}"
)
"""What is left in a text where something else was meant."""


@dataclass(frozen=True)
class Body:
    """A body as HTML, with what is in it.

    `links` are the addresses of its links, `images` those of its images, `titles` the texts of its
    headings of the first two ranks, `passages` the texts of its blocks, a row of a table being one.
    `broken` are what would not be shown as it was meant: words to find the line by, and a message.
    """

    html: str = ""
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()


class _Leftovers(Treeprocessor):
    """Collects what is left of marks in the text, while those that are escaped still are."""

    found: list[str]

    def run(self, root: Element) -> None:
        self.found = [
            match[0]
            for element in root.iter()
            for text in (
                element.tag != "code" and element.text,
                element.tail and f" {element.tail}",
            )
            for match in _LEFT.finditer(text or "")
        ]


@cache
def _markdown() -> tuple[Markdown, _Leftovers]:
    md = Markdown(extensions=list(_EXTENSIONS), extension_configs=_EXTENSIONS)
    md.preprocessors.deregister("html_block")
    for name in ("html", "entity", "autolink", "automail"):
        md.inlinePatterns.deregister(name)
    delimiters: Any = md.inlinePatterns["delimiter"]
    delimiters.add(Delimiter("=", "mark", double=True, punct=False))  # as for betterem
    leftovers = _Leftovers()
    md.treeprocessors.register(leftovers, "leftovers", 1)  # `unescape`, the last, has 0
    return md, leftovers


@lru_cache(maxsize=100_000)
def parse(body: str) -> Body:
    """The HTML of a body, and what is in it."""
    if not body.strip():
        return Body()
    if (brackets := body.count("[")) > BRACKETS:
        message = f"holds {brackets} opening brackets: expected at most {BRACKETS}"
        return Body(broken=(("[", message),))
    md, leftovers = _markdown()
    try:
        made = _characters(md.reset().convert(body))
        # What replaces other words follows them without a space.
        root = fromstring(f"<div>{made.replace('</del><ins', '</del> <ins')}</div>")
    except ParseError:
        mark = _EDIT.search(body)
        message = "a mark like {++…++} crosses another or a paragraph: close it where it began"
        return Body(broken=((mark[0] if mark else "", message),))
    except RecursionError:
        _markdown.cache_clear()  # it stopped midway
        return Body(broken=(_too_deep(body),))
    if _depth(root) > DEPTH:
        return Body(broken=(_too_deep(body),))
    return Body(
        made,
        tuple(
            link.get("href", "") for link in root.iter("a") if link.get("class") not in _FOOTNOTES
        ),
        tuple(image.get("src", "") for image in root.iter("img")),
        tuple(_text(title) for title in root.iter() if title.tag in ("h1", "h2")),
        tuple(filter(None, _passages(root))),
        tuple(_broken(body, root, leftovers.found)),
    )


def _characters(made: str) -> str:
    """HTML in which every reference is one to a character that XML knows too."""
    made = re.sub(r"&#?\w+;", lambda found: html.escape(html.unescape(found[0])), made)
    return re.sub(r'<[^>]*>|"', lambda found: found[0] if found[0] != '"' else "&quot;", made)


def _broken(body: str, root: Element, left: list[str]) -> Iterator[tuple[str, str]]:
    for found in _REFUSED.finditer(body):
        words = found[0].lstrip("> ")
        yield words, f"'{words}': snippets and attributes are not used in records: take it out"
    for words in left:
        yield words, f"'{words}' would be shown as it is: complete the mark, or write it as `code`"
    for box in root.iter():
        kind = box.get("class", "").removeprefix("admonition ")
        boxed = box.tag == "details" or kind != box.get("class", "")
        if boxed and kind and kind not in BOXES:
            yield kind, f"unknown kind of box '{kind}': one of {', '.join(BOXES)}"


def _too_deep(body: str) -> tuple[str, str]:
    deepest = max(body.split("\n"), key=lambda line: len(line) - len(line.lstrip("> \t-*+")))
    return deepest, f"nests deeper than {DEPTH} elements: write it flatter"


def _depth(root: Element) -> int:
    depth, level = 0, list(root)
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _passages(element: Element) -> Iterator[str]:
    if element.tag == "tr":
        yield " · ".join(map(_text, element))
        return
    said = element.text or ""
    for child in element:
        if child.tag in _INLINE:
            said += _said(child)
        else:
            yield " ".join(said.split())
            yield from _passages(child)
            said = ""
        said += child.tail or ""
    yield " ".join(said.split())


def _said(element: Element) -> str:
    if element.tag == "br":
        return " "
    if element.get("class") in _FOOTNOTES:
        return ""
    return (element.text or "") + "".join(_said(child) + (child.tail or "") for child in element)


def _text(element: Element) -> str:
    """What a reader reads of a block."""
    return " ".join(_said(element).split())


def links(body: str) -> tuple[str, ...]:
    """Where the links of a body lead."""
    return parse(body).links


def passages(body: str) -> tuple[str, ...]:
    """What a reader reads in a body, block by block."""
    return parse(body).passages


def problems(body: str) -> Iterator[tuple[str, str]]:
    """What must not be in a body: a stretch of text to find its line by, and a message."""
    parsed = parse(body)
    for source in parsed.images:
        yield source, "images are not used in records: take it out"
    for title in parsed.titles:
        yield title, "headings begin with '###' here: the page has its own above them"
    for target in parsed.links:
        if not is_link(target):
            yield target, f"'{target}' is no link for a page: expected https:// or a path"
    yield from parsed.broken


def render(
    body: str, resolve: Callable[[str], str], terms: Mapping[str, str] | None = None
) -> Markup:
    """The HTML of a body that has no problems.

    `resolve` gives each link's address on the page, `terms` what a word means that readers may not
    know: the first one on the page is explained, but not in a heading, a link or code.
    """

    def resolved(url: re.Match[str]) -> str:
        return html.escape(resolve(html.unescape(url[0])))

    linked = _explained(_LINK.sub(resolved, parse(body).html), dict(terms or {}))
    # On a generated page, a line that begins with # is a heading; other builders look for fences.
    return Markup(
        re.sub(r"(?<=\n)#|```|~~~", lambda found: f"&#{ord(found[0][0])};" + found[0][1:], linked)
    )


def _explained(made: str, terms: dict[str, str]) -> str:
    def explained(found: re.Match[str]) -> str:
        meaning = terms.pop(found[3], None)
        return f'<abbr title="{html.escape(meaning)}">{found[3]}</abbr>' if meaning else found[0]

    if not terms:
        return made
    words = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    apart = r"<(abbr|a|code|h\d)\b.*?</\2>|<[^>]*>"
    return re.sub(rf"({apart})|\b({words})\b", explained, made, flags=re.DOTALL)
