"""The files below docs/ and seeds/: which of them are read, and how.

What is there is published, so all of it is plain files and folders: a symbolic link could lead out
of the project, or in a circle, and reading a pipe would never end.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.model import Problem, Severity
from explainer.read.limits import DEPTH, Limit
from explainer.text import characters

_CONTROL = re.compile(f"[{characters.CONTROL}]")
_NOT_PORTABLE = re.compile(
    rf'[\t\n<>"|?*:\\{characters.CONTROL}{characters.INVISIBLE}]|[ .]$'
    r"|^(?:aux|com\d|con|lpt\d|nul|prn)(?:\.|$)",
    re.IGNORECASE,
)


def files(root: Path, folder: str, problems: list[Problem]) -> list[tuple[str, Path]]:
    """The files below a folder, sorted: the path from `root`, and the file.

    Those that editors and systems leave are not among them. What cannot be used is a problem, which
    stops a build; as far as it is a file or a link to one, it is listed too, and `read_bytes`
    refuses it.
    """
    found: list[tuple[str, Path]] = []

    def refuse(path: str, message: str, rule: str) -> None:
        problems.append(Problem(path, 1, message, rule, Severity.STOPS))

    def unlisted(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # a rule says what is missing
            path = Path(error.filename).relative_to(root).as_posix()
            refuse(path, f"cannot be read: {error.strerror}", "readable")

    if refused := _refused(root / folder):
        refuse(folder, *refused)
        return found
    for parent, folders, names in os.walk(root / folder, onerror=unlisted):
        here = Path(parent)
        prefix = here.relative_to(root).as_posix()
        folders[:] = [name for name in folders if not name.startswith(".")]
        if prefix.count("/") == DEPTH and folders:
            folders.clear()
            refuse(prefix, f"holds folders {DEPTH} deep: move them up", "depth")
        plain = [name for name in names if not name.startswith(".")]
        found += [(f"{prefix}/{name}", here / name) for name in plain if not name.endswith("~")]
        for name in [*folders, *plain]:
            if refused := _refused(here / name):
                refuse(f"{prefix}/{name}", *refused)
    return sorted(found)


def _refused(file: Path) -> tuple[str, str] | None:
    """Why a file or folder cannot be used, and by which rule; None if it can, or is not there."""
    if _NOT_PORTABLE.search(file.name) or not unicodedata.is_normalized("NFC", file.name):
        return "has a name that not every system and page can hold: rename it", "file-name"
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISLNK(mode):
        message = "is a symbolic link, which is not followed: put the file itself here"
        return message, "plain-file"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "is neither a file nor a folder: remove it", "plain-file"
    return None


def alike(paths: Iterable[str]) -> Iterator[Problem]:
    """A problem for each path that differs from another in case only."""
    first: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(path.casefold(), path)
        if other != path:
            message = f"differs from '{other}' only in case: some systems hold but one; rename it"
            yield Problem(path, 1, message, "file-name")


def read_bytes(path: str, file: Path, limit: Limit, problems: list[Problem]) -> bytes | None:
    """A file's bytes; None, with a problem, if it cannot be read or is too large."""
    if _refused(file):
        return None  # with the problem that `files` found
    try:
        if message := limit.excess(file.stat().st_size):
            problems.append(Problem(path, 1, message, "size"))
            return None
        return file.read_bytes()
    except OSError as error:
        problems.append(Problem(path, 1, f"cannot be read: {error.strerror}", "readable"))
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
        message = "is not UTF-8: save the file in that encoding"
        problems.append(Problem(path, line, message, "encoding"))
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if found := _CONTROL.search(text):
        line = 1 + text.count("\n", 0, found.start())
        message = f"holds the control character {characters.name(found[0])}: remove it"
        problems.append(Problem(path, line, message, "encoding"))
        return None
    return text
