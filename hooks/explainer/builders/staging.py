"""Put a finished site in the place of the published one, and never less than a finished one.

The site `x` is built into `.x.new` beside it, and takes its place by two renames: the old site
becomes `.x.old`, the new one `x`. Only between the two is there no `x`. A build that is killed
there, or anywhere else, leaves what the next one puts right and removes. `.x.lock` is held
meanwhile: the kernel releases it when the process ends, in whatever way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from explainer.builders.system_errors import explain

A_SITE_HAS = "sitemap.xml"
"""By this file we know a site of ours or of MkDocs: a folder of anything else is not replaced."""


class Staging:
    """The folder to build a site in. `close` it in the end, published or not.

    `site` is where the site is published, `folder` where it is built. Where `site` is a symbolic
    link, the folder that it leads to is replaced. ValueError if a site cannot be published there,
    or another build is doing so: says what to do; what is there is as it was.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self._target = Path(os.path.realpath(site))
        self.folder = self._beside("new")
        self._old = self._beside("old")
        self._lock = FileLock(self._beside("lock"), blocking=False)
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self._clean()
            if self._target.exists() and not _is_site(self._target):
                self.close()
                raise ValueError(
                    f"{site}: expected an empty folder, or one with a site, that may be written "
                    "to: name another folder"
                )
            self.folder.mkdir()
        except Timeout:
            # Waiting would look like hanging, and the other build may be one that hangs.
            raise ValueError(
                f"another build is writing {site}: wait until it has ended, then build again"
            ) from None
        except OSError as error:
            self.close()
            raise ValueError(
                f"{site} cannot be built: that needs a folder beside it. {explain(error)}"
            ) from error

    def _beside(self, suffix: str) -> Path:
        return self._target.with_name(f".{self._target.name}.{suffix}")

    def publish(self, written: Iterable[str] = ()) -> None:
        """Let what was built take the place of the published site.

        `written` are the files that it must have. FileNotFoundError if one is gone: somebody
        removed the folder meanwhile, and MkDocs made it again.

        Like MkDocs, which empties the folder otherwise, keeps what is hidden there: `.git`, say.
        After an OSError, `close` leaves the site as it was.
        """
        for uri in written:
            if not (self.folder / uri).exists():
                message = f"{self.folder / uri} was removed while the site was built: build again"
                raise FileNotFoundError(message)
        if self._target.exists():
            for hidden in self._target.glob(".*"):
                copy = self.folder / hidden.name
                if copy.exists():
                    continue
                if hidden.is_dir() and not hidden.is_symlink():
                    shutil.copytree(hidden, copy, symlinks=True)
                else:
                    shutil.copy2(hidden, copy, follow_symlinks=False)
            shutil.copymode(self._target, self.folder)
            self._target.rename(self._old)
        self.folder.rename(self._target)

    def close(self) -> None:
        """Remove what was not published, and what was before. Does nothing the second time."""
        if self._lock.is_locked:
            with suppress(OSError):  # what cannot be removed, the next build removes
                self._clean()
                # While it is held: who waits for this file finds it gone, and locks a new one.
                Path(self._lock.lock_file).unlink()
            self._lock.release()

    def _clean(self) -> None:
        """Leave the published site alone, as after any build: undo half a swap, remove the rest.

        `.x.old` is always whole: it is removed under the other name, which never is.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._old.is_symlink():
            self._old.unlink()  # none of ours: it might lead anywhere
        if self._old.exists():
            self._old.rename(self.folder if self._target.exists() else self._target)
            shutil.rmtree(self.folder, ignore_errors=True)


def _is_site(folder: Path) -> bool:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    seen = [file.name for file in folder.iterdir() if not file.name.startswith(".")]
    return not seen or A_SITE_HAS in seen
