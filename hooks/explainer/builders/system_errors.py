"""Errors of the operating system, in a user's words: what failed, why, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

_RIGHTS = "give yourself the right to it (chmod, chown)"
_SPACE = "free some space on its disk"
_AWAY = "move it away"
ADVICE = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EROFS: "mount its disk for writing, or work in another folder",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "end some programs",
    errno.EBUSY: "end what uses it, or work in another folder",
    errno.EIO: "check its disk",
    errno.ENOENT: "put it back",
    errno.EEXIST: _AWAY,
    errno.ENOTEMPTY: _AWAY,
    errno.EXDEV: _AWAY,  # what an image brings cannot be renamed in its container (overlayfs)
}
"""What to do, by error number."""


def explain(error: Exception, place: Path | None = None) -> str:
    """One line. `place` stands for the file where the system names none, as when a disk is full."""
    if not isinstance(error, OSError) or error.errno is None:  # a library's own
        return str(error)
    advice = ADVICE.get(error.errno, "mend that")
    # Of a copy, the system names the file that it reads, not the disk that is full.
    path = place if place and advice == _SPACE else error.filename or place
    return f"{f'{path}: ' if path else ''}{error.strerror or error}; {advice}, then try again"
