"""Characters that nobody sees, or that look like others."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from explainer.text import characters


def test_every_format_character_but_visible_ones_is_invisible() -> None:
    invisible = re.compile(f"[{characters.INVISIBLE}]")
    found = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Cf" and not invisible.match(chr(code))
    }
    # Arabic, Syriac, Kaithi signs around a number; controls of hieroglyphs and shorthand.
    visible = [(0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2)]
    visible += [(0x110BD, 0x110CD), (0x13430, 0x1343F)]
    assert all(any(first <= code <= last for first, last in visible) for code in found)


@pytest.mark.parametrize(
    "text", ["false", "FALSE", "f\u0430ls\u0435", "fa\u200blse", "ｆａｌｓｅ", "fal\u0455e"]
)
def test_what_looks_like_a_word_is_that_word(text: str) -> None:
    assert characters.looks_like(text) == "false"


def test_a_printed_line_obeys_nobody() -> None:
    said = characters.printable("a\x1b[2J\u009bb\u202ec\nd\u2028")
    assert said == "a\\x1b[2J\\x9bb\\u202ec\\nd\\u2028"
