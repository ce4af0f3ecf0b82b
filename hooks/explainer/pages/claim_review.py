"""The ClaimReview of a claim, for machines (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from explainer.addresses import claim_url
from explainer.model import Claim, SeedKind, Site


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
