"""The records: frozen, validated by pydantic, each knowing the file and line it came from.

The field descriptions below are the specification of every value; `read` describes the files. The
descriptions are also what an error message gives as "expected".
"""

from __future__ import annotations

import bisect
import datetime
import hashlib
import html
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from html.parser import HTMLParser
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
)

from explainer.fingerprint import LAST_PAGE, Fingerprint
from explainer.prose import split

Loc = tuple[str | int, ...]
"""Where a value stands inside a record: `("evidence", 0, "phrase")`."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file.

    `path` is relative to the project's root, `line` counts from 1. While a problem `blocks`, the
    record in that file is withheld: no page shows its content. A `gap` is work not yet begun: the
    check names it, and a strict build goes on.
    """

    path: str
    line: int
    message: str
    blocks: bool = field(default=True, compare=False)
    gap: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        # One line, whatever words of a record the message holds.
        return f"{self.path}:{self.line}: {' '.join(self.message.splitlines())}"


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
        access = str.__new__(cls, value)
        access._value_ = value
        access.label = label
        return access

    PRIMARY = ("primary", "read in the original file")
    FULL_COPY = ("full-copy", "read in a full stored copy")
    PARTIAL_COPY = ("partial-copy", "read in part, in a stored copy")
    SECOND_HAND = ("second-hand", "known at second hand")


class Lines(NamedTuple):
    """A range of lines of a file, from 1, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self.first <= line <= self.last

    def numbers(self) -> range:
        return range(self.first, self.last + 1)


class Span(NamedTuple):
    """A stretch of a seed's text: offsets in characters, and the lines it stands on."""

    start: int
    end: int
    lines: Lines


def parse_lines(text: str) -> Lines:
    """Read `"12"` or `"12-14"`; ValueError if it is neither."""
    found = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?", text.strip())
    if not found:
        raise ValueError(f"'{text}' is neither a line nor a range of lines")
    first, last = int(found[1][:9]), int((found[2] or found[1])[:9])
    if not 1 <= first <= last <= LAST_LINE:
        raise ValueError(f"'{text}' is not a range of lines from 1 upwards")
    return Lines(first, last)


def _lines(value: Any) -> Lines:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("neither a number nor a text")
    return parse_lines(str(value))


def _date(value: Any) -> datetime.date:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("not of that form")
    return datetime.date.fromisoformat(value)


def _partial_date(value: Any) -> str:
    text = str(value)
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError("not of that form")
    datetime.date.fromisoformat((text + "-01-01")[:10])
    return text


def _section(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _address(text: str) -> str:
    parts = split(text)
    if not (re.fullmatch(r"https?://[^\s<>\"]+", text) and parts and parts.netloc):
        raise ValueError("no address that starts with https:// or http://")
    return text


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) < len(values):
        raise ValueError("the same value stands twice")
    return values


Text = Annotated[str, Field(min_length=1)]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "minimum": 1000,
            "maximum": 9999,
            "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$",
        }
    ),
]
LineRange = Annotated[
    Lines,
    BeforeValidator(_lines),
    WithJsonSchema(
        {"type": ["integer", "string"], "minimum": 1, "pattern": r"^\s*\d+(\s*[-–]\s*\d+)?\s*$"}
    ),
]
SectionId = Annotated[
    str, BeforeValidator(_section), WithJsonSchema({"type": ["string", "number"]})
]
Address = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": r'^https?://[^\s<>"]+$'}),
]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")]
Page = Annotated[int, Field(ge=1, le=LAST_PAGE, strict=True)]
Changes = Annotated[
    tuple[Change, ...], AfterValidator(_unique), Field(json_schema_extra={"uniqueItems": True})
]

LAST_LINE = 1_000_000
EPOCH = datetime.date(1970, 1, 1)

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
"""What a record may be called: it becomes an address."""


def slug(title: str) -> str:
    """A name for a record: `12.5% of kettles` → `12-5-percent-of-kettles`; empty without ASCII."""
    text = unicodedata.normalize("NFKD", re.sub(r"['’]", "", title).replace("%", " percent "))
    return re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")


