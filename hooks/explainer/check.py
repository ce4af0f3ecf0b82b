"""The rules between records. Each is a generator of problems; its docstring states the rule."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from rapidfuzz import fuzz

from explainer import prose
from explainer.fingerprint import count_words, numbers, words
from explainer.model import (
    Access,
    Appearance,
    Bearing,
    Claim,
    Lines,
    Loc,
    Problem,
    Record,
    Report,
    Seed,
    Site,
    Step,
    Verdict,
    summary_path,
)
from explainer.read import DOCS, SEEDS, address

TITLE_LENGTH = 75
PHRASE_WORDS = (4, 12)
EARLIEST = 1990
"""Years before this one, in the dates of our own work, are placeholders."""

VERDICT_WORDS = (
    *(verdict.label for verdict in Verdict),
    *("accurate", "inaccurate", "correct", "incorrect", "true", "half true", "untrue", "false"),
    *("overstated", "understated", "exaggerated", "misleading", "wrong", "contradicted"),
    *("missing context", "not in report", "unproven", "verified", "unverified"),
    *("debunked", "refuted", "hoax", "fake"),
)
PLACEHOLDERS = re.compile(r"\b(TODO|FIXME|TBD|XXX|PENDING)\b|(?i:lorem ipsum)")
QUOTED = re.compile(
    r"“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》|〈([^〉]*)〉|\"([^\"]*)\"|«([^»]*)»|„([^“]*)“|»([^«]*)«"
)
MARKS = '“”「」『』《》〈〉«»„"'
RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])")
WORDS_OF_OTHERS = ("quote", "translation", "phrase", "headline", "text")
CONTROL = ("Cc", "Zl", "Zp")
BEGIN = {
    SEEDS: "make new-seed FILE=…",
    f"{DOCS}/claims": "make new-claim",
    f"{DOCS}/topics": "make new-topic",
    f"{DOCS}/reports": "make new-report",
}
"""The command that begins a record, by folder."""

Rule = Callable[[Site], Iterator[Problem]]


def check(site: Site) -> list[Problem]:
    """All problems between the records of a site, in the order of files and lines."""
    return sorted({problem for rule in RULES for problem in rule(site)})


# Seeds


def seeds_are_as_received(site: Site) -> Iterator[Problem]:
    """A seed's bytes have the recorded hash; they are UTF-8 text without BOM, CR or NUL."""
    for seed in site.seeds.values():
        raw, path = seed.raw, seed.text_path
        found = hashlib.sha256(raw).hexdigest()
        if not raw.strip():
            yield Problem(path, 1, "is empty: put the article into it, or remove the seed")
            yield seed.problem((), f"the article '{path}' is empty")
            continue
        if found != seed.sha256:
            yield seed.problem(
                ("sha256",),
                f"'{path}' is not the text recorded here: expected sha256 {seed.sha256}, "
                f"found {found}; restore the text, for a seed is never edited, "
                "or record this hash if the seed is new",
            )
        for line, message in unusable(raw):
            mend = "; make new-seed FILE=… converts a text, and says so in 'provenance'"
            yield from _both(seed, Problem(path, line, message + mend))


def unusable(raw: bytes) -> Iterator[tuple[int, str]]:
    """Why the bytes of an article cannot be a seed: line and message."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield 1 + raw.count(b"\n", 0, error.start), "is not UTF-8"
    for mark, name in (
        (b"\xef\xbb\xbf", "a byte order mark"),
        (b"\r", "a carriage return (CR); lines end with LF alone"),
        (b"\0", "a NUL"),
    ):
        if mark in raw:
            yield 1 + raw.count(b"\n", 0, raw.index(mark)), f"holds {name}"


def _both(seed: Seed, problem: Problem) -> Iterator[Problem]:
    """A problem of the article's text withholds the seed too, whose file is another."""
    yield problem
    yield seed.problem((), f"the article cannot be used: line {problem.line} {problem.message}")


