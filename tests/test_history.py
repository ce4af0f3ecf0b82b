"""Two commits of the kettles' site: what needs a correction, and what a reviewer is shown."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from conftest import ALL, COPPER, RATE, TODAY, Tree, files
from explainer.__main__ import main

RATE_REASON = "12.5% is one kettle in one series, with its lid open."
QUOTE = "    quote: 주전자는 12.5%의 경우 너무 일찍 소리를 냈다."
ENTRY = """\
corrections:
  - date: 2019-06-20
    was: {was}
    now: {now}
    why: A reader pointed it out.
---
One kettle"""
STEP = """\
  - date: 2019-06-21
    was: Understated
    now: Missing context
    why: It was not enough.
"""


def git(root: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@kettles.example"]
    subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
    )


def commit(tree: Tree) -> None:
    git(tree.root, "add", "--all")
    git(tree.root, "commit", "--quiet", "--allow-empty", "--message", "A change")


def run(tree: Tree, *arguments: str) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "--root", str(tree.root), *rest])


def enter(tree: Tree, was: str, now: str) -> None:
    tree.edit(RATE, "---\nOne kettle", ENTRY.format(was=was, now=now))


@pytest.fixture
def published(tree: Tree) -> Tree:
    """The kettles' site, published by a first commit."""
    git(tree.root, "init", "--quiet")
    commit(tree)
    return tree


def test_nothing_to_correct(published: Tree) -> None:
    commit(published)
    result = run(published, "corrections", "HEAD^", "HEAD")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "4 published claims compared.\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "verdict: overstated",
            "verdict: missing-context",
            f"{RATE}:4: the verdict was 'Overstated' when it was published: enter a correction "
            "with 'was: Overstated' and 'now: Missing context'",
        ),
        (
            f"reason: {RATE_REASON}",
            "reason: 12.5% is one kettle of 24.",
            f"{RATE}:5: the reason was '{RATE_REASON}' when published: "
            "enter a correction with date, was, now and why",
        ),
        (
            QUOTE,
            "    quote: 주전자는 12.5%의 경우",
            f"{RATE}:8: the quote '주전자는 12.5%의 경우 너무 일찍 소리를 냈다.' of 'kettle-news' "
            "was published here: enter a correction with date, was, now and why",
        ),
    ],
)
def test_a_silent_change_fails(published: Tree, old: str, new: str, expected: str) -> None:
    published.edit(RATE, old, new)
    uncommitted = run(published, "corrections", "HEAD")
    commit(published)
    for result in (uncommitted, run(published, "corrections", "HEAD^", "HEAD")):
        assert result.exit_code == 1
        assert result.stdout == expected + "\n"


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("verdict: overstated", "verdict: missing-context", "Overstated", "Missing context"),
        (f"reason: {RATE_REASON}", "reason: 12.5% is one kettle of 24.", "one series", "one of 24"),
        (QUOTE, "    quote: 주전자는 12.5%의 경우", "the whole sentence", "its first half"),
    ],
)
def test_a_change_that_is_entered_passes(
    published: Tree, old: str, new: str, was: str, now: str
) -> None:
    published.edit(RATE, old, new)
    enter(published, was, now)
    assert run(published, "corrections", "HEAD").exit_code == 0


def test_a_verdict_needs_an_entry_that_names_it(published: Tree) -> None:
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    enter(published, "Contradicted", "Missing context")
    result = run(published, "corrections", "HEAD")
    assert result.stdout.startswith(f"{RATE}:4: the verdict was 'Overstated'")


def test_a_verdict_may_change_in_steps_that_lead_to_it(published: Tree) -> None:
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    enter(published, "Overstated", "Contradicted")
    published.edit(RATE, "corrections:\n", f"corrections:\n{STEP}")
    result = run(published, "corrections", "HEAD")
    assert result.stdout.startswith(f"{RATE}:4: the verdict was 'Overstated'")
    published.edit(RATE, "was: Understated", "was: Contradicted")
    assert run(published, "corrections", "HEAD").exit_code == 0


