"""Texts as they are on a page."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from explainer.text.characters import CONTROL

_SPECIAL = re.compile(rf"""[&<>"'`*_\[\]{{}}#|~^=\\]|[\t-\r\u2028\u2029]+|[{CONTROL}]""")


def escape(value: object) -> Markup:
    """A text as it is, wherever it is: in Markdown, in an HTML element or an attribute.

    Tabs and line breaks become a space; what HTML cannot hold (control characters, halves of
    characters) becomes U+FFFD.
    """
    if isinstance(value, Markup):
        return value
    return Markup(_SPECIAL.sub(_reference, str(value)))


def _reference(found: re.Match[str]) -> str:
    if found[0].isascii() and found[0].isprintable():
        return f"&#{ord(found[0])};"
    # What no page can hold is shown as that.
    return " " if found[0][0] in "\t\n\v\f\r\u2028\u2029" else "\ufffd"


def escape_lines(text: str) -> Markup:
    """A text whose line breaks are shown."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


@lru_cache(maxsize=1000)
def language_name(tag: str) -> str:
    """The English name of a language by CLDR: `zh-Hans` → Chinese (Simplified); else its tag."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag
