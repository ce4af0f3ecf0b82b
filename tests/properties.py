"""What holds for any input, however broken: for the tests, and for the fuzzers in fuzz/.

Each property takes bytes, and fails with AssertionError, or with what a user would see as a
traceback.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import markdown
from click import ClickException

from allowlist import CONTENT, strangers
from conftest import KETTLES, NEWS, Tree
from explainer.addresses import Kind
from explainer.builders.contents import Settings, contents
from explainer.builders.csp import with_policy
from explainer.builders.headings import Converter
from explainer.commands import new
from explainer.commands.receive import receive
from explainer.commands.sources import page_texts
from explainer.model import (
    ID_PATTERN,
    Lines,
    Problem,
    Seed,
    parse_lines,
    slug,
)
from explainer.model.fingerprint import load, make
from explainer.model.schema import template
from explainer.model.site import Loaded
from explainer.outputs import search
from explainer.pages.claim_review import claim_review
from explainer.pages.render import Known
from explainer.read.yaml import read_yaml
from explainer.text import markdown as prose
from explainer.text.escape import escape, language_name
from explainer.text.visible import visible_lines
from explainer.text.words import LAST_PAGE, numbers, words

_KNOWN: Known = {}
EXTENSIONS = ("footnotes", "tables", "toc")
CONVERTER = Converter(EXTENSIONS, {"toc": {"permalink": True}})


def text_of(data: bytes) -> str:
    return data.decode("utf-8", errors="surrogateescape")


# Whole trees


@cache
def _tree() -> Tree:
    root = Path(tempfile.mkdtemp(prefix="kettles-"))
    shutil.copytree(KETTLES, root, dirs_exist_ok=True)
    return Tree(root)


def file(path: str, data: bytes) -> None:
    """Any bytes in the place of a file give a site, and problems that say where."""
    tree = _tree()
    before = (tree.root / path).read_bytes() if (tree.root / path).exists() else None
    try:
        (tree.root / path).write_bytes(data)
        if path.endswith(".txt"):
            tree.record_hash(path.removesuffix("txt") + "yml")
        whole_site(tree.load(), tree.root)
    finally:
        if before is None:
            (tree.root / path).unlink()
        else:
            (tree.root / path).write_bytes(before)
            if path.endswith(".txt"):
                tree.record_hash(path.removesuffix("txt") + "yml")


def whole_site(loaded: Loaded, root: Path) -> None:
    """Problems are sound; pages hold no stranger; all data can be read."""
    for problem in loaded.problems:
        _sound(problem, root)
    problems: list[Problem] = []
    url = "https://kettles.example/"
    settings = Settings("Kettles & more", url, markdown.markdown, pictures=False)
    for item in contents(loaded, settings, problems, _KNOWN):
        name, text = item.uri, item.content.decode(errors="replace")
        if item.is_page:
            assert item.kind is Kind.HAND_WRITTEN or _strangers_of(str(item.text)) == []
        if item.kind is Kind.ASSET:
            continue
        if name.endswith(".json"):
            json.loads(text)
        elif name.endswith(".xml"):
            ElementTree.fromstring(text.encode())
        elif name.endswith(".csv"):
            _table(text)
    assert problems == []
    for claim in loaded.site.claims.values():
        review = claim_review(loaded.site, claim, "Kettles", "https://kettles.example/")
        assert not set(review) & set("<>&")
        json.loads(review)
    _entries(search.script(loaded.site, {}))


@lru_cache(maxsize=1000)  # of the pages that an input does not change
def _strangers_of(markdown: str) -> list[str]:
    content = CONVERTER.convert(markdown)
    assert content is None or content.headings
    return strangers(content.html, CONTENT) if content else []


def _sound(problem: Problem, root: Path) -> None:
    """The path is one below the root, the line one of the file."""
    path = root / problem.path
    assert ".." not in path.parts, problem
    assert path.is_relative_to(root), problem
    assert problem.line >= 1
    if path.is_file():
        assert problem.line <= path.read_bytes().count(b"\n") + 1, problem
    line = str(problem)
    assert line.encode().count(b"\n") == 0
    assert all(sign.isprintable() or sign.isspace() or ord(sign) > 127 for sign in line), problem


def _table(text: str) -> None:
    header, *rows = csv.reader(io.StringIO(text))
    for row in rows:
        assert len(row) == len(header)
        assert not any(cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t")) for cell in row)


def _entries(script: str) -> None:
    arguments = script.removeprefix("searchEntries(").removesuffix(");\n")
    assert isinstance(json.loads(f"[{arguments}]"), list)
    script.encode()


# Single readers


def yaml(data: bytes) -> None:
    """Fields, each with a line of the text, or problems."""
    text = data.decode("utf-8", errors="replace")
    if re.search("[\r\x85\u2028\u2029]", text):
        return  # YAML ends lines there too; no file that holds them comes so far
    problems: list[Problem] = []
    read = read_yaml("a.yml", text, 0, problems)
    last = text.count("\n") + 1
    assert (read is None) == bool(problems)
    assert all(1 <= problem.line <= last for problem in problems)
    if read:
        fields, lines = read
        assert set(fields) <= {str(loc[0]) for loc in lines if loc}
        assert all(1 <= line <= last for line in lines.values())


def seen(data: bytes) -> None:
    """Every line of HTML has what a reader sees of it, and no more than stands there."""
    text = text_of(data)
    lines = visible_lines(text)
    assert len(lines) == text.count("\n") + 1
    plain = re.sub("[<>&\0]", "", text)
    if plain == text:
        assert lines == tuple(text.split("\n"))


def quoted(data: bytes) -> None:
    """A quote is found where it stands, and only there."""
    quote, _, text = text_of(data).partition("\n")
    seed = Seed.model_validate(SEED)
    seed._lines = tuple(text.encode(errors="replace").decode().removesuffix("\n").split("\n"))
    spans = seed.find(quote)
    assert bool(spans) == bool(quote and quote in seed.text)
    for span in spans:
        assert seed.text[span.start : span.end] == quote
        first, last = span.lines
        assert quote in "\n".join(seed.lines[first - 1 : last])
        assert [span] == [one for one in seed.find(quote, first) if one.start == span.start]


SEED = {
    **dict.fromkeys(["title", "publisher", "provenance"], "a"),
    **{"slug": "a", "lang": "en", "kind": "article", "sha256": "0" * 64, "markup": "html"},
}


def body(data: bytes) -> None:
    """A body that has no problems is plain HTML with harmless addresses."""
    text = data.decode("utf-8", errors="replace").replace("\r", "")
    if list(prose.problems(text)):
        return
    html = prose.render(text, lambda target: target)
    allowed = {name: CONTENT[name] for name in PROSE}
    assert strangers(html, allowed) == []


HEADING = {"h1": CONTENT["h1"], "a": CONTENT["a"]}
PROSE = (
    *("a", "p", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "br"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    *("abbr", "ins", "del", "mark", "sup", "sub", "span", "div", "details", "summary"),
)


def escaped(data: bytes) -> None:
    """A text is shown as it is, in HTML and in a heading, and ends no attribute."""
    text = text_of(data)
    shown = " ".join(_without_controls(text).split())
    html = f'<p title="{escape(text)}">{escape(text)}</p>'
    (paragraph,) = html5lib.parseFragment(html)
    assert set(paragraph.attrib) == {"title"}
    assert len(paragraph) == 0
    found = " ".join((paragraph.text or "").split())
    assert found == shown
    assert " ".join(paragraph.attrib["title"].split()) == found
    if found:
        content = CONVERTER.convert(f"# {escape(text)}")
        assert content is not None
        assert strangers(content.html, HEADING) == []


def _without_controls(text: str) -> str:
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def fingerprint_file(data: bytes) -> None:
    """A fingerprint of pages that can exist, or ValueError."""
    try:
        found = load(text_of(data))
    except ValueError:
        return
    assert all(1 <= page <= LAST_PAGE for page in found.pages)
    assert load(found.to_json()) == found


def fingerprinted(data: bytes) -> None:
    """A page has its own words and numbers."""
    text = data.decode("utf-8", errors="replace")
    found = make({1: text})
    own = words(text)
    if len(own) >= 4:
        assert found.pages_with(" ".join(own[:4])) in ([1], [])
    for number in numbers(text):
        assert found.has_number(number, 1)
    assert load(found.to_json()) == found


def page_list(data: bytes) -> None:
    _source(data, ".json")


def pdf(data: bytes) -> None:
    _source(data, ".pdf")


def _source(data: bytes, suffix: str) -> None:
    """Pages that can exist, with their text, or ClickException."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as source:
        source.write(data)
        source.flush()
        try:
            pages = page_texts(Path(source.name))
        except ClickException as error:
            error.message.encode()
            return
    assert all(1 <= page <= LAST_PAGE for page in pages)
    make(pages)


