"""Rules on rulings: like cases are judged alike."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.addresses import DOCS
from explainer.model import Problem, Site, Verdict

NEED_NONE = (Verdict.ACCURATE, Verdict.NOT_RATED)


def departures_name_their_ruling(site: Site) -> Iterator[Problem]:
    """A claim that departs from the report names its ruling, and says why where it differs.

    Only where a site has rulings.
    """
    if not site.rulings and not any(path.startswith(f"{DOCS}/rulings/") for path in site.unread):
        return
    for claim in site.claims.values():
        ruling = site.rulings.get(claim.ruling or "")
        another = ruling is not None and ruling.verdict is not claim.verdict
        if claim.ruling is None and claim.verdict not in NEED_NONE:
            message = "missing field 'ruling': the file in docs/rulings/ by which it is judged"
            yield claim.problem(("verdict",), message)
        if ruling and another and not claim.differs:
            yield claim.problem(
                ("verdict",),
                f"the verdict is '{claim.verdict}', but the ruling '{ruling.id}' gives "
                f"'{ruling.verdict}': give that, name another ruling, or say why in 'differs'",
            )
        if claim.differs and not another:
            message = (
                "'differs' says why a verdict is another than that of its ruling: leave it out"
            )
            yield claim.problem(("differs",), message)


def rulings_give_a_departure(site: Site) -> Iterator[Problem]:
    """A ruling is on a kind of departure, and says why."""
    for ruling in site.rulings.values():
        if ruling.verdict in NEED_NONE:
            message = f"'{ruling.verdict}' is no departure: a ruling says how a departure is judged"
            yield ruling.problem(("verdict",), message)
        if not ruling.body:
            yield ruling.problem((), "the reasons are missing: write them below the front matter")
