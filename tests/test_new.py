"""New records: begun by answers or options, finished by filling in what the check names."""

from __future__ import annotations

import datetime
import hashlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from conftest import ENVIRONMENT, JAPANESE, KETTLES, NEWS, PROJECT, Tree, build, pages
from explainer.__main__ import main
from explainer.commands import new

PAGES = KETTLES.parent / "kettles.pages.json"


def run(tree: Tree, *arguments: str, answers: str | bytes = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["new", *arguments, "--root", str(tree.root)], input=answers)
    return result.exit_code, result.stdout, result.stderr


def files(tree: Tree) -> set[str]:
    return {
        file.relative_to(tree.root).as_posix() for file in tree.root.rglob("*") if file.is_file()
    }


def fields(text: str) -> dict[str, object]:
    found = yaml.safe_load(text.split("---\n")[1] if text.startswith("---\n") else text)
    assert isinstance(found, dict)
    return found


QUOTE = "손잡이는 모든 주전자에서 45도 아래였다."
HANDLE = ["claim", "--seed", "kettle-news", "--quote", QUOTE, "--topic", "warmth"]


# Claims


def test_a_claim_is_begun_by_answers(tree: Tree) -> None:
    answers = f"kettle-news\n{QUOTE}\nNo handle gets hot, by 45° or 12.5%\nwarmth\n\n"
    before = datetime.date.today()
    code, out, _ = run(tree, "claim", answers=answers)
    assert code == 0, out
    path = "docs/claims/no-handle-gets-hot-by-45-or-12-5-percent.md"
    assert f"Wrote {path}\n" in out
    claim = fields(tree.text(path))
    assert claim["claim"] == "No handle gets hot, by 45° or 12.5%"
    assert claim["topic"] == "warmth"
    assert claim["appearances"] == [
        {
            "seed": "kettle-news",
            "quote": QUOTE,
            "translation": "TODO: translate from Korean",
            "speaker": "TODO",
            "line": None,
            "note": None,
        }
    ]
    assert before <= datetime.date.fromisoformat(str(claim["published"])) <= datetime.date.today()
    assert claim["checked"] == claim["published"]


def test_a_new_claim_says_what_it_still_needs_until_all_is_filled_in(tree: Tree) -> None:
    code, out, _ = run(tree, *HANDLE, "--claim", "Handles stay cool", "--id", "cool")
    path = "docs/claims/cool.md"
    assert code == 0
    assert f"  {path}:9: 'verdict' is 'TODO'" in out
    for old, new_value in [
        ("verdict: TODO", "verdict: accurate"),
        ("reason: TODO", "reason: The report says so."),
        ("report: TODO", "report: kettle-test\n    section: 2.2\n    page: 4"),
        ("    section:\n", ""),
        ("    page:\n", ""),
        ("says: TODO", "says: All handles stayed below 45 degrees."),
        ("bearing: TODO", "bearing: for"),
        ("read: TODO", "read: primary"),
        ("first: TODO", "first: accurate"),
        ("second: TODO", "second: accurate"),
    ]:
        tree.edit(path, old, new_value)
    left = [problem for problem in tree.load().problems if problem.path == path]
    today = datetime.date.today()
    messages = [problem.message for problem in left if str(today) not in problem.message]
    assert ["TODO" in message for message in messages] == [True, True, True]
    tree.edit(path, "'TODO: translate from Korean'", "The handle was below 45 degrees.")
    tree.edit(path, "speaker: TODO", "speaker: article")
    tree.edit(path, "TODO: the reasoning, in Markdown.", "It does.")
    tree.edit(path, f"published: {today}", "published: 2019-06-01")
    tree.edit(path, f"checked: {today}", "checked: 2019-06-01")
    assert tree.problems() == []


def test_a_quote_that_does_not_stand_there_is_asked_for_again(tree: Tree) -> None:
    answers = (
        f"kettle-nws\nkettle-news\n손잡이는 모든 주전자에서 46도\n{QUOTE}\nCool\nwarm\nwarmth\n\n"
    )
    code, out, _ = run(tree, "claim", answers=answers)
    assert code == 0, out
    assert "'kettle-nws' is unknown: did you mean 'kettle-news'?" in out
    assert "it does not stand in 'kettle-news'; nearest is line 7: '손잡이는 모든" in out
    assert "'warm' is unknown: did you mean 'warmth'?" in out
    assert "docs/claims/cool.md" in files(tree)


def test_a_quote_on_several_lines_needs_its_line(tree: Tree) -> None:
    quote = "los hervidores silban antes de hervir."
    begin = ["claim", "--seed", "kettle-post", "--quote", quote, "--claim", "Early", "--id", "e"]
    code, out, _ = run(tree, *begin, "--topic", "warmth", answers="4\n5\n")
    assert code == 0, out
    assert "It stands on several lines; which: one of 3, 5" in out
    assert "    line: 5\n" in tree.text("docs/claims/e.md")