def received(data: bytes) -> None:
    """An article that was taken gives a seed whose text and record can be read back."""
    try:
        found = receive(data)
    except ValueError as error:
        str(error).encode()
        return
    lang = found.lang or "en"
    about = {"title": "A title", "lang": lang, "kind": "article", "publisher": "A paper"}
    files = new.seed_files("a", found, "From a test.", **about)
    problems: list[Problem] = []
    read = read_yaml("seeds/a.yml", files["seeds/a.yml"], 0, problems)
    assert problems == []
    assert read
    assert read[0].get("headline") == (found.headline or None)
    last = found.text.count("\n") + 1
    assert all(1 <= line <= last for line in found.headings)
    assert all(lines.last <= last for lines, _ in found.noise)
    files["seeds/a.txt"].encode()


def begun(data: bytes) -> None:
    """A text given to a new record is the one that is read back."""
    text = " ".join(data.decode("utf-8", errors="replace").split())
    if not text or re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", text):
        return
    record = template("topic", {"title": text, "question": text})
    problems: list[Problem] = []
    read = read_yaml("a.md", re.split("^---\n", record, flags=re.MULTILINE)[1], 1, problems)
    assert problems == []
    assert read
    assert (read[0]["title"], read[0]["question"]) == (text, text)


def lines(data: bytes) -> None:
    """A range of lines that exists, or ValueError."""
    try:
        found = parse_lines(text_of(data))
    except ValueError:
        return
    assert 1 <= found.first <= found.last
    assert parse_lines(str(found)) == Lines(*found)


