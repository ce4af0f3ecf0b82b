"""What was published and has changed since without a word: the corrections that are missing.

A record is published once a commit that was published holds it in a form that can be read. From
then on its address stays, and what its page states changes only with an entry:

- A verdict needs an entry with the labels of both verdicts.
- A reason or a quote needs an entry that names it: of what the text lost, its `was` repeats
  `NAMED_WORDS` words in a row, or its `now` so many of what the text gained.
- Title, kinds of change, fair wording, ruling, and all of the passages and appearances but notes
  and line numbers need an entry in that claim, whatever it names. White space and punctuation of
  their texts are free.
- The day of publication, the two labels, old entries, the text and the slug of an article, and the
  name of every record stay as they are.
- A fingerprint needs a new note of an edition of its report, unless only its version changed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from explainer.addresses import FINGERPRINT
from explainer.check.load import load
from explainer.commands import history
from explainer.commands.history import Version
from explainer.commands.terminal import ROOT, say
from explainer.model import Claim, Correction, Model, Problem, Report, Site, ranges
from explainer.model.fingerprint import Fingerprint
from explainer.text.words import words

NAMED_WORDS = 3
ENTER = "enter a correction with date, was, now and why"
_TOLD = re.compile(r"\w+|[^\w\s.,:;…'\"“”‘’„«»‹›()\[\]–—-]|[.,:–-](?=\d)")
"""A text without white space and punctuation, but for what belongs to a number."""


@click.command("corrections")
@click.argument("base")
@click.argument("head", required=False)
@ROOT
def command(base: str, head: str | None, root: Path) -> None:
    """Print what was published with the commit BASE and changed after it without a correction.

    Compared with the commit HEAD or, without it, with the files as they are now. Records that are
    gone, renamed or can no longer be compared fail too.
    """
    now = load(root).read
    try:
        published = history.version(root, base, now.today)
        after = history.site_at(root, head, now.today) if head else now
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    problems = uncorrected(published, after)
    say(*problems)
    if problems:
        sys.exit(1)
    unread = len(published.withheld)
    note = f" {unread} records were not published, for they had problems." if unread else ""
    say(f"{len(published.site.claims)} published claims compared.{note}", err=True)


def uncorrected(published: Version, after: Site) -> list[Problem]:
    """What was published and is gone, changed without an entry, or cannot be compared."""
    before = published.site
    problems = [
        *_incomparable(published),
        *_gone(before, after),
        *_changed_articles(before, after),
    ]
    for id, old in before.claims.items():
        if new := after.claims.get(id):
            problems.extend(_silent_changes(old, new))
    for id, report in before.reports.items():
        if id in after.reports:
            problems.extend(_unexplained(report, after.reports[id]))
    return sorted(problems)


def _incomparable(published: Version) -> Iterator[Problem]:
    for path in published.site.unread.keys() - published.withheld:
        message = f"as it was at {published.commit}, it cannot be read, so it cannot be compared"
        advice = "change the form of records in two steps, as docs/contribute.md says"
        yield Problem(path, 1, f"{message}: {advice}")


def _gone(before: Site, after: Site) -> Iterator[Problem]:
    there = {record.path for record in after.records()}
    for old in before.records():
        if old.path in after.unread:
            message = "can no longer be read, so it cannot be compared: see 'make check'"
            yield Problem(old.path, 1, message)
        elif old.path not in there:
            kind = type(old).__name__.lower()
            message = f"this published {kind} is gone, but its address stays: restore the file"
            if isinstance(old, Claim):
                message += _instead(old, before, after)
            yield Problem(old.path, 1, message)


def _instead(old: Claim, before: Site, after: Site) -> str:
    """What to do instead of removing a claim."""
    message = "; to withdraw the claim, say so in its reason and enter a correction"
    for id, claim in after.claims.items():
        if id not in before.claims and _quotes(claim) & _quotes(old):
            return f"{message}. The new claim '{id}' has its quote: a claim is never renamed"
    return message


def _changed_articles(before: Site, after: Site) -> Iterator[Problem]:
    for id, old in before.seeds.items():
        new = after.seeds.get(id)
        if new and new.raw != old.raw:
            message = "the article changed after it was published: restore its text"
            yield Problem(new.text_path, 1, message)
        if new and new.slug != old.slug:
            message = f"the slug was '{old.slug}' when published, and its address stays: restore it"
            yield new.problem(("slug",), message)


def _silent_changes(old: Claim, new: Claim) -> Iterator[Problem]:
    yield from _never_changed(old, new)
    entries = Counter(new.corrections) - Counter(old.corrections)
    if old.verdict is not new.verdict and not _tells(entries, old, new):
        yield new.problem(
            ("verdict",),
            f"the verdict was '{old.verdict.label}' when it was published: enter a correction "
            f"with 'was: {old.verdict.label}' and 'now: {new.verdict.label}'",
        )
    if old.reason.split() != new.reason.split() and not _name(entries, old.reason, new.reason):
        message = f"the reason was '{old.reason}' when published"
        yield new.problem(("reason",), f"{message}: {ENTER} that names what changed in it")
    for seed, quote in sorted(_quotes(old) - _quotes(new)):
        now = " ".join(text for name, text in sorted(_quotes(new)) if name == seed)
        if not _name(entries, quote, now):
            message = f"the quote '{quote}' of '{seed}' was published here"
            yield new.problem(("appearances",), f"{message}: {ENTER} that names it")
    if not entries:
        for field in _changed_facts(old, new):
            message = f"'{field}' said something else when published"
            yield new.problem((field,), f"{message}: {ENTER}")


def _never_changed(old: Claim, new: Claim) -> Iterator[Problem]:
    for entry in Counter(old.corrections) - Counter(new.corrections):
        message = f"the entry of {entry.date} was changed or taken out: restore it as it was"
        yield new.problem(("corrections",), message)
    if old.published != new.published:
        message = f"it was published on {old.published}, and this date never changes: restore it"
        yield new.problem(("published",), message)
    if old.labels != new.labels:
        first, second = old.labels.first.value, old.labels.second.value
        message = f"first was '{first}' and second '{second}' when published: restore both"
        yield new.problem(("labels",), message)


def _tells(entries: Counter[Correction], old: Claim, new: Claim) -> bool:
    """Whether the new entries lead from the old verdict to the new one, be it in several steps."""
    changes = [entry.verdicts for entry in entries if entry.verdicts]
    reached = {old.verdict}
    for _ in changes:
        reached |= {now for was, now in changes if was in reached}
    return new.verdict in reached


def _name(entries: Counter[Correction], old: str, new: str) -> bool:
    """Whether an entry names a text that changed, by what it lost or gained.

    Where its words are the same, by any of them.
    """
    same = words(old) == words(new)
    return any(
        _shares(entry.was, old, "" if same else new) or _shares(entry.now, new, "" if same else old)
        for entry in entries
    )


def _shares(told: str, text: str, other: str) -> bool:
    """Whether words in a row of what is told stand in a text, and not in the other text."""
    length = min(NAMED_WORDS, len(words(told)), len(words(text)))
    return bool(_runs(told, length) & _runs(text, length) - _runs(other, length))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1) if length}


def _quotes(claim: Claim) -> set[tuple[str, str]]:
    return {(appearance.seed, appearance.quote) for appearance in claim.appearances}


def _changed_facts(old: Claim, new: Claim) -> Iterator[str]:
    """The fields in which a claim's page stated something else; not where it stated nothing."""
    kept = _quotes(old) & _quotes(new)
    before, after = _facts(old, kept), _facts(new, kept)
    return (field for field in before if before[field] and before[field] != after[field])


