"""Errors of the operating system in one line: which file, and what was refused."""

from __future__ import annotations

import errno
from pathlib import Path


def explain(error: Exception, path: Path | None = None) -> str:
    """One line. `path` stands for the file where the system names none, as when a disk is full."""
    if not isinstance(error, OSError) or error.errno is None:  # a library's own
        return str(error)
    # Of a copy, the system names the file that it reads, not the disk that is full.
    named = path if path and error.errno == errno.ENOSPC else error.filename or path
    return f"{f'{named}: ' if named else ''}{error.strerror or error}"
