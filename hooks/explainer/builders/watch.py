"""Notice changes of files while they are served."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from watchdog.observers.polling import PollingObserverVFS

SECONDS = 0.2
"""How often files are looked at; MkDocs does it every half second."""


Looks = dict[str, tuple[int, int, int]]
"""By what a change of a file is noticed: time of change in nanoseconds, bytes, inode."""


class Observer(PollingObserverVFS):
    """Watches also what is not there now; MkDocs's own ends for a folder that was gone once."""

    def __init__(self) -> None:
        super().__init__(_stat, os.scandir, polling_interval=SECONDS)


def _stat(path: str) -> os.stat_result:
    """What is gone looks like an empty file."""
    try:
        return Path(path).stat()
    except OSError:
        return Path(os.devnull).stat()


def looks(paths: Iterable[Path]) -> Looks:
    """How some files look, and those below some folders; what is gone is left out."""
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            for file in [path, *path.rglob("*")]:
                with contextlib.suppress(OSError):
                    status = file.stat()
                    found[str(file)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def end_like_ctrl_c() -> None:
    """Let a server that is told to end, or whose terminal is shut, remove its folder too."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows lacks one
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, signal.default_int_handler)