def seed_lines_exist(site: Site) -> Iterator[Problem]:
    """Every line that a seed's record or summary names exists; a part of a line stands in it."""
    for seed in _usable_seeds(site):
        last = len(seed.lines)
        for name in ("noise", "not_checked", "speakers"):
            for index, entry in enumerate(getattr(seed, name)):
                if entry.lines.last > last:
                    message = f"line {entry.lines.last} does not exist: the seed has {last} lines"
                    yield seed.problem((name, index, "lines"), message)
        for index, line in enumerate(seed.headings):
            if line > last:
                message = f"line {line} does not exist: the seed has {last} lines"
                yield seed.problem(("headings", index), message)
        for index, entry in enumerate(seed.not_checked):
            if entry.text and not any(
                span.lines.first in entry.lines and span.lines.last in entry.lines
                for span in seed.find(entry.text)
            ):
                yield seed.problem(
                    ("not_checked", index, "text"),
                    f"'{entry.text}' does not stand in line {entry.lines}",
                )
        if seed.summary:
            for point in (point for part in seed.summary.parts for point in part.points):
                if point.lines.last > last:
                    message = f"line {point.lines.last} does not exist: the seed has {last} lines"
                    yield Problem(seed.summary.path, point.line, message)


def prose_is_accounted_for(site: Site) -> Iterator[Problem]:
    """Every prose line of a seed is quoted by a claim, or listed as not checked."""
    if any(path.startswith(f"{DOCS}/claims/") for path in site.unread):
        return  # what a claim that cannot be read would quote is not known
    if any(appearance.seed not in site.seeds for _, _, appearance in _appearances(site)):
        return
    for seed in _usable_seeds(site):
        if any(
            appearance.seed == seed.id and not seed.find(appearance.quote, appearance.line)
            for _, _, appearance in _appearances(site)
        ):
            continue  # a quote with a slip is a problem of its own
        left = unaccounted(site, seed)
        if left:
            lines = ", ".join(map(str, ranges(left)))
            yield Problem(
                seed.path,
                seed.problem(("not_checked",), "").line,
                f"prose without a claim: line {lines} of '{seed.text_path}'; quote it in a claim "
                "(make new-claim), or list it under 'not_checked' with a reason",
                blocks=False,
                gap=not quoted_lines(site, seed),
            )


def _usable_seeds(site: Site) -> list[Seed]:
    return [seed for seed in site.seeds.values() if not any(unusable(seed.raw))]


def what_is_not_checked_is_not_quoted(site: Site) -> Iterator[Problem]:
    """A line that is listed as not checked, as a whole, is quoted by no claim."""
    for seed in site.seeds.values():
        quoted = quoted_lines(site, seed)
        for index, entry in enumerate(seed.not_checked):
            both = quoted.intersection(entry.lines.numbers()) if not entry.text else None
            if both:
                lines = ", ".join(map(str, ranges(both)))
                problem = seed.problem(
                    ("not_checked", index, "lines"),
                    f"line {lines} is quoted by a claim: take it out here, "
                    "or name with 'text' the part that is not checked",
                )
                yield dataclasses.replace(problem, blocks=False)


def quoted_lines(site: Site, seed: Seed) -> set[int]:
    """The lines of a seed that claims quote."""
    return {
        number
        for claim in site.claims.values()
        for appearance in claim.appearances
        if appearance.seed == seed.id
        for span in seed.find(appearance.quote, appearance.line)[:1]
        for number in span.lines.numbers()
    }


def unaccounted(site: Site, seed: Seed) -> list[int]:
    """The prose lines of a seed that are neither quoted nor listed as not checked."""
    listed = {number for entry in seed.not_checked for number in entry.lines.numbers()}
    accounted = listed | quoted_lines(site, seed)
    return [line for line in seed.prose if line not in accounted]


def ranges(numbers: Iterable[int]) -> list[Lines]:
    """Numbers as ranges: 3, 5, 6, 7 → 3, 5–7."""
    found: list[Lines] = []
    for number in sorted(numbers):
        if found and found[-1].last == number - 1:
            found[-1] = Lines(found[-1].first, number)
        else:
            found.append(Lines(number, number))
    return found


