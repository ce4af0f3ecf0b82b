"""A ready reply to each claim, in English and in the claim's own language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from explainer.model import Claim, Evidence, Report, Site, Step
from explainer.text.characters import TURNING


class Reply(NamedTuple):
    """A reply; `lang` is the BCP 47 tag of its pattern."""

    lang: str
    text: str


@cache
def _patterns() -> dict[str, Any]:
    text = Path(__file__).with_suffix(".yml").read_text("utf-8")
    patterns: dict[str, Any] = yaml.safe_load(text)
    return patterns


def cite(report: Report, passage: Evidence | Step) -> str:
    """The report, section and page of a passage, as one writes them in a note."""
    parts = [report.title]
    if passage.section:
        parts.append(f"section {passage.section}")
    if passage.page:
        parts.append(f"page {passage.page}")
    return ", ".join(parts)


def replies(site: Site, claim: Claim, url: str) -> list[Reply]:
    """English first, then each language of the claim's articles that we have a pattern for."""
    quotes = {"en": claim.appearances[0].quote}
    for appearance in claim.appearances:
        tag = site.seeds[appearance.seed].lang
        for lang in _patterns():
            if f"{tag}-".startswith(f"{lang}-"):  # en-GB, but not zh-Hant, for which none is here
                quotes.setdefault(lang, appearance.quote)
    return [_reply(site, claim, url, lang, quote) for lang, quote in quotes.items()]


def _reply(site: Site, claim: Claim, url: str, lang: str, quote: str) -> Reply:
    pattern = _patterns()[lang]
    label = pattern.get("labels", {}).get(claim.verdict.value, claim.verdict.label)
    first = claim.deciding
    values = {
        "claim": claim.claim,
        "quote": _isolated(quote),
        "label": label,
        "reason": claim.reason,
        "url": url,
        "place": cite(site.reports[first.report], first) if first else "",
    }
    return Reply(lang, pattern["reply" if first else "unplaced"].format(**values))


def _isolated(quote: str) -> str:
    """A quote that turns nothing around it: without such characters, isolated if it needs that."""
    plain = re.sub(f"[{TURNING}]", "", quote)
    leftward = any(unicodedata.bidirectional(character) in ("R", "AL") for character in plain)
    return f"\u2068{plain}\u2069" if leftward else plain
