"""Claims, the topics that they belong to, and the rulings by which they are judged."""

from __future__ import annotations

import datetime
import hashlib
from typing import Annotated

from pydantic import Field

from explainer.model.kinds import Access, Bearing, Verdict
from explainer.model.values import Changes, Date, Model, PageNumber, Record, SectionId, Text


class Appearance(Model):
    """One place where an article makes the claim."""

    seed: Annotated[str, Field(description="the name of a file in seeds/, without its suffix")]
    quote: Annotated[Text, Field(description="the article's words, exactly as printed")]
    translation: Annotated[Text, Field(description="the quote in English, faithful first")]
    speaker: Annotated[
        Text, Field(description="'article', or the person or part that the article gives it to")
    ]
    line: Annotated[
        int | None,
        Field(ge=1, description="the line of the seed, only needed where the quote is there twice"),
    ] = None
    note: Annotated[str | None, Field(description="a disputed rendering, a slip")] = None


class Evidence(Model):
    """One passage of a report, and what it says in our own words."""

    report: Annotated[str, Field(description="the name of a file in docs/reports/, without .md")]
    section: Annotated[
        SectionId | None, Field(description="the id of one of the report's sections")
    ] = None
    page: Annotated[PageNumber | None, Field(description="a page number, as printed")] = None
    says: Annotated[Text, Field(description="what the passage says, in our own words")]
    phrase: Annotated[
        str | None, Field(description="4 to 12 words of the passage, exactly as printed")
    ] = None
    bearing: Annotated[Bearing, Field(description="for, against or context")]
    read: Annotated[
        Access, Field(description="primary, full-copy, partial-copy or second-hand: how we read it")
    ]


class Labels(Model):
    """Two independent readings, kept as they were."""

    first: Annotated[Verdict, Field(description="the verdict of the first reading")]
    second: Annotated[Verdict, Field(description="the verdict of the second, independent reading")]


class Correction(Model):
    """A change to a published claim."""

    date: Annotated[Date, Field(description="a date of the form YYYY-MM-DD")]
    was: Annotated[Text, Field(description="what the page said before")]
    now: Annotated[Text, Field(description="what it says now")]
    why: Annotated[Text, Field(description="the reason for the change")]
    wording: Annotated[
        bool, Field(description="true if only the wording changed, and not what is said")
    ] = False

    @property
    def verdicts(self) -> tuple[Verdict, Verdict] | None:
        """The old and the new verdict, where `was` and `now` are labels of verdicts."""
        labels = {verdict.label: verdict for verdict in Verdict}
        if self.was in labels and self.now in labels:
            return labels[self.was], labels[self.now]
        return None

    @property
    def anchor(self) -> str:
        """The id of the correction on its claim's page: of its content, so that it never moves."""
        text = "\n".join([self.date.isoformat(), self.was, self.now, self.why])
        return "correction-" + hashlib.sha256(text.encode()).hexdigest()[:8]


LISTED = 100
"""The most places of a claim, and the most passages: its pages show them all."""


