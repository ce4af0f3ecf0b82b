"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator

from feedgenerator import Atom1Feed

from explainer.addresses import CORRECTIONS, FEED, JSON_FEED, claim_url
from explainer.model import Claim, Site
from explainer.outputs.json_text import as_json

FEED_LENGTH = 50
"""How many claims a feed lists; that of the corrections lists all."""


def files(site: Site, site_name: str, site_url: str) -> Iterator[tuple[str, str]]:
    """The feeds, by URI; `site_url` ends with a slash."""
    yield FEED, _atom(site, site_name, site_url)
    yield JSON_FEED, _json_feed(site, site_name, site_url)
    yield CORRECTIONS, _corrections(site, site_name, site_url)


class _Feed(Atom1Feed):
    """An Atom feed that is dated by its records, not by the clock."""

    def __init__(self, site: Site, site_name: str, site_url: str, uri: str, **more: str) -> None:
        super().__init__(
            link=site_url,
            feed_url=site_url + uri,
            feed_guid=site_url + uri,
            language="en",
            author_name=site_name,
            **more,
        )
        self._updated = site.updated

    def latest_post_date(self) -> datetime.datetime:
        return _midnight(self._updated)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _latest(site: Site) -> list[Claim]:
    by_id = sorted(site.claims.values(), key=lambda claim: claim.id)
    return sorted(by_id, key=lambda claim: claim.updated, reverse=True)[:FEED_LENGTH]


def _atom(site: Site, site_name: str, site_url: str) -> str:
    about = "Claims, checked against the reports"
    feed = _Feed(site, site_name, site_url, FEED, title=site_name, description=about)
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
    return as_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": site_name,
            "home_page_url": site_url,
            "feed_url": site_url + JSON_FEED,
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
    title, about = f"{site_name}: corrections", "Changes to published claims"
    feed = _Feed(site, site_name, site_url, CORRECTIONS, title=title, description=about)
    found = [
        (correction, claim)
        for claim in site.claims.values()
        for correction in claim.corrections
        if not correction.wording
    ]
    for correction, claim in sorted(found, key=lambda item: item[0].date, reverse=True):
        url = f"{claim_url(claim, site_url)}#{correction.anchor}"
        text = f"{correction.why} It said: “{correction.was}”. It now says: “{correction.now}”."
        feed.add_item(
            title=claim.claim,
            link=url,
            unique_id=url,
            description=html.escape(text),
            pubdate=_midnight(correction.date),
        )
    return str(feed.writeString("utf-8"))
