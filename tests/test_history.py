"""Versions of the kettles' site: what needs a correction, and what a changed verdict shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from conftest import ALL, COPPER, NEWS, PROJECT, RATE, REPORT, TOPIC, Tree, files
from explainer.__main__ import main
from explainer.model import fingerprint

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
ENTER = "enter a correction with date, was, now and why"
STEP = """\
  - date: 2019-06-21
    was: Understated
    now: Missing context
    why: It was not enough.
"""


FINGERPRINT = "docs/reports/kettle-test.fingerprint.json"
RULING = "docs/rulings/lid.md"
RULING_TEXT = """\
---
title: The lid is left out
situation: A sentence leaves out that the lid was open.
rule: The verdict is Overstated.
verdict: overstated
---
A reader would believe it of every kettle.
"""


def git(root: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@kettles.example"]
    result = subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return result.stdout


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
            "enter a correction with date, was, now and why that names what changed in it",
        ),
        (
            QUOTE,
            "    quote: 주전자는 12.5%의 경우",
            f"{RATE}:8: the quote '주전자는 12.5%의 경우 너무 일찍 소리를 냈다.' of 'kettle-news' "
            "was published here: enter a correction with date, was, now and why that names it",
        ),
        (
            "claim: Kettles whistle",
            "claim: No kettles whistle",
            f"{RATE}:2: 'claim' said something else when published: {ENTER}",
        ),
        (
            "changes: [scope, condition]",
            "changes: [scope]",
            f"{RATE}:6: 'changes' said something else when published: {ENTER}",
        ),
        (
            "fair: In the first series",
            "fair: In each series",
            f"{RATE}:7: 'fair' said something else when published: {ENTER}",
        ),
        *(
            (old, new, f"{RATE}:8: 'appearances' said something else when published: {ENTER}")
            for old, new in (
                ("translation: the kettle made its sound", "translation: all kettles made sounds"),
                ("speaker: article", "speaker: The maker of the kettle"),
            )
        ),
        *(
            (old, new, f"{RATE}:13: 'evidence' said something else when published: {ENTER}")
            for old, new in (
                ("section: 2.1", "section: 2"),
                ("page: 3", "page: 4"),
                ("in 12,5 % of trials.", "in 12.5 % of trials."),
                ("phrase: der Kessel Nummer 7", "phrase: dass der Kessel Nummer 7"),
                ("bearing: against", "bearing: for"),
                ("read: primary", "read: full-copy"),
            )
        ),
        (
            "published: 2019-06-01",
            "published: 2019-05-31",
            f"{RATE}:22: it was published on 2019-06-01, and this date never changes: restore it",
        ),
        (
            "second: missing-context",
            "second: overstated",
            f"{RATE}:21: first was 'overstated' and second 'missing-context' when published: "
            "restore both",
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
        (
            QUOTE,
            "    quote: 주전자는 12.5%의 경우",
            "“… 너무 일찍 소리를 냈다.” (quote)",
            "Shorter",
        ),
        ("reason: 12.5% is one kettle", "reason: 12.5% is “one kettle”", "is one kettle", "Marked"),
        ("page: 3", "page: 4", "Page 3.", "Page 4."),
        ("fair: In the first", "fair: In the very first", "In the first series", "very"),
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
    attributes = f"{COPPER} working-tree-encoding=GB18030\n"
    published.write(".gitattributes", attributes)
    published.write(".git/info/attributes", attributes)
    assert run(published, "corrections", "HEAD^").stdout == before


@pytest.mark.parametrize(
    ("old", "new"),
    [(f"reason: {RATE_REASON}", "reason: 12.5% is one kettle of 24."), (QUOTE, "    quote: 너무")],
)
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Page 3, section 2.", "Page 3, section 2.1."),
        ("12.5% is one kettle", "5% is one kettle"),
        ("with a comma, one", "with a comma one"),
        (",", "…"),
    ],
)
def test_an_entry_covers_only_what_it_names(
    published: Tree, old: str, new: str, was: str, now: str
) -> None:
    published.edit(RATE, old, new)
    enter(published, f'"{was}"', f'"{now}"')
    result = run(published, "corrections", "HEAD")
    assert "that names" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("field", ["published: 2019-06-01", "second: missing-context"])
def test_no_entry_covers_what_never_changes(published: Tree, field: str) -> None:
    name, value = field.split(": ")
    now = "2019-05-31" if name == "published" else "overstated"
    published.edit(RATE, field, f"{name}: {now}")
    enter(published, value, now)
    assert run(published, "corrections", "HEAD").exit_code == 1


def test_an_old_entry_does_not_cover_a_new_change(published: Tree) -> None:
    published.edit(ALL, "Three of the kettles tested", "Two kettles tested")
    reason = run(published, "corrections", "HEAD").stdout
    assert reason.startswith(f"{ALL}:5: the reason was")
    published.edit(ALL, "date: 2019-06-03", "date: 2019-06-04")
    assert run(published, "corrections", "HEAD").stdout == (
        reason
        + f"{ALL}:30: the entry of 2019-06-03 was changed or taken out: restore it as it was\n"
    )


def test_other_changes_and_new_wrapping_are_free(published: Tree) -> None:
    published.edit(RATE, "One kettle, one series", "One kettle and one series")
    published.edit(
        RATE,
        f"reason: {RATE_REASON}",
        "reason: >-\n  12.5% is one kettle in one\n  series, with its lid open.",
    )
    published.edit(RATE, "checked: 2019-06-02", "checked: 2019-06-10")
    published.edit(RATE, "says: In the first series kettle", "says: In the first series, kettle")
    published.edit(ALL, "The summary drops the word for all.", "It drops the word for all.")
    text = published.text(ALL)
    _, first, second = re.split("(?m)^  - seed: ", text.split("evidence:")[0])
    published.write(ALL, text.replace(first, "@").replace(second, first).replace("@", second))
    assert run(published, "corrections", "HEAD").stdout == ""


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


@pytest.mark.parametrize(
    ("path", "kind"), [(TOPIC, "topic"), (REPORT, "report"), (NEWS, "seed"), (RULING, "ruling")]
)
def test_what_has_an_address_cannot_vanish(published: Tree, path: str, kind: str) -> None:
    (published.root / RULING).parent.mkdir()
    published.write(RULING, RULING_TEXT)
    commit(published)
    file = published.root / path
    file.rename(file.with_stem("renamed"))
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 1
    expected = f"this published {kind} is gone, but its address stays: restore the file"
    assert f"{path}:1: {expected}\n" in result.stdout


def test_an_article_stays_as_it_was_published(published: Tree) -> None:
    published.edit("seeds/kettle-news.txt", "주전자", "주전자들")
    published.record_hash(NEWS)
    published.edit(NEWS, "slug: ", "slug: new-")
    slug = re.findall("(?m)^slug: new-(.*)$", published.text(NEWS))[0]
    assert run(published, "corrections", "HEAD").stdout.splitlines() == [
        "seeds/kettle-news.txt:1: the article changed after it was published: restore its text",
        f"{NEWS}:3: the slug was '{slug}' when published, and its address stays: restore it",
    ]


def forge(tree: Tree) -> None:
    """Add a number to page 3 of the report's fingerprint."""
    found = fingerprint.load(tree.text(FINGERPRINT))
    pages = dict(found.pages)
    grams, numbers = pages[3]
    pages[3] = grams, type(numbers)("I", sorted([*numbers, 97]))
    tree.write(FINGERPRINT, fingerprint.Fingerprint(found.salt, pages).to_json())


