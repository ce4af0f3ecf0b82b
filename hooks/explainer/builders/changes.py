"""How the files look from which a site is built, so that a change of them is noticed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

Looks = dict[Path, tuple[int, int, int]]
"""By file: time of change in nanoseconds, bytes, inode."""


def looks(paths: Iterable[str | Path]) -> Looks:
    """How the files at some paths, and in the folders there, look; without what is hidden."""
    found: Looks = {}
    for path in map(Path, paths):
        with suppress(OSError):
            for file in [path, *path.rglob("*")]:
                with suppress(OSError):  # what is gone is left out
                    status = file.stat()
                    if file.is_file() and not file.name.startswith("."):
                        found[file] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found
