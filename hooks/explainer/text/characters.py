"""Sets of characters that a reader does not see as what they are, for use in `[…]` of a pattern.

Their names are those of Unicode: UAX #44 for the character database, UAX #9 for directions.
"""

from __future__ import annotations

import re
import unicodedata

BINARY = "\0-\x08\x0e-\x1f\x7f\ufffe\uffff"
"""What no text holds: its file is something else."""
CONTROL = BINARY + "\x0b-\r\x80-\x9f\u2028\u2029\ud800-\udfff"
"""Control characters but tab and LF, separators of lines, and what is no character."""
TURNING = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the text after it: words can look like others by it."""
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point, with what else has no shape: fillers, joiners, tags."""
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks of all scripts; a letter can have a few."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_UNPRINTABLE = re.compile(f"[\t\n{CONTROL}{TURNING}]")
_LATIN = str.maketrans(
    "асԁеһніјкӏморԛгѕтуѵԝхαειηκνορτυχωıɡɑ",
    "acdehhijklmopqrstyvwxaeinkvoptuxwiga",
)


def name(character: str) -> str:
    """A character as Unicode writes it: `U+202E`."""
    return f"U+{ord(character):04X}"


def printable(text: str) -> str:
    """A text on one line, with an escape for what a terminal would obey or turn around."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def looks_like(text: str) -> str:
    """A text in small letters, with Latin ones where others look like them, and all visible."""
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return shown.translate(_LATIN)
