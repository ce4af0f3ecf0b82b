"""Any input gives records or problems: properties on random text, and on what fuzzing found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import KETTLES
from properties import FILES, PROPERTIES

CASES = sorted((Path(__file__).parent / "fuzz" / "cases").glob("*/*"))

FRAGMENTS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a "),
    *("<math><mtext><b>", "<!--", "-->", "<![CDATA[", "]]>", "<![if x", "<!doctype", "<?", "</"),
    *("<p title='", 'x" onclick="alert(1)', "&lt;script&gt;", "&#60;b&#62;", "&#", "&#x0;", "&a"),
    *("{{ 7*7 }}", "{% include x %}", "{# x #}", "/// explainer | tallies\n///", "{: onclick=x }"),
    *("[a](javascript:alert(1))", "[a](data:text/html,b)", "[a]: x", "![a](b)", "<http://a>"),
    *("*", "**", "_", "`", "```", "~~~", "\\", "|", "#", "## ", "> ", "- ", "1. ", "[TOC]", "[^1]"),
    *("---\n", "...\n", "\n", "\n\n", "    ", "\t", ": ", " #", "&x ", "*x", "!!str", "%YAML 1.1"),
    *("[", "]", "{", "}", "- a [1]", "- a [1-2]", "[9-1]", "=1+1", "+1", "@a", "'", '"', "?"),
    *("\0", "\x07", "\x1b[31m", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe", "\r"),
    *("\u0301" * 40, "\u1100\u1161\u11a8", "\ufdfa", "１２", "٣", "²", "\ud800", "😀", "한", "語"),
    *("12.5%", "1,250", "1.2.3", "by-\nproduct", "2019-02-30", "true", "null", "~", "1e9", "0x1"),
)
"""What has meant something to a reader of one of our formats."""

TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=15).map("".join)
DATA = st.binary(max_size=100) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def broken(draw: st.DrawFn, path: str) -> bytes:
    """A file of the kettles' site with a stretch replaced."""
    data = (KETTLES / path).read_bytes()
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 60)))
    return data[:start] + draw(DATA) + data[end:]


@pytest.mark.parametrize("name", sorted(set(PROPERTIES) - set(FILES)))
def test_a_reader_takes_any_input(name: str) -> None:
    @given(DATA)
    def holds(data: bytes) -> None:
        PROPERTIES[name](data)

    holds()


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_tree_with_any_file_is_a_site_with_problems(name: str) -> None:
    path = FILES[name]

    @settings(max_examples=30)
    @given(broken(path) if (KETTLES / path).exists() else DATA)
    def holds(data: bytes) -> None:
        PROPERTIES[name](data)

    holds()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_what_fuzzing_found_stays_mended(case: Path) -> None:
    PROPERTIES[case.parent.name](case.read_bytes())