class Claim(Record):
    """One checkable claim, in all the places where it was made."""

    claim: Annotated[
        Text, Field(description="the claim in one line of at most 75 characters, no verdict in it")
    ]
    topic: Annotated[str, Field(description="the name of a file in docs/topics/, without .md")]
    verdict: Annotated[Verdict, Field(description="one of the verdicts")]
    ruling: Annotated[
        str | None,
        Field(description="the name of a file in docs/rulings/, without .md: how it is judged"),
    ] = None
    differs: Annotated[
        str | None, Field(description="why the verdict is another than that of the ruling")
    ] = None
    reason: Annotated[Text, Field(description="one sentence, readable alone")]
    changes: Annotated[
        Changes, Field(description="a list of the ways in which the retelling changed it")
    ] = ()
    fair: Annotated[
        str | None, Field(description="the accurate sentence that could have been written")
    ] = None
    appearances: Annotated[
        tuple[Appearance, ...],
        Field(
            min_length=1,
            max_length=LISTED,
            description="a list with at least one place where the claim is made",
        ),
    ]
    evidence: Annotated[
        tuple[Evidence, ...],
        Field(max_length=LISTED, description="a list of the passages relied on"),
    ] = ()
    searched: Annotated[
        tuple[Text, ...], Field(description="a list of the sections and terms searched")
    ] = ()
    labels: Annotated[Labels, Field(description="{first: verdict, second: verdict}")]
    published: Annotated[Date, Field(description="a date of the form YYYY-MM-DD")]
    checked: Annotated[Date, Field(description="a date of the form YYYY-MM-DD")]
    corrections: Annotated[
        tuple[Correction, ...], Field(description="a list of {date, was, now, why, wording}")
    ] = ()

    @property
    def updated(self) -> datetime.date:
        """The day of the latest change that the record speaks of."""
        return max([self.checked, self.published, *(c.date for c in self.corrections)])

    @property
    def verdict_changes(self) -> list[Correction]:
        """The corrections that changed the verdict, newest first."""
        found = [correction for correction in self.corrections if correction.verdicts]
        return sorted(found, key=lambda correction: correction.date)[::-1]

    @property
    def deciding(self) -> Evidence | None:
        """The passage to show where there is room for one: the first that the verdict rests on."""
        wanted = Bearing.FOR if self.verdict is Verdict.ACCURATE else Bearing.AGAINST
        fitting = (evidence for evidence in self.evidence if evidence.bearing is wanted)
        return next(fitting, self.evidence[0] if self.evidence else None)


class Step(Model):
    """One wording in a chain: a report's phrase, or an article's words through a claim."""

    report: Annotated[str | None, Field(description="the name of a file in docs/reports/")] = None
    section: Annotated[SectionId | None, Field(description="a section of that report")] = None
    page: Annotated[PageNumber | None, Field(description="a page of that report")] = None
    phrase: Annotated[str | None, Field(description="4 to 12 words of that report")] = None
    claim: Annotated[str | None, Field(description="the name of a file in docs/claims/")] = None
    seed: Annotated[str | None, Field(description="the seed in which that claim appears")] = None
    speaker: Annotated[
        str | None,
        Field(description="whose words, only needed where the claim appears twice in that seed"),
    ] = None
    changed: Annotated[
        str | None, Field(description="what was kept, lost and added since the step before")
    ] = None

    def appearances(self, claim: Claim) -> list[Appearance]:
        """The appearances of a claim that the step can mean; the first one is shown."""
        return [
            appearance
            for appearance in claim.appearances
            if appearance.seed == self.seed and self.speaker in (None, appearance.speaker)
        ]


class Chain(Model):
    """The wordings of one statement, in order, from the report to the article."""

    title: Annotated[Text, Field(description="what the chain shows")]
    steps: Annotated[
        tuple[Step, ...], Field(min_length=2, description="a list with at least two wordings")
    ]


class Topic(Record):
    """What the report found on a subject; its claims are those that name it."""

    title: Annotated[Text, Field(description="the topic, in a few words")]
    question: Annotated[Text, Field(description="the question that a reader brings")]
    found: Annotated[Text, Field(description="what the report found, with its conditions")]
    answer: Annotated[Text, Field(description="the answer in at most three sentences")]
    rendering: Annotated[
        bool, Field(description="true if its claims are about how a text renders what was said")
    ] = False
    chains: Annotated[tuple[Chain, ...], Field(description="a list of chains of wordings")] = ()


class Ruling(Record):
    """How one kind of case is judged, so that like cases are judged alike; its body says why."""

    title: Annotated[Text, Field(description="the kind of case, in a few words")]
    situation: Annotated[Text, Field(description="what a claim of this kind looks like")]
    rule: Annotated[Text, Field(description="what decides, and which verdict follows")]
    verdict: Annotated[Verdict, Field(description="the verdict that follows")]
