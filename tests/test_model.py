"""What records say of themselves."""

from __future__ import annotations

from conftest import POST, Tree


def test_blocks_of_html_are_apart_and_what_is_hidden_is_not_read(tree: Tree) -> None:
    html = (
        "<p>One.</p><p>Two.</p>\n<!-- hidden\nstill hidden -->shown\n"
        "<script>\nevil()\n</script>\nA &amp; B<div class='a\nb'>C</div>\n"
    )
    (tree.root / "seeds/kettle-post.txt").write_text(html, "utf-8")
    tree.record_hash(POST)
    seed = tree.load().read.seeds["kettle-post"]
    lines = [line.strip() for line in seed.lines]
    assert lines == ["One.\nTwo.", "", "shown", "", "", "", "A & B", "C"]
