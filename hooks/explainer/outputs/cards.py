"""Pictures for shared links (Open Graph): what is on each, and their drawing beside the build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the process that draws starts sooner without the records' library
    from explainer.model import Site

HOOKS = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Card:
    """One picture: its words, and its place below the site.

    A claim's also has its verdict (`overstated`, with the label in words), and its quote in the
    language `lang` (BCP 47).
    """

    place: str
    title: str
    site_name: str
    verdict: str = ""
    label: str = ""
    quote: str = ""
    lang: str = "en"


def place(uri: str) -> str:
    """Where the picture of a page stands: `claims/a.md` → `share/claims/a.png`."""
    return f"share/{uri.removesuffix('.md')}.png"


def cards(site: Site, site_name: str) -> Iterator[Card]:
    """A card for the site, and one for each claim, topic and article."""
    yield Card(place("index.md"), site_name, site_name)
    for claim in site.claims.values():
        first = claim.appearances[0]
        yield Card(
            place(f"claims/{claim.id}.md"),
            claim.claim,
            site_name,
            claim.verdict.value,
            claim.verdict.label,
            first.quote,
            site.seeds[first.seed].lang,
        )
    for topic in site.topics.values():
        yield Card(place(f"topics/{topic.id}.md"), topic.question, site_name)
    for seed in site.seeds.values():
        yield Card(place(f"articles/{seed.slug}.md"), seed.title, site_name)


class Drawing:
    """A process of its own (`draw.py`) that draws `cards` below `folder`, while the site is built.

    It reads the cards as lines of JSON, and ends with them: also if this process is killed. OSError
    if it cannot be started.
    """

    def __init__(self, cards: Iterable[Card], folder: Path) -> None:
        lines = "".join(json.dumps(vars(card)) + "\n" for card in cards)
        path = os.pathsep.join(filter(None, [str(HOOKS), os.environ.get("PYTHONPATH")]))
        folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "explainer.outputs.draw", "."],
            # There, so that what it still draws after a kill is lost with this folder, and is not
            # written to one of this name that the next build makes.
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        # A thread, because a pipe holds less than all cards; a daemon, so that an interrupted
        # build ends at once.
        self._feeding = Thread(target=self._feed, args=(lines.encode(),), daemon=True)
        self._feeding.start()

    def _feed(self, lines: bytes) -> None:
        self._errors = self._process.communicate(lines)[1]

    def finish(self) -> None:
        """Wait until all is drawn.

        Raises ChildProcessError, with what is wrong and how to mend it, if it is not.
        """
        self._feeding.join()
        if self._process.returncode:
            said = self._errors.decode(errors="replace").strip()
            raise ChildProcessError(
                "The pictures for shared links could not be drawn:"
                f" {said or f'the process ended with {self._process.returncode}'}\n"
                "Mend that (a full disk, missing rights, a package missing: pip install"
                " --require-hashes -r requirements.txt), and build again"
            )

    def stop(self) -> None:
        """End it at once: nothing is written below the folder after this."""
        self._process.kill()
        self._feeding.join()
