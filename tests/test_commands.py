"""The commands, as a contributor calls them."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import HANDLES, KETTLES, PROJECT, RATE, Tree
from explainer.__main__ import main

PAGES = KETTLES.parent / "kettles.pages.json"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_check_of_a_sound_tree_prints_no_problem() -> None:
    code, out, err = run("check", "--root", KETTLES)
    assert (code, out) == (0, "")
    assert err == (
        "No problems in 4 claims from 2 seeds. 4 phrases of reports were found in their place, "
        "0 are from sources without a fingerprint.\n"
    )


def test_check_prints_all_problems_and_fails(tree: Tree) -> None:
    tree.edit(RATE, "    page: 3", "    page: 4")
    tree.edit(HANDLES, "bearing: for", "bearing: context")
    code, out, _ = run("check", "--root", tree.root)
    assert code == 1
    assert out.splitlines() == list(map(str, tree.load().problems))
    assert [line.partition(": ")[0] for line in out.splitlines()] == [
        f"{HANDLES}:4",
        *(2 * [f"{RATE}:17"]),
        f"{RATE}:18",
    ]


def test_fingerprint_writes_the_file_that_is_committed(tree: Tree) -> None:
    target = tree.root / "docs/reports/kettle-test.fingerprint.json"
    target.unlink()
    code, out, _ = run("fingerprint", PAGES, "kettle-test", "--root", tree.root)
    assert (code, out) == (0, f"{target}: 4 pages\n")
    assert target.read_bytes() == (KETTLES / "docs/reports" / target.name).read_bytes()


def test_fingerprint_of_an_unknown_report_writes_nothing(tree: Tree) -> None:
    code, _, err = run("fingerprint", PAGES, "teapots", "--root", tree.root)
    assert code == 1
    assert "expected the report's record here" in err
    assert not (tree.root / "docs/reports/teapots.fingerprint.json").exists()


@pytest.mark.parametrize(
    "command",
    [
        *([], ["check"], ["corrections"], ["review"], ["stats"], ["verify"], ["fingerprint"]),
        *(["new"], ["new", "claim"], ["new", "topic"], ["new", "report"], ["new", "seed"]),
    ],
)
def test_every_command_has_help(command: list[str]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "Usage:" in out


def test_check_reads_the_current_folder(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.root)
    assert run("check")[0] == 0


# Terminals and logs

TITLE = "\x1b]0;owned\a\x1b[2J\n::error::owned\u202e\x9b"
SHOWN = r"\x1b]0;owned\x07\x1b[2J\n::error::owned\u202e\x9b"


def safe(*texts: str) -> bool:
    return all(line.isprintable() for text in texts for line in text.split("\n"))


def test_verify_prints_no_character_that_a_terminal_obeys(tree: Tree) -> None:
    tree.edit(
        RATE, "phrase: der Kessel Nummer 7 in 12,5 %", r'phrase: "\e]0;x\a\n::error::a b c d"'
    )
    code, out, err = run("verify", "kettle-test", PAGES, "--root", tree.root)
    assert code == 1
    assert safe(out, err)
    assert r"nowhere in this copy: '\x1b]0;x\x07\n::error::a b c d'" in out


def test_new_records_print_no_character_that_a_terminal_obeys(tree: Tree, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(f"{TITLE[:-2]}\u202e\x9bThe kettle sang.\n\nIt did so all day.\n", "utf-8")
    given = ["--title", "A", "--publisher", "B", "--provenance", "C", "--kind", "article"]
    code, out, err = run("new", "seed", article, *given, "--lang", "en", "--root", tree.root)
    assert code == 1, out
    assert safe(out, err)
    article.write_text("The kettle\u202e \x9b2J sang.\n\nIt did so all day.\n", "utf-8")
    made = ["--id", "song", "--root", tree.root]
    code, out, err = run("new", "seed", article, *given, "--lang", "en", *made)
    assert code == 0
    assert safe(out, err)
    assert r"First line: The kettle\u202e \x9b2J sang." in out


def test_a_prompt_prints_no_character_that_a_terminal_obeys(tree: Tree) -> None:
    """It says itself why it refused an answer, with the words of an article that are nearest."""
    text = tree.root / "seeds/kettle-post.txt"
    text.write_bytes(text.read_bytes().replace(b"Todos los", b"Todos\x1b[2J los"))
    tree.record_hash("seeds/kettle-post.yml")
    arguments = ["new", "claim", "--seed", "kettle-post", "--root", str(tree.root)]
    result = CliRunner().invoke(main, arguments, input="Todos los hervidores silban\n")
    assert safe(result.output)
    assert r"os\x1b[2J los hervidores" in result.output


def test_an_error_prints_no_character_that_a_terminal_obeys(tree: Tree, tmp_path: Path) -> None:
    source = tmp_path / "\x1b[2J\n::error::.json"
    source.write_text("[]", "utf-8")
    for arguments in (
        ["fingerprint", source, "kettle-test"],
        ["fingerprint", PAGES, TITLE],
        ["verify", TITLE, PAGES],
        ["corrections", TITLE],
    ):
        code, out, err = run(*arguments, "--root", tree.root)
        assert code in (1, 2)
        assert safe(out, err)
    assert SHOWN in err
    named = tree.root.rename(tmp_path / "\x1b[2J")
    (named / "docs/reports/.kettle-test.fingerprint.json").mkdir()
    code, out, err = run("fingerprint", PAGES, "kettle-test", "--root", named)
    assert code == 1
    assert r"\x1b[2J/docs/reports/.kettle-test.fingerprint.json: Is a directory" in err
    assert safe(out, err)


def test_what_libraries_log_holds_no_character_that_a_terminal_obeys() -> None:
    run("--help")
    assert logging.lastResort
    record = logging.LogRecord("pypdf", logging.WARNING, "", 0, "%s", (TITLE,), None)
    assert logging.lastResort.format(record) == SHOWN


def test_all_output_goes_through_one_function() -> None:
    files = (PROJECT / "hooks/explainer").rglob("*.py")
    echoing = re.compile(r"\bclick\.s?echo\(|(?<![\w.])print\(")
    assert [file.name for file in files if echoing.search(file.read_text("utf-8"))] == [
        "terminal.py"
    ]