def test_a_quote_twice_on_a_line_is_refused(tree: Tree) -> None:
    code, _, err = run(tree, "claim", "--seed", "kettle-post", "--quote", "erv")
    assert code == 2
    assert "it stands twice on one line: quote more of the sentence" in err


@pytest.mark.parametrize(
    "quote", ["hervir.\n\n- El mango nunca", "pasa de 45 grados & no", "- El mango nunca"]
)
def test_a_quote_comes_back_from_its_file_as_it_was(tree: Tree, quote: str) -> None:
    code, out, err = run(
        tree,
        *("claim", "--seed", "kettle-post", "--quote", quote, "--topic", "warmth"),
        *("--claim", "A: b #c 'd' \"e\"", "--id", "x"),
    )
    assert code == 0, out + err
    claim = fields(tree.text("docs/claims/x.md"))
    assert claim["claim"] == "A: b #c 'd' \"e\""
    assert claim["appearances"][0]["quote"] == quote  # type: ignore[index]


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--seed", "teapots", "'teapots' is unknown: expected one of kettle-news, kettle-post"),
        ("--quote", "구리", None),
        ("--quote", "Kupfer", "it does not stand in 'kettle-news'; nearest is line"),
        ("--line", "5", "'5' is unknown: expected one of 7"),
        ("--claim", " ", "expected a text"),
        ("--topic", "whisling", "'whisling' is unknown: did you mean 'whistling'?"),
        ("--id", "../../etc/x", "'../../etc/x' cannot be a name: expected at most 200 ASCII"),
        ("--id", "handles-stay-below-45-degrees", "exists already: choose another name"),
    ],
)
def test_an_option_is_held_to_what_an_answer_is(
    tree: Tree, option: str, value: str, message: str | None
) -> None:
    before = files(tree)
    given = [*HANDLE, "--claim", "Cool", "--id", "cool"]
    code, _, err = run(tree, *given, option, value)
    assert (code, files(tree) == before) == ((2, True) if message else (0, False))
    assert (message or "") in err


def test_the_speaker_of_an_interview_is_known(tree: Tree) -> None:
    interview = tree.text(NEWS) + (
        "names: {interviewer: Kim, interviewee: Lee}\n"
        "speakers:\n  - {lines: 7, speaker: interviewee, grounds: It answers.}\n"
    )
    tree.write(NEWS, interview)
    run(tree, *HANDLE, "--claim", "Cool", "--id", "cool")
    assert "speaker: Lee\n" in tree.text("docs/claims/cool.md")


def test_a_claim_needs_an_article(tree: Tree) -> None:
    for file in (tree.root / "seeds").iterdir():
        file.unlink()
    code, _, err = run(tree, "claim")
    assert code == 1
    assert "seeds/ holds no article yet; begin one: make new-seed FILE=…" in err


# Topics and reports


def test_a_topic_is_begun(tree: Tree) -> None:
    code, out, _ = run(tree, "topic", answers="Café & copper\nIs copper hot?\n\n")
    assert code == 0, out
    topic = fields(tree.text("docs/topics/cafe-copper.md"))
    assert (topic["title"], topic["question"]) == ("Café & copper", "Is copper hot?")
    assert "docs/topics/cafe-copper.md:8: 'TODO'" in out


def test_a_report_is_begun_with_its_fingerprint(tree: Tree) -> None:
    answers = f"Second test\nThe group\nkettles.example\n\nno.pdf\n{PAGES}\n\n"
    code, out, _ = run(tree, "report", answers=answers)
    assert code == 0, out
    assert "expected an address that starts with https://" in out
    assert "'no.pdf' does not exist" in out
    report = fields(tree.text("docs/reports/second-test.md"))
    assert (report["title"], report["publisher"], report["lang"]) == (
        "Second test",
        "The group",
        "de",
    )
    assert report["editions"][0]["pages"] == 4  # type: ignore[index]
    made = tree.text("docs/reports/second-test.fingerprint.json")
    assert made == tree.text("docs/reports/kettle-test.fingerprint.json")
    assert "docs/reports/second-test.md:8: 'kind' is 'TODO'" in out


def test_a_report_without_its_text_has_no_fingerprint(tree: Tree) -> None:
    code, out, _ = run(tree, "report", answers="T\nP\nhttps://x.example/a\n\nonly-named\n")
    assert code == 0, out
    assert files(tree) & {f"docs/reports/only-named{e}" for e in (".md", ".fingerprint.json")} == {
        "docs/reports/only-named.md"
    }


