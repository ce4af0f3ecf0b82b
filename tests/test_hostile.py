"""A site whose texts all try to escape: its pages and data hold what we meant, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
import yaml

from allowlist import strangers_of_page
from conftest import ALL, COPPER, HANDLES, NEWS, RATE, Tree, build

RECORDS = ("docs/claims/*.md", "docs/topics/*.md", "docs/reports/*.md", "seeds/*.yml")
TEXTS = {
    *("reason", "fair", "translation", "speaker", "note", "says", "searched", "was"),
    *("now", "why", "question", "found", "answer", "changed", "publisher", "author"),
    *("interests", "name", "provenance", "what", "reason", "grounds", "interviewer", "interviewee"),
}
"""The fields that hold any text."""

# Texts that the check takes. 7777 * 7777 is 60481729: on no page, unless a template ran.
TITLE = "a &lt;script&gt;alert(1)&lt;/script&gt; {{ 7777*7777 }} *b* [c](x)"
MARKS = (
    "&lt;img src=x onerror=alert(1)&gt; &#60;b&#62; {{ 7777*7777 }} {% raw %} {# x #} *b* **c** "
    "_d_ `e` ~f~ ^g^ =h= [i](javascript:alert(1)) ![j](k) [TOC] [^1] {: onclick=alert(1) } \\ | "
    "# > - + 1. --> ]]> &amp; &nosuch; ' \" /* */ // ; e\u0301\u0327 \U0001f600 "
    "=cmd|' /C calc'!A0 <3 < script javascript:alert(1) data:text/html,x :::: ~~~ ``` %YAML @x"
)
BODY = (
    "Text {{ 7777*7777 }} &lt;script&gt;alert(1)&lt;/script&gt; < script <3 `{: onclick=x }`\n"
    "\\# no heading {#id onclick=x}\n\n```js onclick=x\nalert(1)\n```\n\n"
    "| a | b |\n|:--|--:|\n| {{ x }} | `<3` |\n\n> > > deep\n\n`[TOC]`[^1] abbr\n\n"
    '[^1]: {++"onclick=alert(1)++} {~~a~>b~~} {>>" onclick=x &lt;b&gt;<<} ==&lt;b==\n\n'
    '*[abbr]: x" onclick="alert(1)\n\n??? note "&lt;b onclick=x"\n    {{ 7777*7777 }}\n\n'
    '[link](https://a.example/?"onclick="x "t\\" onclick=alert(1)") [rel](../index.md)\n\n'
    "!!! note\n    ::: x\n\n[r]: https://b.example/ 'x'\n[r]\n"
)
# What the check refuses, and what stands in an article, which it cannot.
MARKUP = (
    "</p></article></html><script>alert(1)</script><img src=x onerror=alert(1)>"
    "<svg/onload=alert(1)><math><mtext><table><mglyph><style><!--</style>"
    "<img title='--><img src=x onerror=alert(1)>'>"
    "/// explainer | tallies ///<![CDATA[<b>x</b>]]><a href='javascript:alert(1)'>y</a>"
    "<iframe srcdoc='x'></iframe><base href=https://evil.example/><meta http-equiv=refresh "
    "content=0><textarea><title><noscript><plaintext>" + MARKS
)


def assail(tree: Tree, text: str, title: str, body: str) -> None:
    """Put hostile texts wherever a record of the kettles holds any text."""
    for pattern in RECORDS:
        for file in sorted(tree.root.glob(pattern)):
            path = file.relative_to(tree.root).as_posix()
            whole = tree.text(path)
            front = whole.split("---\n")[1] if path.endswith(".md") else whole
            fields = changed(yaml.load(front, yaml.BaseLoader), text, title)
            name = "claim" if "claims/" in path else "title"
            fields[name] = title
            dumped = yaml.safe_dump(fields, allow_unicode=True, width=10**6)
            tree.write(path, f"---\n{dumped}---\n{body}" if path.endswith(".md") else dumped)
    tree.write(
        "seeds/kettle-news.en.md", f"## {title}\n- {text.replace('[', '(')} [5]\n- {title} [7-9]\n"
    )


def changed(value: Any, text: str, title: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: changed(inner, text, title, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [changed(inner, text, title, name) for inner in value]
    if name in ("page", "pages"):
        return int(value)
    if name == "title":
        return title
    return text if name in TEXTS else value


def read_back(site: Path) -> list[str]:
    """What is wrong with the files of a built site."""
    readers: dict[str, Callable[[str], Iterable[str]]] = {
        ".html": page_errors,
        ".csv": table_errors,
        ".json": data_errors,
        ".xml": feed_errors,
    }
    entries = (site / "assets/search/entries.js").read_text("utf-8")
    json.loads(re.sub(r"\AsearchEntries\((.*)\);\n\Z", r"[\1]", entries))
    return [
        f"{file.relative_to(site)}: {error}"
        for file in sorted(site.rglob("*"))
        if file.suffix in readers
        for error in readers[file.suffix](file.read_text("utf-8"))
    ]


def page_errors(html: str) -> Iterator[str]:
    yield from strangers_of_page(html5lib.parse(html))
    if "60481729" in html:
        yield "a template ran"
    for script in html5lib.parse(html, namespaceHTMLElements=False).iter("script"):
        if script.get("type") == LD_JSON:
            json.loads(script.text or "")
        elif "alert(1)" in (script.text or ""):
            yield "a script"


def table_errors(text: str) -> Iterator[str]:
    header, *rows = csv.reader(io.StringIO(text))
    for row in rows:
        if len(row) != len(header):
            yield f"a row of {len(row)} cells"
        yield from (cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@")))


def data_errors(text: str) -> Iterator[str]:
    if not isinstance(json.loads(text), (dict, list)):
        yield "neither an object nor a list"


def feed_errors(text: str) -> Iterator[str]:
    for element in ElementTree.fromstring(text.encode()).iter():
        if not element.tag.startswith(("{http://www.w3.org/2005/Atom}", SITEMAP)):
            yield element.tag


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LD_JSON = "application/ld+json"


@pytest.fixture
def hostile_article(tree: Tree) -> Tree:
    """The kettles, with markup in what the articles say and how claims quote it."""
    quote = MARKUP + "\u202e\u2066"
    news = tree.text("seeds/kettle-news.txt")
    tree.write(
        "seeds/kettle-news.txt", news.replace("손잡이는 모든 주전자에서", quote) + f"{MARKUP}\n"
    )
    tree.record_hash(NEWS)
    fields = yaml.load(tree.text(NEWS), yaml.BaseLoader)
    fields |= {"whole_text": "true", "headline": MARKUP}
    fields["not_checked"] = [{"lines": "12", "text": MARKUP, "reason": "x"}]
    tree.write(NEWS, yaml.safe_dump(fields, allow_unicode=True, width=10**6))
    front, body = tree.text(HANDLES).split("---\n")[1:]
    claim = yaml.load(front, yaml.BaseLoader)
    claim["appearances"][0]["quote"] = f"{quote} 45도 아래였다."
    dumped = yaml.safe_dump(claim, allow_unicode=True, width=10**6)
    tree.write(HANDLES, f"---\n{dumped}---\n{body}")
    return tree


def test_texts_that_are_shown_stay_texts(hostile_article: Tree) -> None:
    assail(hostile_article, MARKS, TITLE, BODY)
    for number, path in enumerate((ALL, COPPER, HANDLES, RATE)):
        front, body = hostile_article.text(path).split("---\n", 2)[1:]
        claim = yaml.safe_load(front)
        claim["claim"] = f"{TITLE} {number}"  # two claims have no title in common
        for correction in claim.get("corrections") or []:
            correction["now"] += "!"
        dumped = yaml.safe_dump(claim, allow_unicode=True, width=10**6)
        hostile_article.write(path, f"---\n{dumped}---\n{body}")
    (hostile_article.root / "docs/reports/kettle-test.fingerprint.json").unlink()
    result = build(hostile_article.root, "--strict")
    assert result.returncode == 0, result.stderr
    site = hostile_article.root / "site"
    assert read_back(site) == []
    claims = json.loads((site / "data/claims.json").read_text("utf-8"))["claims"]
    assert len(claims) == 4
    for claim in claims:
        html = (site / "claims" / claim["id"] / "index.html").read_text("utf-8")
        page = html5lib.parse(html, namespaceHTMLElements=False)
        shown = ["".join(p.itertext()) for p in page.iter("p") if "reason" in p.get("class", "")]
        assert shown == [claim["reason"]] == [MARKS]
        assert page.findtext(".//head/title", "").startswith(TITLE)


def test_markup_in_records_is_withheld_and_quoted_harmlessly(hostile_article: Tree) -> None:
    assail(hostile_article, MARKUP + "\x00\x1b[31m\x85\u2028", MARKUP[:60], MARKUP + BODY)
    result = build(hostile_article.root)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    site = hostile_article.root / "site"
    assert read_back(site) == []
    page = (site / RATE.removeprefix("docs/").removesuffix(".md") / "index.html").read_text("utf-8")
    assert "This page is withheld" in page


def test_our_own_words_do_not_turn_the_line_around(tree: Tree) -> None:
    """Words of others may: they are shown in blocks of their own."""
    tree.edit(RATE, "reason: 12.5% is", "reason: 12.5% \u202eis")
    tree.write(RATE, tree.text(RATE) + "\nA \u2066line.\n")
    tree.edit("seeds/kettle-news.en.md", "By the", "By \u202dthe")
    message = "holds the invisible character"
    assert tree.problems() == [
        f"{RATE}:5: {message} U+202E: remove it",
        f"{RATE}:27: {message} U+2066: remove it",
        f"seeds/kettle-news.en.md:2: {message} U+202D: remove it",
    ]


def test_names_of_files_stay_names(tree: Tree) -> None:
    names = ("{{ 60481728+1 }}", "[a](b) _c_", "a' onclick='alert(1)")
    for name in names:
        for folder in ("docs/claims", "docs/reports", "seeds"):
            tree.write(f"{folder}/{name}.{'yml' if folder == 'seeds' else 'md'}", "---\n")
    result = build(tree.root)
    assert result.returncode == 0, result.stderr
    assert read_back(tree.root / "site") == []
