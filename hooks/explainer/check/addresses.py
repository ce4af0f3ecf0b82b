"""Rules on the addresses of pages, and on the generated parts of hand-written ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from explainer.addresses import resources, written
from explainer.model import Problem, Site
from explainer.text.suggest import nearest_name

PART = re.compile(r"^/// explainer \| (\S+) *\n/// *$", re.MULTILINE)
"""The block of a hand-written page that is replaced by a generated part."""
_MEANT = re.compile(r"^ {0,3}/// *explainer\b.*", re.MULTILINE)
PARTS = sorted(
    file.stem for file in (Path(__file__).parent.parent / "pages/templates/parts").glob("*.md")
)
NAMED = 3
"""How many of those with one URL a message names."""
GENERATED = "the site's own page"
"""What is shown instead of the path of a page that no record fills."""


def addresses_differ(site: Site) -> Iterator[Problem]:
    """Two pages are never written to one address, even where case does not count."""
    claimed: dict[str, list[str]] = defaultdict(list)
    for target, path in files(site):
        claimed[target.casefold()].append(path)
    blamed: set[str] = set()
    for target, paths in claimed.items():
        folders = [parent for parent in _parents(target) if parent in claimed]
        paths_there = paths + [path for folder in folders for path in claimed[folder]]
        for path in paths_there:
            # Of two paths that differ in case only, reading them says so.
            different = (other for other in paths_there if other.casefold() != path.casefold())
            others = [
                other if other == GENERATED else f"'{other}'"
                for other in islice(different, NAMED + 1)
            ]
            more = f" and {len(paths_there) - 1 - NAMED} more" if len(others) > NAMED else ""
            named = ", ".join(others[:NAMED]) + more
            if others and path != GENERATED and path not in blamed:
                blamed.add(path)
                message = f"would be written to the URL of {named}: {target}; rename it"
                yield Problem(path, 1, message)


def _parents(target: str) -> list[str]:
    """The folders that a file needs: `a/b/c` → `a`, `a/b`."""
    parts = target.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def parts_of_pages_exist(site: Site) -> Iterator[Problem]:
    """A generated part of a hand-written page exists, is a block of its own, and is there once."""
    for path, page in site.hand_written.items():
        asked: set[str] = set()
        for meant in _MEANT.finditer(page.body):
            number = page.line + page.body.count("\n", 0, meant.start())
            found = PART.match(page.body, meant.start())
            if not found:
                message = "a generated part is a block of its own, without an indent"
                yield Problem(
                    path, number, f"{message}: '/// explainer | name', and below it '///'"
                )
            elif found[1] not in PARTS:
                near = nearest_name(found[1], PARTS)
                hint = f"did you mean '{near}'?" if near else f"one of {', '.join(PARTS)}"
                yield Problem(path, number, f"unknown part '{found[1]}': {hint}")
            elif found[1] in asked:
                yield Problem(path, number, f"the part '{found[1]}' is written twice: keep one")
            asked.add(found[1] if found else "")


def files(site: Site) -> Iterator[tuple[str, str]]:
    """Each file that is written, with the path of what it shows or `GENERATED`."""
    for resource in resources(site):
        yield written(resource.uri), resource.source or GENERATED
