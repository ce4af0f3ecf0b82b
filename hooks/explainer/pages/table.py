"""The table of all claims: its pages, by what it can be filtered, and its rows as data.

A page lists at most `ROWS` claims, so that it does not grow with the site. The filters stand on the
first page and search all claims; for them the rows stand in a script of their own, which is loaded
when a reader turns to the filters. A script, because a page opened from a folder may load scripts
but not fetch data.
"""

from __future__ import annotations

import itertools
import json
import unicodedata

from explainer.addresses import table_pages
from explainer.model import Claim, Site
from explainer.text.escape import language_name

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
    that find it, folded; then for each facet the indexes of its values in that facet's pairs.
    """
    options = facet_options(site)
    indexes = {name: {value: at for at, value in enumerate(options[name])} for name in FACETS}
    rows: list[list[object]] = []
    for claim in itertools.chain.from_iterable(table_pages(site).values()):
        has = facets(site, claim)
        texts = [claim.claim, *(label for name in SHOWN for label in has[name].values())]
        for appearance in claim.appearances:
            texts += [appearance.quote, appearance.translation]
        words = _folded(" ".join([*texts, claim.reason]))
        values = [[indexes[name][value] for value in has[name]] for name in FACETS]
        rows.append([claim.id, claim.claim, words, *values])
    pairs = {name: list(values.items()) for name, values in options.items()}
    document = {"facets": pairs, "claims": rows}
    return f"claimsTable({json.dumps(document, ensure_ascii=False, separators=(',', ':'))});\n"


def _folded(text: str) -> str:
    """As the browser folds what a reader types: width and case do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
