"""Whether our citations of a report hold in another copy of it, page by page."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click

from explainer.check.load import load
from explainer.commands.sources import page_texts
from explainer.commands.terminal import FILE, ROOT, one_of, say
from explainer.model import Lines, Problem, Site
from explainer.model.fingerprint import make
from explainer.text.words import numbers, words

_CUT = re.compile(r"[-\u00ad\u2010][ \t]*\n[ \t]*")


@click.command("verify")
@click.argument("report")
@click.argument("source", type=FILE)
@ROOT
def command(report: str, source: Path, root: Path) -> None:
    """Look for every citation of REPORT in your own copy of it.

    SOURCE is a PDF, or a JSON list of {page, text}. A phrase that stands on another page than cited
    is no failure: the copy may be another edition. Exit with 1 if a phrase stands nowhere.
    """
    site = load(root).read
    one_of(site.reports)(report)
    cited = citations(site, report)
    findings, shift = verify(cited, page_texts(source))
    say(*findings)
    phrases = [finding for finding in findings if finding.citation.phrase]
    lost = sum(finding.fails for finding in phrases)
    moved = sum(bool(finding.shift) for finding in phrases)
    with_shift = sum(finding.shift == shift for finding in phrases)
    say(
        f"{len(cited)} citations. Of {len(phrases)} phrases, {len(phrases) - lost - moved} stand "
        f"where cited, {moved} on another page, {lost} nowhere. Citations with a number that is "
        f"not on the page: {sum(bool(finding.absent) for finding in findings)}.",
        err=True,
    )
    if shift:
        say(
            f"{with_shift} of {len(phrases)} phrases stand {shifted(shift)} than cited: your copy "
            "is another edition, whose page numbers differ by as much.",
            err=True,
        )
    sys.exit(1 if lost else 0)


@dataclass(frozen=True)
class Citation:
    """What a record says of a report. `where` is the record's path and line."""

    where: str
    page: int | None
    phrase: str | None
    says: str


@dataclass(frozen=True)
class Finding:
    """Where a citation stands in a copy.

    `pages` are the first and last page of the phrase, None where it stands nowhere; without a
    phrase, the page on which the numbers were looked for. `absent` are the numbers not found there,
    or not found at all if no page is cited.
    """

    citation: Citation
    pages: Lines | None
    absent: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether the phrase stands nowhere in the copy."""
        return self.citation.phrase is not None and self.pages is None

    @property
    def shift(self) -> int | None:
        """How many pages later than cited the phrase begins."""
        if self.citation.phrase is None or self.citation.page is None or self.pages is None:
            return None
        return 0 if self.citation.page in self.pages else self.pages.first - self.citation.page

    def __str__(self) -> str:
        result = "; ".join(self._parts()) or "there is no phrase and no number to look for"
        return f"{self.citation.where}: {result}"

    def _parts(self) -> Iterator[str]:
        if self.fails:
            yield f"the phrase stands nowhere in this copy: '{self.citation.phrase}'"
        if self.pages is None:
            return
        if self.citation.phrase:
            moved = f", {shifted(self.shift)} than cited" if self.shift else ""
            yield f"the phrase stands on page {self.pages}{moved}"
        found = [number for number in numbers(self.citation.says) if number not in self.absent]
        where = f"on page {self.pages}" if self.citation.page else "in this copy"
        for which, what in ((found, "found"), (self.absent, "not found")):
            if which:
                yield f"{' and '.join(which)} {what} {where}"


def shifted(pages: int) -> str:
    """`-3` → `3 pages earlier`."""
    unit = "page" if abs(pages) == 1 else "pages"
    return f"{abs(pages)} {unit} {'later' if pages > 0 else 'earlier'}"


class Copy:
    """The words of a copy, by page, and across the seams between pages."""

    def __init__(self, pages: Mapping[int, str]) -> None:
        self._fingerprint = make(pages)
        # A word cut at the end of a line counts both cut and whole.
        self._words = {
            number: words(f"{text}\n{_CUT.sub('', text)}") for number, text in sorted(pages.items())
        }
        self._bodies = [(number, _body(words(pages[number]))) for number in self._words]
        self.whole = Lines(min(self._words), max(self._words))

    def find(self, phrase: str) -> list[Lines]:
        """The pages on which a phrase stands; the pair of pages across whose seam it runs."""
        wanted = f" {' '.join(words(phrase))} "
        found = [
            Lines(number, number)
            for number, own in self._words.items()
            if wanted in f" {' '.join(own)} "
        ]
        return found or [
            Lines(first, second)
            for (first, text), (second, more) in pairwise(self._bodies)
            if wanted in f" {' '.join([*text, *more])} "
        ]

    def has_number(self, number: str, pages: Lines) -> bool:
        """Whether a number stands on one of some pages, in any way in which it can be read."""
        return any(self._fingerprint.has_number(number, page) for page in pages.numbers())


def _body(words: Sequence[str]) -> Sequence[str]:
    """The words of a page without a page number at its head or foot."""
    start = 1 if words and words[0].isdecimal() else 0
    end = -1 if len(words) > start and words[-1].isdecimal() else None
    return words[start:end]


def citations(site: Site, report: str) -> list[Citation]:
    """What claims and topics cite from a report, in the order of files and lines."""
    found: list[tuple[Problem, Citation]] = []
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            if evidence.report == report:
                at = claim.problem(("evidence", index, "phrase"), "")
                where = f"{at.path}:{at.line}"
                cited = Citation(where, evidence.page, evidence.phrase, evidence.says)
                found.append((at, cited))
    for topic in site.topics.values():
        for chain_index, chain in enumerate(topic.chains):
            for index, step in enumerate(chain.steps):
                if step.report == report:
                    at = topic.problem(("chains", chain_index, "steps", index, "phrase"), "")
                    where = f"{at.path}:{at.line}"
                    found.append((at, Citation(where, step.page, step.phrase, "")))
    return [citation for _, citation in sorted(found, key=lambda item: item[0])]


def verify(cited: Sequence[Citation], pages: Mapping[int, str]) -> tuple[list[Finding], int]:
    """Look for every citation in the pages of a copy.

    Also the shift that most phrases share: by how many pages the copy's numbers are higher than
    those cited, 0 if it is the edition that we cite.
    """
    copy = Copy(pages)
    places = [copy.find(citation.phrase) if citation.phrase else [] for citation in cited]
    votes = Counter(
        span.first - citation.page
        for citation, spans in zip(cited, places, strict=True)
        for span in spans
        if citation.page
    )
    shift = min(votes, key=lambda found: (-votes[found], abs(found)), default=0)
    findings = []
    for citation, spans in zip(cited, places, strict=True):
        found = _nearest(spans, citation.page, shift)
        if citation.phrase is None:
            page = citation.page
            found = Lines(page + shift, page + shift) if page else copy.whole
        searched = found if citation.page else copy.whole
        missing = tuple(
            number
            for number in numbers(citation.says)
            if found and searched and not copy.has_number(number, searched)
        )
        findings.append(Finding(citation, found, missing))
    return findings, shift


def _nearest(spans: Sequence[Lines], page: int | None, shift: int) -> Lines | None:
    """Of the places of a phrase, the cited one, or that which fits the shift best."""
    if page is None:
        return spans[0] if spans else None
    cited = page
    return min(
        spans, key=lambda span: (cited not in span, abs(span.first - cited - shift)), default=None
    )
