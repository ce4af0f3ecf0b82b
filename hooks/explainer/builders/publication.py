"""A site on its way to being published: built beside the old one, then put in its place."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import mkdocs
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from explainer.builders.changes import looks
from explainer.builders.contents import Item
from explainer.builders.staging import Staging

log = logging.getLogger("mkdocs.plugins.explainer")

_builder = logging.getLogger(mkdocs.__name__)  # ProperDocs answers to this name, with its own


class Publication:
    """What one `mkdocs build` writes. Leaving the context removes what was not published.

    `sources` are the files and folders from which it is built: they are read once it is entered.
    Entering raises PluginError, with what to do, if nothing can be published there.
    """

    def __init__(self, site: Path, sources: Sequence[str | Path]) -> None:
        self.site = site
        self._sources = sources
        self._warnings = CountHandler(level=logging.WARNING)
        self._drawing = ThreadPoolExecutor(1)
        self._drawn: dict[Path, Future[bytes]] = {}

    def __enter__(self) -> Publication:
        try:
            self._staging = Staging(self.site)
        except ValueError as error:
            raise PluginError(str(error)) from error
        self._looked = looks(self._sources)
        _builder.addHandler(self._warnings)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._drawing.shutdown(cancel_futures=True)
        _builder.removeHandler(self._warnings)
        self._staging.close()

    @property
    def folder(self) -> Path:
        """Where the site is built."""
        return self._staging.folder

    def draw(self, pictures: Iterable[Item]) -> None:
        """Begin to draw, while the pages are built."""
        for item in pictures:
            self._drawn[self.folder / item.uri] = self._drawing.submit(_content, item)

    def publish(self, written: Iterable[str], strict: bool) -> None:
        """Let the site take its place, with its pictures; `written` are the files it must have.

        With warnings, a strict build leaves a site that is there as it was. So do PluginError,
        if a source was changed meanwhile, and OSError, if the system refuses something.
        """
        for file, content in self._drawn.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.result())
        changed = looks(self._sources).items() ^ self._looked.items()
        if changed:
            path = min(path for path, _ in changed)
            raise PluginError(
                f"{path} changed while the site was built: build again. {self.site} is as it was."
            )
        # A first build has nothing to spare, and shows what is wrong.
        failed = strict and bool(self._warnings.get_counts()) and self.site.exists()
        if not failed:
            self._staging.publish(written)
        log.info("%s %s", self.site, "is as it was" if failed else "is published")


def _content(item: Item) -> bytes:
    return item.content