class Model(BaseModel):
    """A value of a record; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Origin:
    """The file a record was read from. `lines` maps the place of each value to its line."""

    id: str
    path: str
    lines: Mapping[Loc, int]
    body: str = ""
    body_line: int = 1


class Record(Model):
    """A value that fills a file of its own."""

    _origin: Origin = PrivateAttr()

    @property
    def id(self) -> str:
        return self._origin.id

    @property
    def path(self) -> str:
        return self._origin.path

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self._origin.body

    @property
    def body_line(self) -> int:
        return self._origin.body_line

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem with the value at `loc`, or with the nearest thing above it."""
        while loc not in self._origin.lines:
            loc = loc[:-1]
        return Problem(self.path, self._origin.lines[loc], message)

    def texts(self) -> Iterator[tuple[Loc, str]]:
        """Every text in the record, with its place."""
        return _texts(self, ())


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield loc, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple) and not isinstance(value, Lines):
        for index, item in enumerate(value):
            yield from _texts(item, (*loc, index))


# Claims


class Appearance(Model):
    """One place where an article makes the claim."""

    seed: Annotated[str, Field(description="the name of a file in seeds/, without its suffix")]
    quote: Annotated[Text, Field(description="the article's words, exactly as they stand")]
    translation: Annotated[Text, Field(description="the quote in English, faithful first")]
    speaker: Annotated[
        Text, Field(description="'article', or the person or part that the article gives it to")
    ]
    line: Annotated[
        int | None,
        Field(ge=1, description="the line of the seed, only needed where the quote stands twice"),
    ] = None
    note: Annotated[str | None, Field(description="a disputed rendering, a slip")] = None


class Evidence(Model):
    """One passage of a report, and what it says in our own words."""

    report: Annotated[str, Field(description="the name of a file in docs/reports/, without .md")]
    section: Annotated[
        SectionId | None, Field(description="the id of one of the report's sections")
    ] = None
    page: Annotated[Page | None, Field(description="a page number, as printed")] = None
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
        return "correction-" + hashlib.sha256(repr(self).encode()).hexdigest()[:8]


class Claim(Record):
    """One checkable claim, in all the places where it was made."""

    claim: Annotated[
        Text, Field(description="the claim in one line of at most 75 characters, no verdict in it")
    ]
    topic: Annotated[str, Field(description="the name of a file in docs/topics/, without .md")]
    verdict: Annotated[Verdict, Field(description="one of the verdicts")]
    reason: Annotated[Text, Field(description="one sentence, readable alone")]
    changes: Annotated[
        Changes, Field(description="a list of the ways in which the retelling changed it")
    ] = ()
    fair: Annotated[
        str | None, Field(description="the accurate sentence that could have been written")
    ] = None
    appearances: Annotated[
        tuple[Appearance, ...],
        Field(min_length=1, description="a list with at least one place where the claim is made"),
    ]
    evidence: Annotated[
        tuple[Evidence, ...], Field(description="a list of the passages relied on")
    ] = ()
    searched: Annotated[
        tuple[Text, ...], Field(description="a list of the sections and terms searched")
    ] = ()
    labels: Annotated[Labels, Field(description="{first: verdict, second: verdict}")]
    published: Annotated[Date, Field(description="a date of the form YYYY-MM-DD")]
    checked: Annotated[Date, Field(description="a date of the form YYYY-MM-DD")]
    corrections: Annotated[
        tuple[Correction, ...], Field(description="a list of {date, was, now, why}")
    ] = ()

    @property
    def updated(self) -> datetime.date:
        return max([self.checked, self.published, *(c.date for c in self.corrections)])

    @property
    def verdict_changes(self) -> list[Correction]:
        """The corrections that changed the verdict, newest first."""
        found = [correction for correction in self.corrections if correction.verdicts]
        return sorted(found, key=lambda correction: correction.date, reverse=True)

    @property
    def deciding(self) -> Evidence | None:
        """The passage to show where there is room for one: the first that the verdict rests on."""
        wanted = Bearing.FOR if self.verdict is Verdict.ACCURATE else Bearing.AGAINST
        fitting = (evidence for evidence in self.evidence if evidence.bearing is wanted)
        return next(fitting, self.evidence[0] if self.evidence else None)


