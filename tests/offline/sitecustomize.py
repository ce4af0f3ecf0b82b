"""On the path of a Python, ends it as soon as it uses the network or starts a program, which might.

The process that draws pictures may be started: it has this on its path too.
"""

from __future__ import annotations

import os
import sys

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system")
"""How the names of such events begin, in Python's table of audit events."""

DRAWING = ["-P", "-m", "explainer.outputs.draw"]


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith(FORBIDDEN):
        return
    if event == "subprocess.Popen":
        program, line = arguments[:2]
        if program == sys.executable and isinstance(line, list) and line[1:4] == DRAWING:
            return
    os.write(2, f"refused: {event} {arguments}\n".encode())
    os._exit(1)  # an exception could be caught


sys.addaudithook(refuse)