def test_of_two_files_none_is_written_if_one_is_in_the_way(tree: Tree) -> None:
    tree.write("docs/reports/t.fingerprint.json", "mine")
    before = files(tree)
    code, _, err = run(
        tree,
        "report",
        "--title",
        "T",
        "--publisher",
        "P",
        "--address",
        "",
        "--source",
        str(PAGES),
        answers="\n",
    )
    assert code == 1
    assert "nothing was written" in err
    assert files(tree) == before
    assert tree.text("docs/reports/t.fingerprint.json") == "mine"


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        new.write(tmp_path, {"a.txt": "a", "b.txt": "\ud800"})
    assert list(tmp_path.iterdir()) == []


# Seeds

PIPED = ["--title", "A boiled story", "--publisher", "Example", "--provenance", "Sent by a reader."]


def test_a_seed_is_begun_and_its_page_says_what_is_missing(tree: Tree) -> None:
    code, out, err = run(tree, "seed", *PIPED, answers=JAPANESE.encode())
    assert code == 0, out + err
    assert tree.text("seeds/a-boiled-story.txt") == JAPANESE
    seed = fields(tree.text("seeds/a-boiled-story.yml"))
    assert seed["sha256"] == hashlib.sha256(JAPANESE.encode()).hexdigest()
    assert (seed["lang"], seed["markup"], seed["slug"]) == ("ja", "text", "a-boiled-story")
    assert (seed["headline"], seed["headings"]) == ("やかんの話", [1])
    assert seed["noise"] == [{"lines": "5", "what": "button"}]
    assert seed["provenance"] == "Sent by a reader."
    loaded = tree.load()
    assert [problem.message.split(":")[0] for problem in loaded.problems] == [
        "prose without a claim"
    ]
    assert loaded.withheld == frozenset()


def test_a_seed_with_nothing_but_its_record_builds(tree: Tree) -> None:
    run(tree, "seed", *PIPED, answers=JAPANESE.encode())
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    assert "seeds/a-boiled-story.yml:" in result.stderr
    text = pages(tree.root / "site")["articles/a-boiled-story/"].get_text()
    assert "The translated summary of this text is still missing." in text
    assert "Line 3: still to be read." in text


def test_a_seed_asks_what_the_text_does_not_tell(tree: Tree, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(JAPANESE.encode("cp932").replace(b"\n", b"\r\n"))
    answers = "A boiled story\nExample\nFrom the web\ncomic\ninterview\nstory\n"
    code, out, _ = run(tree, "seed", str(file), answers=answers)
    assert code == 0, out
    assert "'comic' is unknown: expected one of article" in out
    assert "Text: converted from CP932 to UTF-8, with lines ended by LF instead of CR." in out
    assert "Language: Japanese (ja). Shape: text." in out
    seed = fields(tree.text("seeds/story.yml"))
    assert tree.text("seeds/story.txt") == JAPANESE
    assert seed["kind"] == "interview"
    assert seed["provenance"] == (
        "From the web. Our copy was converted from CP932 to UTF-8, "
        "with lines ended by LF instead of CR."
    )


def test_a_piped_seed_cannot_ask(tree: Tree) -> None:
    before = files(tree)
    code, _, err = run(tree, "seed", answers=JAPANESE)
    assert code == 2
    assert "so nothing can be asked: give --title" in err
    assert files(tree) == before


def test_a_seed_is_never_overwritten(tree: Tree) -> None:
    tree.write("seeds/a-boiled-story.txt", "mine")
    code, _, err = run(tree, "seed", *PIPED, answers=JAPANESE)
    assert code == 2
    assert "seeds/a-boiled-story.txt exists already: choose another name" in err
    assert "seeds/a-boiled-story.yml" not in files(tree)


def test_the_command_names_the_file_that_is_no_article(tree: Tree, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"\x00\x01\x02\xff")
    code, _, err = run(tree, "seed", str(file), *PIPED)
    assert code == 1
    assert f"{file} is no text" in err


def test_an_article_is_pasted_where_a_terminal_is(tree: Tree) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "explainer", "new", "seed", *PIPED, "--lang", "en"]
    os.write(ours, b"The kettle whistled.\n\x04")  # Ctrl-D
    with subprocess.Popen(
        [*command, "--kind", "article", "--id", "pasted", "--root", str(tree.root)],
        env={**ENVIRONMENT, "PYTHONPATH": str(PROJECT / "hooks")},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert err == "Paste the article, then press Ctrl-D on a line of its own.\n"
    assert "Wrote seeds/pasted.txt" in out
    assert tree.text("seeds/pasted.txt") == "The kettle whistled.\n"
