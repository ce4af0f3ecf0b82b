"""From records to data: JSON and CSV.

The format of the data is versioned; its fields are those of the records, and docs/about/data.md
describes it. The CSV files hold what the JSON files hold, one record in a row: see `_flat`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explainer.addresses import article_uri, claim_url, report_uri, ruling_uri, url
from explainer.model import Claim, Report, Ruling, Seed, Site, line_numbers
from explainer.outputs.json_text import as_json
from explainer.outputs.spreadsheets import ARTICLE_COLUMNS, CLAIM_COLUMNS, REPORT_COLUMNS, table

VERSION = 1


def files(site: Site, site_url: str) -> Iterator[tuple[str, str]]:
    """The data files, by URI; `site_url` ends with a slash."""
    claims = [_claim(site, claim, site_url) for claim in site.claims.values()]
    articles = [_article(site, seed, site_url) for seed in site.seeds.values()]
    reports = [_report(report, site_url) for report in site.reports.values()]
    rulings = [_ruling(site, ruling, site_url) for ruling in site.rulings.values()]
    yield "data/claims.json", as_json({"version": VERSION, "claims": claims})
    yield "data/articles.json", as_json(articles)
    yield "data/reports.json", as_json(reports)
    yield "data/rulings.json", as_json(rulings)
    yield "data/claims.csv", table(CLAIM_COLUMNS, claims)
    yield "data/articles.csv", table(ARTICLE_COLUMNS, articles)
    yield "data/reports.csv", table(REPORT_COLUMNS, reports)


def _claim(site: Site, claim: Claim, site_url: str) -> dict[str, Any]:
    return {
        "id": claim.id,
        "url": claim_url(claim, site_url),
        "claim": claim.claim,
        "topic": claim.topic,
        "verdict": claim.verdict.value,
        "reason": claim.reason,
        "changes": [change.value for change in claim.changes],
        "fair": claim.fair,
        "ruling": claim.ruling,
        "differs": claim.differs,
        "appearances": [
            {
                "seed": appearance.seed,
                "lang": site.seeds[appearance.seed].lang,
                "lines": list(site.span(appearance).lines),
                "quote": appearance.quote,
                "translation": appearance.translation,
                "speaker": appearance.speaker,
                "note": appearance.note,
            }
            for appearance in claim.appearances
        ],
        "evidence": [evidence.model_dump(mode="json") for evidence in claim.evidence],
        "searched": list(claim.searched),
        "labels": claim.labels.model_dump(mode="json"),
        "published": claim.published.isoformat(),
        "checked": claim.checked.isoformat(),
        "corrections": [correction.model_dump(mode="json") for correction in claim.corrections],
    }


def _article(site: Site, seed: Seed, site_url: str) -> dict[str, Any]:
    listed = line_numbers(entry.lines for entry in seed.not_checked)
    quoted = site.quoted_lines(seed)
    return {
        "seed": seed.id,
        "slug": seed.slug,
        "url": site_url + url(article_uri(seed)),
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


def _ruling(site: Site, ruling: Ruling, site_url: str) -> dict[str, Any]:
    return {
        "id": ruling.id,
        "url": site_url + url(ruling_uri(ruling.id)),
        "title": ruling.title,
        "situation": ruling.situation,
        "rule": ruling.rule,
        "verdict": ruling.verdict.value,
        "claims": [claim.id for claim in site.claims_under(ruling.id)],
    }


def _report(report: Report, site_url: str) -> dict[str, Any]:
    return {
        "id": report.id,
        "url": site_url + url(report_uri(report.id)),
        "title": report.title,
        "publisher": report.publisher,
        "kind": report.kind.value,
        "published": report.published,
        "address": report.address,
        "read": report.read.value,
        "interests": report.interests,
        "editions": [edition.model_dump(mode="json") for edition in report.editions],
    }
