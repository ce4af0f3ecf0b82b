"""The check: every rule between the records of a site, and the problems that they find.

A rule is a public function of the modules below that takes a `Site` and yields problems. Its id is
its name with hyphens; its docstring says on docs/about/rules.md what it asks for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from explainer.check import (
    addresses,
    hints,
    quotes,
    references,
    reports,
    rulings,
    seeds,
    texts,
    titles,
    verdicts,
)
from explainer.model import Problem, Severity, Site
from explainer.read import rules as read

Rule = Callable[[Site], Iterator[Problem]]

_MODULES = (addresses, quotes, references, reports, rulings, seeds, texts, titles, verdicts, hints)
_SIGNATURE = {"site": "Site", "return": "Iterator[Problem]"}
_MILDER = {
    seeds.prose_is_accounted_for: Severity.WARNS,
    seeds.what_is_not_checked_is_not_quoted: Severity.WARNS,
    titles.titles_differ: Severity.WARNS,
    seeds.articles_are_begun: Severity.GAP,
    references.topics_have_claims: Severity.GAP,
}

RULES: Mapping[Rule, Severity] = {
    rule: Severity.HINT if module is hints else _MILDER.get(rule, Severity.WITHHOLDS)
    for module in _MODULES
    for name, rule in vars(module).items()
    if not name.startswith("_") and getattr(rule, "__annotations__", None) == _SIGNATURE
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