def test_attributes_of_files_hide_no_change(published: Tree) -> None:
    """They could say that the file as published was in an encoding in which it cannot be read."""
    text = published.text(COPPER)
    reason = re.findall("(?m)^reason: .*$", text)[0]
    published.write(COPPER, text.replace(reason, "reason: Something else."))
    commit(published)
    before = run(published, "corrections", "HEAD^", "HEAD").stdout
    assert f"{COPPER}:5: the reason was" in before
    published.write(".gitattributes", f"{COPPER} working-tree-encoding=GB18030\n")
    assert run(published, "corrections", "HEAD^").stdout == before


def test_an_old_entry_does_not_cover_a_new_change(published: Tree) -> None:
    published.edit(ALL, "Three of the kettles tested", "A few of the kettles tested")
    assert run(published, "corrections", "HEAD").stdout.startswith(f"{ALL}:5: the reason was")
    published.edit(ALL, "date: 2019-06-03", "date: 2019-06-04")
    assert run(published, "corrections", "HEAD").stdout == (
        f"{ALL}:30: the entry of 2019-06-03 was changed or taken out: restore it as it was\n"
    )


def test_other_changes_and_new_wrapping_are_free(published: Tree) -> None:
    published.edit(RATE, "One kettle, one series", "One kettle and one series")
    published.edit(
        RATE,
        f"reason: {RATE_REASON}",
        "reason: >-\n  12.5% is one kettle in one\n  series, with its lid open.",
    )
    published.edit(RATE, "checked: 2019-06-02", "checked: 2019-06-10")
    assert run(published, "corrections", "HEAD").exit_code == 0


def test_a_published_claim_cannot_vanish(published: Tree) -> None:
    (published.root / COPPER).unlink()
    result = run(published, "corrections", "HEAD")
    assert result.stdout == (
        f"{COPPER}:1: this published claim is gone, but its address stays: restore the file; "
        "to withdraw the claim, say so in its reason and enter a correction\n"
    )


def test_a_published_claim_cannot_be_renamed(published: Tree) -> None:
    (published.root / COPPER).rename(published.root / "docs/claims/copper.md")
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 1
    assert result.stdout.endswith(
        "The new claim 'copper' has its quote: a claim is never renamed\n"
    )


def test_a_claim_that_cannot_be_read_cannot_hide_a_change(published: Tree) -> None:
    published.edit(RATE, "labels:", "lables:")
    result = run(published, "corrections", "HEAD")
    assert result.stdout.startswith(f"{RATE}:1: can no longer be read")


def test_what_was_withheld_was_not_published(published: Tree) -> None:
    published.edit(RATE, "labels:", "lables:")
    commit(published)
    published.edit(RATE, "lables:", "labels:")
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 0
    assert result.stderr == (
        "3 published claims compared. 1 records could not be read at HEAD: not compared.\n"
    )


