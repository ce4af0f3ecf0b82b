"""Everything that the site consists of, for whichever builder writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import yaml

from explainer.addresses import (
    HOME,
    SCHEMAS,
    SEARCH_ENTRIES,
    TABLE_DATA,
    Kind,
    docs_uri,
    picture_uri,
    relative_url,
    resources,
    url,
)
from explainer.model import Problem
from explainer.model.schema import json_schema
from explainer.model.site import Loaded
from explainer.outputs import data, feeds, search
from explainer.outputs.cards import cards
from explainer.outputs.draw import draw
from explainer.outputs.json_text import as_json
from explainer.pages.render import Known, Link, Page, Renderer
from explainer.pages.table import table_data
from explainer.text.escape import escape


@dataclass(frozen=True)
class Settings:
    """What a builder says of the site.

    `site_url` ends with a slash. `convert` makes HTML of the Markdown of a hand-written page.
    `link` is that of `Renderer`. Without `pictures`, none are named nor drawn.
    """

    site_name: str
    site_url: str
    convert: Callable[[str], str]
    link: Link = relative_url
    pictures: bool = True


@dataclass(frozen=True)
class Item:
    """A page or file of the site.

    `text` is the Markdown of a page, and `front` its front matter, with what the page tells
    machines; of other files it is the content, and of a picture how to draw it. `source` is the
    path of the file that people edit, empty if there is none.
    """

    uri: str
    kind: Kind
    text: str | bytes | Callable[[], bytes]
    source: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        """Whether it is Markdown."""
        return self.uri.endswith(".md")

    @property
    def content(self) -> bytes:
        """What the file holds; OSError if a picture's font cannot be read."""
        text = self.text() if callable(self.text) else self.text
        if isinstance(text, bytes):
            return text
        if self.is_page:
            front = yaml.safe_dump(dict(self.front), allow_unicode=True, sort_keys=False)
            text = f"---\n{front}---\n\n{text}"
        return text.encode()


def contents(
    loaded: Loaded, settings: Settings, problems: list[Problem], known: Known | None = None
) -> Iterator[Item]:
    """Everything that a site consists of, but for what the theme adds.

    Mistakes in templates are added to `problems`. `known` is that of `Renderer`.
    """
    site = loaded.site
    renderer = Renderer(loaded, settings.site_name, settings.site_url, settings.link, known)
    pages = {page.uri: page for page in renderer.pages()}
    for path, written in site.hand_written.items():
        uri = docs_uri(path)
        pages[uri] = Page(uri, renderer.fill(written.body, uri), written.front, path)
    files = {
        **dict(data.files(site, settings.site_url)),
        **dict(feeds.files(site, settings.site_name, settings.site_url)),
        **{uri: as_json(json_schema(name)) for name, uri in SCHEMAS.items()},
        TABLE_DATA: table_data(site),
        SEARCH_ENTRIES: search.script(
            site,
            {
                url(uri): settings.convert(pages[uri].text)
                for uri in map(docs_uri, site.hand_written)
            },
        ),
    }
    drawn = {picture_uri(uri): card for uri, card in cards(site, settings.site_name)}
    problems.extend(renderer.template_problems)

    def front(uri: str, made: Page | None = None) -> dict[str, Any]:
        """What a page tells machines: its day, its picture, its ClaimReview."""
        updated = (made and made.updated) or site.updated
        facts: dict[str, Any] = {"updated": updated.isoformat()}
        if settings.pictures:
            own = picture_uri(uri)
            facts["picture"] = settings.site_url + (own if own in drawn else picture_uri(HOME))
        if made and made.claim_review:
            facts["claim_review"] = made.claim_review
        return facts

    for resource in resources(site):
        uri, kind = resource.uri, resource.kind
        if kind is Kind.PICTURE:
            if settings.pictures:
                yield Item(uri, kind, partial(draw, drawn[uri]))
        elif uri in pages:
            page = pages.pop(uri)
            yield Item(uri, kind, page.text, page.source, _escaped(page.front) | front(uri, page))
        elif kind is Kind.ASSET:
            yield Item(uri, kind, site.assets[resource.source].read_bytes(), resource.source)
        elif kind is not Kind.THEME:
            yield Item(uri, kind, files[uri])
    for uri, page in pages.items():
        yield Item(uri, Kind.WITHHELD, page.text, page.source, _escaped(page.front) | front(uri))


def _escaped(front: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter whose texts the theme can put into attributes: it does not escape them."""

    def value(given: Any) -> Any:
        if isinstance(given, list):
            return [value(item) for item in given]
        return str(escape(" ".join(given.split()))) if isinstance(given, str) else given

    return {name: value(given) for name, given in front.items()}