# Topics


class Step(Model):
    """One wording in a chain: a report's phrase, or an article's words through a claim."""

    report: Annotated[str | None, Field(description="the name of a file in docs/reports/")] = None
    section: Annotated[SectionId | None, Field(description="a section of that report")] = None
    page: Annotated[Page | None, Field(description="a page of that report")] = None
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


# Reports


class ReportKind(str, Enum):
    REPORT = "report"
    STUDY = "study"
    ANNOUNCEMENT = "announcement"
    TALK = "talk"
    INTERVIEW = "interview"
    DATASET = "dataset"
    PRESS = "press"


class Edition(Model):
    """One file or address under which a report circulates."""

    name: Annotated[Text, Field(description="a short name")]
    address: Annotated[Address | None, Field(description="an address with https://")] = None
    pages: Annotated[Page | None, Field(description="how many pages it has")] = None
    ours: Annotated[
        bool, Field(description="true for the edition whose page numbers we follow")
    ] = False
    note: Annotated[str | None, Field(description="how this is known")] = None


class Section(Model):
    """A section of a report; it ends where the next one of its rank begins."""

    id: Annotated[SectionId, Field(description="its number, or its heading")]
    title: Annotated[Text, Field(description="its heading")]
    page: Annotated[Page | None, Field(description="the page it begins on")] = None


