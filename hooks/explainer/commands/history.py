"""What git knows of another version of the site: its files, and which of them changed since."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from explainer.model import Site
from explainer.read.tree import read_site

_SUBMODULE = b"160000"
_STATUS = {"A": "added", "D": "removed", "M": "changed"}


@dataclass(frozen=True)
class Version:
    """The records of a commit, and of those that cannot be read now, the paths of the withheld.

    These are the ones that its own check refused, so that it cannot have been published with them.
    """

    commit: str
    site: Site
    withheld: frozenset[str]


def site_at(root: Path, commit: str, today: datetime.date) -> Site:
    """The records under `root` as they were at a commit; ValueError if git cannot give them."""
    with _checked_out(root, commit) as tree:
        return read_site(tree, today)[0]


def version(root: Path, commit: str, today: datetime.date) -> Version:
    """The records under `root` as they were at a commit; ValueError if git cannot give them."""
    with _checked_out(root, commit) as tree:
        site, _ = read_site(tree, today)
        refused = _refused_by_itself(tree) if site.unread else set()
        return Version(commit, site, frozenset(refused & site.unread.keys()))


@contextmanager
def _checked_out(root: Path, commit: str) -> Iterator[Path]:
    """A folder with the files below `root` as a commit holds them; ValueError if git has them not.

    They are written byte for byte. A checkout would obey attributes, which can leave files out of
    it, or say that they are in an encoding in which nobody can read them.
    """
    found = _resolved(root, commit)
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "index"))
        # It refuses paths that lead out of the tree.
        _git(root, "read-tree", found, GIT_INDEX_FILE=index)
        listed = _git(root, "ls-files", "--stage", "-z", GIT_INDEX_FILE=index).split(b"\0")[:-1]
        entries = [entry.split(b"\t", 1) for entry in listed if not entry.startswith(_SUBMODULE)]
        ids = b"".join(told.split()[1] + b"\n" for told, _ in entries)
        contents = _git(root, "cat-file", "--batch", stdin=ids)
        tree, at = Path(folder, "tree"), 0
        tree.mkdir()
        for _, path in entries:
            head, _, _ = contents[at : at + 200].partition(b"\n")
            if not head.split()[-1].isdigit():
                raise ValueError(f"git has not all files of '{commit}'")
            start = at + len(head) + 1
            at = start + int(head.split()[-1]) + 1
            file = tree / os.fsdecode(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(contents[start : at - 1])
        yield tree


def _refused_by_itself(tree: Path) -> set[str]:
    """The paths in which the check that a checked-out tree brings with it finds problems."""
    result = subprocess.run(
        [sys.executable, "-P", "-m", "explainer", "check", "--root", str(tree)],
        env={**os.environ, "PYTHONPATH": str(tree / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    return {line.partition(":")[0] for line in result.stdout.splitlines()}


def changed_files(root: Path, commit: str) -> dict[str, str]:
    """What became of the files that differ from a commit, by path from `root`.

    `added`, `removed` or `changed`. Also those of the repository that lie outside of `root`.
    """
    found = _resolved(root, commit)
    top = _git(root, "rev-parse", "--show-cdup").decode().strip() or "."
    options = ["--name-status", "-z", "--no-renames", "--no-relative", "--ignore-submodules=none"]
    listed = _git(root, "diff", *options, found, "--").split(b"\0")[:-1]
    new = _git(root / top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0")[:-1]
    changes = {path: _STATUS.get(chr(status[0]), "changed") for status, path in _pairs(listed)}
    changes |= dict.fromkeys(new, "added")
    here = os.path.relpath(root.resolve(), (root / top).resolve())
    return {
        Path(os.path.relpath(os.fsdecode(path), here)).as_posix(): what
        for path, what in sorted(changes.items())
    }


def _pairs(values: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    return zip(values[::2], values[1::2], strict=True)


def _resolved(root: Path, commit: str) -> str:
    if not shutil.which("git"):
        raise ValueError("git is not on PATH: install it, for it knows what was published before")
    try:
        found = _git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    except ValueError as error:
        raise ValueError(f"'{commit}' is not a commit of this repository ({error})") from error
    return found.decode().strip()


def _git(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> bytes:
    result = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        check=False,
    )
    if result.returncode:
        message = result.stderr.decode(errors="replace").strip()
        raise ValueError(f"git {arguments[0]}: {message}")
    return result.stdout
