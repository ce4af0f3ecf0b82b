"""Runs a Python program that meets a fault: `python -P faulty.py FAULT -m mkdocs build`, or `-c …`.

N counts the changes to files below the current folder. The faults:

- `log:FILE` - none: each change is written to FILE, a line each
- `SIGKILL:N`, or another signal - the process sends it to itself before its N-th change
- `EACCES:N`, or another error - the system refuses the N-th change
- `unreadable:FILE` - the system refuses to open FILE
- `full:N` - from the N-th file on that is opened for writing, the disk is full
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import runpy
import signal
import sys
from itertools import count
from typing import Any

CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod")

here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118
fault, option, program, *arguments = sys.argv[1:]
what, _, which = fault.partition(":")
numbers = count(1)
real_open = open


def is_here(path: Any) -> bool:
    return isinstance(path, str | os.PathLike) and os.path.abspath(path).startswith(here)  # noqa: PTH100


def watch(event: str, facts: tuple[Any, ...]) -> None:
    if event == "open" and what == "unreadable" and facts[0] == which:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), which)
    writes = event == "open" and facts[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if not (event in CHANGES or writes) or not is_here(facts[0]):
        return
    number = next(numbers)
    if what == "log":
        os.write(log, f"{event} {os.path.relpath(facts[0])}\n".encode())
    elif what.startswith("SIG") and number == int(which):
        os.kill(os.getpid(), getattr(signal, what))
    elif what.startswith("E") and number == int(which):
        code = getattr(errno, what)
        raise OSError(code, os.strerror(code), os.fspath(facts[0]))


def open_on_a_full_disk(file: Any, mode: str = "r", *more: Any, **options: Any) -> Any:
    """The file is made, as on a real disk; the kernel refuses what is written to it."""
    stream = real_open(file, mode, *more, **options)
    if set(mode) & set("wxa") and is_here(file) and next(numbers) >= int(which):
        os.dup2(full, stream.fileno())
    return stream


if what == "full":
    full = os.open("/dev/full", os.O_WRONLY)
    builtins.open = io.open = open_on_a_full_disk
else:
    if what == "log":
        log = os.open(which, os.O_WRONLY | os.O_CREAT)
    sys.addaudithook(watch)

# In the background of a shell, where the tests may run, it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = [program, *arguments]
if option == "-m":
    runpy.run_module(program, run_name="__main__", alter_sys=True)
else:
    exec(program, {"__name__": "__main__"})