# Quotes


def quotes_stand_in_their_seed(site: Site) -> Iterator[Problem]:
    """A quote stands in its seed exactly, and once."""
    for claim, index, appearance in _appearances(site):
        seed = site.seeds.get(appearance.seed)
        if seed is None or any(unusable(seed.raw)) or not seed.raw.strip():
            continue
        found = seed.find(appearance.quote, appearance.line)
        loc = ("appearances", index, "quote")
        if len(found) > 1:
            lines = " and ".join(str(span.lines) for span in found)
            mend = "quote more of the sentence"
            if len({span.lines for span in found}) == len(found):
                mend += ", or name one with the field 'line'"
            yield claim.problem(
                loc, f"the quote stands {len(found)} times in '{seed.id}', line {lines}: {mend}"
            )
        elif not found:
            elsewhere = seed.find(appearance.quote)
            if elsewhere:
                yield claim.problem(
                    ("appearances", index, "line"),
                    f"the quote does not stand on line {appearance.line} of '{seed.id}', "
                    f"but on line {elsewhere[0].lines}",
                )
                continue
            line, near = nearest(seed, appearance.quote)
            yield claim.problem(
                loc,
                f"the quote does not stand in '{seed.id}'; nearest is line {line}: '{near}'"
                f"{_invisible(appearance.quote, near)}. "
                "Copy the words exactly, with their signs and spaces",
            )


