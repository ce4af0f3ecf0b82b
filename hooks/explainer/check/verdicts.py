"""Rules on verdicts, reasons, corrections and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.model import (
    Bearing,
    Correction,
    Loc,
    Model,
    Problem,
    Record,
    Report,
    Seed,
    Site,
    Verdict,
)
from explainer.text.characters import looks_like
from explainer.text.suggest import nearest_name

EARLIEST = 1990
"""Years before this one, in the dates of our own work, are placeholders."""
_OWN_FIELDS = {
    *("appearances", "bearing", "changes", "checked", "evidence", "fair", "labels", "phrase"),
    *("published", "says", "searched", "seed", "speaker", "translation"),
}
"""Names of fields that no sentence has before a colon."""


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
        if rated and verdict is not Verdict.NOT_IN_REPORT and not claim.changes:
            yield claim.problem(at, f"'{verdict}' needs 'changes': how the claim departs")
        if not rated and claim.fair:
            yield claim.problem(("fair",), f"'{verdict}' needs no other wording: leave 'fair' out")
        if rated and verdict is not Verdict.NOT_IN_REPORT and not claim.fair:
            yield claim.problem(at, f"'{verdict}' needs 'fair': an accurate sentence")


def claims_give_reasons(site: Site) -> Iterator[Problem]:
    """A claim's page has its reasoning."""
    for claim in site.claims.values():
        if not claim.body:
            yield claim.problem((), "the reasoning is missing: write it below the front matter")


def fair_wordings_differ(site: Site) -> Iterator[Problem]:
    """The fair wording is another sentence than the claim."""
    for claim in site.claims.values():
        if claim.fair and looks_like(claim.fair).strip(" .") == looks_like(claim.claim).strip(" ."):
            yield claim.problem(("fair",), "'fair' is the claim itself: write what is accurate")


def fields_are_not_run_together(site: Site) -> Iterator[Problem]:
    """No text holds the name of the next field: an indent is missing or too deep there."""
    for claim in site.claims.values():
        owners: list[tuple[Loc, Model]] = [((), claim)]
        owners += [(("appearances", index), one) for index, one in enumerate(claim.appearances)]
        owners += [(("evidence", index), one) for index, one in enumerate(claim.evidence)]
        for loc, owner in owners:
            names = "|".join(_OWN_FIELDS & set(type(owner).model_fields))
            for name in type(owner).model_fields:
                value = getattr(owner, name)
                found = isinstance(value, str) and re.search(rf"(?:^|\s)({names}):\s", value)
                if found:
                    message = f"'{name}' holds '{found[1]}:': begin that field on a line of its own"
                    yield claim.problem((*loc, name), message)


def corrections_are_in_order(site: Site) -> Iterator[Problem]:
    """Corrections are listed by date, each says what changed, and verdicts by their labels."""
    labels = [verdict.label for verdict in Verdict]
    for claim in site.claims.values():
        last: Correction | None = None
        verdict: str | None = None
        for index, correction in enumerate(claim.corrections):
            at: Loc = ("corrections", index)
            if correction.was == correction.now:
                yield claim.problem((*at, "now"), "'was' and 'now' are the same: nothing changed")
            if last and correction.date < last.date:
                message = f"{correction.date} is before the entry above it: list them by date"
                yield claim.problem((*at, "date"), message)
            for name, said, other in (
                ("was", correction.was, correction.now),
                ("now", correction.now, correction.was),
            ):
                if said not in labels and other in labels:
                    near = nearest_name(said, labels)
                    hint = f"did you mean '{near}'?" if near else f"one of {', '.join(labels)}"
                    message = f"'{said}' is no label of a verdict, but '{other}' is: {hint}"
                    yield claim.problem((*at, name), message)
            if correction.verdicts:
                if verdict not in (None, correction.was):
                    message = f"the verdict was '{verdict}' after the entry above, not"
                    yield claim.problem((*at, "was"), f"{message} '{correction.was}'")
                verdict = correction.now
            last = correction


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


def dates_are_real(site: Site) -> Iterator[Problem]:
    """Dates of our own work are neither placeholders nor in the future, and in order.

    No source was published in the future, and no claim before its article.
    """
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
        for seed in [site.seeds.get(appearance.seed) for appearance in claim.appearances]:
            if seed and claim.published.isoformat()[: len(seed.published or "")] < (
                seed.published or ""
            ):
                message = f"{claim.published} is before '{seed.id}' was published: expected"
                yield claim.problem(("published",), f"{message} {seed.published} or later")
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
