"""From records to pages of headings in Markdown and blocks of HTML, through templates.

In a template every value is escaped, for HTML and Markdown alike, unless it is `Markup`. The
bodies of records enter as the HTML that `text.markdown` makes of them. What a template sets as
`description` and `hide` becomes the front matter of its page.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from explainer.addresses import (
    DOCS,
    INDEXES,
    article_uri,
    claim_uri,
    docs_uri,
    relative_url,
    report_uri,
    resources,
    ruling_uri,
    table_pages,
    topic_uri,
    url,
    written,
)
from explainer.check.addresses import PART, PARTS
from explainer.check.rules import explained
from explainer.model import (
    Change,
    Claim,
    Lines,
    Problem,
    Record,
    Report,
    Ruling,
    Seed,
    Step,
    Topic,
    Verdict,
    ranges,
    summary_path,
)
from explainer.model.schema import RECORDS, all_fields, template
from explainer.model.site import Loaded
from explainer.pages import counts
from explainer.pages.annotate import Note, anchor, annotate
from explainer.pages.claim_review import claim_review
from explainer.pages.replies import cite, replies
from explainer.pages.table import FACETS, facet_options
from explainer.text.escape import escape, escape_lines, language_name
from explainer.text.markdown import TERM
from explainer.text.markdown import render as render_body

TEMPLATES = Path(__file__).parent / "templates"
FRONT_MATTER = ("description", "hide")
"""What a template can set for the front matter of its page."""


@dataclass(frozen=True)
class Page:
    """A generated page.

    `text` is its Markdown, `front` its front matter; `source` the path of its record, empty if it
    has none; `updated` the latest day of the claims on it; `claim_review` what it tells machines.
    """

    uri: str
    text: str
    front: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    updated: datetime.date | None = None
    claim_review: str = ""


Values = dict[str, Any]
Known = dict[str, tuple[list[object], Page]]
Link = Callable[[str, str], str]
"""The URL by which the page of the second URI links to that of the first."""


@cache
def _environment() -> Environment:
    # auto_reload lets `mkdocs serve` show an edited template without a restart.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        auto_reload=True,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["lines"] = escape_lines
    environment.filters["language"] = language_name
    environment.globals |= {
        "VERDICTS": list(Verdict),
        "CHANGES": list(Change),
        "FACETS": FACETS,
        "RECORDS": RECORDS,
        "all_fields": all_fields,
        "bars": counts.bars,
        "cite": cite,
        "claim_uri": lambda claim: claim_uri(claim.id),
        "count": counts.count,
        "foremost": counts.foremost,
        "on_rendering": counts.on_rendering,
        "report_uri": report_uri,
        "rules": explained,
        "ruling_uri": ruling_uri,
        "seed_uri": article_uri,
        "stack": counts.stack,
        "tally": counts.tally,
        "template": lambda name: Markup(template(name)),
        "topic_uri": topic_uri,
    }
    return environment


class Renderer:
    """Renders the pages of a loaded tree.

    `known` are pages by URI as an earlier renderer of the same site left them, each with what it
    shows; it is brought up to date. `site_url` ends with a slash.
    """

    def __init__(
        self,
        loaded: Loaded,
        site_name: str,
        site_url: str,
        link: Link = relative_url,
        known: Known | None = None,
    ) -> None:
        self.loaded = loaded
        self.site = loaded.site
        self.site_name = site_name
        self.site_url = site_url
        self.template_problems: list[Problem] = []
        self._link = link
        self._known: Known = {} if known is None else known
        self.terms = dict(
            found for page in self.site.hand_written.values() for found in TERM.findall(page.body)
        )

    def render(self, template: str, uri: str, **values: object) -> str:
        """What a template makes on the page `uri`."""
        return self._page(template, uri, **values).text

    def _page(self, template: str, uri: str, **values: object) -> Page:
        """A page. A mistake in its template is collected, and shown in the page's place."""
        try:
            return self._rendered(template, uri, **values)
        except TemplateError as error:
            problem = _template_problem(template, error)
            self.template_problems.append(problem)
            return self._rendered("withheld.md", uri, path=problem.path, problems=[problem])

    def _rendered(self, template: str, uri: str, **values: object) -> Page:
        def href(target: str, anchor: str = "") -> Markup:
            return Markup(self._link(target, uri) + (f"#{anchor}" if anchor else ""))

        def body(record: Record) -> Markup:
            folder = posixpath.dirname(record.path).removeprefix(f"{DOCS}/")

            def resolve(target: str) -> str:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    return target
                linked = posixpath.normpath(posixpath.join(folder, parts.path))
                return str(href(linked, parts.fragment))

            return render_body(record.body, resolve, self.terms)

        common = {
            "site": self.site,
            "here": uri,
            "href": href,
            "body": body,
            "note_of": lambda claim, found: anchor(self.site.span(found), claim),
            "permalink": lambda uri: self.site_url + url(uri),
            "site_name": self.site_name,
        }
        try:
            module = _environment().get_template(template).make_module({**common, **values})
        except TemplateError:
            _environment().handle_exception()  # raises it again, with lines of the template
        front = {name: getattr(module, name) for name in FRONT_MATTER if hasattr(module, name)}
        return Page(uri, str(module), front)

    def pages(self) -> Iterator[Page]:
        """All generated pages."""
        site = self.site
        yield from map(self._claim, site.claims.values())
        yield from map(self._topic, site.topics.values())
        yield from map(self._report, site.reports.values())
        yield from map(self._article, site.seeds.values())
        yield from map(self._ruling, site.rulings.values())
        for uri in INDEXES:
            template = uri.replace("/index", "")
            yield replace(self._page(template, uri), updated=site.updated)
        yield from self._table()
        yield from self._withheld()

    def _claim(self, claim: Claim) -> Page:
        uri = claim_uri(claim.id)

        def values() -> Values:
            return {"replies": replies(self.site, claim, self.site_url + url(uri))}

        return self._record_page(uri, "claim.md", claim, [claim], values)

    def _topic(self, topic: Topic) -> Page:
        claims = self.site.claims_on(topic.id)
        chains = [(chain, list(map(self._link_of, chain.steps))) for chain in topic.chains]
        links = [link for _, steps in chains for link in steps]
        linked = [link["claim"] for link in links if link["claim"]]

        def values() -> Values:
            return {"claims": claims, "chains": chains, "sources": self._sources(claims)}

        shown = [*linked, *(link["report"] for link in links), *self._named(linked)]
        return self._record_page(topic_uri(topic.id), "topic.md", topic, claims, values, *shown)

    def _report(self, report: Report) -> Page:
        citing = self.site.claims_citing(report.id)

        def values() -> Values:
            strip = counts.page_strip(
                report, {evidence.page for _, evidence in citing if evidence.page}
            )
            return {"strip": strip, "sections": counts.by_section(report, citing)}

        claims = [claim for claim, _ in citing]
        return self._record_page(report_uri(report.id), "report.md", report, claims, values)

    def _ruling(self, ruling: Ruling) -> Page:
        claims = self.site.claims_under(ruling.id)
        return self._record_page(
            ruling_uri(ruling.id), "ruling.md", ruling, claims, lambda: {"claims": claims}
        )

    def _article(self, seed: Seed) -> Page:
        quoted = [claim for claim, _ in self.site.quoted_in(seed.id)]
        claims = list({claim.id: claim for claim in quoted}.values())
        problems = self._problems(summary_path(seed))

        def values() -> Values:
            parts = annotate(self.site, seed)
            notes = [note for part in parts for passage in part.passages for note in passage.notes]
            return {
                "parts": parts,
                "anchor_of": _anchors(notes),
                "claims": claims,
                "prose": len(seed.prose),
                "quoted": len(self.site.quoted_lines(seed) & set(seed.prose)),
                "missing": ranges(self.site.unaccounted(seed)),
                "summary_problems": problems,
            }

        return self._record_page(article_uri(seed), "article.md", seed, claims, values, *problems)

    def _record_page(
        self,
        uri: str,
        template: str,
        record: Record,
        claims: Sequence[Claim],
        values: Callable[[], Values],
        *more: object,
    ) -> Page:
        """A record's page; as it was, if nothing that it shows has changed.

        It shows the record, `claims` with the records that they name, and `more`.
        """
        shown = [self.terms, record, *more, *claims, *self._named(claims)]
        known = self._known.get(uri)
        if known and known[0] == shown:
            return known[1]
        updated = max((claim.updated for claim in claims), default=None)
        problems = len(self.template_problems)
        page = replace(
            self._page(template, uri, record=record, updated=updated, **values()),
            source=record.path,
            updated=updated,
        )
        if isinstance(record, Claim):
            review = claim_review(self.site, record, self.site_name, self.site_url)
            page = replace(page, claim_review=review)
        if len(self.template_problems) == problems:
            self._known[uri] = (shown, page)
        return page

    def _named(self, claims: Sequence[Claim]) -> Iterator[Record | None]:
        """The topics, articles and reports that claims name, each once."""
        site = self.site
        for name in dict.fromkeys(claim.topic for claim in claims):
            yield site.topics.get(name)
        for name in dict.fromkeys(claim.ruling for claim in claims if claim.ruling):
            yield site.rulings.get(name)
        for name in dict.fromkeys(found.seed for claim in claims for found in claim.appearances):
            yield site.seeds[name]
        for name in dict.fromkeys(cited.report for claim in claims for cited in claim.evidence):
            yield site.reports[name]

    def _table(self) -> Iterator[Page]:
        """The pages of the table of all claims."""
        options = facet_options(self.site)
        pages = table_pages(self.site)
        first = 1
        for uri, claims in pages.items():
            values = {"pages": list(pages), "first": first, "claims": claims, "options": options}
            yield replace(self._page("claims.md", uri, **values), updated=self.site.updated)
            first += len(claims)

    def _withheld(self) -> Iterator[Page]:
        """In the place of a record that has problems: the problems."""
        slugs = {seed.path: seed.slug for seed in self.loaded.read.seeds.values()}
        own = {written(resource.uri) for resource in resources(self.site) if not resource.source}
        for path in sorted(self.loaded.withheld):
            slug = slugs.get(path) or self.site.unread.get(path)
            if slug:
                uri = article_uri(slug)
            elif path.startswith(f"{DOCS}/") and path.endswith(".md"):
                uri = docs_uri(path)
            else:
                continue
            if written(uri) in own or not uri.isprintable():
                continue
            problems = self._problems(path)
            page = self._page("withheld.md", uri, path=path, problems=problems)
            yield replace(page, source=path)

    def _problems(self, path: str) -> list[Problem]:
        return [problem for problem in self.loaded.problems if problem.path == path]

    def _link_of(self, step: Step) -> Values:
        """A step of a chain, and what it links: a claim with its words, or a report."""
        claim = self.site.claims.get(step.claim or "")
        appearances = step.appearances(claim) if claim else []
        return {
            "step": step,
            "claim": claim,
            "report": self.site.reports.get(step.report or ""),
            "appearance": appearances[0] if appearances else None,
        }

    def _sources(self, claims: Sequence[Claim]) -> list[Report]:
        cited = {evidence.report for claim in claims for evidence in claim.evidence}
        return [report for id, report in self.site.reports.items() if id in cited]

    def fill(self, markdown: str, uri: str) -> str:
        """A hand-written page with its generated parts, and with what terms mean.

        `check` names parts that do not exist. Terms are those that any hand-written page explains.
        """

        left = set(PARTS)

        def part(match: re.Match[str]) -> str:
            if match[1] not in left:
                return ""
            left.remove(match[1])
            return self.render(f"parts/{match[1]}.md", uri, agreement=counts.agreement(self.site))

        filled = PART.sub(part, markdown)
        if TERM.search(filled):
            return TERM.sub("", filled)  # the page that explains them
        terms = [f"*[{term}]: {meaning}" for term, meaning in self.terms.items()]
        return "\n".join([filled, "", *terms]) if terms else filled


def _template_problem(template: str, error: TemplateError) -> Problem:
    """Where a template is wrong: the deepest line of a template that the error went through."""
    name, line = template, 1
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).is_relative_to(TEMPLATES):
                name, line = (
                    Path(frame.filename).relative_to(TEMPLATES).as_posix(),
                    frame.lineno or 1,
                )
    path = f"hooks/explainer/pages/templates/{name}"
    return Problem(path, line, f"the template cannot be rendered: {error}")


def _anchors(notes: Sequence[Note]) -> Callable[[Lines], str | None]:
    """From the lines of a summary's point to the first note on words quoted from them."""

    def anchor_of(lines: Lines) -> str | None:
        for note in notes:
            if note.span.lines.first <= lines.last and note.span.lines.last >= lines.first:
                return note.anchor
        return None

    return anchor_of
