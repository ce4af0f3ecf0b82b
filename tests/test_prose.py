"""Bodies of records: the HTML that they become, and what a reader reads in them."""

from __future__ import annotations

from explainer.text import markdown as prose

BODY = """\
One
*two*\x20\x20
three\\
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


def test_a_body_becomes_html_without_html_of_its_own() -> None:
    html = prose.render(BODY, lambda address: f"{address}&c")
    assert '<h3>Head &amp; <a href="x.md?a&amp;b&amp;c">k</a> &lt;b&gt;</h3>' in html
    assert '<td align="center"><code>k</code></td>' in html
    assert "<em>two</em><br />\nthree<br />\nfour" in html


def test_a_line_of_code_is_no_heading_of_the_page() -> None:
    assert prose.render("```\na\n# b\n```", str) == "<pre><code>a\n&#35; b\n</code></pre>"
