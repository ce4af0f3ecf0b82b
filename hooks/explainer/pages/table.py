"""The table of all claims: its pages, by what it can be filtered, and its rows as data.

A page lists at most `ROWS` claims, so that it does not grow with the site. The filters stand on the
first page and search all claims; for them the rows stand in a script of their own, which is loaded
when a reader turns to the filters. A script, because a page opened from a folder may load scripts
but not fetch data.
"""

from __future__ import annotations

import json
import unicodedata

from explainer.model import Claim, Site
from explainer.text.escape import language_name

ROWS = 300
"""How many claims a page of the table lists."""

TABLE_DATA = "assets/claims.js"
"""Where the script with the rows stands under the site."""

FACETS = {
    "verdict": "Verdict",
    "topic": "Topic",
    "article": "Article",
    "language": "Language",
    "change": "Change",
    "speaker": "Speaker",
}
"""By what the table can be filtered, with the label of each choice."""

SHOWN = ("verdict", "topic", "article")
"""What a row of the table shows beside the claim."""


def table_pages(site: Site) -> dict[str, list[Claim]]:
    """The table's pages: where each stands under docs/, and its claims, by topic."""
    claims = _in_order(site)
    pages = {}
    for number, start in enumerate(range(0, max(1, len(claims)), ROWS), 1):
        uri = f"claims/page/{number}.md" if number > 1 else "claims/index.md"
        pages[uri] = claims[start : start + ROWS]
    return pages


def _in_order(site: Site) -> list[Claim]:
    return sorted(site.claims.values(), key=lambda claim: (claim.topic, claim.id))


def facets(site: Site, claim: Claim) -> dict[str, dict[str, str]]:
    """What a claim has of each facet: value → label. Topics and articles have their page's name."""
    seeds = [site.seeds[appearance.seed] for appearance in claim.appearances]
    topic = site.topics.get(claim.topic)
    return {
        "verdict": {claim.verdict.value: claim.verdict.label},
        "topic": {claim.topic: topic.title if topic else claim.topic},
        "article": {seed.slug: seed.title for seed in seeds},
        "language": {seed.lang: language_name(seed.lang) for seed in seeds},
        "change": {change.value: change.label for change in claim.changes},
        "speaker": {appearance.speaker: appearance.speaker for appearance in claim.appearances},
    }


def facet_options(site: Site) -> dict[str, dict[str, str]]:
    """What all claims together have of each facet, by label."""
    found: dict[str, dict[str, str]] = {name: {} for name in FACETS}
    for claim in site.claims.values():
        for name, values in facets(site, claim).items():
            found[name].update(values)
    return {
        name: dict(sorted(values.items(), key=lambda item: item[1].casefold()))
        for name, values in found.items()
    }


def table_data(site: Site) -> str:
    """The script with the rows: it calls `claimsTable` with `{facets, claims}`.

    `facets` maps each facet to its `[value, label]` pairs. A claim is a list: id, claim, the words
    that find it, folded; then for each facet the places of its values in that facet's pairs.
    """
    options = facet_options(site)
    places = {name: {value: at for at, value in enumerate(options[name])} for name in FACETS}
    rows: list[list[object]] = []
    for claim in _in_order(site):
        has = facets(site, claim)
        texts = [claim.claim, *(label for name in SHOWN for label in has[name].values())]
        for appearance in claim.appearances:
            texts += [appearance.quote, appearance.translation]
        words = _folded(" ".join([*texts, claim.reason]))
        values = [[places[name][value] for value in has[name]] for name in FACETS]
        rows.append([claim.id, claim.claim, words, *values])
    pairs = {name: list(values.items()) for name, values in options.items()}
    document = {"facets": pairs, "claims": rows}
    return f"claimsTable({json.dumps(document, ensure_ascii=False, separators=(',', ':'))});\n"


def _folded(text: str) -> str:
    """As the browser folds what a reader types: width and case do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
