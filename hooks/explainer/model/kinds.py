"""The vocabularies of the records: verdicts, changes, bearings, kinds of access and of sources."""

from __future__ import annotations

from enum import Enum


class _Kind(str, Enum):
    """A closed vocabulary: an id, a label for readers, a definition, and the question to ask."""

    label: str
    means: str
    question: str

    def __new__(cls, value: str, label: str, means: str, question: str) -> _Kind:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label, kind.means, kind.question = label, means, question
        return kind

    def __str__(self) -> str:
        return str(self.value)


class Verdict(_Kind):
    """How a claim stands to the report: kinds, not degrees."""

    ACCURATE = (
        "accurate",
        "Matches the report",
        "A reader of the claim alone would believe what the report says.",
        "Would someone who read only the claim be surprised by the report?",
    )
    MISSING_CONTEXT = (
        "missing-context",
        "Missing context",
        "True as far as it goes; a condition that changes its meaning is left out.",
        "Is every word right, and yet would one more sentence change what a reader believes?",
    )
    OVERSTATED = (
        "overstated",
        "Overstated",
        "Says more, wider, surer or worse than the report.",
        "Does the claim go further than the report in number, reach, certainty or gravity?",
    )
    UNDERSTATED = (
        "understated",
        "Understated",
        "Says less than the report, or wrongly dismisses it.",
        "Does the report go further than the claim?",
    )
    CONTRADICTED = (
        "contradicted",
        "Contradicted",
        "The report says otherwise.",
        "Is there a passage of the report that cannot be right if the claim is?",
    )
    NOT_IN_REPORT = (
        "not-in-report",
        "Not in the report",
        "No source found; the sections and sources searched are listed.",
        "Was nothing found that says this, or the opposite, where it would have to stand?",
    )
    NOT_RATED = (
        "not-rated",
        "Not rated",
        "Opinion, forecast or rhetoric: there is nothing to check it against.",
        "Is there no fact, past or present, that could settle it?",
    )


class Change(_Kind):
    """How a retelling changed what it retells."""

    SCOPE = ("scope", "Scope", "One case becomes all, or a part becomes the whole.", "How many?")
    CONDITION = (
        "condition",
        "Condition",
        "A set-up, a prompt or another condition is dropped.",
        "Under what conditions?",
    )
    CERTAINTY = (
        "certainty",
        "Certainty",
        "A possibility becomes a fact; not ruled out becomes reached.",
        "How sure is the source?",
    )
    NUMBER = ("number", "Number", "A figure is changed.", "Is it the same figure?")
    VERSION = (
        "version",
        "Version",
        "An early, candidate or unsafeguarded version becomes the released one.",
        "Which version was it?",
    )
    SUBJECT = ("subject", "Subject", "Somebody else did it.", "Who did it?")
    ATTRIBUTION = ("attribution", "Attribution", "Somebody else said it.", "Who said it?")
    LOGIC = (
        "logic",
        "Logic",
        "And becomes or; order, cause or comparison is changed.",
        "How do the parts hang together?",
    )
    INTENT = ("intent", "Intent", "A motive or feeling is added.", "Does the source know why?")
    SELECTION = (
        "selection",
        "Selection",
        "What speaks against it is left out.",
        "What does the source say against it?",
    )
    INVENTION = (
        "invention",
        "Invention",
        "Words or events that stand in no source found.",
        "Where does it come from?",
    )
    TRANSLATION = (
        "translation",
        "Translation",
        "A word is mistranslated.",
        "What was the word in the original?",
    )
    LABEL = (
        "label",
        "Label",
        "Wrong document, date, link or category.",
        "Is it the thing that it is called?",
    )


class Bearing(str, Enum):
    """Which way a passage of a report points."""

    FOR = "for"
    AGAINST = "against"
    CONTEXT = "context"


class Access(str, Enum):
    """How far we read a source, best first."""

    label: str

    def __new__(cls, value: str, label: str) -> Access:
        """A text that has a label."""
        access = str.__new__(cls, value)
        access._value_ = value
        access.label = label
        return access

    PRIMARY = ("primary", "read in the original file")
    FULL_COPY = ("full-copy", "read in a full stored copy")
    PARTIAL_COPY = ("partial-copy", "read in part, in a stored copy")
    SECOND_HAND = ("second-hand", "known at second hand")


class ReportKind(str, Enum):
    """What kind of source a report is."""

    REPORT = "report"
    STUDY = "study"
    ANNOUNCEMENT = "announcement"
    TALK = "talk"
    INTERVIEW = "interview"
    DATASET = "dataset"
    PRESS = "press"


class SeedKind(str, Enum):
    """What kind of text a seed is."""

    ARTICLE = "article"
    POST = "social-media post"
    INTERVIEW = "interview"


class SeedMarkup(str, Enum):
    """How the text of a seed is to be read."""

    TEXT = "text"
    HTML = "html"


class Role(str, Enum):
    """Who speaks in an interview."""

    PUBLISHER = "publisher"
    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    BOTH = "both"
