"""The check: every rule between the records of a site, and the problems that they find.

The id of a rule is its name with hyphens; its docstring says on docs/about/rules.md what holds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from explainer.check import hints
from explainer.check.addresses import addresses_differ, parts_of_pages_exist
from explainer.check.quotes import (
    appearances_differ,
    quotes_are_in_their_seed,
    quotes_hold_whole_words,
)
from explainer.check.references import (
    chains_go_on,
    links_lead_somewhere,
    references_exist,
    there_is_something,
    topics_have_claims,
)
from explainer.check.reports import (
    access_is_no_better_than_recorded,
    citations_name_a_place,
    fingerprints_fit,
    numbers_are_on_their_page,
    phrases_are_on_their_page,
    phrases_are_short,
    report_records_are_whole,
)
from explainer.check.rulings import departures_name_their_ruling, rulings_give_a_departure
from explainer.check.seeds import (
    articles_are_begun,
    prose_is_accounted_for,
    seed_lines_exist,
    seeds_are_as_received,
    what_is_not_checked_is_not_quoted,
)
from explainer.check.texts import (
    our_texts_are_visible,
    texts_are_written,
    texts_hold_no_control_characters,
    texts_hold_no_html,
)
from explainer.check.titles import (
    titles_are_short_and_neutral,
    titles_differ,
    titles_quote_what_is_stored,
)
from explainer.check.verdicts import (
    claims_give_reasons,
    corrections_are_in_order,
    corrections_lead_to_the_verdict,
    dates_are_real,
    fair_wordings_differ,
    fields_are_not_run_together,
    verdicts_have_their_grounds,
)
from explainer.model import Problem, Severity, Site
from explainer.read import rules as read

Rule = Callable[[Site], Iterator[Problem]]

RULES: Mapping[Rule, Severity] = {
    **dict.fromkeys(
        (
            seeds_are_as_received,
            seed_lines_exist,
            quotes_are_in_their_seed,
            quotes_hold_whole_words,
            phrases_are_short,
            citations_name_a_place,
            phrases_are_on_their_page,
            numbers_are_on_their_page,
            access_is_no_better_than_recorded,
            fingerprints_fit,
            report_records_are_whole,
            verdicts_have_their_grounds,
            departures_name_their_ruling,
            rulings_give_a_departure,
            appearances_differ,
            claims_give_reasons,
            fair_wordings_differ,
            fields_are_not_run_together,
            corrections_are_in_order,
            corrections_lead_to_the_verdict,
            titles_are_short_and_neutral,
            titles_quote_what_is_stored,
            texts_hold_no_html,
            texts_hold_no_control_characters,
            our_texts_are_visible,
            links_lead_somewhere,
            texts_are_written,
            dates_are_real,
            references_exist,
            chains_go_on,
            addresses_differ,
            parts_of_pages_exist,
            there_is_something,
        ),
        Severity.WITHHOLDS,
    ),
    prose_is_accounted_for: Severity.WARNS,
    titles_differ: Severity.WARNS,
    what_is_not_checked_is_not_quoted: Severity.WARNS,
    articles_are_begun: Severity.GAP,
    topics_have_claims: Severity.GAP,
    **dict.fromkeys(
        (
            hints.translations_keep_numbers,
            hints.lines_keep_to_their_passages,
            hints.quotes_keep_their_negation,
            hints.phrases_keep_their_negation,
            hints.passages_can_be_found,
            hints.evidence_fits_its_verdict,
            hints.labels_agree_with_the_verdict,
            hints.like_claims_have_like_verdicts,
            hints.hedges_are_kept,
        ),
        Severity.HINT,
    ),
}
"""Every rule, and what its problems mean for a build."""


def explained() -> Iterator[tuple[str, str, str]]:
    """Every rule: its id, what it asks for, and what a problem means for a build."""
    for id, text in read.RULES.items():
        severity = Severity.STOPS if id in read.STOPPING else Severity.WITHHOLDS
        yield id, text, severity.value
    for rule, severity in RULES.items():
        yield rule_id(rule), " ".join((rule.__doc__ or "").split()), severity.value


def rule_id(rule: Rule) -> str:
    """What a problem calls the rule that found it."""
    return rule.__name__.replace("_", "-")


def check(site: Site, for_editors: bool = False) -> list[Problem]:
    """All problems between the records of a site, or all hints, in the order of files and lines."""
    return sorted(
        {
            dataclasses.replace(problem, rule=rule_id(rule), severity=severity)
            for rule, severity in RULES.items()
            if (severity is Severity.HINT) == for_editors
            for problem in rule(site)
        }
    )