class Report(Record):
    """One primary source."""

    title: Annotated[Text, Field(description="the title of the source")]
    publisher: Annotated[Text, Field(description="who published it")]
    kind: Annotated[ReportKind, Field(description="the kind of source")]
    published: Annotated[
        PartialDate | None, Field(description="a date: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    address: Annotated[Address | None, Field(description="an address with https://")] = None
    lang: Annotated[
        Language, Field(description="the language of the source as BCP 47: en, zh-Hant")
    ]
    read: Annotated[
        Access,
        Field(description="primary, full-copy, partial-copy or second-hand: our best access"),
    ]
    interests: Annotated[Text, Field(description="what the publisher has at stake")]
    editions: Annotated[tuple[Edition, ...], Field(description="a list of editions")] = ()
    sections: Annotated[tuple[Section, ...], Field(description="a list of sections")] = ()

    _fingerprint: Fingerprint | None = PrivateAttr(default=None)

    @property
    def fingerprint(self) -> Fingerprint | None:
        return self._fingerprint

    @property
    def edition(self) -> Edition | None:
        """The edition whose page numbers we follow."""
        return next((edition for edition in self.editions if edition.ours), None)

    @cached_property
    def section_pages(self) -> dict[str, Lines]:
        """The first and last page of every section that has a page."""
        last = self.edition.pages if self.edition and self.edition.pages else None
        paged = [(section, section.page) for section in self.sections if section.page]
        ends: dict[str, Lines] = {}
        for index, (section, first) in enumerate(paged):
            following = (
                page for other, page in paged[index + 1 :] if not _inside(other.id, section.id)
            )
            end = next(following, last) or LAST_PAGE
            ends[section.id] = Lines(first, max(first, end))
        return ends

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)


def _inside(section: str, outer: str) -> bool:
    return section.startswith(outer + ".")


# Seeds


class SeedKind(str, Enum):
    ARTICLE = "article"
    POST = "social-media post"
    INTERVIEW = "interview"


class SeedMarkup(str, Enum):
    TEXT = "text"
    HTML = "html"


class Noise(Model):
    """Lines that are not prose."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    what: Annotated[Text, Field(description="what stands there")]


class NotChecked(Model):
    """Prose that no claim quotes, and why."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    text: Annotated[str | None, Field(description="the part of the line, exactly")] = None
    reason: Annotated[Text, Field(description="why it is not checked")]


class Names(Model):
    interviewer: Annotated[Text, Field(description="a name")]
    interviewee: Annotated[Text, Field(description="a name")]


class Role(str, Enum):
    PUBLISHER = "publisher"
    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    BOTH = "both"


class Turn(Model):
    """Who speaks in some lines of an interview, and how that is known."""

    lines: Annotated[LineRange, Field(description="a line, or a range such as 4-6")]
    speaker: Annotated[Role, Field(description="publisher, interviewer, interviewee or both")]
    grounds: Annotated[Text, Field(description="how it is known")]


class Point(NamedTuple):
    """One point of a translated summary, the lines it reports, and its line in the summary."""

    text: str
    lines: Lines
    line: int


class Part(NamedTuple):
    """A section of a translated summary."""

    title: str
    points: tuple[Point, ...]


class Summary(NamedTuple):
    path: str
    parts: tuple[Part, ...]


class Seed(Record):
    """An article as it was received, and what is known of it."""

    title: Annotated[Text, Field(description="the headline in English")]
    headline: Annotated[str | None, Field(description="the headline as printed")] = None
    slug: Annotated[
        str, Field(pattern=rf"^{ID_PATTERN}$", description="ASCII words with hyphens: the address")
    ]
    lang: Annotated[
        Language, Field(description="the language of the article as BCP 47: ja, zh-Hans")
    ]
    kind: Annotated[SeedKind, Field(description="the kind of text")]
    publisher: Annotated[Text, Field(description="who published it, as far as known")]
    author: Annotated[str | None, Field(description="who wrote it, if known")] = None
    published: Annotated[
        PartialDate | None, Field(description="a date: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    address: Annotated[Address | None, Field(description="an address with https://")] = None
    provenance: Annotated[Text, Field(description="where our text came from")]
    sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="the SHA-256 of the .txt file, in hex")
    ]
    markup: Annotated[SeedMarkup, Field(description="text or html")] = SeedMarkup.TEXT
    whole_text: Annotated[
        bool, Field(description="true only if the licence allows to show the whole text")
    ] = False
    headings: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...], Field(description="a list of line numbers")
    ] = ()
    noise: Annotated[tuple[Noise, ...], Field(description="a list of {lines, what}")] = ()
    not_checked: Annotated[
        tuple[NotChecked, ...], Field(description="a list of {lines, reason}")
    ] = ()
    names: Annotated[Names | None, Field(description="{interviewer: name, interviewee: name}")] = (
        None
    )
    speakers: Annotated[
        tuple[Turn, ...], Field(description="a list of {lines, speaker, grounds}")
    ] = ()

    _raw: bytes = PrivateAttr()
    _summary: Summary | None = PrivateAttr(default=None)

    @property
    def text_path(self) -> str:
        return self.path.removesuffix(".yml") + ".txt"

    @property
    def raw(self) -> bytes:
        """The bytes of the `.txt` file, as they are."""
        return self._raw

    @property
    def summary(self) -> Summary | None:
        return self._summary

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What a reader sees of each line of the file; a line break in HTML stays one."""
        text = self._raw.decode("utf-8", errors="replace").removesuffix("\n")
        if self.markup is SeedMarkup.HTML:
            return visible_lines(text)
        return tuple(text.split("\n"))

    @cached_property
    def text(self) -> str:
        """What a reader sees of the whole file."""
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(itertools.accumulate((len(line) + 1 for line in self.lines), initial=0))

    def find(self, quote: str, line: int | None = None) -> list[Span]:
        """Where `quote` stands, exactly; only what is on `line` if that is given."""
        found = []
        at = self.text.find(quote) if quote else -1
        while at >= 0:
            end = at + len(quote)
            lines = Lines(
                bisect.bisect_right(self._starts, at), bisect.bisect_right(self._starts, end - 1)
            )
            if line is None or line in lines:
                found.append(Span(at, end, lines))
            at = self.text.find(quote, at + 1)
        return found

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """The numbers of the lines that are neither empty, nor headings, nor noise."""
        marked = {number for noise in self.noise for number in noise.lines.numbers()}
        marked.update(self.headings)
        return tuple(
            number
            for number, line in enumerate(self.lines, 1)
            if line.strip() and number not in marked
        )


def summary_path(seed: Seed) -> str:
    """Where a seed's translated summary stands, or would stand."""
    return seed.path.removesuffix(".yml") + ".en.md"


