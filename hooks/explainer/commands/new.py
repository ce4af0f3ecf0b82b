"""New records: what their files hold, and how they are written.

Files are given as path → text, the path from the project's root. Nothing here overwrites: files are
made new, all of them or none.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
from collections.abc import Mapping
from pathlib import Path

from explainer.commands.receive import Received
from explainer.model import Lines, Seed, SeedKind
from explainer.model.fingerprint import Fingerprint
from explainer.model.schema import TODO, template
from explainer.text.escape import language_name


def write(root: Path, files: Mapping[str, str]) -> None:
    """Make new files under `root`, by their path below it.

    FileExistsError names the one that is there already, OSError a folder that is a link; then, as
    after any error, none is made.
    """
    made: list[Path] = []
    try:
        for path, text in files.items():
            file = root / path
            links = [folder for folder in Path(path).parents if (root / folder).is_symlink()]
            if folder := next((folder for folder in links if folder != Path()), None):
                message = "is a symbolic link, which is not followed"
                raise OSError(errno.ELOOP, message, str(folder))
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                made.append(file)
                stream.write(text.encode())
    except BaseException:
        for file in made:
            file.unlink()
        raise


def claim(
    id: str, title: str, topic: str, seed: Seed, quote: str, lines: Lines, repeated: bool
) -> dict[str, str]:
    """The file of a claim. `lines` is where the quote stands, `repeated` whether also elsewhere."""
    today = datetime.date.today()
    appearance = {
        "seed": seed.id,
        "quote": quote,
        "translation": f"{TODO}: translate from {language_name(seed.lang)}",
        "speaker": _speaker(seed, lines.first) or TODO,
        "line": lines.first if repeated else None,
    }
    values = {
        "claim": title,
        "topic": topic,
        "appearances": [appearance],
        "published": today,
        "checked": today,
    }
    return {f"docs/claims/{id}.md": template("claim", values)}


def _speaker(seed: Seed, line: int) -> str | None:
    """The name of who speaks in a line of an interview, if the seed's record tells."""
    turn = next((turn for turn in seed.speakers if line in turn.lines), None)
    return getattr(seed.names, turn.speaker.value, None) if turn else None


def topic(id: str, title: str, question: str) -> dict[str, str]:
    """The file of a topic."""
    return {f"docs/topics/{id}.md": template("topic", {"title": title, "question": question})}


def report(
    id: str,
    title: str,
    publisher: str,
    address: str | None,
    lang: str | None,
    fingerprint: Fingerprint | None,
) -> dict[str, str]:
    """The file of a report, and its fingerprint if there is one."""
    values: dict[str, object] = {
        "title": title,
        "publisher": publisher,
        "address": address,
        "lang": lang,
    }
    if fingerprint is None:
        return {f"docs/reports/{id}.md": template("report", values)}
    edition = {
        "name": "The copy that we read",
        "address": address,
        "pages": max(fingerprint.pages),
        "ours": True,
    }
    return {
        f"docs/reports/{id}.md": template("report", {**values, "editions": [edition]}),
        f"docs/reports/{id}.fingerprint.json": fingerprint.to_json(),
    }


def seed(
    id: str,
    received: Received,
    lang: str,
    title: str,
    kind: SeedKind,
    publisher: str,
    provenance: str,
) -> dict[str, str]:
    """The text and the record of a seed."""
    if received.converted:
        provenance = f"{provenance.rstrip(' .')}. Our copy was converted {received.converted}."
    values = {
        "title": title,
        "headline": received.headline,
        "slug": id,
        "lang": lang,
        "kind": kind.value,
        "publisher": publisher,
        "provenance": provenance,
        "sha256": hashlib.sha256(received.text.encode()).hexdigest(),
        "markup": received.markup.value,
        "headings": list(received.headings),
        "noise": [
            {"lines": str(lines).replace("–", "-"), "what": what} for lines, what in received.noise
        ],
    }
    return {f"seeds/{id}.txt": received.text, f"seeds/{id}.yml": template("seed", values)}
