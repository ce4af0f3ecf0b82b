"""Addresses in texts, and their parts."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(address: str) -> SplitResult | None:
    """The parts of an address; None if it is none."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def is_link(address: str) -> bool:
    """Whether a page may link there: to a path, a mail address, a full URL without a user's name.

    What begins with `//` or holds a backslash is another host, or a file share, to some readers.
    """
    parts = split(address)
    if parts is None or "\\" in address or "@" in parts.netloc:
        return False
    if parts.scheme.lower() in ("http", "https"):
        return bool(parts.netloc)
    return parts.scheme.lower() in ("", "mailto") and not parts.netloc
