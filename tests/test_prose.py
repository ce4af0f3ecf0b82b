"""Bodies of records: the HTML that they become, and what a reader reads in them."""

from __future__ import annotations

import re

import pytest

from conftest import PROJECT
from explainer.text import markdown as prose

BODY = """\
One
*two*\x20\x20
three
four

- a
- b

| h | i |
|---|:-:|
| j | `k` |

```
code  x
```

    more

### Head & [k](x.md?a&b) <b>
"""


def test_a_body_is_read_block_by_block() -> None:
    assert prose.passages(BODY) == (
        *("One two three four", "a", "b", "h · i", "j · k", "code x", "more", "Head & k <b>"),
    )


def shown(body: str) -> str:
    assert list(prose.problems(body)) == []
    return prose.render(body, str)


def test_a_body_becomes_html_without_html_of_its_own() -> None:
    html = prose.render(BODY, lambda address: f"{address}&c")
    assert '<h3>Head &amp; <a href="x.md?a&amp;b&amp;c">k</a> &lt;b&gt;</h3>' in html
    assert '<td align="center"><code>k</code></td>' in html
    assert "<em>two</em><br />\nthree\nfour" in html


def test_a_line_of_code_is_no_heading_and_no_fence_of_the_page() -> None:
    code = "<code>a\n&#35; b\n&#96;``</code>"
    assert code in shown("~~~\na\n# b\n```\n~~~")


@pytest.mark.parametrize("mark", ["**strong", "*em", "==mark", "~~del", "^^ins"])
@pytest.mark.parametrize(
    "words", ["強調。", "「引用」", "（注）", "“强调”", "《书名》", "重要！", "です、", "a.", "(b)"]
)
def test_a_mark_may_touch_punctuation_and_words_on_both_sides(mark: str, words: str) -> None:
    """By CommonMark's rules `**強調。**の直後` is not bold."""
    signs = mark.strip("abcdefghijklmnopqrstuvwxyz")
    name = mark.removeprefix(signs)
    for before, after in [("前", "の直後"), ("，", "后"), ("」", "「"), ("", "")]:
        html = f"<p>{before}<{name}>{words}</{name}>{after}</p>"
        assert shown(f"{before}{signs}{words}{signs}{after}") == html


def test_marks_of_an_edit_stand_in_the_page_and_their_words_in_the_search() -> None:
    body = "It {++always++} fails {--in one test--} {~~once~>in 84%~~}. {==So==} {>>we & you<<}"
    html = shown(body)
    assert '<ins class="critic">always</ins>' in html
    assert '<del class="critic">once</del><ins class="critic">in 84%</ins>' in html
    assert '<span class="critic comment">we &amp; you</span>' in html
    assert prose.passages(body) == ("It always fails in one test once in 84%. So we & you",)


def test_a_footnote_leads_there_and_back_and_its_number_is_no_word_of_the_text() -> None:
    body = "84% of runs.[^27]\n\n[^27]: Page [27](https://a.example/)."
    html = shown(body)
    assert '<sup id="fnref:27"><a class="footnote-ref" href="#fn:27">1</a></sup>' in html
    assert '<li id="fn:27">' in html
    assert prose.links(body) == ("https://a.example/",)
    assert prose.passages(body) == ("84% of runs.", "Page 27.")


def test_boxes_and_abbreviations() -> None:
    html = shown('!!! note\n    A\n\n??? tip "More"\n    B of ASL\n\n*[ASL]: "Level"\n')
    assert '<div class="admonition note">\n<p class="admonition-title">Note</p>' in html
    assert '<details class="tip">\n<summary>More</summary>' in html
    assert '<abbr title="&quot;Level&quot;">ASL</abbr>' in html


@pytest.mark.parametrize(
    ("body", "words", "message"),
    [
        ("![a](b.png)", "b.png", "images are not used"),
        ("Title\n===", "Title", "headings begin with '###'"),
        ("## *Title*", "Title", "headings begin with '###'"),
        ("[a](javascript&#58;b)", "javascript:b", "no link for a page"),
        ('a\n\n--8<-- "../x.md"', "--8<--", "snippets and attributes are not used"),
        ("> ```{.js #id onclick=x}\n> a\n> ```", "```{", "snippets and attributes are not used"),
        ("- [x] done", "[x] ", "would be shown as it is"),
        ("A[^1]", "[^1]", "would be shown as it is"),
        ("**A", "**", "would be shown as it is"),
        ("a {++b", "{++", "would be shown as it is"),
        ("[a][b]", "][", "would be shown as it is"),
        ("```\na", "```", "would be shown as it is"),
        ("[TOC]", "[TOC]", "would be shown as it is"),
        ("a\n\n!!!", "!!!", "would be shown as it is"),
        ("/// note\na\n///", "///", "would be shown as it is"),
        ("| a | b |\n| c |", "|", "would be shown as it is"),
        ("a {: .b }", "{:", "would be shown as it is"),
        ("!!! verdict\n    a", "verdict", "unknown kind of box 'verdict': one of abstract,"),
        ("??? note hidden\n    a", "note hidden", "unknown kind of box 'note hidden'"),
        ("a {++b\n\nc++}", "{++", "crosses another or a paragraph"),
        ("[a](b{++c++})", "{++", "crosses another or a paragraph"),
        ("a\n\n" + "> " * 21 + "b", "> " * 21 + "b", "nests deeper than 20 elements"),
        ("*a " * 600 + "a*" * 600, "*a *a *a", "nests deeper than 20 elements"),
        ("[" * 201, "[", "201 opening brackets: expected at most 200"),
    ],
)
def test_what_a_body_cannot_hold_is_named(body: str, words: str, message: str) -> None:
    found = list(prose.problems(body))
    assert any(needle.startswith(words) and message in told for needle, told in found), found
    assert words in body.replace("&#58;", ":").replace("*Title*", "Title")


@pytest.mark.parametrize(
    "body",
    [r"\*\*", r"\[^1]", r"a \| b", r"\!!! x", "`{++ ** ![`", "2 * 3 = 6", "a -- b", "x_y_z", "C++"],
)
def test_characters_that_are_meant_are_shown(body: str) -> None:
    assert list(prose.problems(body)) == []


def test_a_term_is_explained_where_it_stands_first() -> None:
    terms = {"lid": 'a "cover"', "kettle lid": "one of a kettle"}
    body = "### The lid\n\n[The lid](a.md), `lid`, a kettle lid, lids, the lid and the lid."
    html = prose.render(body, str, terms)
    assert html.count("<abbr") == 2
    assert '<abbr title="one of a kettle">kettle lid</abbr>, lids, the <abbr title' in html
    assert '<abbr title="a &quot;cover&quot;">lid</abbr> and the lid.' in html


def test_no_class_of_ours_is_one_that_the_theme_gives_to_boxes() -> None:
    css = (PROJECT / "docs/assets/explainer.css").read_text("utf-8")
    assert set(re.findall(r"\.([a-z][\w-]*)", css)) & {*prose.BOXES, "admonition"} == set()
