"""Rules on what records name: other records, and pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from explainer.addresses import DOCS, SEEDS, article_uri, docs_uri, written
from explainer.check.addresses import files
from explainer.check.texts import line_with
from explainer.model import Loc, Problem, Record, Severity, Site, Step
from explainer.text import markdown as prose
from explainer.text.links import split
from explainer.text.suggest import nearest_name

BEGIN = {
    SEEDS: "make new-seed FILE=…",
    f"{DOCS}/claims": "make new-claim",
    f"{DOCS}/topics": "make new-topic",
    f"{DOCS}/reports": "make new-report",
}
"""The command that begins a record, by folder."""


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    """A link in a record's body leads to another page of the site, or to a full URL."""
    known = {target for target, _ in files(site)}
    for path, slug in site.unread.items():
        known.add(written(article_uri(slug) if slug else docs_uri(path)))
    pages = sorted(page.removesuffix("/index.html") + ".md" for page in known)
    for record in site.records():
        folder = posixpath.dirname(record.path).removeprefix(f"{DOCS}/")
        for target in prose.links(record.body):
            parts = split(target)
            if parts is None or parts.scheme or parts.netloc or not parts.path:
                continue
            uri = posixpath.normpath(posixpath.join(folder, parts.path))
            if uri == docs_uri(record.path):
                message = f"the link '{target}' leads to this page itself: take it out"
                yield Problem(record.path, line_with(record, target), message)
            if written(uri) not in known or not uri.endswith((".md", ".json", ".xml")):
                near = nearest_name(uri, pages)
                hint = f"; nearest is {posixpath.relpath(near, folder)}" if near else ""
                message = f"the link '{target}' leads to no page{hint}"
                yield Problem(record.path, line_with(record, target), message)


def references_exist(site: Site) -> Iterator[Problem]:
    """The seeds, topics, reports and claims that a record names exist.

    A step of a chain names a report with a phrase, or a claim with a seed in which it appears.
    """
    for claim in site.claims.values():
        yield from _refer(site, claim, ("topic",), f"{DOCS}/topics", claim.topic, site.topics)
        if claim.ruling is not None:
            folder = f"{DOCS}/rulings"
            yield from _refer(site, claim, ("ruling",), folder, claim.ruling, site.rulings)
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
    elif claim and not step.appearances(claim):
        known = dict.fromkeys(f"'{one.seed}' ({one.speaker})" for one in claim.appearances)
        message = f"'{step.claim}' does not appear in '{step.seed}' with that speaker"
        yield topic.problem(loc, f"{message}: expected one of {', '.join(known)}")


def _refer(
    site: Site, record: Record, loc: Loc, folder: str, name: str, known: Mapping[str, Record]
) -> Iterator[Problem]:
    suffix = ".yml" if folder == SEEDS else ".md"
    if name in known or f"{folder}/{name}{suffix}" in site.unread:
        return
    near = nearest_name(name, known)
    begins = f"; {BEGIN[folder]} begins it" if folder in BEGIN else ""
    expected = f"expected a file {folder}/{name}{suffix}{begins}"
    hint = f"did you mean '{near}'?" if near else expected
    yield record.problem(loc, f"'{name}' is unknown: {hint}")


def chains_go_on(site: Site) -> Iterator[Problem]:
    """No step of a chain is in it twice."""
    for topic in site.topics.values():
        for chain_index, chain in enumerate(topic.chains):
            seen = set()
            for index, step in enumerate(chain.steps):
                same = step.model_copy(update={"changed": None})
                if same in seen:
                    loc = ("chains", chain_index, "steps", index)
                    yield topic.problem(loc, "this step is listed twice: keep one")
                seen.add(same)


def topics_have_claims(site: Site) -> Iterator[Problem]:
    """Every topic has a claim."""
    for topic in site.topics.values():
        if not site.claims_about(topic.id) and not site.unread:
            problem = topic.problem((), "no claim names this topic yet; make new-claim begins one")
            yield replace(problem, severity=Severity.GAP)


def there_is_something(site: Site) -> Iterator[Problem]:
    """A site has at least one seed, one claim, one topic and one report."""
    for folder, command in BEGIN.items():
        records = getattr(site, folder.removeprefix(f"{DOCS}/"))
        if not records and not any(path.startswith(folder + "/") for path in site.unread):
            message = f"holds no record yet: a site needs at least one; {command} begins it"
            yield Problem(folder, 1, message)
