"""The site under `mkdocs serve`: what is watched, and what is built again after a change."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from watchdog.observers.polling import PollingObserverVFS

from explainer.addresses import SEEDS
from explainer.builders.changes import Looks, looks
from explainer.builders.contents import Item
from explainer.builders.mkdocs_api import ItemPage, build_again

SECONDS = 0.2
"""How often files are looked at; MkDocs does it every half second."""

log = logging.getLogger("mkdocs.plugins.explainer")


@dataclass(frozen=True)
class LiveSite:
    """What MkDocs made of the last whole build, and how what is no record looked then."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    looks: Looks

    def update(self, old: dict[str, Item], new: dict[str, Item]) -> bool:
        """Build again what differs. False, and nothing written, if more than pages changed.

        Pages that came or went may stand in menus, and be linked from anywhere.
        """
        if old.keys() != new.keys() or settings_and_templates(self.config) != self.looks:
            return False
        start = time.monotonic()
        pages = []
        for uri, item in new.items():
            file = self.files.get_file_from_path(uri)
            if file is None or item == old[uri]:
                continue
            if isinstance(file.page, ItemPage):
                file.page.item = item
            else:
                file.content_bytes = item.content
            if file.page:
                pages.append(file.page)
            else:
                file.copy_file()
        build_again(pages, self.config, self.files, self.nav, self.env)
        log.info("Built %d pages again in %.2f seconds", len(pages), time.monotonic() - start)
        return True


def settings_and_templates(config: MkDocsConfig) -> Looks:
    """How the files look that are no records, but are watched."""
    return looks([config.config_file_path, *config.watch])


def in_use(address: tuple[str, int]) -> bool:
    """Whether a server answers there."""
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True


class _Observer(PollingObserverVFS):
    """Watches also what is not there now; MkDocs's own ends for a folder that was gone once."""

    def __init__(self) -> None:
        super().__init__(_stat, os.scandir, polling_interval=SECONDS)


def _stat(path: str) -> os.stat_result:
    """What is gone looks like an empty file."""
    try:
        return Path(path).stat()
    except OSError:
        return Path(os.devnull).stat()


def watch(server: LiveReloadServer, config: MkDocsConfig) -> bool:
    """Watch more often, and the seeds too. Whether the theme is watched as well, as on demand."""
    watched = []
    for path in (config.docs_dir, config.config_file_path, *config.theme.dirs):
        with contextlib.suppress(KeyError):  # the theme is watched only on demand
            server.unwatch(path)
            watched.append(path)
    server.observer = _Observer()  # type: ignore[assignment]  # of the same base
    # In mkdocs.yml, `watch:` would insist on the folder.
    for path in [*watched, str(Path(config.config_file_path).parent / SEEDS)]:
        server.watch(path)
    return len(watched) > 2


def end_like_ctrl_c() -> None:
    """Let a server that is stopped, or whose terminal is shut, remove its folder too."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows lacks one
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, signal.default_int_handler)
