"""How long an author waits: from saving a file to the rebuilt page, with `mkdocs serve`."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmark.build import link_program
from explainer.builders.live import SECONDS

EDITS = 10
"""How many times a record of each kind is edited."""
FIELDS = {"claims": "reason", "topics": "answer", "reports": "interests", "seeds": "publisher"}
"""What is edited of each kind of record: it shows on several pages."""
PAUSE = 0.01
"""Seconds between two requests for the page."""
PATIENCE = 120
"""Seconds after which a page that has not changed counts as never changing."""


@dataclass(frozen=True)
class Wait:
    """Seconds from saving a file of a `kind` until its page shows the change."""

    kind: str
    edits: int
    median: float
    worst: float


def measure(root: Path) -> list[Wait]:
    """Edit records in a copy of the tree under `root` while it is served."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        shutil.copy(root / "mkdocs.yml", tree)
        for name in ("docs", "seeds"):
            shutil.copytree(root / name, tree / name)
        link_program(root, tree)
        with _served(tree) as base:
            return [
                _measure(kind, files, base)
                for kind, files in {
                    "a claim": sorted(tree.glob("docs/claims/*.md")),
                    "a topic": sorted(tree.glob("docs/topics/*.md")),
                    "a report": sorted(tree.glob("docs/reports/*.md")),
                    "an article’s record": sorted(tree.glob("seeds/*.yml")),
                }.items()
            ]


def _measure(kind: str, files: list[Path], base: str) -> Wait:
    waits = []
    for edit in range(EDITS):
        file = files[edit * len(files) // EDITS]
        # Else each edit would come at the same point of the time between two looks.
        time.sleep(SECONDS * edit / EDITS)
        waits.append(_edit(file, f"Zeppelin {edit}", base))
    return Wait(kind, EDITS, statistics.median(waits), max(waits))


def _edit(file: Path, words: str, base: str) -> float:
    """Put words into a record, and wait until its page shows them."""
    text = file.read_text("utf-8")
    if file.suffix == ".yml":
        address = "articles/" + re.findall(r"(?m)^slug: (.*)", text)[0]
    else:
        address = f"{file.parent.name}/{file.stem}"
    field = FIELDS[file.parent.name]
    begun = rf"(?m)^({field}:(?: >-?\n +| +['\"]?))"
    text, edits = re.subn(begun, rf"\g<1>{words} ", text, count=1)
    assert edits, f"{file}: '{field}' begins in a way that is not known"
    start = time.perf_counter()
    file.write_text(text, "utf-8")
    _wait(f"{base}{address}/", words)
    return time.perf_counter() - start


def _wait(address: str, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        # A request that comes while the site is rebuilt is answered when that is done.
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(address, timeout=PATIENCE) as answer,
        ):
            if words in answer.read().decode():
                return
        time.sleep(PAUSE)
    raise SystemExit(f"{address} does not show '{words}' after {PATIENCE} s")


@contextmanager
def _served(tree: Path) -> Iterator[str]:
    """Serve the tree; the address of the site, with a slash at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", place]
    process = subprocess.Popen(command, cwd=tree)
    try:
        _wait(f"http://{place}/", "</html>")
        yield f"http://{place}/"
    finally:
        process.terminate()
        process.wait()
