"""From records to data: JSON, CSV, schemas, feeds, and ClaimReview for machines.

The format of the data is versioned; its fields are those of the records, and docs/about/data.md
describes it. The CSV files hold what the JSON files hold, one record in a row: see `_flat`. Feeds
are Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org).
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedgenerator import Atom1Feed

from explainer import schema
from explainer.escape import url
from explainer.model import Appearance, Claim, Report, Seed, SeedKind, Site, numbers
from explainer.table import TABLE_DATA, table_data

VERSION = 1
FEED_LENGTH = 50
"""How many claims a feed lists; that of the corrections lists all."""

SEPARATOR = "|"
"""Between the values of a list in a cell of a CSV file."""

CLAIM_COLUMNS = (
    *("id", "url", "claim", "topic", "verdict", "reason", "changes", "fair"),
    *("appearances.seed", "appearances.lang", "appearances.lines", "appearances.quote"),
    *("appearances.translation", "appearances.speaker", "appearances.note"),
    *("evidence.report", "evidence.section", "evidence.page", "evidence.says"),
    *("evidence.phrase", "evidence.bearing", "evidence.read"),
    *("searched", "labels.first", "labels.second", "published", "checked"),
    *("corrections.date", "corrections.was", "corrections.now", "corrections.why"),
)
ARTICLE_COLUMNS = (
    *("seed", "slug", "url", "lang", "title", "headline", "publisher", "published", "address"),
    *("prose_lines", "checked_lines", "not_checked_lines"),
    *("speakers.lines", "speakers.speaker", "speakers.grounds"),
)
REPORT_COLUMNS = (
    *("id", "url", "title", "publisher", "kind", "published", "address", "read", "interests"),
    *("editions.name", "editions.address", "editions.pages", "editions.ours", "editions.note"),
)


def files(site: Site, site_name: str, site_url: str) -> Iterator[tuple[str, str]]:
    """The data files: where each stands under the site, and its text.

    `site_url` ends with a slash.
    """
    claims = [_claim(site, claim, site_url) for claim in site.claims.values()]
    articles = [_article(site, seed, site_url) for seed in site.seeds.values()]
    reports = [_report(report, site_url) for report in site.reports.values()]
    yield "data/claims.json", _json({"version": VERSION, "claims": claims})
    yield "data/articles.json", _json(articles)
    yield "data/reports.json", _json(reports)
    yield "data/claims.csv", _csv(CLAIM_COLUMNS, claims)
    yield "data/articles.csv", _csv(ARTICLE_COLUMNS, articles)
    yield "data/reports.csv", _csv(REPORT_COLUMNS, reports)
    yield from schema.files()
    yield TABLE_DATA, table_data(site)
    yield "feed.xml", _atom(site, site_name, site_url)
    yield "feed.json", _json_feed(site, site_name, site_url)
    yield "corrections.xml", _corrections(site, site_name, site_url)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def claim_url(claim: Claim, site_url: str) -> str:
    """The full address of a claim's page; `site_url` ends with a slash."""
    return site_url + url(f"claims/{claim.id}.md")


def _claim(site: Site, claim: Claim, site_url: str) -> dict[str, Any]:
    def appearance(appearance: Appearance) -> dict[str, Any]:
        return {
            "seed": appearance.seed,
            "lang": site.seeds[appearance.seed].lang,
            "lines": list(site.span(appearance).lines),
            "quote": appearance.quote,
            "translation": appearance.translation,
            "speaker": appearance.speaker,
            "note": appearance.note,
        }

    return {
        "id": claim.id,
        "url": claim_url(claim, site_url),
        "claim": claim.claim,
        "topic": claim.topic,
        "verdict": claim.verdict.value,
        "reason": claim.reason,
        "changes": [change.value for change in claim.changes],
        "fair": claim.fair,
        "appearances": [appearance(item) for item in claim.appearances],
        "evidence": [evidence.model_dump(mode="json") for evidence in claim.evidence],
        "searched": list(claim.searched),
        "labels": claim.labels.model_dump(mode="json"),
        "published": claim.published.isoformat(),
        "checked": claim.checked.isoformat(),
        "corrections": [correction.model_dump(mode="json") for correction in claim.corrections],
    }


def _article(site: Site, seed: Seed, site_url: str) -> dict[str, Any]:
    listed = numbers(entry.lines for entry in seed.not_checked)
    quoted = site.quoted_lines(seed)
    return {
        "seed": seed.id,
        "slug": seed.slug,
        "url": site_url + url(f"articles/{seed.slug}.md"),
        "lang": seed.lang,
        "title": seed.title,
        "headline": seed.headline,
        "publisher": seed.publisher,
        "published": seed.published,
        "address": seed.address,
        "prose_lines": list(seed.prose),
        "checked_lines": sorted(quoted),
        "not_checked_lines": sorted(listed - quoted),
        "speakers": [
            {"lines": list(turn.lines), "speaker": turn.speaker.value, "grounds": turn.grounds}
            for turn in seed.speakers
        ],
    }


def _report(report: Report, site_url: str) -> dict[str, Any]:
    return {
        "id": report.id,
        "url": site_url + url(f"reports/{report.id}.md"),
        "title": report.title,
        "publisher": report.publisher,
        "kind": report.kind.value,
        "published": report.published,
        "address": report.address,
        "read": report.read.value,
        "interests": report.interests,
        "editions": [edition.model_dump(mode="json") for edition in report.editions],
    }