def test_a_site_below_the_top_of_a_repository_is_compared(published: Tree, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    (published.root / ".git").rename(outer / ".git")
    published.root.rename(outer / "site")
    moved = Tree(outer / "site")
    commit(moved)
    moved.edit(RATE, "verdict: overstated", "verdict: missing-context")
    assert run(moved, "corrections", "HEAD").stdout.startswith(f"{RATE}:4: the verdict was")


@pytest.mark.parametrize("base", ["", "no-such-branch", "--output=x", "HEAD:docs"])
@pytest.mark.parametrize("command", ["corrections", "review"])
def test_an_unknown_commit_is_named(published: Tree, command: str, base: str) -> None:
    result = run(published, command, "--", base)
    assert result.exit_code == 1
    assert f"Error: '{base}' is not a commit of this repository" in result.stderr


# A changed verdict


def test_a_changed_verdict_is_told_at_the_top_of_its_page(tree: Tree) -> None:
    tree.edit(RATE, "verdict: overstated", "verdict: missing-context")
    enter(tree, "Overstated", "Missing context")
    loaded = tree.load()
    assert loaded.problems == []
    pages = files(loaded)
    answer = BeautifulSoup(pages[RATE.removeprefix("docs/")], "html.parser").find(class_="answer")
    assert answer is not None
    assert (
        "This verdict was changed on 2019-06-20. Before, it was “Overstated”." in answer.get_text()
    )
    unchanged = pages[ALL.removeprefix("docs/")]
    assert "This verdict was changed" not in unchanged


def test_a_changed_verdict_is_published_again_by_the_feed(tree: Tree) -> None:
    tree.edit(RATE, "verdict: overstated", "verdict: missing-context")
    enter(tree, "Overstated", "Missing context")
    feed = json.loads(files(tree.load())["feed.json"])
    assert feed["items"][0]["id"].endswith("kettles-whistle-too-early-in-12-5-percent/")
    assert feed["items"][0]["date_modified"].startswith("2019-06-20")


# What a reviewer is shown


def test_a_review_shows_problems_and_the_text_of_new_and_changed_claims(published: Tree) -> None:
    (published.root / COPPER).rename(published.root / "docs/claims/copper.md")
    published.edit(RATE, "One kettle, one series", "One kettle and one series")
    page = BeautifulSoup(run(published, "review", "HEAD").stdout, "html.parser")
    assert [item.get_text() for item in page.select("li")] == [
        f"{COPPER}:1: this published claim is gone, but its address stays: restore the file; "
        "to withdraw the claim, say so in its reason and enter a correction. "
        "The new claim 'copper' has its quote: a claim is never renamed"
    ]
    assert [item.get_text() for item in page.select("summary")] == [
        "Copper kettles are the most dangerous: Not in the report",
        "Kettles whistle too early in 12.5% of cases: Overstated",
    ]
    text = page.get_text()
    for shown in (
        "주전자는 12.5%의 경우 너무 일찍 소리를 냈다.",
        "the kettle made its sound too early in 12.5% of cases.",
        "Kesselprüfung 2019, section 2.1, page 3 (against)",
        "der Kessel Nummer 7 in 12,5 %",
        "One kettle and one series",
    ):
        assert shown in text
    assert "handle" not in text


HOSTILE = (
    "</td></table></details> <script>alert(1)</script> [x](y) @all `c` ${{ x }}",
    "",
    "::error file=x::owned",
    "##[error]owned",
    "# Owned",
    "- owned",
)


def test_a_hostile_claim_adds_no_markup_and_no_command_to_a_review(published: Tree) -> None:
    for name in ("claim: Kettles whistle too early in 12.5% of cases", f"reason: {RATE_REASON}"):
        field = name.split(":")[0]
        published.edit(RATE, name, f"{field}: {json.dumps(chr(10).join(HOSTILE))}")
    published.edit(RATE, "One kettle, one series", "\n".join(HOSTILE).replace("<", "< "))
    published.edit(RATE, "topic: whistling", 'topic: "TODO\\n::error::owned"')
    result = run(published, "review", "HEAD")
    assert result.exit_code == 0
    page = BeautifulSoup(result.stdout, "html.parser")
    assert not {tag.name for tag in page.find_all(True)} - {"ul", "li"}
    for line in run(published, "check").stdout.splitlines() + result.stdout.splitlines():
        assert line.startswith(("docs/claims/", "<", "## ", "seeds/")) or not line


def test_hostile_words_in_a_sound_claim_stay_words(published: Tree) -> None:
    words = "[x](y) *a* @all `c` ${{ x }} #1 & 12.5%"
    published.edit(RATE, RATE_REASON, f'"{words}\\n\\n- owned\\n::error::owned"')
    published.edit(RATE, "One kettle, one series", "One *kettle*\n\n::error::owned\n\n- series")
    assert published.problems() == []
    result = run(published, "review", "HEAD")
    page = BeautifulSoup(result.stdout, "html.parser")
    assert {tag.name for tag in page.find_all(True)} <= {
        *("ul", "li", "details", "summary", "table", "tr", "th", "td", "br")
    }
    assert f"{words} - owned ::error::owned" in page.get_text()
    assert "One *kettle*::error::owned- series" in page.get_text()
    for sign in "*`[]@":
        assert sign == "@" or sign not in result.stdout
    assert not any(line.startswith(("::", "-", "##[")) for line in result.stdout.splitlines())
    assert TODAY.isoformat() not in result.stdout
