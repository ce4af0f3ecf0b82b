"""What changed between two commits: the corrections that are missing, and what there is to review.

A claim is published once a commit holds it in a form that can be read. From then on its file stays
where it is, and a new verdict, reason or quote needs an entry in its `corrections`. A claim that
could not be read before was withheld, and thus not published.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from explainer.model import Claim, Correction, Loc, Problem, Site
from explainer.read.tree import read_site


def site_at(root: Path, commit: str, today: datetime.date) -> Site:
    """The records under `root` as they were at a commit; ValueError if git cannot give them."""
    if not shutil.which("git"):
        raise ValueError("git is not on PATH: install it, for it knows what was published before")
    try:
        found = _git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    except ValueError as error:
        raise ValueError(f"'{commit}' is not a commit of this repository ({error})") from error
    here = _git(root, "rev-parse", "--show-prefix").decode().strip()
    with tempfile.TemporaryDirectory() as folder:
        # Checked out, with the attributes of that commit: `git archive` would leave out what it
        # marks with `export-ignore`, and those of today could make its files unreadable.
        tree, index = Path(folder, "tree"), Path(folder, "index")
        tree.mkdir()
        git_dir = os.fsdecode(_git(root, "rev-parse", "--absolute-git-dir")).removesuffix("\n")
        then = {"GIT_DIR": git_dir, "GIT_WORK_TREE": str(tree), "GIT_INDEX_FILE": str(index)}
        _git(tree, "read-tree", found.decode().strip(), **then)
        _git(tree, "checkout-index", "--all", **then)
        site, _ = read_site(Path(folder, "tree", here), today)
    return site


def _git(folder: Path, *arguments: str, **environment: str) -> bytes:
    result = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    if result.returncode:
        message = result.stderr.decode(errors="replace").strip()
        raise ValueError(f"git {arguments[0]}: {message}")
    return result.stdout


def uncorrected(before: Site, after: Site) -> list[Problem]:
    """The claims published in `before` that changed without an entry, or are gone."""
    problems: list[Problem] = []
    for id, old in before.claims.items():
        new = after.claims.get(id)
        if new:
            problems.extend(_silent_changes(old, new))
        elif old.path in after.unread:
            message = "can no longer be read, so it cannot be compared: see 'make check'"
            problems.append(Problem(old.path, 1, message))
        else:
            problems.append(Problem(old.path, 1, _gone(old, before, after)))
    return sorted(problems)


def _gone(old: Claim, before: Site, after: Site) -> str:
    message = (
        "this published claim is gone, but its address stays: restore the file; "
        "to withdraw the claim, say so in its reason and enter a correction"
    )
    for id, claim in after.claims.items():
        if id not in before.claims and _quotes(claim) & _quotes(old):
            return f"{message}. The new claim '{id}' has its quote: a claim is never renamed"
    return message


def _silent_changes(old: Claim, new: Claim) -> Iterator[Problem]:
    removed = Counter(old.corrections) - Counter(new.corrections)
    for entry in removed:
        message = f"the entry of {entry.date} was changed or taken out: restore it as it was"
        yield new.problem(("corrections",), message)
    entries = Counter(new.corrections) - Counter(old.corrections)
    if old.verdict is not new.verdict and not _tells(entries, old, new):
        yield new.problem(
            ("verdict",),
            f"the verdict was '{old.verdict.label}' when it was published: enter a correction "
            f"with 'was: {old.verdict.label}' and 'now: {new.verdict.label}'",
        )
    if entries:
        return
    mend = "enter a correction with date, was, now and why"
    if old.reason.split() != new.reason.split():
        yield new.problem(("reason",), f"the reason was '{old.reason}' when published: {mend}")
    for seed, quote in sorted(_quotes(old) - _quotes(new)):
        loc: Loc = ("appearances",)
        yield new.problem(loc, f"the quote '{quote}' of '{seed}' was published here: {mend}")


def _tells(entries: Counter[Correction], old: Claim, new: Claim) -> bool:
    """Whether the new entries lead from the old verdict to the new one, be it in several steps."""
    changes = [entry.verdicts for entry in entries if entry.verdicts]
    reached = {old.verdict}
    for _ in changes:
        reached |= {now for was, now in changes if was in reached}
    return new.verdict in reached


def _quotes(claim: Claim) -> set[tuple[str, str]]:
    return {(appearance.seed, appearance.quote) for appearance in claim.appearances}


def to_review(before: Site, after: Site) -> tuple[list[Claim], list[Claim]]:
    """The claims that were added, and those whose page says something else than before.

    Claims that are gone are the business of `uncorrected`.
    """
    added = [claim for id, claim in after.claims.items() if id not in before.claims]
    changed = [
        claim
        for id, claim in after.claims.items()
        if id in before.claims and _content(claim) != _content(before.claims[id])
    ]
    return added, changed


def _content(claim: Claim) -> tuple[object, str]:
    return claim.model_dump(), claim.body
