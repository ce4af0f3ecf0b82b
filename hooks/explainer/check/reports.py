"""Rules on reports, and on what is cited from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from explainer.model import Access, Lines, Loc, Problem, Record, Report, Site
from explainer.text.suggest import nearest_name
from explainer.text.words import LAST_PAGE, count_words, numbers, words

PHRASE_WORDS = (4, 12)
"""The fewest and the most words of a phrase."""


def phrases_are_short(site: Site) -> Iterator[Problem]:
    """A phrase of a report has 4 to 12 words."""
    for record, loc, _, _, phrase in all_citations(site):
        if phrase and not _is_short(phrase):
            least, most = PHRASE_WORDS
            yield record.problem(
                (*loc, "phrase"),
                f"the phrase has {count_words(phrase)} words: "
                f"expected {least} to {most}, and no whole sentence",
            )


def _is_short(phrase: str) -> bool:
    least, most = PHRASE_WORDS
    return len(words(phrase)) >= least and count_words(phrase) <= most


def citations_name_a_place(site: Site) -> Iterator[Problem]:
    """A citation names page and section where the report has them, and they fit.

    The page is in the report, the section is listed and holds the page. A source has page numbers
    if its record says how many pages the edition has that we follow: a post on the web has none.
    """
    for record, loc, report, place, _ in all_citations(site):
        section, page = place
        edition = report.edition
        if page is None and edition and edition.pages:
            yield record.problem(loc, f"missing field 'page': '{report.id}' has numbered pages")
        if page is not None and edition and edition.pages and page > edition.pages:
            yield record.problem(
                (*loc, "page"),
                f"page {page} does not exist: '{report.id}' has {edition.pages} pages",
            )
            continue
        if section is None:
            if report.sections and edition and edition.pages:
                yield record.problem(loc, f"missing field 'section': '{report.id}' has sections")
            continue
        if report.section(section) is None:
            listed = [section.id for section in report.sections]
            near = nearest_name(section, listed)
            hint = f"did you mean '{near}'?" if near else f"they are listed in {report.path}"
            yield record.problem(
                (*loc, "section"), f"unknown section '{section}' of '{report.id}': {hint}"
            )
        elif page is not None and section in report.section_pages:
            pages = report.section_pages[section]
            if page not in pages:
                there = [id for id, pages in report.section_pages.items() if page in pages]
                hint = f"; that page holds {', '.join(there)}" if there else ""
                yield record.problem(
                    (*loc, "section"),
                    f"section {section} of '{report.id}' is on page {pages}, "
                    f"not on page {page}{hint}",
                )


def phrases_are_on_their_page(site: Site) -> Iterator[Problem]:
    """A phrase is on the page cited, by the report's fingerprint.

    Where no page is cited, as from a post on the web: in the section, if it has pages, or anywhere.
    """
    for record, loc, report, place, phrase in all_citations(site):
        if not (phrase and report.fingerprint and _is_short(phrase)):
            continue
        cited, name = _cited(report, place)
        there = report.fingerprint.pages_with(phrase)
        if not any(page in cited for page in there):
            where = (
                f"it is on page {', '.join(map(str, there))}"
                if there
                else "it is on no page; copy the words exactly"
            )
            yield record.problem((*loc, "phrase"), f"the phrase is not {name}: {where}")


def numbers_are_on_their_page(site: Site) -> Iterator[Problem]:
    """Every number written in digits in `says` is on the page cited, by the fingerprint.

    Where no page is cited: in the section, if it has pages, or anywhere.
    """
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            report = site.reports.get(evidence.report)
            if not (report and report.fingerprint):
                continue
            cited, name = _cited(report, (evidence.section, evidence.page))
            for number in numbers(evidence.says):
                there = report.fingerprint.pages_with_number(number)
                if not any(page in cited for page in there):
                    near = min(there, key=lambda page: abs(page - cited.first), default=None)
                    where = f"cite page {near}, where it is" if near else "it is on none"
                    yield claim.problem(
                        ("evidence", index, "says"),
                        f"the number {number} is not {name}: "
                        f"correct it, {where}, or write it in words",
                    )


def _cited(report: Report, place: tuple[str | None, int | None]) -> tuple[Lines, str]:
    """The pages on which a citation stands, and how to name them."""
    section, page = place
    if page is not None:
        return Lines(page, page), f"on page {page} of '{report.id}'"
    if section in report.section_pages:
        return report.section_pages[section], f"in section {section} of '{report.id}'"
    return Lines(1, LAST_PAGE), f"in '{report.id}'"


def access_is_no_better_than_recorded(site: Site) -> Iterator[Problem]:
    """A claim does not say that a source was read better than the report's record says."""
    ranks = list(Access)
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            report = site.reports.get(evidence.report)
            if report and ranks.index(evidence.read) < ranks.index(report.read):
                yield claim.problem(
                    ("evidence", index, "read"),
                    f"'{evidence.read.value}', but '{report.id}' was read as "
                    f"'{report.read.value}' at best: write that, or correct {report.path}",
                )


def fingerprints_fit(site: Site) -> Iterator[Problem]:
    """The last page of a report's fingerprint is that of the edition that we follow."""
    for report in site.reports.values():
        edition = report.edition
        if report.fingerprint and edition and edition.pages:
            found = max(report.fingerprint.pages, default=0)
            if found != edition.pages:
                loc: Loc = ("editions", report.editions.index(edition), "pages")
                message = f"our edition has {edition.pages} pages, its fingerprint {found}"
                fix = f"correct it, or make fingerprint SOURCE=… REPORT={report.id}"
                yield report.problem(loc, f"{message}: {fix}")


def report_records_are_whole(site: Site) -> Iterator[Problem]:
    """One edition is ours, sections have different ids, and their pages are in order."""
    for report in site.reports.values():
        edition, ours = report.edition, sum(edition.ours for edition in report.editions)
        if report.editions and ours != 1:
            message = f"{ours} editions are marked 'ours: true': expected exactly one"
            yield report.problem(("editions",), message)
        ids = Counter(section.id for section in report.sections)
        last = 0
        for index, section in enumerate(report.sections):
            if ids[section.id] > 1:
                message = f"the section '{section.id}' is listed {ids[section.id]} times: keep one"
                yield report.problem(("sections", index), message)
            if section.page and edition and edition.pages and section.page > edition.pages:
                message = f"page {section.page} does not exist: our edition has {edition.pages}"
                yield report.problem(("sections", index, "page"), message)
            if section.page and section.page < last:
                message = (
                    f"section '{section.id}' begins on page {section.page}, the one above it on "
                    f"page {last}: list sections in the order of their pages"
                )
                yield report.problem(("sections", index, "page"), message)
            last = section.page or last


def all_citations(
    site: Site,
) -> Iterator[tuple[Record, Loc, Report, tuple[str | None, int | None], str | None]]:
    """Every place where a record cites a known report.

    The record, the place in it, the report, the section and page cited, the phrase.
    """
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            if report := site.reports.get(evidence.report):
                place = (evidence.section, evidence.page)
                yield claim, ("evidence", index), report, place, evidence.phrase
    for topic in site.topics.values():
        for chain_index, chain in enumerate(topic.chains):
            for index, step in enumerate(chain.steps):
                if step.report and (report := site.reports.get(step.report)):
                    loc: Loc = ("chains", chain_index, "steps", index)
                    yield topic, loc, report, (step.section, step.page), step.phrase