def test_a_published_fingerprint_changes_with_a_note(published: Tree) -> None:
    forge(published)
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{FINGERPRINT}:1: this published fingerprint changed (pages 3): "
        f"say why in the 'note' of an edition in {REPORT}\n"
    )
    published.edit(REPORT, "    pages: 2\n", "    pages: 2\n    note: Page 3 was read anew.\n")
    assert run(published, "corrections", "HEAD").exit_code == 0
    (published.root / FINGERPRINT).unlink()
    published.edit(REPORT, "    note: Page 3 was read anew.\n", "")
    assert "changed (all pages)" in run(published, "corrections", "HEAD").stdout


def test_a_new_version_of_fingerprints_needs_no_notes(published: Tree) -> None:
    text = published.text(FINGERPRINT)
    published.edit(FINGERPRINT, '"version": 3', '"version": 2')
    commit(published)
    published.write(FINGERPRINT, text)
    assert run(published, "corrections", "HEAD").exit_code == 0


def test_a_claim_that_cannot_be_read_cannot_hide_a_change(published: Tree) -> None:
    published.edit(RATE, "labels:", "lables:")
    result = run(published, "corrections", "HEAD")
    assert result.stdout.startswith(f"{RATE}:1: can no longer be read")


def with_its_own_check(tree: Tree) -> None:
    shutil.copytree(PROJECT / "hooks", tree.root / "hooks", ignore=shutil.ignore_patterns("__py*"))


def test_what_was_withheld_was_not_published(published: Tree) -> None:
    with_its_own_check(published)
    published.edit(RATE, "labels:", "lables:")
    commit(published)
    published.edit(RATE, "lables:", "labels:")
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 0
    assert result.stderr == (
        "3 published claims compared. 1 records were not published, for they had problems.\n"
    )


