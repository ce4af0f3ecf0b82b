"""Reports: the sources that claims are set beside."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import Field, PrivateAttr

from explainer.model.fingerprint import Fingerprint
from explainer.model.kinds import Access, ReportKind
from explainer.model.values import (
    Address,
    Language,
    Lines,
    Model,
    PageNumber,
    PartialDate,
    Record,
    SectionId,
    Text,
)
from explainer.text.words import LAST_PAGE


class Edition(Model):
    """One file or address under which a report circulates."""

    name: Annotated[Text, Field(description="a short name")]
    address: Annotated[Address | None, Field(description="an address with https://")] = None
    pages: Annotated[PageNumber | None, Field(description="how many pages it has")] = None
    ours: Annotated[
        bool, Field(description="true for the edition whose page numbers we follow")
    ] = False
    note: Annotated[
        str | None, Field(description="how this is known; why its fingerprint was made anew")
    ] = None


class Section(Model):
    """A section of a report; it ends where the next one of its rank begins."""

    id: Annotated[SectionId, Field(description="its number, or its heading")]
    title: Annotated[Text, Field(description="its heading")]
    page: Annotated[PageNumber | None, Field(description="the page it begins on")] = None


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
        """The fingerprint beside the record, if there is one."""
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
        """The section with this id, if it is listed."""
        return next((section for section in self.sections if section.id == id), None)


def _inside(section: str, outer: str) -> bool:
    return section.startswith(outer + ".")