def _facts(claim: Claim, quotes: set[tuple[str, str]]) -> dict[str, object]:
    """What else a claim's page states, by field; of the appearances, those with some quotes."""
    appearances = [a for a in claim.appearances if (a.seed, a.quote) in quotes]
    return {
        "claim": _told(claim.claim),
        "changes": set(claim.changes),
        "fair": _told(claim.fair),
        "ruling": claim.ruling,
        "appearances": Counter(_values(item) for item in appearances),
        "evidence": Counter(_values(item) for item in claim.evidence),
    }


def _values(item: Model) -> tuple[object, ...]:
    return tuple(_told(value) for field, value in item if field not in ("line", "note"))


def _told(value: object) -> object:
    return tuple(_TOLD.findall(value)) if type(value) is str else value


def _unexplained(old: Report, new: Report) -> Iterator[Problem]:
    notes, known = ({edition.note for edition in report.editions} for report in (new, old))
    pages = changed_pages(old.fingerprint, new.fingerprint)
    if pages and notes <= known:
        message = (
            f"this published fingerprint changed ({pages}): say why in the 'note' of an edition"
        )
        yield Problem(fingerprint_path(new), 1, f"{message} in {new.path}")


def fingerprint_path(report: Report) -> str:
    """Where a report's fingerprint stands, or would stand."""
    return report.path.removesuffix(".md") + FINGERPRINT


def changed_pages(old: Fingerprint | None, new: Fingerprint | None) -> str:
    """Which pages of a fingerprint changed: `pages 3, 5–7`; empty if none did, or if none was."""
    if old is None or old == new:
        return ""
    if new is None or old.salt != new.salt:
        return "all pages"
    both = old.pages.keys() | new.pages.keys()
    pages = ranges(page for page in both if old.pages.get(page) != new.pages.get(page))
    return f"pages {', '.join(map(str, pages))}"
