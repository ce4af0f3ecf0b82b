"""From records to pages: Markdown with HTML blocks, through the templates beside this module.

In a template every value is escaped, for HTML and Markdown alike, unless it is `Markup`. The
bodies of records enter as the HTML that `prose` makes of them.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

from explainer.addresses import address, relative_url, url
from explainer.check.addresses import PART, PARTS, own_pages
from explainer.model import (
    Change,
    Claim,
    Lines,
    Problem,
    Record,
    Report,
    Seed,
    Step,
    Topic,
    Verdict,
    ranges,
    summary_path,
)
from explainer.model.schema import RECORDS, all_fields, template
from explainer.model.site import Loaded
from explainer.pages.annotate import Note, anchor, annotate
from explainer.pages.claim_review import claim_review
from explainer.pages.counts import (
    agreement,
    bars,
    by_section,
    count,
    foremost,
    on_rendering,
    page_strip,
    stack,
    tally,
)
from explainer.pages.replies import place, replies
from explainer.pages.table import FACETS, facet_options, table_pages
from explainer.text.escape import escape, escape_lines, language_name, yaml_string
from explainer.text.markdown import TERM
from explainer.text.markdown import render as render_prose

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """A generated page.

    `uri` is its place under docs/, `content` its Markdown in UTF-8, for in a string one Japanese
    word makes every character take twice the room; `source` the record's path, empty if it has
    none, `updated` the latest day of the claims on it, `claim_review` what it tells machines.
    """

    uri: str
    content: bytes
    source: str
    updated: datetime.date | None = None
    claim_review: str = ""

    @property
    def markdown(self) -> str:
        """The Markdown."""
        return self.content.decode()


Values = dict[str, Any]
Known = dict[str, tuple[list[object], Page]]


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
    environment.filters["front_matter"] = lambda text: Markup(yaml_string(text))
    environment.globals.update(
        VERDICTS=list(Verdict),
        CHANGES=list(Change),
        place=place,
        FACETS=FACETS,
        foremost=foremost,
        on_rendering=on_rendering,
        tally=tally,
        stack=stack,
        count=count,
        bars=bars,
    )
    environment.globals.update(
        RECORDS=RECORDS, all_fields=all_fields, template=lambda name: Markup(template(name))
    )
    return environment


class Renderer:
    """Renders the pages of a loaded tree.

    `known` are pages by `uri` as an earlier renderer of the same site left them, each with what it
    shows; it is brought up to date. `site_url` ends with a slash. `link` makes the address by which
    the page of its second argument links to its first: MkDocs leaves the links in HTML as they are.
    """

    def __init__(
        self,
        loaded: Loaded,
        site_name: str,
        site_url: str,
        known: Known | None = None,
        link: Callable[[str, str], str] = relative_url,
    ) -> None:
        self.loaded = loaded
        self.site = loaded.site
        self.site_name = site_name
        self.site_url = site_url
        self.link = link
        self.template_problems: list[Problem] = []
        self._known: Known = {} if known is None else known
        self.terms = dict(
            found for text in self.site.handwritten.values() for found in TERM.findall(text)
        )

    def render(self, template: str, uri: str, **values: object) -> str:
        """The page `uri`. A mistake in a template is collected, and shown in the page's place."""
        try:
            return self._render(template, uri, **values)
        except TemplateError as error:
            problem = _template_problem(template, error)
            self.template_problems.append(problem)
            return self._render("withheld.md", uri, path=problem.path, problems=[problem])

    def _render(self, template: str, uri: str, **values: object) -> str:
        def href(target: str, anchor: str = "") -> Markup:
            return Markup(self.link(target, uri) + (f"#{anchor}" if anchor else ""))

        def body(record: Record) -> Markup:
            folder = posixpath.dirname(record.path).removeprefix("docs/")

            def resolve(target: str) -> str:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    return target
                linked = posixpath.normpath(posixpath.join(folder, parts.path))
                return str(href(linked, parts.fragment))

            return render_prose(record.body, resolve, self.terms)

        return (
            _environment()
            .get_template(template)
            .render(
                site=self.site,
                here=uri,
                href=href,
                body=body,
                claim_uri=lambda claim: f"claims/{claim.id}.md",
                topic_uri=lambda name: f"topics/{name}.md",
                report_uri=lambda name: f"reports/{name}.md",
                seed_uri=lambda seed: f"articles/{seed.slug}.md",
                note_of=lambda claim, appearance: anchor(self.site.span(appearance), claim),
                permalink=lambda uri: self.site_url + url(uri),
                site_name=self.site_name,
                **values,
            )
        )

    def pages(self) -> Iterator[Page]:
        """All generated pages."""
        site = self.site
        yield from map(self._claim, site.claims.values())
        yield from map(self._topic, site.topics.values())
        yield from map(self._report, site.reports.values())
        yield from map(self._article, site.seeds.values())
        for name in ("articles", "reports", "topics"):
            uri = f"{name}/index.md"
            yield Page(uri, self.render(f"{name}.md", uri).encode(), "", site.updated)
        yield from self._table()
        yield from self._withheld()

    def _claim(self, claim: Claim) -> Page:
        uri = f"claims/{claim.id}.md"

        def values() -> Values:
            return {"replies": replies(self.site, claim, self.site_url + url(uri))}

        return self._page(uri, "claim.md", claim, [claim], values)

    def _topic(self, topic: Topic) -> Page:
        claims = self.site.claims_on(topic.id)
        steps = [step for chain in topic.chains for step in chain.steps]
        told = [claim for step in steps if (claim := self.site.claims.get(step.claim or ""))]
        named = [self.site.reports.get(step.report or "") for step in steps]

        def values() -> Values:
            chains = [(chain, list(self._steps(chain.steps))) for chain in topic.chains]
            return {"claims": claims, "chains": chains, "sources": self._sources(claims)}

        return self._page(
            f"topics/{topic.id}.md",
            "topic.md",
            topic,
            claims,
            values,
            *told,
            *named,
            *self._named(told),
        )

    def _report(self, report: Report) -> Page:
        citing = self.site.claims_citing(report.id)

        def values() -> Values:
            strip = page_strip(report, {evidence.page for _, evidence in citing if evidence.page})
            return {"strip": strip, "sections": by_section(report, citing)}

        claims = [claim for claim, _ in citing]
        return self._page(f"reports/{report.id}.md", "report.md", report, claims, values)

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

        return self._page(f"articles/{seed.slug}.md", "article.md", seed, claims, values, *problems)

    def _page(
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
        content = self.render(template, uri, record=record, updated=updated, **values()).encode()
        review = ""
        if isinstance(record, Claim):
            review = claim_review(self.site, record, self.site_name, self.site_url)
        page = Page(uri, content, record.path, updated, review)
        if len(self.template_problems) == problems:
            self._known[uri] = (shown, page)
        return page

    def _named(self, claims: Sequence[Claim]) -> Iterator[Record | None]:
        """The topics, articles and reports that claims name, each once."""
        site = self.site
        for name in dict.fromkeys(claim.topic for claim in claims):
            yield site.topics.get(name)
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
            content = self.render("claims.md", uri, **values).encode()
            yield Page(uri, content, "", self.site.updated)
            first += len(claims)

    def _withheld(self) -> Iterator[Page]:
        """In the place of a record that has problems: the problems."""
        slugs = {seed.path: seed.slug for seed in self.loaded.read.seeds.values()}
        own = {address(uri) for uri in own_pages(self.site)}
        for path in sorted(self.loaded.withheld):
            slug = slugs.get(path) or self.site.unread.get(path)
            if slug:
                uri = f"articles/{slug}.md"
            elif path.startswith("docs/") and path.endswith(".md"):
                uri = path.removeprefix("docs/")
            else:
                continue
            if address(uri) in own or not uri.isprintable() or not _encodes(uri):
                continue
            problems = self._problems(path)
            content = self.render("withheld.md", uri, path=path, problems=problems).encode()
            yield Page(uri, content, path)

    def _problems(self, path: str) -> list[Problem]:
        return [problem for problem in self.loaded.problems if problem.path == path]

    def _steps(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        for step in steps:
            claim = self.site.claims.get(step.claim) if step.claim else None
            report = self.site.reports.get(step.report) if step.report else None
            appearances = step.appearances(claim) if claim else []
            yield {
                "step": step,
                "claim": claim,
                "report": report,
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
            return self.render(f"parts/{match[1]}.md", uri, agreement=agreement(self.site))

        filled = PART.sub(part, markdown)
        if TERM.search(filled):
            return TERM.sub("", filled)  # the page that explains them
        terms = [f"*[{term}]: {meaning}" for term, meaning in self.terms.items()]
        return "\n".join([filled, "", *terms]) if terms else filled


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
