"""The check: every rule between the records of a site, and the problems that they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from explainer.check.addresses import addresses_differ, parts_of_pages_exist
from explainer.check.quotes import appearances_differ, quotes_stand_in_their_seed
from explainer.check.references import links_lead_somewhere, references_exist, there_is_something
from explainer.check.reports import (
    access_is_no_better_than_recorded,
    citations_name_a_place,
    fingerprints_fit,
    numbers_stand_on_their_page,
    phrases_are_short,
    phrases_stand_on_their_page,
    report_records_are_whole,
)
from explainer.check.rulings import departures_name_their_ruling, rulings_give_a_departure
from explainer.check.seeds import (
    prose_is_accounted_for,
    seed_lines_exist,
    seeds_are_as_received,
    what_is_not_checked_is_not_quoted,
)
from explainer.check.texts import (
    texts_are_written,
    texts_hold_no_control_characters,
    texts_hold_no_html,
)
from explainer.check.titles import titles_are_short_and_neutral, titles_quote_what_is_stored
from explainer.check.verdicts import (
    claims_give_reasons,
    corrections_lead_to_the_verdict,
    dates_are_real,
    verdicts_have_their_grounds,
)
from explainer.model import Problem, Site

RULES: tuple[Callable[[Site], Iterator[Problem]], ...] = (
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
    departures_name_their_ruling,
    rulings_give_a_departure,
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


def check(site: Site) -> list[Problem]:
    """All problems between the records of a site, in the order of files and lines."""
    return sorted({problem for rule in RULES for problem in rule(site)})
