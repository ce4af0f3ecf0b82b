"""What is too large is named at once; what is just small enough is read to its end.

No test measures time. The longest wait stands for one that would never end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click import ClickException
from click.testing import CliRunner

from conftest import ALL, COPPER, ENVIRONMENT, HANDLES, NEWS, PROJECT, RATE, TOPIC, Tree
from explainer.__main__ import main
from explainer.commands.receive import receive
from explainer.commands.sources import page_texts
from explainer.model.fingerprint import make
from explainer.pages.annotate import annotate
from explainer.read import limits
from explainer.text.markdown import parse, problems
from explainer.text.visible import visible_lines
from explainer.text.words import words

pytestmark = pytest.mark.slow

NEVER = 600


def explainer(tree: Tree, *arguments: str) -> list[str]:
    """What a command prints; fails if it does not end."""
    result = subprocess.run(
        [sys.executable, "-m", "explainer", *arguments, "--root", str(tree.root)],
        env={**ENVIRONMENT, "PYTHONPATH": str(PROJECT / "hooks")},
        capture_output=True,
        text=True,
        timeout=NEVER,
        check=False,
    )
    assert "Traceback" not in result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("docs/claims/large.md", limits.RECORD),
        ("docs/topics/large.md", limits.RECORD),
        ("docs/reports/large.md", limits.RECORD),
        (NEWS, limits.RECORD),
        ("seeds/kettle-news.txt", limits.ARTICLE),
        ("seeds/kettle-news.en.md", limits.SUMMARY),
        ("docs/reports/kettle-test.fingerprint.json", limits.FINGERPRINT),
        ("docs/large.md", limits.PAGE),
    ],
)
def test_a_file_that_is_too_large_is_named(tree: Tree, path: str, limit: limits.Limit) -> None:
    with (tree.root / path).open("wb") as file:
        file.truncate(10**9)  # nothing is written, and nothing may be read
    expected = f"is 1000000000 bytes; expected at most {limit.bytes}: {limit.fix}"
    assert f"{path}:1: {expected}" in tree.problems()


def test_an_article_or_a_source_that_is_too_large_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is 1000001 bytes; expected at most 1000000: split"):
        receive(b"a" * 1_000_001)
    source = tmp_path / "report.pdf"
    with source.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(ClickException, match="is 1000000000 bytes; expected at most 100000000"):
        page_texts(source)


def test_a_text_that_is_too_long_is_named_with_its_line(tree: Tree) -> None:
    tree.edit(RATE, "speaker: article", f"speaker: {'a' * 10_001}")
    tree.write("docs/claims/long.md", f"---\nclaim: A\n---\n\n{'a' * 5_001}\n")
    problems = tree.problems()
    expected = "the text has 10001 characters; expected at most 10000: shorten it"
    assert f"{RATE}:12: {expected}" in problems
    expected = "the text below the fields has 5001 characters; expected at most 5000: shorten it"
    assert f"docs/claims/long.md:5: {expected}" in problems


DEEP = "the fields are nested too deep"
YAML: Mapping[str, tuple[str, str]] = {
    "flow-lists": (f"a: {'[' * 200_000}", DEEP),
    "flow-lists-closed": (f"a: {'[' * 100_000}{']' * 100_000}", DEEP),
    "flow-groups": (f"a: {'{a: ' * 50_000}", DEEP),
    "lists": (f"a:\n{'- ' * 100_000}", DEEP),
    "groups": ("\n".join(" " * depth + "a:" for depth in range(500)), DEEP),
    "names": (f"{'? ' * 100_000}", "a field's name is a text: expected 'name: value'"),
    "aliases": (
        "a: &a [x]\n" + "\n".join(f"b{i}: &b{i} [{'*a, ' * 9}]" for i in range(99)),
        "anchors and aliases are not used here",
    ),
    "same": ("a: 1\n" * 40_000, "the field 'a' is written twice: keep one"),
    "fields": ("\n".join(f"a{i}: 1" for i in range(20_000)), "unknown field 'a0'"),
    "items": (f"changes: [{'scope, ' * 30_000}]", "missing field"),
    "wrong-items": (f"changes: [{'a, ' * 80_000}]", "'changes.1' is 'a'"),
    "digits": (f"claim: {'9' * 9_999}\nspeaker: 1", "unknown field 'speaker'"),
    "quoted": (f'a: "{"x" * 240_000}"', "the text has 240000 characters"),
    "tagged": ("claim: !!python/object/apply:os.system [x]", "tags are not used here"),
}


def test_a_record_that_would_fill_the_memory_or_the_stack_is_a_message(tree: Tree) -> None:
    for name, (text, _) in YAML.items():
        tree.write(f"docs/claims/{name}.md", f"---\n{text}\n---\n")
    problems = explainer(tree, "check")
    for name, (_, message) in YAML.items():
        found = [problem for problem in problems if f"docs/claims/{name}.md:" in problem]
        assert any(message in problem for problem in found), name


MARKDOWN = (
    *("{++", "{--a", "{~~a~>", "{++a++}", "~~a", "^a", "==a", "*[a]: b\n", "[^1]", "[^a]: b\n"),
    *("!!! note\n    ", "??? note\n    ", "```\n", '``` a="', '??? "', "強。**"),
    *("[", "![", "[a](", "[a](<", "[[]", "![a][", "[^", "*a **a ", "*a_", "**a**", "``a`", "`a"),
    *("<", "<a ", "<!--", "<![CDATA[", "<http://", "&", "&#", "\\", "> ", "- ", "1. ", "- a\n"),
    *(
        "# a\n",
        "a\n=\n",
        "---\n",
        "|a|b|\n|-|-|\n",
        "a|",
        "    ",
        "\t",
        "a  \n",
        "[a]: b\n",
        "\n- ",
    ),
)


@pytest.mark.parametrize("sign", MARKDOWN)
def test_a_body_is_read_or_refused_in_a_moment(sign: str) -> None:
    body = "A\n\n" + sign * (limits.BODY_CHARACTERS // len(sign))
    start = time.process_time()
    assert parse(body).html.startswith("<p>A</p>") or list(problems(body))
    assert time.process_time() - start < 5  # a tenth, but for a busy machine


@pytest.mark.parametrize(
    ("sign", "block"), [("    ", "- a"), ("    ", "!!! note"), ("    ", "??? note"), ("> ", "- a")]
)
def test_a_body_that_nests_too_deep_is_named_with_its_line(
    tree: Tree, sign: str, block: str
) -> None:
    body = "\n".join(f"{sign * depth}{block}" for depth in range(40))
    tree.write(RATE, tree.text(RATE) + f"\n{body}\n")
    line = len(tree.text(RATE).splitlines())
    assert tree.problems() == [f"{RATE}:{line}: nests deeper than 20 elements: write it flatter"]


def test_a_long_body_is_named(tree: Tree) -> None:
    tree.write(RATE, tree.text(RATE) + f"\n{'word ' * 1000}\n")
    (problem,) = [found for found in tree.problems() if found.startswith(RATE)]
    assert problem.endswith("expected at most 5000: shorten it")


MARKUP = (
    *("<a ", "<a b=", '<a href="', "<a" + " " * 10, "<!", "<!--", "<![CDATA[", "<![x", "<?", "</"),
    *(
        "</a",
        "<",
        "<p>",
        "<br>",
        "<script>",
        "<script><!--",
        "</script",
        "&amp;",
        "&a",
        "&#",
        "&#1",
    ),
)


@pytest.mark.parametrize("sign", MARKUP)
def test_an_article_in_html_is_read_to_its_end(sign: str) -> None:
    assert len(visible_lines(sign * (limits.ARTICLE.bytes // len(sign)))) == 1


@pytest.mark.parametrize("text", ["\n" * 10**6, "a" * 10**6, "a\n" * 500_000, "가" * 333_333])
def test_an_article_of_one_line_or_a_million_is_checked(tree: Tree, text: str) -> None:
    """Each claim on it is looked for, and listed lines are counted once."""
    tree.write("seeds/kettle-news.txt", text)
    tree.record_hash(NEWS)
    fields = yaml.safe_load(tree.text(NEWS))
    fields["noise"] = [{"lines": "1-20000", "what": "all of it"}] * 2_000
    fields["not_checked"] = [{"lines": "1-20000", "reason": "none of it"}] * 2_000
    tree.write(NEWS, yaml.safe_dump(fields, allow_unicode=True))
    problems = explainer(tree, "check")
    assert any(NEWS in problem for problem in problems)


def test_quotes_that_stand_everywhere_or_nowhere_are_named(tree: Tree) -> None:
    tree.write("seeds/kettle-news.txt", "ba" * 400_000)
    tree.record_hash(NEWS)
    quotes = ["a", "ab" * 4_999, "a" * 5_000 + "b" * 5_000]
    old = tree.text(RATE)
    for index, quote in enumerate(quotes):
        text = old.replace("주전자는 12.5%의 경우 너무 일찍 소리를 냈다.", quote)
        tree.write(f"docs/claims/quote-{index}.md", text)
    problems = explainer(tree, "check")
    assert any("quote-0.md:10: the quote is 100 times or more in" in each for each in problems)
    assert any("quote-1.md:10: the quote is 100 times or more in" in each for each in problems)
    assert any("quote-2.md:10: the quote is not in" in each for each in problems)


def test_a_line_of_a_hundred_quotes_is_shown(tree: Tree) -> None:
    words = [f"word{number} " for number in range(100)]
    tree.write("seeds/kettle-news.txt", "".join(words))
    tree.record_hash(NEWS)
    for other in (ALL, COPPER, HANDLES):
        (tree.root / other).unlink()
    front, body = tree.text(RATE).split("---\n")[1:]
    claim = yaml.safe_load(front)
    (place,) = claim["appearances"]
    claim["appearances"] = [{**place, "quote": word, "translation": word} for word in words]
    tree.write(RATE, f"---\n{yaml.safe_dump(claim, allow_unicode=True)}---\n{body}")
    site = tree.load().read
    claim["appearances"].append(place)
    tree.write("docs/claims/more.md", f"---\n{yaml.safe_dump(claim, allow_unicode=True)}---\n")
    assert any(
        "has more than 100 entries: shorten the list" in problem for problem in tree.problems()
    )
    (part,) = annotate(site, site.seeds["kettle-news"])
    (passage,) = part.passages
    assert [segment.text for segment in passage.segments] == words
    assert passage.translations == words


def test_a_title_of_quotation_marks_is_too_long(tree: Tree) -> None:
    tree.edit(TOPIC, "title: Whistling too early", f"title: '{'“' * 9_000}'")
    tree.edit(RATE, "claim: Kettles whistle too early", f"claim: {'“' * 9_000}")
    problems = tree.problems()
    assert f"{TOPIC}:2: the title has 9000 characters: expected at most 200" in problems
    assert any(f"{RATE}:2: the title has 9018 characters: expected" in each for each in problems)


def test_marks_upon_marks_are_read_to_their_end() -> None:
    """Sorting them by Unicode's rules takes the square of their number."""
    text = "kettle q" + "\u0301\u0327" * 200_000 + " whistle early now"
    assert words(text) == ["kettle", "q", "whistle", "early", "now"]
    assert make({1: text}).pages_with("kettle q whistle early") == [1]