def named(data: bytes) -> None:
    """A name for a record is one, or empty."""
    name = slug(text_of(data))
    assert not name or re.fullmatch(ID_PATTERN, name)
    language_name(text_of(data))


def policy(data: bytes) -> None:
    """A page's policy allows no script of its content."""
    content = f"<h1>A page</h1>{text_of(data)}"
    page = f"<html><head></head><body><script>own()</script>{content}</body></html>"
    allowed = re.findall("'sha256-[^']*'", with_policy(page, content))
    assert len(allowed) == 1


FILES = {
    "claim": "docs/claims/handles-stay-below-45-degrees.md",
    "topic": "docs/topics/whistling.md",
    "report": "docs/reports/kettle-test.md",
    "seed": NEWS,
    "article": "seeds/kettle-news.txt",
    "post": "seeds/kettle-post.txt",
    "summary": "seeds/kettle-news.en.md",
    "fingerprint": "docs/reports/kettle-test.fingerprint.json",
    "page": "docs/about.md",
}
"""Whose bytes are the input of the property of that name."""

PROPERTIES: Mapping[str, Callable[[bytes], None]] = {
    **{name: partial(file, path) for name, path in FILES.items()},
    "yaml": yaml,
    "html": seen,
    "find": quoted,
    "body": body,
    "escape": escaped,
    "fingerprint-file": fingerprint_file,
    "words": fingerprinted,
    "page-list": page_list,
    "pdf": pdf,
    "receive": received,
    "begin": begun,
    "lines": lines,
    "slug": named,
    "policy": policy,
}
