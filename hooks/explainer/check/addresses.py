"""Rules on the addresses of pages, and on the generated parts of hand-written ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from explainer.addresses import address
from explainer.model import Problem, Site
from explainer.outputs import cards, search
from explainer.pages.table import TABLE_DATA, table_pages
from explainer.text.suggest import nearest_name

PART = re.compile(r"^/// explainer \| (\S+) *\n/// *$", re.MULTILINE)
"""The block of a hand-written page that is replaced by a generated part."""
_MEANT = re.compile(r"^ {0,3}/// *explainer\b.*", re.MULTILINE)
PARTS = sorted(
    file.stem for file in (Path(__file__).parent.parent / "pages/templates/parts").glob("*.md")
)
GENERATED = "the site's own page"
"""What stands for the path of a page that no record fills."""
_ALWAYS = (
    *(f"{folder}/index.md" for folder in ("articles", "reports", "topics")),
    *(
        f"data/{name}.{kind}"
        for name in ("articles", "claims", "reports")
        for kind in ("csv", "json")
    ),
    *(f"data/schema/{name}.json" for name in ("claim", "report", "seed", "topic")),
    "feed.xml",
    "feed.json",
    "corrections.xml",
    TABLE_DATA,
    search.URI,
    *("404.html", "sitemap.xml", "sitemap.xml.gz"),
)


def addresses_differ(site: Site) -> Iterator[Problem]:
    """Two pages are never written to one address, even where case does not count."""
    claimed: dict[str, list[str]] = defaultdict(list)
    for target, path in [*site.pages, *generated_addresses(site)]:
        claimed[target.casefold()].append(path)
    told: set[str] = set()
    for target, paths in claimed.items():
        folders = [parent for parent in _parents(target) if parent in claimed]
        paths_there = paths + [path for folder in folders for path in claimed[folder]]
        for path in paths_there:
            # Of two paths that differ in case only, reading them tells.
            others = [other for other in paths_there if other.casefold() != path.casefold()]
            named = ", ".join(other if other == GENERATED else f"'{other}'" for other in others)
            if others and path not in (GENERATED, *told):
                told.add(path)
                message = f"would be written to the address of {named}: {target}; rename it"
                yield Problem(path, 1, message)


def _parents(target: str) -> list[str]:
    """The folders that a file needs: `a/b/c` → `a`, `a/b`."""
    parts = target.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def parts_of_pages_exist(site: Site) -> Iterator[Problem]:
    """A generated part of a hand-written page exists, stands alone, and stands once."""
    for path, text in site.handwritten.items():
        asked: set[str] = set()
        for meant in _MEANT.finditer(text):
            number = 1 + text.count("\n", 0, meant.start())
            found = PART.match(text, meant.start())
            if not found:
                message = "a generated part stands alone, without an indent"
                yield Problem(
                    path, number, f"{message}: '/// explainer | name', and below it '///'"
                )
            elif found[1] not in PARTS:
                near = nearest_name(found[1], PARTS)
                hint = f"did you mean '{near}'?" if near else f"one of {', '.join(PARTS)}"
                yield Problem(path, number, f"unknown part '{found[1]}': {hint}")
            elif found[1] in asked:
                yield Problem(path, number, f"the part '{found[1]}' stands twice: keep one")
            asked.add(found[1] if found else "")


def own_pages(site: Site) -> tuple[str, ...]:
    """What is generated besides the pages of records, as if under docs/."""
    pictured = [
        "index.md",
        *(f"claims/{id}.md" for id in site.claims),
        *(f"topics/{id}.md" for id in site.topics),
        *(f"articles/{seed.slug}.md" for seed in site.seeds.values()),
    ]
    return (*_ALWAYS, *table_pages(site), *map(cards.place, pictured))


def generated_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """The address of each generated page, with the path of its record or `GENERATED`."""
    for uri in own_pages(site):
        yield address(uri), GENERATED
    for seed in site.seeds.values():
        yield address(f"articles/{seed.slug}.md"), seed.path
    for folder in ("claims", "topics", "reports"):
        for record in getattr(site, folder).values():
            yield address(f"{folder}/{record.id}.md"), record.path
