"""Where every page and file of the site stands. The one home of every path and URL."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from explainer.model import (
    Claim,
)


@lru_cache(maxsize=100_000)
def url(uri: str) -> str:
    """Where a page or file of docs/ stands, from the site's root: `a/b.md` → `a/b/`.

    As with `use_directory_urls` of MkDocs.
    """
    if not uri.endswith(".md"):
        return uri
    folder, name = posixpath.split(uri.removesuffix(".md"))
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return posixpath.join(folder, name) + "/"


def relative_url(target: str, here: str) -> str:
    """The way from the page `here` to the page or file `target`, both named as under docs/."""
    goal, base = url(target).split("/"), url(here).split("/")[:-1]
    same = 0
    while same < min(len(base), len(goal) - 1) and base[same] == goal[same]:
        same += 1
    return "../" * (len(base) - same) + "/".join(goal[same:]) or "./"


def relative_source(target: str, here: str) -> str:
    """The way from the page `here` to `target` as between files of docs/: `a/b.md` → `../c.md`."""
    return posixpath.relpath(target, posixpath.dirname(here) or ".")


DOCS = "docs"

FINGERPRINT = ".fingerprint.json"

SEEDS = "seeds"


def address(uri: str) -> str:
    """Where MkDocs writes the file `uri` of docs/: `a/b.md` → `a/b/index.html`."""
    return f"{url(uri)}index.html" if uri.endswith(".md") else uri


def claim_url(claim: Claim, site_url: str) -> str:
    """The full address of a claim's page; `site_url` ends with a slash."""
    return site_url + url(f"claims/{claim.id}.md")
