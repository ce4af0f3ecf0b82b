"""What each page tells machines. The theme's templates read it as the page's front matter."""

from __future__ import annotations

import datetime
import html
from collections.abc import Collection, Mapping
from typing import Any

from explainer import data
from explainer.pages import Renderer

OURS = ("claim_review", "edit_url", "picture", "updated")
"""What no hand-written page says of itself."""


def harmless(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of a hand-written page, without what is ours, its texts escaped.

    The theme puts them into the page as they are.
    """
    return {
        name: html.escape(value) if isinstance(value, str) else value
        for name, value in meta.items()
        if name not in OURS
    }


def page_meta(
    renderer: Renderer, uri: str, updated: datetime.date | None, pictures: Collection[str]
) -> dict[str, str]:
    """The date, picture and ClaimReview of a page, for the sitemap and the page's head.

    `uri` is the page's place under docs/, `updated` the day of its records if it has one of its
    own, `pictures` the places of the cards there are.
    """
    site, site_url = renderer.site, renderer.site_url
    meta = {"updated": (updated or site.updated).isoformat()}
    if pictures:
        own = f"share/{uri.removesuffix('.md')}.png"
        meta["picture"] = site_url + (own if own in pictures else "share/index.png")
    folder, _, name = uri.partition("/")
    claim = site.claims.get(name.removesuffix(".md"))
    if folder == "claims" and claim:
        meta["claim_review"] = data.claim_review(site, claim, renderer.site_name, site_url)
    return meta
