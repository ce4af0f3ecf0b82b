"""Read and check a tree, and leave out what must not be shown."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from explainer.addresses import DOCS, FINGERPRINT
from explainer.check.rules import check
from explainer.model import Claim, Record, Severity, Site
from explainer.model.site import Loaded
from explainer.read.tree import read_site

R = TypeVar("R", bound=Record)

EARLIEST_ZONE = datetime.timezone(datetime.timedelta(hours=14))
"""Where a day begins first: no date is in the future that has begun somewhere."""


def load(root: Path, today: datetime.date | None = None) -> Loaded:
    """Read and check the tree under `root`; all its problems, sorted by file and line."""
    today = today or datetime.datetime.now(EARLIEST_ZONE).date()
    site, problems = read_site(root, today)
    problems = sorted({*problems, *check(site)})
    withheld = set(site.unread) | {
        problem.path.replace(FINGERPRINT, ".md")
        for problem in problems
        if problem.severity in (Severity.STOPS, Severity.WITHHOLDS)
    }
    withheld |= {
        claim.path for claim in site.claims.values() if not withheld.isdisjoint(_sources(claim))
    }
    return Loaded(_without(site, withheld), site, problems, frozenset(withheld))


def _sources(claim: Claim) -> set[str]:
    """The paths of the records without which a claim cannot be shown."""
    seeds = {f"seeds/{appearance.seed}.yml" for appearance in claim.appearances}
    return seeds | {f"{DOCS}/reports/{evidence.report}.md" for evidence in claim.evidence}


def _without(site: Site, withheld: set[str]) -> Site:
    def kept(records: Mapping[str, R]) -> dict[str, R]:
        return {id: record for id, record in records.items() if record.path not in withheld}

    return dataclasses.replace(
        site,
        claims=kept(site.claims),
        topics=kept(site.topics),
        reports=kept(site.reports),
        rulings=kept(site.rulings),
        seeds=kept(site.seeds),
        hand_written={p: page for p, page in site.hand_written.items() if p not in withheld},
        assets={p: file for p, file in site.assets.items() if p not in withheld},
    )
