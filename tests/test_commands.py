"""The commands, as a contributor calls them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from conftest import HANDLES, KETTLES, RATE, Tree
from explainer.__main__ import main

PAGES = KETTLES.parent / "kettles.pages.json"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_check_of_a_sound_tree_prints_no_problem() -> None:
    code, out, err = run("check", "--root", KETTLES)
    assert (code, out) == (0, "")
    assert err == (
        "No problems in 4 claims from 2 seeds. 3 phrases of reports were found on their page, "
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
