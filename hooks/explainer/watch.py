"""Notice changes of files while they are served."""

from __future__ import annotations

import os
from pathlib import Path

from watchdog.observers.polling import PollingObserverVFS

SECONDS = 0.2
"""How often files are looked at; MkDocs does it every half second."""


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
