"""Rules on titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.model import Claim, Loc, Problem, Record, Site, Verdict
from explainer.text.characters import looks_like

TITLE_LENGTH = 75
"""The most characters of a claim's title."""
LONGEST_TITLE = 200
"""The most characters of the titles of topics, articles and chains of wordings."""
VERDICT_WORDS = (
    *(verdict.label for verdict in Verdict),
    *("accurate", "inaccurate", "correct", "incorrect", "true", "half true", "untrue", "false"),
    *("overstated", "understated", "exaggerated", "misleading", "wrong", "contradicted"),
    *("missing context", "not in report", "unproven", "verified", "unverified"),
    *("debunked", "refuted", "hoax", "fake"),
)
_VERDICT_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(map(str.lower, VERDICT_WORDS), key=len, reverse=True))})\b"
)
_PAIRS = '“” 「」 『』 《》 〈〉 «» »« ‹› ›‹ 〝〟 〝〞 "" ＂＂'
_QUOTED = re.compile(
    r"„([^“”]*)[“”]|‚([^‘’]*)[‘’]|(?<!\w)[‘']([^‘]*?)[’'](?!\w)|"
    + "|".join(f"{pair[0]}([^{pair[1]}]*){pair[1]}" for pair in _PAIRS.split())
)
MARKS = frozenset(_PAIRS + "„‚‘") - {" "}
"""What cannot be without a partner. An apostrophe can."""


def titles_are_short_and_neutral(site: Site) -> Iterator[Problem]:
    """A claim's title has at most 75 characters and no verdict word, nor what looks like one."""
    for claim in site.claims.values():
        title = claim.claim
        if len(title) > TITLE_LENGTH:
            yield claim.problem(
                ("claim",),
                f"the title has {len(title)} characters: expected at most {TITLE_LENGTH}",
            )
        for word in dict.fromkeys(_VERDICT_WORD.findall(looks_like(title))):
            yield claim.problem(
                ("claim",), f"the verdict word '{word}' is in the title: state the claim only"
            )


def titles_differ(site: Site) -> Iterator[Problem]:
    """No two claims have the same title."""
    first: dict[str, Claim] = {}
    for claim in site.claims.values():
        other = first.setdefault(looks_like(claim.claim).strip(" ."), claim)
        if other is not claim:
            message = f"'{other.id}' has the same title: say in which way this claim is another"
            yield claim.problem(("claim",), message)


def titles_quote_what_is_stored(site: Site) -> Iterator[Problem]:
    """Words in a title's quotation marks are words of a stored quote; no title is long."""
    for claim in site.claims.values():
        if len(claim.claim) <= TITLE_LENGTH:
            yield from _stored(claim, ("claim",), claim.claim, _quotable([claim], phrases=False))
    for topic in site.topics.values():
        stored = _quotable(site.claims_about(topic.id), phrases=True)
        yield from _stored(topic, ("title",), topic.title, stored)
        for index, chain in enumerate(topic.chains):
            own = [step.phrase for step in chain.steps if step.phrase]
            yield from _stored(topic, ("chains", index, "title"), chain.title, stored + own)
    for seed in site.seeds.values():
        quoting = [claim for claim, _ in site.quoted_in(seed.id)]
        stored = [*seed.lines, *_quotable(quoting, phrases=False)]
        yield from _stored(seed, ("title",), seed.title, stored)


def _quotable(claims: Iterable[Claim], phrases: bool) -> list[str]:
    found = []
    for claim in claims:
        for appearance in claim.appearances:
            found += [appearance.quote, appearance.translation]
        if phrases:
            found += [evidence.phrase for evidence in claim.evidence if evidence.phrase]
    return found


def _stored(record: Record, loc: Loc, title: str, stored: list[str]) -> Iterator[Problem]:
    if len(title) > LONGEST_TITLE:
        message = f"the title has {len(title)} characters: expected at most {LONGEST_TITLE}"
        yield record.problem(loc, message)
        return
    if not MARKS.isdisjoint(_QUOTED.sub("", title)):
        yield record.problem(loc, "a quotation mark in the title has no partner: close it")
    quotes = ["".join(filter(None, match.groups())) for match in _QUOTED.finditer(title)]
    all_stored = "\n".join(stored).casefold() if quotes else ""
    for quoted in quotes:
        words = quoted.strip(" .,;:!?").casefold()
        whole = rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])"
        if not words or not re.search(whole, all_stored):
            yield record.problem(
                loc,
                f"'{quoted}' is in quotation marks in the title, but in no stored quote: "
                "use words of a quote, or take the marks away",
            )
