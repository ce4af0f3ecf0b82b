"""From records to pages: Markdown with HTML blocks, through the templates beside this module.

In a template every value is escaped, for HTML and Markdown alike, unless it is `Markup`. The
bodies of records enter as the HTML that `prose` makes of them.
"""

from __future__ import annotations

import datetime
import json
import posixpath
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
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

from explainer.annotate import Note, anchor, annotate
from explainer.counts import (
    FACETS,
    agreement,
    bars,
    count,
    facet_options,
    facets,
    on_rendering,
    stack,
    tally,
)
from explainer.escape import escape, escape_lines, language_name, relative_url, url, yaml_string
from explainer.load import Loaded
from explainer.model import (
    Change,
    Claim,
    Lines,
    Problem,
    Record,
    Report,
    Step,
    Verdict,
    ranges,
    summary_path,
)
from explainer.prose import render as render_prose
from explainer.replies import place, replies
from explainer.rules.addresses import OWN_PAGES, PART, PARTS
from explainer.schema import RECORDS, all_fields, template

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """A generated page. `uri` is its place under docs/, `source` the record's path."""

    uri: str
    markdown: str
    source: str
    updated: datetime.date | None = None


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
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.filters["front_matter"] = lambda text: Markup(yaml_string(text))
    environment.globals.update(
        VERDICTS=list(Verdict),
        CHANGES=list(Change),
        place=place,
        FACETS=FACETS,
        on_rendering=on_rendering,
        facets=facets,
        facet_options=facet_options,
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
    """Renders the pages of a loaded tree."""

    def __init__(self, loaded: Loaded, site_name: str, site_url: str) -> None:
        self.loaded = loaded
        self.site = loaded.site
        self.site_name = site_name
        self.site_url = site_url
        self.template_problems: list[Problem] = []

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
            return Markup(relative_url(target, uri) + (f"#{anchor}" if anchor else ""))

        def body(record: Record) -> Markup:
            folder = posixpath.dirname(record.path).removeprefix("docs/")

            def resolve(target: str) -> str:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    return target
                linked = posixpath.normpath(posixpath.join(folder, parts.path))
                return str(href(linked, parts.fragment))

            return render_prose(record.body, resolve)

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
        for claim in site.claims.values():
            uri = f"claims/{claim.id}.md"
            ready = replies(site, claim, self.site_url + url(uri))
            yield self._page(uri, "claim.md", claim, updated=claim.updated, replies=ready)
        for topic in site.topics.values():
            claims = site.claims_on(topic.id)
            chains = [(chain, list(self._steps(chain.steps))) for chain in topic.chains]
            yield self._page(
                f"topics/{topic.id}.md",
                "topic.md",
                topic,
                updated=_latest(claims),
                claims=claims,
                chains=chains,
                sources=self._sources(claims),
            )
        for report in site.reports.values():
            citing = site.claims_citing(report.id)
            yield self._page(
                f"reports/{report.id}.md",
                "report.md",
                report,
                updated=_latest([claim for claim, _ in citing]),
                citing=citing,
                strip=_strip(report, {e.page for _, e in citing if e.page}),
                sections=_by_section(report, citing),
            )
        for seed in site.seeds.values():
            parts = annotate(site, seed)
            notes = [note for part in parts for passage in part.passages for note in passage.notes]
            claims = list({note.claim.id: note.claim for note in notes}.values())
            yield self._page(
                f"articles/{seed.slug}.md",
                "article.md",
                seed,
                updated=_latest(claims),
                parts=parts,
                anchor_of=_anchors(notes),
                claims=claims,
                prose=len(seed.prose),
                quoted=len(site.quoted_lines(seed) & set(seed.prose)),
                missing=ranges(site.unaccounted(seed)),
                summary_problems=self._problems(summary_path(seed)),
            )
        for name in ("articles", "claims", "reports", "topics"):
            uri = f"{name}/index.md"
            yield Page(uri, self.render(f"{name}.md", uri), "", site.updated)
        yield from self._withheld()

    def _page(
        self,
        uri: str,
        template: str,
        record: Record,
        updated: datetime.date | None,
        **values: object,
    ) -> Page:
        markdown = self.render(template, uri, record=record, updated=updated, **values)
        return Page(uri, markdown, record.path, updated)

    def _withheld(self) -> Iterator[Page]:
        """In the place of a record that has problems: the problems."""
        slugs = {seed.path: seed.slug for seed in self.loaded.read.seeds.values()}
        for path in sorted(self.loaded.withheld):
            slug = slugs.get(path) or self.site.unread.get(path)
            if slug:
                uri = f"articles/{slug}.md"
            elif path.startswith("docs/") and path.endswith(".md"):
                uri = path.removeprefix("docs/")
            else:
                continue
            if uri in OWN_PAGES or not uri.isprintable() or not _encodes(uri):
                continue
            markdown = self.render("withheld.md", uri, path=path, problems=self._problems(path))
            yield Page(uri, markdown, path)

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
        """A hand-written page with its generated parts; `check` names those that do not exist."""

        def part(match: re.Match[str]) -> str:
            if match[1] not in PARTS:
                return ""
            return self.render(f"parts/{match[1]}.md", uri, agreement=agreement(self.site))

        return re.sub(rf"^{PART.pattern}$", part, markdown, flags=re.MULTILINE)


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
    path = f"hooks/explainer/templates/{name}"
    return Problem(path, line, f"the template cannot be rendered: {error}")


def _latest(claims: Sequence[Claim]) -> datetime.date | None:
    return max((claim.updated for claim in claims), default=None)


def _anchors(notes: Sequence[Note]) -> Callable[[Lines], str | None]:
    """From the lines of a summary's point to the first note on words quoted from them."""

    def anchor_of(lines: Lines) -> str | None:
        for note in notes:
            if note.span.lines.first <= lines.last and note.span.lines.last >= lines.first:
                return note.anchor
        return None

    return anchor_of


def _strip(report: Report, cited: set[int]) -> list[tuple[int, bool]]:
    """Each page of our edition, and whether a claim cites it."""
    pages = report.edition.pages if report.edition and report.edition.pages else 0
    return [(page, page in cited) for page in range(1, pages + 1)]


def _by_section(report: Report, citing: Sequence[Any]) -> Mapping[str, list[Claim]]:
    """The claims that cite each section, each once."""
    found: dict[str, dict[str, Claim]] = {}
    for claim, evidence in citing:
        found.setdefault(evidence.section or "", {})[claim.id] = claim
    order = {section.id: index for index, section in enumerate(report.sections)}
    return {
        section: list(claims.values())
        for section, claims in sorted(found.items(), key=lambda item: order.get(item[0], -1))
    }