def test_another_form_of_records_cannot_hide_a_change(published: Tree) -> None:
    """A field that all records need was taken out of them, and out of what reads them."""
    with_its_own_check(published)
    model = "hooks/explainer/model/claims.py"
    published.edit(
        model, "    checked: Annotated[Date", "    seen: str\n    checked: Annotated[Date"
    )
    for file in (published.root / "docs/claims").iterdir():
        published.edit(f"docs/claims/{file.name}", "\nchecked:", "\nseen: yesterday\nchecked:")
    commit(published)
    for file in (published.root / "docs/claims").iterdir():
        published.edit(f"docs/claims/{file.name}", "\nseen: yesterday", "")
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    result = run(published, "corrections", "HEAD")
    assert result.exit_code == 1
    assert (
        result.stdout.count("as it was at HEAD, it cannot be read, so it cannot be compared") == 4
    )


def test_a_version_without_a_check_of_its_own_hides_nothing(published: Tree) -> None:
    published.edit(RATE, "labels:", "lables:")
    commit(published)
    published.edit(RATE, "lables:", "labels:")
    result = run(published, "corrections", "HEAD")
    assert (result.exit_code, result.stdout.split(": ")[1]) == (
        1,
        "as it was at HEAD, it cannot be read, so it cannot be compared",
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


# What is published


PROGRAM = f"""#!{sys.executable}
import os, sys
sys.path.insert(0, {str(PROJECT / "hooks")!r})
from explainer.__main__ import main
main(["corrections", os.environ.get("BASE") or sys.argv[-1].removeprefix("BASE=")])
"""
GH = """#!/bin/sh
case "$3" in
  */statuses) cat "$ANSWERS/$(basename "$(dirname "$3")")" ;;
  *) cat "$ANSWERS/deployments" ;;
esac
"""


class Forge:
    """Runs the step of the workflow that publishes, and answers for GitHub."""

    def __init__(self, tree: Tree, folder: Path) -> None:
        self.root = tree.root
        self.answers, self.programs = folder / "answers", folder / "bin"
        for made in (self.answers, self.programs):
            made.mkdir()
        for name, text in {"gh": GH, "make": PROGRAM, "uuidgen": "#!/bin/sh\necho word\n"}.items():
            self.program(name, text)
        (self.answers / "deployments").touch()
        workflow = yaml.safe_load((PROJECT / ".github/workflows/publish.yml").read_text("utf-8"))
        steps = workflow["jobs"]["build"]["steps"]
        self.script = next(
            step["run"] for step in steps if "make corrections" in step.get("run", "")
        )

    def program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(text, "utf-8")
        (self.programs / name).chmod(0o755)

    def deployed(self, number: int, commit: str, *states: str) -> None:
        with (self.answers / "deployments").open("a") as listed:
            listed.write(f"2026-01-0{number}T00:00:00Z/{number}/{commit}\n")
        (self.answers / str(number)).write_text("".join(f"{state}\n" for state in states))

    def run(self) -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.script],
            cwd=self.root,
            env={
                **os.environ,
                "PATH": path,
                "ANSWERS": str(self.answers),
                "GITHUB_REPOSITORY": "a/b",
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def pushed(published: Tree, tmp_path: Path) -> Forge:
    return Forge(published, tmp_path)


def head(tree: Tree) -> str:
    return git(tree.root, "rev-parse", "HEAD").strip()


def test_a_change_that_was_refused_is_refused_again_after_the_next_push(
    published: Tree, pushed: Forge
) -> None:
    pushed.deployed(1, head(published), "inactive", "success", "in_progress")
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    commit(published)
    assert pushed.run().returncode == 1
    pushed.deployed(2, head(published), "failure", "in_progress")
    published.edit(COPPER, "checked: ", "checked: ")
    commit(published)
    refused = pushed.run()
    assert refused.returncode == 1
    assert f"{RATE}:4: the verdict was 'Overstated'" in refused.stdout
    enter(published, "Overstated", "Missing context")
    commit(published)
    assert pushed.run().returncode == 0
    pushed.deployed(3, head(published), "success")
    published.edit(RATE, "why: A reader", "why: Another reader")
    commit(published)
    assert pushed.run().returncode == 1


def test_a_first_push_has_nothing_to_compare_with(published: Tree, pushed: Forge) -> None:
    result = pushed.run()
    assert result.returncode == 0
    assert result.stdout == "::stop-commands::word\nNothing is published yet.\n"
    pushed.deployed(1, head(published), "failure")
    assert "Nothing is published yet." in pushed.run().stdout


def test_nothing_is_published_that_cannot_be_compared(pushed: Forge) -> None:
    pushed.deployed(1, "0123456789" * 4, "success")
    assert pushed.run().returncode != 0
    (pushed.answers / "1").unlink()
    assert pushed.run().returncode != 0
    pushed.program("gh", "#!/bin/sh\nexit 1\n")
    assert pushed.run().returncode != 0


def test_no_step_goes_on_without_a_word_that_stops_commands(pushed: Forge) -> None:
    pushed.program("uuidgen", "#!/bin/sh\nexit 1\n")
    result = pushed.run()
    assert (result.returncode, result.stdout) == (1, "")


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
