"""How large what is read may be: far larger than any real one, and small enough to be read soon."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """The most bytes that a file may have, and what to do with a larger one."""

    bytes: int
    fix: str

    def excess(self, size: int) -> str | None:
        """What is wrong with a file of `size` bytes, if anything is."""
        if size <= self.bytes:
            return None
        return f"is {size} bytes; expected at most {self.bytes}: {self.fix}"


RECORD = Limit(250_000, "split it into several records, or shorten it")
ARTICLE = Limit(1_000_000, "split the article into several seeds")
SUMMARY = Limit(250_000, "shorten it")
PAGE = Limit(1_000_000, "split it into several pages")
FINGERPRINT = Limit(20_000_000, "make it of the pages that are cited")
# A report's own text, of which a fingerprint is made.
SOURCE = Limit(100_000_000, "cut it into parts, or give a JSON list of the pages that are cited")

TEXT_CHARACTERS = 10_000
"""The longest text that a field of a record may hold."""
BODY_CHARACTERS = 5_000
"""The longest body that a record may have; what is made of any so long takes less than a second."""
DEPTH = 20
"""How deep fields and folders may nest."""
