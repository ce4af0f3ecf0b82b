"""Rules on titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.model import Claim, Loc, Problem, Record, Site, Verdict

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
_VERDICT_WORDS = {
    word: re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in VERDICT_WORDS
}
QUOTED = re.compile(
    r"“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》|〈([^〉]*)〉|\"([^\"]*)\"|«([^»]*)»|„([^“]*)“|»([^«]*)«"
)
MARKS = '“”「」『』《》〈〉«»„"'


def titles_are_short_and_neutral(site: Site) -> Iterator[Problem]:
    """A claim's title has at most 75 characters and no verdict word."""
    for claim in site.claims.values():
        title = claim.claim
        if len(title) > TITLE_LENGTH:
            yield claim.problem(
                ("claim",),
                f"the title has {len(title)} characters: expected at most {TITLE_LENGTH}",
            )
        for word, pattern in _VERDICT_WORDS.items():
            if pattern.search(title):
                yield claim.problem(
                    ("claim",),
                    f"the verdict word '{word}' stands in the title: state the claim only",
                )


def titles_quote_what_is_stored(site: Site) -> Iterator[Problem]:
    """Quotation marks in titles, which are short, stand only around words of a stored quote."""
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
    if any(mark in QUOTED.sub("", title) for mark in MARKS):
        yield record.problem(loc, "a quotation mark in the title has no partner: close it")
    for match in QUOTED.finditer(title):
        quoted = next(group for group in match.groups() if group is not None)
        words_quoted = quoted.strip(" .,;:!?").casefold()
        whole = re.compile(rf"(?<![a-z0-9]){re.escape(words_quoted)}(?![a-z0-9])")
        if not words_quoted or not any(whole.search(text.casefold()) for text in stored):
            yield record.problem(
                loc,
                f"'{quoted}' stands in quotation marks in the title, but in no stored quote: "
                "use words of a quote, or take the marks away",
            )
