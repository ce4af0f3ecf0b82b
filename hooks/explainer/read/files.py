"""The files below docs/ and seeds/: which of them are read, and how.

What stands there is published, so all of it is plain files and folders: a symbolic link could lead
out of the project, or in a circle, and reading a pipe would never end.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.model import Problem, Severity
from explainer.read.limits import DEPTH, Limit

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>\"]")

OTHER_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for pages, too."""


def files(root: Path, folder: str, problems: list[Problem]) -> list[tuple[str, Path]]:
    """The files below a folder, sorted: the path from `root`, and the file.

    Those that editors and systems leave are not among them. What cannot be used is a problem; as
    far as it is a file or a link to one, it is listed too, and `read_bytes` refuses it.
    """
    found: list[tuple[str, Path]] = []
    if message := _refused(root / folder):
        problems.append(Problem(folder, 1, message, Severity.STOPS))
        return found

    def unlisted(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # a rule says what is missing
            path = Path(error.filename).relative_to(root).as_posix()
            problems.append(Problem(path, 1, f"cannot be read: {error.strerror}", Severity.STOPS))

    for parent, folders, names in os.walk(root / folder, onerror=unlisted):
        here = Path(parent)
        prefix = here.relative_to(root).as_posix()
        folders[:] = [name for name in folders if not name.startswith(".")]
        if prefix.count("/") == DEPTH and folders:
            folders.clear()
            problems.append(
                Problem(prefix, 1, f"holds folders {DEPTH} deep: move them up", Severity.STOPS)
            )
        plain = [name for name in names if not name.startswith(".")]
        found += [(f"{prefix}/{name}", here / name) for name in plain if not name.endswith("~")]
        problems += [
            Problem(
                f"{prefix}/{name}", 1, "is a page by another name: rename it to .md", Severity.STOPS
            )
            for name in plain
            if name.endswith(OTHER_PAGES)
        ]
        problems += [
            Problem(f"{prefix}/{name}", 1, message, Severity.STOPS)
            for name in [*folders, *plain]
            if (message := _refused(here / name))
        ]
    return sorted(found)


def _refused(file: Path) -> str | None:
    """Why a file or folder cannot be used, if so; what is not there is another's business."""
    if _NO_NAME.search(file.name):
        return "has a name that no page can show: rename it"
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISLNK(mode):
        return "is a symbolic link, which is not followed: put the file itself here"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "is neither a file nor a folder: take it away"
    return None


def alike(paths: Iterable[str]) -> Iterator[Problem]:
    """A problem for each path that differs from another in case only."""
    first: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(path.casefold(), path)
        if other != path:
            message = f"differs from '{other}' only in case: some systems hold but one; rename it"
            yield Problem(path, 1, message)


def read_bytes(path: str, file: Path, limit: Limit, problems: list[Problem]) -> bytes | None:
    """A file's bytes; None, with a problem, if it cannot be read or is too large."""
    if _refused(file):
        return None  # with the problem that `files` found
    try:
        if message := limit.excess(file.stat().st_size):
            problems.append(Problem(path, 1, message))
            return None
        return file.read_bytes()
    except OSError as error:
        problems.append(Problem(path, 1, f"cannot be read: {error.strerror}"))
        return None


def read_text(path: str, file: Path, limit: Limit, problems: list[Problem]) -> str | None:
    """A file's text, without byte order mark, lines ended by LF; None, with a problem, if none.

    A text is UTF-8 without control characters but tab and LF.
    """
    data = read_bytes(path, file, limit, problems)
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        problems.append(Problem(path, line, "is not UTF-8: save the file in that encoding"))
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if sign := _CONTROL.search(text):
        line = 1 + text.count("\n", 0, sign.start())
        name = f"U+{ord(sign[0]):04X}"
        problems.append(Problem(path, line, f"holds the control character {name}: remove it"))
        return None
    return text
