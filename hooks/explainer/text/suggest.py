"""What somebody may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

ALIKE = 60
"""How like it must be: percent of the characters that both have in the same order (Indel)."""


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like another; None if none is."""
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None
