"""What an editor would look at once more. Each of these may be right: they are hints, no rules."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from explainer.model import Appearance, Bearing, Claim, Loc, Problem, Record, Site, Verdict
from explainer.text.words import numbers, readings, words

ALIKE = 75
"""How like two titles are that say nearly the same: percent of the words that both have."""
NEGATIONS = (
    *("aucun", "jamais", "kein", "keine", "keinem", "keinen", "keiner", "keines", "neither"),
    *("never", "nicht", "nie", "niemals", "no", "non", "none", "nor", "not", "nunca", "ohne"),
    *("sin", "without", "cannot", "can't", "didn't", "doesn't", "don't", "isn't", "won't"),
)
_NEGATED_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(NEGATIONS)})[\s,]+|[不没沒未非無无勿])$", re.IGNORECASE
)
_NEGATED_AFTER = re.compile(
    r"(?:では|じゃ)?(?:ない|なかった|なく|ません|ず(?!つ|っと))|\s?(?:지\s)?(?:않|못|아니|없)"
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|appear(?:s|ed)?|seem(?:s|ed)?|apparent(?:ly)?|believe[sd]?|likely"
    r"|suggest(?:s|ed)?|possib(?:le|ly)|perhaps|probabl[ey]|often|sometimes|mostly|usually"
    r"|generally|(?:in|for) (?:some|many|most|certain)|tend(?:s|ed)?)\b"
)
_SCALES = {
    **{"割": 10, "百": 100, "千": 10**3, "万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8},
    **{"兆": 10**12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9},
    **{"trillion": 10**12, "k": 10**3, "m": 10**6, "bn": 10**9},
}
_SCALED = re.compile(
    rf"(\d[\d,.]*)\s*((?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})+)(?![a-z])",
    re.IGNORECASE,
)
_HAN = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2, "兩": 2}
_HAN_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万萬億亿兆两兩]+")
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_ENGLISH = {word: value for value, word in enumerate(_WORDS)} | {
    **{"a": 1, "an": 1, "first": 1, "once": 1, "double": 2, "second": 2, "twice": 2, "third": 3},
    "half": 50,
}


@lru_cache(maxsize=10_000)
def _values(text: str) -> frozenset[float]:
    """The values of the numbers in a text, in digits or in English, Chinese and Japanese words."""
    found = {_value(reading) for number in numbers(text) for reading in readings(number)}
    for scaled in _SCALED.finditer(text):
        value = min(map(_value, readings(scaled[1].rstrip(".,"))))
        for scale in re.findall("|".join(_SCALES), scaled[2].lower()):
            value *= _SCALES[scale]
        found.add(value)
    for han in _HAN_NUMBER.findall(text):
        total = section = digit = 0
        for character in han:
            scale = 10 if character == "十" else _SCALES.get(character, 0)
            if scale >= 10**4:
                total, section, digit = total + (section + digit or 1) * scale, 0, 0
            elif scale:
                section, digit = section + (digit or 1) * scale, 0
            else:
                digit = 10 * digit + _HAN[character]
        found.add(total + section + digit)
    found.update(_ENGLISH[word] for word in words(text) if word in _ENGLISH)
    return frozenset(round(value, 6) for value in found)


def _value(reading: str) -> float:
    try:
        return float(reading.replace(",", ""))
    except ValueError:
        return -1


def _foreign(text: str, known: Iterable[str]) -> list[str]:
    """The numbers of a text, in digits, that mean nothing that the known texts have."""
    values = frozenset().union(*map(_values, known))
    plain = unicodedata.normalize("NFKC", text)
    foreign = []
    for number in numbers(plain):
        scaled = _SCALED.match(plain, max(0, plain.find(number)))
        meant = _values(scaled[0]) if scaled else frozenset(map(_value, readings(number)))
        if values.isdisjoint(meant):
            foreign.append(number)
    return foreign


def translations_keep_numbers(site: Site) -> Iterator[Problem]:
    """A translation has the numbers of its quote, and no others."""
    for claim, index, appearance in site.appearances():
        loc: Loc = ("appearances", index, "translation")
        quote, translation = appearance.quote, appearance.translation
        for number in _foreign(translation, [quote]):
            yield claim.problem(loc, f"the translation says {number}: the quote does not")
        for number in _foreign(quote, [translation]):
            yield claim.problem(loc, f"the quote says {number}: the translation does not")


def lines_keep_to_their_passages(site: Site) -> Iterator[Problem]:
    """A number in a line that sums up is in a quote, a passage or the text below it."""
    for claim in site.claims.values():
        known = [claim.claim, claim.body, *_said(site, claim)]
        for name in ("reason", "fair"):
            yield from _unknown(claim, name, getattr(claim, name) or "", known)
    for topic in site.topics.values():
        known = [topic.body, topic.title, topic.question]
        for claim in site.claims_about(topic.id):
            known += [claim.claim, claim.reason, *_said(site, claim)]
        for chain in topic.chains:
            known += [step.phrase or "" for step in chain.steps]
        for name in ("found", "answer"):
            yield from _unknown(topic, name, getattr(topic, name), known)


def _said(site: Site, claim: Claim) -> Iterator[str]:
    for appearance in claim.appearances:
        yield from (appearance.quote, appearance.translation, appearance.note or "")
        if seed := site.seeds.get(appearance.seed):
            yield from (seed.title, seed.published or "")
    for evidence in claim.evidence:
        yield from (evidence.says, evidence.phrase or "", evidence.section or "")
        yield str(evidence.page or "")
        if report := site.reports.get(evidence.report):
            yield from (report.title, report.published or "")
    yield from claim.searched


def _unknown(record: Record, name: str, line: str, known: list[str]) -> Iterator[Problem]:
    for number in _foreign(line, known):
        message = f"'{name}' says {number}, which is in no quote or passage of this record"
        yield record.problem((name,), message)


def quotes_keep_their_negation(site: Site) -> Iterator[Problem]:
    """A quote does not begin after a negation, nor end before one."""
    for claim, index, appearance in site.appearances():
        seed = site.seeds.get(appearance.seed)
        if seed is None:
            continue
        for span in seed.find(appearance.quote, appearance.line)[:1]:
            before, after = seed.text[max(0, span.start - 12) : span.start], seed.text[span.end :]
            found = _NEGATED_BEFORE.search(before) or _NEGATED_AFTER.match(after[:8])
            if found:
                message = f"the quote leaves out '{found[0].strip()}' beside it: quote that too"
                yield claim.problem(("appearances", index, "quote"), message)


def phrases_keep_their_negation(site: Site) -> Iterator[Problem]:
    """A phrase does not begin after a negation of the report."""
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            report = site.reports.get(evidence.report)
            prints = report.fingerprint if report else None
            if not (evidence.phrase and evidence.page and prints):
                continue
            begun = " ".join(words(evidence.phrase)[:11])
            for word in NEGATIONS:
                if prints.has_phrase(f"{' '.join(words(word))} {begun}", evidence.page):
                    message = f"the report has '{word}' before this phrase: begin with that"
                    yield claim.problem(("evidence", index, "phrase"), message)


def passages_can_be_found(site: Site) -> Iterator[Problem]:
    """Evidence with a page has a phrase or a number, by which a wrong page would be noticed."""
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            if evidence.page and not evidence.phrase and not numbers(evidence.says):
                message = "neither phrase nor number: a wrong page would not be noticed"
                yield claim.problem(("evidence", index), message)


def evidence_fits_its_verdict(site: Site) -> Iterator[Problem]:
    """A departure has evidence against it; what is not in the report has none."""
    for claim in site.claims.values():
        bearings = {evidence.bearing for evidence in claim.evidence}
        against = Bearing.AGAINST in bearings
        if claim.verdict in (Verdict.OVERSTATED, Verdict.UNDERSTATED) and not against:
            yield claim.problem(("verdict",), f"'{claim.verdict}' without evidence against it")
        if claim.verdict is Verdict.MISSING_CONTEXT and bearings == {Bearing.FOR}:
            yield claim.problem(("verdict",), f"'{claim.verdict}' with evidence for it alone")


def labels_agree_with_the_verdict(site: Site) -> Iterator[Problem]:
    """A verdict that neither reading gave, though both agree, has a correction."""
    for claim in site.claims.values():
        first, second = claim.labels.first, claim.labels.second
        if first is second is not claim.verdict and not claim.verdict_changes:
            message = f"both readings say '{first}', the verdict '{claim.verdict}'"
            yield claim.problem(("verdict",), message)


def like_claims_have_like_verdicts(site: Site) -> Iterator[Problem]:
    """Two claims of one topic with one quote and nearly one title have one verdict."""
    quoted: dict[tuple[str, str, str], list[tuple[Claim, Appearance]]] = defaultdict(list)
    for claim, _, appearance in site.appearances():
        quoted[claim.topic, appearance.seed, appearance.quote].append((claim, appearance))
    for claims in quoted.values():
        for claim, _ in claims:
            for other, _ in claims:
                alike = fuzz.token_set_ratio(claim.claim, other.claim) >= ALIKE
                if claim.id < other.id and claim.verdict is not other.verdict and alike:
                    message = f"'{other.id}' has this quote and another verdict: '{other.verdict}'"
                    yield claim.problem(("verdict",), message)


def hedges_are_kept(site: Site) -> Iterator[Problem]:
    """Where the deciding phrase is hedged, so are the reason or the fair wording."""
    for claim in site.claims.values():
        passage = claim.deciding if claim.verdict is not Verdict.NOT_RATED else None
        hedge = passage and _HEDGE.search(passage.phrase or "")
        if hedge and not _HEDGE.search(f"{claim.reason} {claim.fair or ''}"):
            message = f"the report says '{hedge[0]}', the reason is not hedged"
            yield claim.problem(("reason",), message)
