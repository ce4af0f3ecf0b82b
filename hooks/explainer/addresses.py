"""Where every page and file of the site is, and what the site consists of.

A page or file goes by its URI, its path under docs/ as if it were there: `claims/a.md`. From that
follow its URL from the site's root, `claims/a/`, and what is written, `claims/a/index.html`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from explainer.model import Claim, Seed, Site

DOCS = "docs"
SEEDS = "seeds"
FINGERPRINT = ".fingerprint.json"

ROWS = 300
"""How many claims a page of the table of all claims lists."""
TABLE_DATA = "assets/claims.js"
"""The script with the rows of that table."""
SEARCH_ENTRIES = "assets/search/entries.js"
"""The script with what the search box finds."""
HOME = "index.md"
INDEXES = ("articles/index.md", "reports/index.md", "topics/index.md")
TABLE = "claims/index.md"
DATA = (
    *(
        f"data/{name}.{kind}"
        for name in ("articles", "claims", "reports")
        for kind in ("csv", "json")
    ),
    "data/rulings.json",
)
SCHEMAS = {
    name: f"data/schema/{name}.json" for name in ("claim", "report", "ruling", "seed", "topic")
}
FEED, JSON_FEED, CORRECTIONS = "feed.xml", "feed.json", "corrections.xml"
BY_THE_THEME = ("404.html", "sitemap.xml", "sitemap.xml.gz")


class Kind(Enum):
    """What a page or file of the site is."""

    CLAIM = "claim"
    TOPIC = "topic"
    REPORT = "report"
    RULING = "ruling"
    ARTICLE = "article"
    INDEX = "index"
    TABLE = "table"
    HAND_WRITTEN = "hand-written"
    WITHHELD = "withheld"
    ASSET = "asset"
    DATA = "data"
    SCHEMA = "schema"
    FEED = "feed"
    SCRIPT = "script"
    PICTURE = "picture"
    THEME = "theme"


@dataclass(frozen=True)
class Resource:
    """A page or file of the site, and the path of the file that it shows, if it shows one."""

    uri: str
    kind: Kind
    source: str = ""


def resources(site: Site) -> Iterator[Resource]:
    """Everything that the site consists of; of the theme, what has a fixed address."""

    def some(kind: Kind, uris: Iterable[str]) -> Iterator[Resource]:
        return (Resource(uri, kind) for uri in uris)

    def shown(kind: Kind, paths: Iterable[str]) -> Iterator[Resource]:
        return (Resource(docs_uri(path), kind, path) for path in paths)

    yield from shown(Kind.HAND_WRITTEN, site.hand_written)
    yield from shown(Kind.ASSET, site.assets)
    yield from some(Kind.INDEX, INDEXES)
    yield from some(Kind.TABLE, table_pages(site))
    yield from some(Kind.DATA, DATA)
    yield from some(Kind.SCHEMA, SCHEMAS.values())
    yield from some(Kind.FEED, (FEED, JSON_FEED, CORRECTIONS))
    yield from some(Kind.SCRIPT, (TABLE_DATA, SEARCH_ENTRIES))
    yield from some(Kind.PICTURE, map(picture_uri, pictured(site)))
    yield from some(Kind.THEME, BY_THE_THEME)
    for seed in site.seeds.values():
        yield Resource(article_uri(seed), Kind.ARTICLE, seed.path)
    yield from shown(Kind.CLAIM, (claim.path for claim in site.claims.values()))
    yield from shown(Kind.TOPIC, (topic.path for topic in site.topics.values()))
    yield from shown(Kind.REPORT, (report.path for report in site.reports.values()))
    yield from shown(Kind.RULING, (ruling.path for ruling in site.rulings.values()))


def docs_uri(path: str) -> str:
    """The URI of a file below docs/, by its path from the project's root."""
    return path.removeprefix(f"{DOCS}/")


def claim_uri(id: str) -> str:
    """The page of a claim."""
    return f"claims/{id}.md"


def topic_uri(id: str) -> str:
    """The page of a topic."""
    return f"topics/{id}.md"


def report_uri(id: str) -> str:
    """The page of a report."""
    return f"reports/{id}.md"


def ruling_uri(id: str) -> str:
    """The page of a ruling."""
    return f"rulings/{id}.md"


def article_uri(seed: Seed | str) -> str:
    """The page of a seed, or of a slug."""
    return f"articles/{seed if isinstance(seed, str) else seed.slug}.md"


def picture_uri(uri: str) -> str:
    """The picture of a page, for shared links: `claims/a.md` → `share/claims/a.png`."""
    return f"share/{uri.removesuffix('.md')}.png"


def pictured(site: Site) -> Iterator[str]:
    """The pages that have a picture of their own; that of the home page serves all others."""
    yield HOME
    yield from map(claim_uri, site.claims)
    yield from map(topic_uri, site.topics)
    yield from map(article_uri, site.seeds.values())


def table_pages(site: Site) -> dict[str, list[Claim]]:
    """The pages of the table of all claims, each with its claims, by topic."""
    claims = sorted(site.claims.values(), key=lambda claim: (claim.topic, claim.id))
    return {
        f"claims/page/{number}.md" if number > 1 else TABLE: claims[start : start + ROWS]
        for number, start in enumerate(range(0, max(1, len(claims)), ROWS), 1)
    }


@lru_cache(maxsize=100_000)
def url(uri: str) -> str:
    """The URL of a page or file from the site's root: `a/b.md` → `a/b/`.

    As with `use_directory_urls` of MkDocs.
    """
    if not uri.endswith(".md"):
        return uri
    folder, name = posixpath.split(uri.removesuffix(".md"))
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return posixpath.join(folder, name) + "/"


def written(uri: str) -> str:
    """The file that is written for a page or file: `a/b.md` → `a/b/index.html`."""
    return f"{url(uri)}index.html" if uri.endswith(".md") else uri


def claim_url(claim: Claim, site_url: str) -> str:
    """The full URL of a claim's page; `site_url` ends with a slash."""
    return site_url + url(claim_uri(claim.id))


def relative_url(target: str, here: str) -> str:
    """The URL of the page or file `target` from the page `here`."""
    goal, base = url(target).split("/"), url(here).split("/")[:-1]
    same = 0
    while same < min(len(base), len(goal) - 1) and base[same] == goal[same]:
        same += 1
    return "../" * (len(base) - same) + "/".join(goal[same:]) or "./"


def relative_source(target: str, here: str) -> str:
    """The path from the page `here` to `target` as between files of docs/: `a/b.md` → `../c.md`."""
    return posixpath.relpath(target, posixpath.dirname(here) or ".")