def test_a_summary_of_brackets_is_read_to_its_end(tree: Tree) -> None:
    tree.write("seeds/kettle-news.en.md", f"## A\n- {'[' * 240_000}\n- a{' ' * 100_0} [5]\n")
    assert "seeds/kettle-news.en.md:2: expected a heading" in " ".join(tree.problems())


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is its root, the second its pages."""
    body = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<< /Size %d /Root 1 0 R >>" % (len(objects) + 1)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, trailer, len(body)
    )  # fmt: skip


ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources 5 0 R >>"


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


ZEROS = zlib.compress(b"\0" * 400_000_000, 9)
PDFS: Mapping[str, bytes] = {
    "in a circle": pdf(ROOT, b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
    "of a thousand million pages": pdf(ROOT, b"<< /Type /Pages /Count 1000000000 /Kids [] >>"),
    "that unfolds": pdf(
        ROOT,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE,
        stream(ZEROS, b"/Filter /FlateDecode"),
        b"<< >>",
    ),
    "that draws itself": pdf(
        ROOT,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE,
        stream(b"/A Do"),
        b"<< /XObject << /A 6 0 R >> >>",
        stream(b"/A Do /A Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R"),
    ),
    "of brackets": pdf(
        ROOT,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE,
        stream(b"[" * 100_000),
        b"<< >>",
    ),
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_would_never_end_is_no_report(tree: Tree, tmp_path: Path, name: str) -> None:
    source = tmp_path / "report.pdf"
    source.write_bytes(PDFS[name])
    explainer(tree, "fingerprint", os.fspath(source), "kettle-test")
    result = CliRunner().invoke(
        main, ["fingerprint", str(source), "kettle-test", "--root", str(tree.root)]
    )
    assert result.exit_code == 1