class _Reader(HTMLParser):
    """Collects what a reader sees of HTML, by source line."""

    BLOCKS = frozenset(
        (
            *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"),
            *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
            *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
            *("table", "td", "th", "tr", "ul"),
        )
    )
    UNSEEN = frozenset(("script", "style", "template", "title"))

    def __init__(self, lines: int) -> None:
        super().__init__(convert_charrefs=False)
        self.seen = [""] * lines
        self._hidden = 0

    def handle_data(self, data: str) -> None:
        first = self.getpos()[0] - 1
        for line, text in enumerate(data.split("\n"), first):
            if not self._hidden:
                self.seen[line] += text

    def handle_entityref(self, name: str) -> None:
        self._add(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._add(html.unescape(f"&#{name};"))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in self.UNSEEN
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.UNSEEN and self._hidden > 0
        if tag != "br":
            self._break(tag)

    def _add(self, text: str) -> None:
        if not self._hidden:
            self.seen[self.getpos()[0] - 1] += text

    def _break(self, tag: str) -> None:
        line = self.getpos()[0] - 1
        if tag == "br" or (
            tag in self.BLOCKS and self.seen[line] and not self.seen[line].endswith("\n")
        ):
            self._add("\n")


def visible_lines(text: str) -> tuple[str, ...]:
    """What a reader sees of each line of a text with HTML in it."""
    reader = _Reader(text.count("\n") + 1)
    reader.feed(text)
    reader.close()
    return tuple(reader.seen)


# The whole


@dataclass(frozen=True)
class Site:
    """All records, by id, and what else stands in the tree.

    `unread` holds the paths of records that could not be read, with the slug if a seed's could;
    `pages` the addresses (relative to the site's root, with file name) and paths of everything else
    under docs/, `handwritten` the text of the pages among it, by path.
    """

    claims: Mapping[str, Claim]
    topics: Mapping[str, Topic]
    reports: Mapping[str, Report]
    seeds: Mapping[str, Seed]
    unread: Mapping[str, str | None]
    pages: tuple[tuple[str, str], ...]
    handwritten: Mapping[str, str]
    today: datetime.date

    def span(self, appearance: Appearance) -> Span:
        """Where the quote stands in its seed; KeyError or IndexError if the check would fail."""
        return self.seeds[appearance.seed].find(appearance.quote, appearance.line)[0]

    def claims_on(self, topic: str) -> list[Claim]:
        """The claims of a topic, in the order in which the articles make them."""
        claims = [claim for claim in self.claims.values() if claim.topic == topic]
        return sorted(claims, key=self._order)

    def claims_in(self, seed: str) -> list[tuple[Span, Appearance, Claim]]:
        """The appearances of claims in a seed, in the order of its text."""
        found = [
            (self.span(appearance), appearance, claim)
            for claim in self.claims.values()
            for appearance in claim.appearances
            if appearance.seed == seed
        ]
        return sorted(found, key=lambda item: (item[0].start, item[2].id))

    def claims_citing(self, report: str) -> list[tuple[Claim, Evidence]]:
        """The passages of a report that claims rely on, in the report's order."""
        found = [
            (claim, evidence)
            for claim in self.claims.values()
            for evidence in claim.evidence
            if evidence.report == report
        ]
        return sorted(found, key=lambda item: (item[1].page or 0, item[0].id))

    def _order(self, claim: Claim) -> tuple[str, int, str]:
        first = claim.appearances[0]
        return first.seed, self.span(first).start, claim.id

    @property
    def updated(self) -> datetime.date:
        """The day of the latest change that a record speaks of; the epoch without records."""
        return max((claim.updated for claim in self.claims.values()), default=EPOCH)
