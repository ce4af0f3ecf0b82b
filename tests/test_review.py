"""What a reviewer is shown of a change to the kettles' site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import COPPER, HANDLES, KETTLES, RATE, REPORT, TODAY, TOPIC, Tree
from explainer.commands import review
from test_history import FINGERPRINT, RATE_REASON, commit, forge, git, published, run

__all__ = ["published"]  # a fixture

CARE = "Files to read with special care"


def shown(tree: Tree) -> BeautifulSoup:
    result = run(tree, "review", "HEAD")
    assert result.exit_code == 0
    return BeautifulSoup(result.stdout, "html.parser")


def rows(page: BeautifulSoup, path: str) -> dict[str, list[str]]:
    """The values that are shown of a record, by name."""
    table = next(table for table in page.find_all("table") if path in table.get_text())
    assert isinstance(table, Tag)
    return {
        row.th.get_text(): [cell.get_text("\n") for cell in row.find_all("td")]
        for row in table.find_all("tr")[1:]
        if row.th
    }


def listed(page: BeautifulSoup) -> list[str]:
    return [item.get_text() for item in page.select("li")]


def test_a_change_is_shown_beside_what_it_changed(published: Tree) -> None:
    published.edit(RATE, "One kettle, one series", "One kettle and one series")
    published.edit(RATE, "verdict: overstated", "verdict: missing-context")
    published.edit(RATE, "second: missing-context", "second: overstated")
    published.edit(RATE, "    says: In the first", "    says: In the very first")
    published.edit(TOPIC, "question: ", "question: Today, ")
    page = shown(published)
    assert rows(page, RATE) == {
        "verdict": ["overstated", "missing-context"],
        "evidence 1 says": [
            "In the first series kettle number 7 whistled too early in 12,5 % of trials.",
            "In the very first series kettle number 7 whistled too early in 12,5 % of trials.",
        ],
        "labels second": ["missing-context", "overstated"],
        "text 1": [
            "One kettle, one series, an open lid: the article drops all three.",
            "One kettle and one series, an open lid: the article drops all three.",
        ],
    }
    before, now = rows(page, TOPIC)["question"]
    assert now == f"Today, {before}"
    assert page.get_text().endswith("Nothing was cut.\n")


def test_what_is_gone_from_a_list_and_new_in_it_is_shown(published: Tree) -> None:
    published.edit(
        RATE,
        "evidence:\n",
        "searched: [Section 3]\nevidence:\n  - report: kettle-test\n"
        "    section: 1\n    page: 2\n    says: Of 24 kettles.\n    bearing: context\n"
        "    read: primary\n",
    )
    assert rows(shown(published), RATE) == {
        "evidence 1": [
            "",
            "report: kettle-test\nsection: 1\npage: 2\nsays: Of 24 kettles.\nbearing: context\n"
            "read: primary",
        ],
        "searched 1": ["", "Section 3"],
    }
    commit(published)
    published.edit(RATE, "searched: [Section 3]\n", "")
    assert rows(shown(published), RATE) == {"searched 1": ["Section 3", ""]}


def test_what_changed_stands_before_what_is_new(published: Tree) -> None:
    text = published.text(COPPER)
    published.write("docs/claims/aaa.md", text)
    (published.root / COPPER).unlink()
    published.edit(RATE, "One kettle, one series", "One kettle and one series")
    page = shown(published)
    assert [item.get_text() for item in page.select("summary")] == [
        "Kettles whistle too early in 12.5% of cases",
        "Copper kettles are the most dangerous",
    ]
    assert rows(page, "docs/claims/aaa.md")["reason"] == [
        text.split("reason: ")[1].split("\n")[0].strip("'\"")
    ]
    assert listed(page) == [
        f"{COPPER}:1: this published claim is gone, but its address stays: restore the file; "
        "to withdraw the claim, say so in its reason and enter a correction. "
        "The new claim 'aaa' has its quote: a claim is never renamed",
        f"{COPPER}: removed",
    ]


def test_every_other_file_that_changed_is_listed(published: Tree) -> None:
    for path in ("overrides/main.html", ".github/workflows/x.yml", "docs/assets/x.js", "docs/x.md"):
        (published.root / path).parent.mkdir(parents=True, exist_ok=True)
        published.write(path, "A file.\n")
    published.write(".gitattributes", "*.html -diff\n.github/** -diff export-ignore\n")
    published.edit("mkdocs.yml", "site_name: ", "site_name: New ")
    published.edit("seeds/kettle-news.en.md", "## ", "## New: ")
    published.edit(HANDLES, "claim: ", "claim:  ")
    expected = [
        ".gitattributes: added",
        ".github/workflows/x.yml: added",
        "docs/assets/x.js: added",
        "mkdocs.yml: changed",
        "overrides/main.html: added",
        f"{HANDLES}: changed",
        "docs/x.md: added",
        "seeds/kettle-news.en.md: changed",
    ]
    page = shown(published)
    assert listed(page) == expected
    assert f"## {CARE} (5)" in page.get_text()
    git(published.root, "add", "--all")
    assert listed(shown(published)) == expected


def test_files_outside_of_the_site_are_listed_too(published: Tree) -> None:
    inner = Tree(published.root / "site")
    inner.root.mkdir()
    git(published.root, "mv", "docs", "seeds", "mkdocs.yml", "site")
    commit(published)
    published.write("Makefile", "all:\n")
    inner.edit(RATE, "One kettle, one series", "One kettle and one series")
    page = shown(inner)
    assert listed(page) == ["../Makefile: added"]
    assert list(rows(page, RATE)) == ["text 1"]


def test_a_fingerprint_that_changed_is_named_with_its_pages(published: Tree) -> None:
    forge(published)
    page = shown(published)
    assert (
        f"{FINGERPRINT}: changed (pages 3); make it anew from your copy and compare: "
        "make fingerprint SOURCE=… REPORT=kettle-test"
    ) in listed(page)
    assert f"## {CARE} (1)" in page.get_text()
    published.edit(FINGERPRINT, '"version": 3', '"version": 2')
    git(published.root, "checkout", "--quiet", FINGERPRINT)
    published.edit(REPORT, "ours: true\n    note: Written", "ours: true\n    note: Was written")
    assert rows(shown(published), REPORT) == {
        "editions 1 note": [
            "Written for the tests of this project.",
            "Was written for the tests of this project.",
        ]
    }


# What is cut


def long(tree: Tree) -> None:
    """Records whose texts take five times as much room in HTML, in front of the changed one."""
    text = tree.text(COPPER)
    searched = json.dumps(["'" * 9000] * 5)
    for number in range(60):
        tree.write(
            f"docs/claims/aaa{number}.md",
            re.sub("(?m)^searched:.*(\n  .*)*", f"searched: {searched}", text),
        )


def many_files(tree: Tree) -> None:
    for number in range(1500):
        tree.write(f"docs/assets/{number}-{'_' * 150}.js", "")


def many_problems(tree: Tree) -> None:
    for number in range(1500):
        tree.write(f"docs/topics/{number}.md", f"'{'_' * 150}'")


@pytest.mark.parametrize(
    ("make", "cut"),
    [
        (long, "Cut, for it is too long for this summary: 300 values of the records above."),
        (many_files, "files to read with special care."),
        (many_problems, " problems."),
    ],
)
def test_nothing_pushes_a_change_out_and_what_is_cut_is_counted(
    published: Tree, make: Callable[[Tree], None], cut: str
) -> None:
    (published.root / "docs/assets").mkdir(exist_ok=True)
    make(published)
    published.edit(RATE, f"reason: {RATE_REASON}", "reason: 12.5% is one kettle of 24.")
    output = run(published, "review", "HEAD").stdout
    assert len(output.encode()) <= review.BYTES
    page = BeautifulSoup(output, "html.parser")
    assert rows(page, RATE)["reason"] == [RATE_REASON, "12.5% is one kettle of 24."]
    assert any(line.startswith(f"{RATE}:5: the reason was") for line in listed(page))
    last = output.splitlines()[-1]
    assert last.startswith("Cut, ")
    assert cut in last


def test_records_for_which_there_is_no_room_are_counted_and_listed(
    published: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "BYTES", 152_500)
    for path in (RATE, COPPER):
        published.edit(path, "\n---\n", f"\n---\n{'word ' * 300}\n\n")
    (published.root / "docs/claims/new.md").write_text(published.text(COPPER), "utf-8")
    page = shown(published)
    assert len(page.find_all("table")) == 0
    assert {f"{RATE}: changed", f"{COPPER}: changed", "docs/claims/new.md: added"} <= {
        *listed(page)
    }
    assert page.get_text().endswith(": 2 changed records; 1 new records.\n")


def test_what_changed_has_room_before_what_is_new(
    published: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "BYTES", 154_500)
    text = published.text(COPPER).replace("claim: Copper", "claim: All copper")
    published.write("docs/claims/aaa.md", f"{text}{'word ' * 300}\n")
    published.edit(RATE, "\n---\n", f"\n---\n{'word ' * 300}\n\n")
    page = shown(published)
    assert len(page.find_all("table")) == 1
    assert list(rows(page, RATE)) == ["text 1"]
    assert listed(page) == ["docs/claims/aaa.md: added"]
    assert page.get_text().endswith(": 1 new records.\n")


# Words of a record stay words

HOSTILE = (
    "</td></table></details> <script>alert(1)</script> [x](y) @all `c` ${{ x }}",
    "",
    "::error file=x::owned",
    "##[error]owned",
    "# Owned",
    "- owned",
)
TAGS = {"ul", "li", "details", "summary", "table", "tr", "th", "td", "br"}


def test_a_hostile_claim_adds_no_markup_and_no_command_to_a_review(published: Tree) -> None:
    for name in ("claim: Kettles whistle too early in 12.5% of cases", f"reason: {RATE_REASON}"):
        field = name.split(":")[0]
        published.edit(RATE, name, f"{field}: {json.dumps(chr(10).join(HOSTILE))}")
    published.edit(RATE, "One kettle, one series", "\n".join(HOSTILE).replace("<", "< "))
    published.edit(RATE, "topic: whistling", 'topic: "TODO\\n::error::owned\\e]0;x\\a"')
    result = run(published, "review", "HEAD")
    assert result.exit_code == 0
    page = BeautifulSoup(result.stdout, "html.parser")
    assert {tag.name for tag in page.find_all(True)} <= TAGS
    for line in run(published, "check").stdout.splitlines() + result.stdout.splitlines():
        assert (
            line.startswith(("docs/claims/", "<", "## ", "seeds/", "Nothing was cut")) or not line
        )
        assert line.isprintable()


def test_hostile_words_in_a_sound_claim_stay_words(published: Tree) -> None:
    words = "[x](y) *a* @all `c` ${{ x }} #1 & 12.5%"
    published.edit(RATE, RATE_REASON, f'"{words}\\n\\n- owned\\n::error::owned"')
    published.edit(RATE, "One kettle, one series", "One *kettle*\n\n::error::owned\n\n- series")
    assert published.problems() == []
    result = run(published, "review", "HEAD")
    page = BeautifulSoup(result.stdout, "html.parser")
    assert {tag.name for tag in page.find_all(True)} <= TAGS
    assert rows(page, RATE)["reason"][1].startswith(words)
    assert rows(page, RATE)["text 1"][1] == "One *kettle*"
    for sign in "*`[]":
        assert sign not in result.stdout
    assert not any(line.startswith(("::", "-", "##[")) for line in result.stdout.splitlines())
    assert TODAY.isoformat() not in result.stdout
    assert KETTLES.as_posix() not in result.stdout
