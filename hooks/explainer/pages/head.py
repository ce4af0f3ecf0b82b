"""What each page tells machines. The theme's templates read it as the page's front matter."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from typing import Any

from explainer.outputs.cards import place
from explainer.pages.render import Page, Renderer

OURS = ("claim_review", "edit_url", "picture", "updated")
"""What no hand-written page says of itself."""


def harmless(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of a hand-written page, without what is ours, its texts escaped.

    The theme puts them into the page as they are.
    """
    return {name: _escaped(value) for name, value in meta.items() if name not in OURS}


def _escaped(value: Any) -> Any:
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    return html.escape(value) if isinstance(value, str) else value


def page_meta(
    renderer: Renderer, uri: str, made: Page | None, pictures: Collection[str]
) -> dict[str, str]:
    """The date, picture and ClaimReview of a page, for the sitemap and the page's head.

    `uri` is the page's place under docs/, `made` the page if it is a generated one, `pictures` the
    places of the cards there are.
    """
    updated = made.updated if made else None
    meta = {"updated": (updated or renderer.site.updated).isoformat()}
    if pictures:
        own = place(uri)
        meta["picture"] = renderer.site_url + (own if own in pictures else place("index.md"))
    if made and made.claim_review:
        meta["claim_review"] = made.claim_review
    return meta