# CSV


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table as RFC 4180 has it, but with lines ended by LF. ValueError for an unknown column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(cell) for name, cell in _flat(row).items()} for row in rows)
    return text.getvalue()


def _flat(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a record: `labels.first` for a value inside another, lists joined.

    A list of records gives a cell for each of their fields, joined in the same order.
    """
    cells: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            cells |= {f"{name}.{inner}": cell for inner, cell in _flat(value).items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for inner in value[0]:
                cells[f"{name}.{inner}"] = _joined([record[inner] for record in value])
        elif isinstance(value, list):
            cells[name] = _joined(value)
        else:
            cells[name] = _text(value)
    return {name: cell for name, cell in cells.items() if cell}


def _joined(values: Sequence[object]) -> str:
    """Values with the separator between them; inside a value, a backslash stands before it."""
    escaped = (_text(value).replace("\\", "\\\\") for value in values)
    return SEPARATOR.join(text.replace(SEPARATOR, "\\" + SEPARATOR) for text in escaped)


def _text(value: object) -> str:
    """A value in a cell. A list inside a list is the first and last line of a passage."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "-".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: quotes come from texts we do not trust.

    The signs are those that OWASP names under “CSV Injection”.
    """
    return "'" + cell if cell.startswith(tuple("=+-@＝＋－＠\t\r")) else cell


# Feeds


class _Feed(Atom1Feed):
    """An Atom feed that is dated by its records, not by the clock."""

    def __init__(self, updated: datetime.date, **values: Any) -> None:
        super().__init__(**values)
        self._updated = updated

    def latest_post_date(self) -> datetime.datetime:
        return _midnight(self._updated)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _latest(site: Site) -> list[Claim]:
    by_id = sorted(site.claims.values(), key=lambda claim: claim.id)
    return sorted(by_id, key=lambda claim: claim.updated, reverse=True)[:FEED_LENGTH]


def _atom(site: Site, site_name: str, site_url: str) -> str:
    feed = _Feed(
        site.updated,
        title=site_name,
        link=site_url,
        feed_url=site_url + "feed.xml",
        feed_guid=site_url + "feed.xml",
        description="Claims, checked against the reports",
        language="en",
        author_name=site_name,
    )
    for claim in _latest(site):
        feed.add_item(
            title=claim.claim,
            link=claim_url(claim, site_url),
            unique_id=claim_url(claim, site_url),
            description=html.escape(f"{claim.verdict.label}. {claim.reason}"),
            pubdate=_midnight(claim.published),
            updateddate=_midnight(claim.updated),
        )
    return str(feed.writeString("utf-8"))


def _json_feed(site: Site, site_name: str, site_url: str) -> str:
    return _json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": site_name,
            "home_page_url": site_url,
            "feed_url": site_url + "feed.json",
            "language": "en",
            "items": [
                {
                    "id": claim_url(claim, site_url),
                    "url": claim_url(claim, site_url),
                    "title": claim.claim,
                    "content_text": f"{claim.verdict.label}. {claim.reason}",
                    "date_published": _midnight(claim.published).isoformat(),
                    "date_modified": _midnight(claim.updated).isoformat(),
                    "tags": [claim.verdict.value, claim.topic],
                }
                for claim in _latest(site)
            ],
        }
    )


def _corrections(site: Site, site_name: str, site_url: str) -> str:
    feed = _Feed(
        site.updated,
        title=f"{site_name}: corrections",
        link=site_url,
        feed_url=site_url + "corrections.xml",
        feed_guid=site_url + "corrections.xml",
        description="Changes to published claims",
        language="en",
        author_name=site_name,
    )
    found = [
        (correction, claim) for claim in site.claims.values() for correction in claim.corrections
    ]
    for correction, claim in sorted(found, key=lambda item: item[0].date, reverse=True):
        address = f"{claim_url(claim, site_url)}#{correction.anchor}"
        text = f"{correction.why} It said: “{correction.was}”. It now says: “{correction.now}”."
        feed.add_item(
            title=claim.claim,
            link=address,
            unique_id=address,
            description=html.escape(text),
            pubdate=_midnight(correction.date),
        )
    return str(feed.writeString("utf-8"))


# ClaimReview


def claim_review(site: Site, claim: Claim, site_name: str, site_url: str) -> str:
    """The ClaimReview of a claim (schema.org), as JSON that can stand inside a script element.

    It has a word, not a number, for a rating: our verdicts are kinds, not degrees. `site_url` ends
    with a slash.
    """
    seeds = list(dict.fromkeys(appearance.seed for appearance in claim.appearances))
    first = site.seeds[seeds[0]]
    appearances = [
        {"@type": "CreativeWork", "url": site.seeds[seed].address}
        for seed in seeds
        if site.seeds[seed].address
    ]
    item: dict[str, Any] = {"@type": "Claim"}
    if first.published:
        item["datePublished"] = first.published
    if first.author:
        item["author"] = {"@type": "Person", "name": first.author}
    elif first.kind is not SeedKind.POST:
        item["author"] = {"@type": "Organization", "name": first.publisher}
    if appearances:
        item["appearance"] = appearances if len(appearances) > 1 else appearances[0]
    review: Mapping[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": claim_url(claim, site_url),
        "claimReviewed": claim.claim,
        "inLanguage": "en",
        "datePublished": claim.published.isoformat(),
        "dateModified": claim.updated.isoformat(),
        "author": {"@type": "Organization", "name": site_name, "url": site_url},
        "itemReviewed": item,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": claim.verdict.label,
            "ratingExplanation": claim.reason,
        },
    }
    text = json.dumps(review, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
