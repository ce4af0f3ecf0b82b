"""The rules for ClaimReview: Google's, schema.org's, and ours, as checks of a built site.

https://developers.google.com/search/docs/appearance/structured-data/factcheck names the fields and
their limits. Ours are stricter: one review on each claim's page and none elsewhere, and every word
of it as the page shows it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from explainer.check.titles import TITLE_LENGTH, VERDICT_WORDS

NUMBERS = ("ratingValue", "bestRating", "worstRating")
UNRATED = ("not-in-report", "not-rated")
"""Verdicts that cannot stand on a scale."""

Finding = tuple[str, str]
"""A field, and the rule that it breaks."""


def problems(site: Path, site_url: str) -> list[str]:
    """What is wrong with the reviews of a site built for `site_url`: `path: field: rule`."""
    found: list[str] = []
    addresses: dict[object, list[str]] = defaultdict(list)
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        scripts = page.find_all("script", type="application/ld+json")
        expected = int(path.startswith("claims/") and path != "claims/index.html")
        if len(scripts) != expected:
            found.append(f"{path}: ClaimReview: expected {expected} on this page")
        for script in scripts:
            review = json.loads(script.get_text())
            own = site_url + path.removesuffix("index.html")
            found += [f"{path}: {field}: {rule}" for field, rule in _review(review, page, own)]
            found += [f"{path}: {field}: {rule}" for field, rule in _author(review, site_url)]
            addresses[review.get("url")].append(path)
    for paths in addresses.values():
        found += [f"{path}: url: another review has it too" for path in paths if len(paths) > 1]
    return found


def _review(review: dict[str, Any], page: BeautifulSoup, own: str) -> Iterator[Finding]:
    if review.get("@context") != "https://schema.org" or review.get("@type") != "ClaimReview":
        yield "@type", "a ClaimReview of schema.org"
    if not _absolute(review.get("url")):
        yield "url", "an absolute address"
    elif review["url"] != own:
        yield "url", "the address of the page on which it stands"
    claim = review.get("claimReviewed", "")
    if not isinstance(claim, str) or not claim:
        yield "claimReviewed", "a text"
    elif len(claim) > TITLE_LENGTH:
        yield "claimReviewed", f"at most {TITLE_LENGTH} characters"
    elif any(re.search(rf"\b{re.escape(word)}\b", claim, re.IGNORECASE) for word in VERDICT_WORDS):
        yield "claimReviewed", "no verdict word"
    elif claim != _visible(page, "h1"):
        yield "claimReviewed", "the words that the page shows"
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", str(review.get("inLanguage"))):
        yield "inLanguage", "a BCP 47 tag"
    published, modified = review.get("datePublished"), review.get("dateModified")
    if not _date(published):
        yield "datePublished", "a date by ISO 8601"
    elif not _date(modified):
        yield "dateModified", "a date by ISO 8601"
    elif str(modified) < str(published):
        yield "dateModified", "not before datePublished"
    yield from _rating(review.get("reviewRating"), page)
    yield from _item(review.get("itemReviewed"))


def _rating(rating: Any, page: BeautifulSoup) -> Iterator[Finding]:
    if not isinstance(rating, dict) or rating.get("@type") != "Rating":
        yield "reviewRating", "exactly one Rating"
        return
    if not rating.get("alternateName"):
        yield "reviewRating.alternateName", "required"
    elif rating["alternateName"] != _visible(page, ".answer [data-verdict]"):
        yield "reviewRating.alternateName", "the label that the page shows"
    if rating.get("ratingExplanation") != _visible(page, ".answer__reason"):
        yield "reviewRating.ratingExplanation", "the reason that the page shows"
    if not any(name in rating for name in NUMBERS):
        return
    verdict = page.select_one(".answer [data-verdict]")
    if verdict and verdict["data-verdict"] in UNRATED:
        yield "reviewRating.ratingValue", "no number for a verdict that is on no scale"
    if not all(isinstance(rating.get(name), int | float) for name in NUMBERS):
        yield "reviewRating.ratingValue", "all of ratingValue, bestRating, worstRating, as numbers"
        return
    value, best, worst = (rating[name] for name in NUMBERS)
    if worst < 1:
        yield "reviewRating.worstRating", "at least 1"
    if worst >= best:
        yield "reviewRating.bestRating", "more than worstRating"
    if not worst <= value <= best:
        yield "reviewRating.ratingValue", "between worstRating and bestRating"


def _item(item: Any) -> Iterator[Finding]:
    if not isinstance(item, dict) or item.get("@type") != "Claim":
        yield "itemReviewed", "a Claim"
        return
    if "author" in item and not item["author"].get("name"):
        yield "itemReviewed.author.name", "required where there is an author"
    if "datePublished" in item and not _date(item["datePublished"]):
        yield "itemReviewed.datePublished", "a date by ISO 8601"
    for field in ("appearance", "firstAppearance"):
        works = item.get(field, [])
        for work in works if isinstance(works, list) else [works]:
            if not _absolute(work.get("url")):
                yield f"itemReviewed.{field}", "an absolute address"


def _author(review: dict[str, Any], site_url: str) -> Iterator[Finding]:
    author = review.get("author", {})
    if author.get("@type") not in ("Organization", "Person"):
        yield "author", "an Organization or a Person"
    if not author.get("name"):
        yield "author.name", "required"
    if author.get("url") != site_url:
        yield "author.url", "the address of the site: we are the author, not the claimant"


def _visible(page: BeautifulSoup, selector: str) -> str | None:
    """The text of the first such element, without the link to itself that a heading has."""
    element = page.select_one(selector)
    if element is None:
        return None
    own_link = element.select_one(".headerlink")
    text = element.get_text()
    return (text.removesuffix(own_link.get_text()) if own_link else text).strip()


def _absolute(address: object) -> bool:
    parts = urlsplit(str(address))
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _date(text: object) -> bool:
    """Whether it is a date by ISO 8601: a year, a month or a day."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(text)):
        return False
    try:
        datetime.date.fromisoformat((str(text) + "-01-01")[:10])
    except ValueError:
        return False
    return True