def _invisible(quote: str, near: str) -> str:
    """The first character that differs, where the eye cannot tell."""

    def folded(text: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", text).split())

    if folded(quote) != folded(near):
        return ""
    pairs = zip_longest(quote, near, fillvalue="")
    mine, theirs = next(pair for pair in pairs if pair[0] != pair[1])
    names = [f"U+{ord(sign):04X}" if sign else "nothing" for sign in (mine, theirs)]
    return f" (the quote has {names[0]} where the seed has {names[1]})"


def nearest(seed: Seed, quote: str) -> tuple[int, str]:
    """The line most like a quote, and the stretch of it that is most like it."""
    scored = [
        (alignment.score, -number, line[alignment.dest_start : alignment.dest_end])
        for number, line in enumerate(seed.lines, 1)
        if (alignment := fuzz.partial_ratio_alignment(quote, line)) and len(line) >= len(quote) / 4
    ]
    _, number, near = max(scored, default=(0, -1, seed.lines[0]))
    return -number, near


# Reports


def phrases_are_short(site: Site) -> Iterator[Problem]:
    """A phrase of a report has 4 to 12 words."""
    for record, loc, _, _, phrase in _citations(site):
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
    """A cited page is in the report, a cited section is listed and holds the page."""
    for record, loc, report, place, _ in _citations(site):
        section, page = place
        edition = report.edition
        if page is None and (report.fingerprint or (edition and edition.pages)):
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
            near = difflib.get_close_matches(section, listed, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"they are listed in {report.path}"
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


def phrases_stand_on_their_page(site: Site) -> Iterator[Problem]:
    """A phrase stands on the page cited, by the report's fingerprint."""
    for record, loc, report, (_, page), phrase in _citations(site):
        if not (phrase and page and report.fingerprint and _is_short(phrase)):
            continue
        pages = report.fingerprint.pages_with(phrase)
        if page not in pages:
            where = (
                f"it stands on page {', '.join(map(str, pages))}"
                if pages
                else "it stands on no page; copy the words exactly"
            )
            yield record.problem(
                (*loc, "phrase"), f"the phrase is not on page {page} of '{report.id}': {where}"
            )


def numbers_stand_on_their_page(site: Site) -> Iterator[Problem]:
    """Every number written in digits in `says` stands on the page cited."""
    for claim in site.claims.values():
        for index, evidence in enumerate(claim.evidence):
            report = site.reports.get(evidence.report)
            if not (report and report.fingerprint and evidence.page):
                continue
            found, cited = report.fingerprint, evidence.page
            for number in numbers(evidence.says):
                if not found.has_number(number, cited):
                    there = [page for page in found.pages if found.has_number(number, page)]
                    near = min(there, key=lambda page: abs(page - cited), default=None)
                    where = f"cite page {near}, where it stands" if near else "it stands on none"
                    yield claim.problem(
                        ("evidence", index, "says"),
                        f"the number {number} is not on page {cited} of '{report.id}': "
                        f"correct it, {where}, or write it in words",
                    )


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
    """A report's fingerprint has the pages of the edition that we follow."""
    for report in site.reports.values():
        edition = report.edition
        if report.fingerprint and edition and edition.pages:
            found = max(report.fingerprint.pages, default=0)
            if found != edition.pages:
                loc: Loc = ("editions", report.editions.index(edition), "pages")
                message = f"our edition has {edition.pages} pages, its fingerprint {found}"
                mend = f"correct it, or make fingerprint SOURCE=… REPORT={report.id}"
                yield report.problem(loc, f"{message}: {mend}")


def report_records_are_whole(site: Site) -> Iterator[Problem]:
    """One edition is ours, sections have different ids, and their pages are in order."""
    for report in site.reports.values():
        ours = sum(edition.ours for edition in report.editions)
        if report.editions and ours != 1:
            message = f"{ours} editions are marked 'ours: true': expected exactly one"
            yield report.problem(("editions",), message)
        ids = Counter(section.id for section in report.sections)
        last = 0
        for index, section in enumerate(report.sections):
            if ids[section.id] > 1:
                message = f"the section '{section.id}' is listed {ids[section.id]} times: keep one"
                yield report.problem(("sections", index), message)
            if section.page and section.page < last:
                message = (
                    f"section '{section.id}' begins on page {section.page}, the one above it on "
                    f"page {last}: list sections in the order of their pages"
                )
                yield report.problem(("sections", index, "page"), message)
            last = section.page or last


# Verdicts


def verdicts_have_their_grounds(site: Site) -> Iterator[Problem]:
    """Verdict, evidence, changes, fair wording and searches agree."""
    for claim in site.claims.values():
        verdict, bearings = claim.verdict, {evidence.bearing for evidence in claim.evidence}
        at: Loc = ("verdict",)
        rated = verdict not in (Verdict.ACCURATE, Verdict.NOT_RATED)
        needs_evidence = verdict not in (Verdict.NOT_IN_REPORT, Verdict.NOT_RATED)
        if needs_evidence and not claim.evidence:
            yield claim.problem(at, f"'{verdict}' needs evidence: add the passage it rests on")
        elif verdict is Verdict.ACCURATE and Bearing.FOR not in bearings:
            yield claim.problem(at, "'accurate' needs evidence with 'bearing: for'")
        elif verdict is Verdict.CONTRADICTED and Bearing.AGAINST not in bearings:
            yield claim.problem(at, "'contradicted' needs evidence with 'bearing: against'")
        if verdict is Verdict.NOT_IN_REPORT and Bearing.FOR in bearings:
            yield claim.problem(at, "'not-in-report' cannot have evidence with 'bearing: for'")
        if verdict is Verdict.NOT_IN_REPORT and not claim.searched:
            yield claim.problem(at, "'not-in-report' needs 'searched': the sections and terms")
        if verdict is Verdict.NOT_RATED and bearings - {Bearing.CONTEXT}:
            message = "'not-rated' claims nothing: its evidence can only be 'bearing: context'"
            yield claim.problem(at, message)
        if not rated and claim.changes:
            yield claim.problem(("changes",), f"'{verdict}' has no changes: expected an empty list")
        if rated and not claim.changes:
            yield claim.problem(at, f"'{verdict}' needs 'changes': how the claim departs")
        if not rated and claim.fair:
            yield claim.problem(("fair",), f"'{verdict}' needs no other wording: leave 'fair' out")
        if rated and verdict is not Verdict.NOT_IN_REPORT and not claim.fair:
            yield claim.problem(at, f"'{verdict}' needs 'fair': an accurate sentence")


def appearances_differ(site: Site) -> Iterator[Problem]:
    """A claim lists each place where it appears once."""
    for claim in site.claims.values():
        seen = set()
        for index, appearance in enumerate(claim.appearances):
            place = (appearance.seed, appearance.quote, appearance.line)
            if place in seen:
                yield claim.problem(
                    ("appearances", index), "this appearance is listed twice: keep one"
                )
            seen.add(place)


def claims_give_reasons(site: Site) -> Iterator[Problem]:
    """A claim's page has its reasoning."""
    for claim in site.claims.values():
        if not claim.body:
            yield claim.problem((), "the reasoning is missing: write it below the front matter")


def corrections_lead_to_the_verdict(site: Site) -> Iterator[Problem]:
    """The last correction of a verdict names the verdict that the claim has now."""
    for claim in site.claims.values():
        for correction in claim.verdict_changes[:1]:
            if correction.now != claim.verdict.label:
                index = claim.corrections.index(correction)
                yield claim.problem(
                    ("corrections", index, "now"),
                    f"the last correction of the verdict ends at '{correction.now}', "
                    f"but the verdict is '{claim.verdict.label}'",
                )


# Titles and texts


def titles_are_short_and_neutral(site: Site) -> Iterator[Problem]:
    """A claim's title has at most 75 characters and no verdict word."""
    for claim in site.claims.values():
        title = claim.claim
        if len(title) > TITLE_LENGTH:
            yield claim.problem(
                ("claim",),
                f"the title has {len(title)} characters: expected at most {TITLE_LENGTH}",
            )
        for word in VERDICT_WORDS:
            if re.search(rf"\b{re.escape(word)}\b", title, re.IGNORECASE):
                yield claim.problem(
                    ("claim",),
                    f"the verdict word '{word}' stands in the title: state the claim only",
                )


def titles_quote_what_is_stored(site: Site) -> Iterator[Problem]:
    """Quotation marks in titles stand only around words of a stored quote or translation."""
    for claim in site.claims.values():
        yield from _stored(claim, ("claim",), claim.claim, _quotable([claim], phrases=False))
    for topic in site.topics.values():
        stored = _quotable(
            (claim for claim in site.claims.values() if claim.topic == topic.id), phrases=True
        )
        yield from _stored(topic, ("title",), topic.title, stored)
        for index, chain in enumerate(topic.chains):
            own = [step.phrase for step in chain.steps if step.phrase]
            yield from _stored(topic, ("chains", index, "title"), chain.title, stored + own)
    for seed in site.seeds.values():
        quoting = [
            claim
            for claim in site.claims.values()
            if any(appearance.seed == seed.id for appearance in claim.appearances)
        ]
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


def texts_hold_no_html(site: Site) -> Iterator[Problem]:
    """Records hold text and plain Markdown: no HTML, no images, no script links."""
    for record in _records(site):
        for loc, text in record.texts():
            if loc[-1] not in ("quote", "headline", "text") and RAW_HTML.search(text):
                name = loc[-1] if isinstance(loc[-1], str) else loc[0]
                yield record.problem(loc, f"HTML in '{name}': write plain text")
        marked = False
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            if RAW_HTML.search(line):
                marked = True
                yield Problem(record.path, number, "HTML in the text: write plain Markdown")
        for needle, message in [] if marked else prose.problems(record.body):
            yield Problem(record.path, _line_with(record, needle), message)
    for seed in site.seeds.values():
        for part in seed.summary.parts if seed.summary else ():
            for point in part.points:
                if RAW_HTML.search(point.text) or RAW_HTML.search(part.title):
                    message = "HTML in the summary: write plain text"
                    yield Problem(summary_path(seed), point.line, message)


def texts_hold_no_control_characters(site: Site) -> Iterator[Problem]:
    """Texts hold no control characters but line breaks, however YAML writes them."""
    for record in _records(site):
        for loc, text in record.texts():
            found = next(
                (c for c in text if unicodedata.category(c) in CONTROL and c != "\n"), None
            )
            if found and not (loc[-1] == "quote" and found == "\t"):
                message = f"holds the control character U+{ord(found):04X}: remove it"
                yield record.problem(loc, message)


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    """A link in a record leads to a page of the site, or to a full address."""
    known = {target for target, _ in (*site.pages, *generated_addresses(site))}
    for path, slug in site.unread.items():
        known.add(address(f"articles/{slug}.md" if slug else path.removeprefix(f"{DOCS}/")))
    for record in _records(site):
        folder = posixpath.dirname(record.path).removeprefix(f"{DOCS}/")
        for target in prose.links(record.body):
            parts = prose.split(target)
            if parts is None or parts.scheme or parts.netloc or not parts.path:
                continue
            uri = posixpath.normpath(posixpath.join(folder, parts.path))
            if address(uri) not in known or not uri.endswith((".md", ".json", ".xml")):
                pages = {page.removesuffix("/index.html") + ".md" for page in known}
                near = difflib.get_close_matches(uri, pages, n=1)
                hint = f"; nearest is {posixpath.relpath(near[0], folder)}" if near else ""
                message = f"the link '{target}' leads to no page{hint}"
                yield Problem(record.path, _line_with(record, target), message)


def _line_with(record: Record, text: str) -> int:
    lines = record.body.split("\n")
    index = next((index for index, line in enumerate(lines) if text in line), 0)
    return record.body_line + index


def texts_are_written(site: Site) -> Iterator[Problem]:
    """No text is empty or a placeholder."""
    for record in _records(site):
        for loc, text in record.texts():
            found = loc[-1] in WORDS_OF_OTHERS or not PLACEHOLDERS.search(text)
            begun = loc[-1] == "translation" and text.startswith("TODO")
            if begun or not (found and re.search(r"\w", text)):
                yield record.problem(loc, f"'{text[:40]}' is a placeholder: write the text")
        for number, line in enumerate(record.body.split("\n"), record.body_line):
            if PLACEHOLDERS.search(line) or (line.strip() and record.body.strip(" .…?") == ""):
                yield Problem(record.path, number, f"'{line[:40]}' is a placeholder: write it")
    for seed in site.seeds.values():
        for part in seed.summary.parts if seed.summary else ():
            for point in part.points:
                if PLACEHOLDERS.search(point.text):
                    message = f"'{point.text[:40]}' is a placeholder: write the point"
                    yield Problem(summary_path(seed), point.line, message)


# Dates


def dates_are_real(site: Site) -> Iterator[Problem]:
    """Dates of our own work are neither placeholders nor in the future, and in order."""
    for claim in site.claims.values():
        dated: list[tuple[Loc, object]] = [
            (("published",), claim.published),
            (("checked",), claim.checked),
        ]
        dated += [
            (("corrections", index, "date"), correction.date)
            for index, correction in enumerate(claim.corrections)
        ]
        for loc, date in dated:
            yield from _real(claim, loc, str(date), site)
        if claim.checked < claim.published:
            message = f"{claim.checked} is before it was published: expected {claim.published}"
            yield claim.problem(("checked",), f"{message} or later")
        for index, correction in enumerate(claim.corrections):
            if correction.date < claim.published:
                message = f"{correction.date} is before it was published: expected"
                at = ("corrections", index, "date")
                yield claim.problem(at, f"{message} {claim.published} or later")
    sources: list[Seed | Report] = [*site.seeds.values(), *site.reports.values()]
    for source in sources:
        if source.published:
            yield from _future(source, ("published",), source.published, site)


def _real(record: Record, loc: Loc, date: str, site: Site) -> Iterator[Problem]:
    if int(date[:4]) < EARLIEST:
        yield record.problem(loc, f"{date} is a placeholder: write the day")
    yield from _future(record, loc, date, site)


def _future(record: Record, loc: Loc, date: str, site: Site) -> Iterator[Problem]:
    if date > site.today.isoformat()[: len(date)]:
        yield record.problem(loc, f"{date} is in the future: today is {site.today}")


# Between records


def references_exist(site: Site) -> Iterator[Problem]:
    """The seeds, topics, reports and claims that a record names exist."""
    for claim in site.claims.values():
        yield from _refer(site, claim, ("topic",), f"{DOCS}/topics", claim.topic, site.topics)
        for index, appearance in enumerate(claim.appearances):
            loc: Loc = ("appearances", index, "seed")
            yield from _refer(site, claim, loc, SEEDS, appearance.seed, site.seeds)
        for index, evidence in enumerate(claim.evidence):
            loc = ("evidence", index, "report")
            folder = f"{DOCS}/reports"
            yield from _refer(site, claim, loc, folder, evidence.report, site.reports)
    for topic in site.topics.values():
        for chain_index, chain in enumerate(topic.chains):
            for step_index, step in enumerate(chain.steps):
                loc = ("chains", chain_index, "steps", step_index)
                if (step.report is None) == (step.claim is None):
                    yield topic.problem(loc, "a step names either a 'report' or a 'claim'")
                elif step.report is not None:
                    if not step.phrase:
                        yield topic.problem(loc, "missing field 'phrase': the report's words")
                    at, folder = (*loc, "report"), f"{DOCS}/reports"
                    yield from _refer(site, topic, at, folder, step.report, site.reports)
                else:
                    yield from _claim_step(site, topic, loc, step)


def _claim_step(site: Site, topic: Record, loc: Loc, step: Step) -> Iterator[Problem]:
    if step.section or step.page or step.phrase:
        message = "a step with a 'claim' takes its words from it: no section, page or phrase"
        yield topic.problem(loc, message)
    claim = site.claims.get(str(step.claim))
    at = (*loc, "claim")
    yield from _refer(site, topic, at, f"{DOCS}/claims", str(step.claim), site.claims)
    if step.seed is None:
        yield topic.problem(loc, "missing field 'seed': the article whose words are meant")
    elif step.seed not in site.seeds:
        yield from _refer(site, topic, (*loc, "seed"), SEEDS, step.seed, site.seeds)
    elif claim and not step_appearances(claim, step):
        known = dict.fromkeys(f"'{one.seed}' ({one.speaker})" for one in claim.appearances)
        message = f"'{step.claim}' does not appear in '{step.seed}' with that speaker"
        yield topic.problem(loc, f"{message}: expected one of {', '.join(known)}")


def step_appearances(claim: Claim, step: Step) -> list[Appearance]:
    """The appearances of a claim that a chain's step can mean; the first one is shown."""
    return [
        appearance
        for appearance in claim.appearances
        if appearance.seed == step.seed and step.speaker in (None, appearance.speaker)
    ]


def _refer(
    site: Site, record: Record, loc: Loc, folder: str, name: str, known: Mapping[str, Record]
) -> Iterator[Problem]:
    suffix = ".yml" if folder == SEEDS else ".md"
    if name in known or f"{folder}/{name}{suffix}" in site.unread:
        return
    near = difflib.get_close_matches(name, known, n=1)
    expected = f"expected a file {folder}/{name}{suffix}; {BEGIN[folder]} begins it"
    hint = f"did you mean '{near[0]}'?" if near else expected
    yield record.problem(loc, f"'{name}' is unknown: {hint}")


def addresses_differ(site: Site) -> Iterator[Problem]:
    """Two pages are never written to one address, even where case does not count."""
    claimed: dict[str, list[str]] = defaultdict(list)
    for target, path in [*site.pages, *generated_addresses(site)]:
        claimed[target.casefold()].append(path)
    for target, paths in claimed.items():
        folders = [parent for parent in _parents(target) if parent in claimed]
        paths_there = paths + [path for folder in folders for path in claimed[folder]]
        for path in paths if len(paths_there) > 1 else []:
            others = [other for other in paths_there if other != path] or ["another page"]
            named = ", ".join(other if other == GENERATED else f"'{other}'" for other in others)
            if path != GENERATED:
                message = f"would be written to the address of {named}: {target}; rename it"
                yield Problem(path, 1, message)


def _parents(target: str) -> list[str]:
    """The folders that a file needs: `a/b/c` → `a`, `a/b`."""
    parts = target.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def parts_of_pages_exist(site: Site) -> Iterator[Problem]:
    """A generated part that a hand-written page asks for exists."""
    for path, text in site.handwritten.items():
        for number, line in enumerate(text.split("\n"), 1):
            if found := PART.search(line):
                if not PART.fullmatch(line):
                    message = "a generated part stands alone on its line, without an indent"
                    yield Problem(path, number, message)
                elif found[1] not in PARTS:
                    near = difflib.get_close_matches(found[1], PARTS, n=1)
                    hint = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(PARTS)}"
                    yield Problem(path, number, f"unknown part '{found[1]}': {hint}")


PART = re.compile(r"<!-- explainer: ([^ ]+) -->")
"""What a line of a hand-written page says to be replaced by a generated part."""
PARTS = sorted(file.stem for file in (Path(__file__).parent / "templates/parts").glob("*.md"))
GENERATED = "the site's own page"
OWN_PAGES = (
    *(f"{folder}/index.md" for folder in ("articles", "claims", "reports", "topics")),
    *(
        f"data/{name}.{kind}"
        for name in ("articles", "claims", "reports")
        for kind in ("csv", "json")
    ),
    *(f"data/schema/{name}.json" for name in ("claim", "report", "seed", "topic")),
    "feed.xml",
    "feed.json",
    "corrections.xml",
)
"""What is generated besides the pages of records."""


def generated_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """The address and path of each generated page."""
    for uri in OWN_PAGES:
        yield address(uri), GENERATED
    for seed in site.seeds.values():
        yield address(f"articles/{seed.slug}.md"), seed.path
    for folder in ("claims", "topics", "reports"):
        for record in getattr(site, folder).values():
            yield address(f"{folder}/{record.id}.md"), record.path


def there_is_something(site: Site) -> Iterator[Problem]:
    """A site has at least one seed, one claim, one topic and one report."""
    for folder, command in BEGIN.items():
        records = getattr(site, folder.removeprefix(f"{DOCS}/"))
        if not records and not any(path.startswith(folder + "/") for path in site.unread):
            message = f"holds no record yet: a site needs at least one; {command} begins it"
            yield Problem(folder, 1, message)


# Helpers


def _records(site: Site) -> Iterator[Record]:
    for records in (site.claims, site.topics, site.reports, site.seeds):
        yield from records.values()


def _appearances(site: Site) -> Iterator[tuple[Claim, int, Appearance]]:
    for claim in site.claims.values():
        for index, appearance in enumerate(claim.appearances):
            yield claim, index, appearance


def _citations(
    site: Site,
) -> Iterator[tuple[Record, Loc, Report, tuple[str | None, int | None], str | None]]:
    """Every place where a record cites a known report."""
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


RULES: tuple[Rule, ...] = (
    seeds_are_as_received,
    seed_lines_exist,
    prose_is_accounted_for,
    what_is_not_checked_is_not_quoted,
    quotes_stand_in_their_seed,
    phrases_are_short,
    citations_name_a_place,
    phrases_stand_on_their_page,
    numbers_stand_on_their_page,
    access_is_no_better_than_recorded,
    fingerprints_fit,
    report_records_are_whole,
    verdicts_have_their_grounds,
    appearances_differ,
    claims_give_reasons,
    corrections_lead_to_the_verdict,
    titles_are_short_and_neutral,
    titles_quote_what_is_stored,
    texts_hold_no_html,
    texts_hold_no_control_characters,
    links_lead_somewhere,
    texts_are_written,
    dates_are_real,
    references_exist,
    addresses_differ,
    parts_of_pages_exist,
    there_is_something,
)
