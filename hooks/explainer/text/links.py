"""Addresses in texts, and their parts."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

SCHEMES = ("", "http", "https", "mailto")
"""With what a link may begin; a path has none."""


def split(address: str) -> SplitResult | None:
    """The parts of an address; None if it is none."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None
