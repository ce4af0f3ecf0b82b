"""Characters that a reader does not see as what they are."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A text on one line, with an escape for what a terminal would obey or turn around."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)
