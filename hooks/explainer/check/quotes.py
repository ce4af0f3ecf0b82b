"""Rules on quotes of articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from rapidfuzz import fuzz

from explainer.check.seeds import unusable
from explainer.model import Problem, Seed, Site
from explainer.model.seeds import OCCURRENCES
from explainer.text import characters
from explainer.text.words import CJK

_CUT = re.compile(rf"[^\W_{CJK}]{{2}}")
"""Two letters or digits of a script with spaces between words."""


def quotes_hold_whole_words(site: Site) -> Iterator[Problem]:
    """A quote neither begins nor ends inside a word."""
    for claim, index, appearance in site.appearances():
        seed = site.seeds.get(appearance.seed)
        if seed is None:
            continue
        for span in seed.find(appearance.quote, appearance.line)[:1]:
            for at in (span.start, span.end):
                if at and _CUT.match(seed.text, at - 1):
                    near = seed.text[max(0, at - 10) : at + 10].strip()
                    message = f"the quote begins or ends inside a word of '{near}': quote it whole"
                    yield claim.problem(("appearances", index, "quote"), message)


def quotes_are_in_their_seed(site: Site) -> Iterator[Problem]:
    """A quote is in its article exactly, and once."""
    for claim, index, appearance in site.appearances():
        seed = site.seeds.get(appearance.seed)
        if seed is None or any(unusable(seed.raw)) or not seed.raw.strip():
            continue
        found = seed.find(appearance.quote, appearance.line)
        loc = ("appearances", index, "quote")
        if len(found) > 1:
            lines = " and ".join(dict.fromkeys(str(span.lines) for span in found))
            times = f"{len(found)} times{' or more' if len(found) == OCCURRENCES else ''}"
            fix = "quote more of the sentence"
            if len({span.lines for span in found}) == len(found):
                fix += ", or name one with the field 'line'"
            yield claim.problem(loc, f"the quote is {times} in '{seed.id}', line {lines}: {fix}")
        elif not found:
            elsewhere = seed.find(appearance.quote)
            if elsewhere:
                yield claim.problem(
                    ("appearances", index, "line"),
                    f"the quote is not on line {appearance.line} of '{seed.id}', "
                    f"but on line {elsewhere[0].lines}",
                )
                continue
            line, near = nearest(seed, appearance.quote)
            yield claim.problem(
                loc,
                f"the quote is not in '{seed.id}'; nearest is line {line}: '{near}'"
                f"{_invisible(appearance.quote, near)}. "
                "Copy the words exactly, with their punctuation and spaces",
            )


def _invisible(quote: str, near: str) -> str:
    """The first character that differs, where the eye sees none."""

    def folded(text: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", text).split())

    if folded(quote) != folded(near):
        return ""
    pairs = zip_longest(quote, near, fillvalue="")
    mine, theirs = next(pair for pair in pairs if pair[0] != pair[1])
    names = [characters.name(found) if found else "nothing" for found in (mine, theirs)]
    return f" (the quote has {names[0]} where the seed has {names[1]})"


COMPARED = 200
"""How many characters of a quote are compared: the time grows with their square."""


def nearest(seed: Seed, quote: str) -> tuple[int, str]:
    """The number of the line most like a quote, from 1, and the stretch of it most like it.

    Of a long quote, only the beginning is compared.
    """
    quote = quote[:COMPARED]
    scored = [
        (alignment.score, -number, line[alignment.dest_start : alignment.dest_end])
        for number, line in enumerate(seed.lines, 1)
        if (alignment := fuzz.partial_ratio_alignment(quote, line)) and len(line) >= len(quote) / 4
    ]
    _, number, near = max(scored, default=(0, -1, seed.lines[0]))
    return -number, near


def appearances_differ(site: Site) -> Iterator[Problem]:
    """A claim lists each of its appearances once."""
    for claim in site.claims.values():
        seen = set()
        for index, appearance in enumerate(claim.appearances):
            same = (appearance.seed, appearance.quote, appearance.line)
            if same in seen:
                message = "this appearance is listed twice: keep one"
                yield claim.problem(("appearances", index), message)
            seen.add(same)
