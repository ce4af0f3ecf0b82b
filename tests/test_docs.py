"""Every command that README and contribute.md name is run here, or said to be run elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ALL, PROJECT, RATE, Tree

PAGES = PROJECT / "tests/sites/kettles.pages.json"

ELSEWHERE = {
    "make serve": "tests/test_serve.py runs `mkdocs serve`, which is all that it does",
    "make test": "runs this test",
    "make finish SITE=folder": "tests/test_export.py runs it on what Zensical built",
    "make successors": "sets up two environments; CI runs it after the tests",
    "make bench": "takes long and needs a quiet machine; tests/test_benchmark.py writes its sites",
    "make fuzz": "takes minutes; tests/test_properties.py holds the same properties",
    "make lock": "asks a package index for newer versions",
    "make licences": "sets up an environment like that of the tests, and runs tests/licences.py",
    "make quick": "is a part of `make test`",
    "make corrections BASE=main": "tests/test_history.py runs it on a repository of its own",
    "make review BASE=main": "tests/test_history.py runs it on a repository of its own",
}
"""Documented commands that another test runs, or that cannot be run in a test."""

SEED = "--title Song --publisher Us --provenance Ours --kind article --lang en"
TOPIC = "--question Why? --id"
RUN = {
    "make build": "make build",
    "make check": "make check",
    "make check ARGS=--hints": "make check ARGS=--hints",
    "make stats": "make stats",
    "make export TO=folder": "make export TO=folder",
    "make new-claim": (
        "make new-claim ARGS='--seed kettle-news --quote 공유하기 --claim Sharing "
        "--topic warmth --id sharing'"
    ),
    "make new-report": (
        f"make new-report ARGS='--title Pots --publisher Us --address= --source {PAGES} --id pots'"
    ),
    "make new-topic": f"make new-topic ARGS='--title Lids {TOPIC} lids'",
    "make new-topic ARGS='--title Kettles'": f"make new-topic ARGS='--title Kettles {TOPIC} k'",
    "make new-topic ARGS=--help": "make new-topic ARGS=--help",
    "make new-seed": f"cat article.txt | make new-seed ARGS='{SEED} --id song'",
    "make new-seed FILE=article.txt": f"make new-seed FILE=article.txt ARGS='{SEED} --id song'",
    "make verify REPORT=my-report SOURCE=my.pdf": f"make verify REPORT=kettle-test SOURCE={PAGES}",
    "make fingerprint SOURCE=card.pdf REPORT=my-report": (
        f"make fingerprint SOURCE={PAGES} REPORT=kettle-test"
    ),
}
"""What a reader would type in the kettles' site for each documented command."""


def documented() -> set[str]:
    pages = [PROJECT / "README.md", *PROJECT.glob("docs/contribute.md")]
    text = "".join(page.read_text("utf-8") for page in pages)
    return set(re.findall(r"`(make [^`]+)`", text))


def test_no_documented_command_is_forgotten() -> None:
    assert documented() <= {*RUN, *ELSEWHERE}


@pytest.fixture
def home(tree: Tree) -> Path:
    """The kettles' site as somebody has it at home, set up."""
    for name in ("Makefile", "requirements.txt", "hooks"):
        (tree.root / name).symlink_to(PROJECT / name)
    (tree.root / ".venv").symlink_to(sys.prefix)
    (tree.root / ".venv/site").touch()  # make's mark that all is installed
    (tree.root / "article.txt").write_text("A kettle sang.\n\nNobody minded.\n", "utf-8")
    return tree.root


def run(home: Path, command: str | list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=home,
        env={name: value for name, value in os.environ.items() if "MAKE" not in name},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", RUN)
def test_a_documented_command_works(home: Path, command: str) -> None:
    result = run(home, RUN[command])
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["US$100 report.txt", "q$(shell touch pwned).pdf"])
def test_a_value_is_taken_as_it_stands(home: Path, name: str) -> None:
    (home / "article.txt").rename(home / name)
    for command in (
        ["export", f"TO={name}.folder"],
        ["new-seed", f"FILE={name}", f"ARGS={SEED} --id song"],
        ["new-topic", f'ARGS=--title "{name}" {TOPIC} lids'],
    ):
        result = run(home, ["make", *command])
        assert result.returncode == 0, result.stdout + result.stderr
    assert (home / f"{name}.folder/mkdocs.yml").is_file()
    assert f"title: {name}\n" in (home / "docs/topics/lids.md").read_text("utf-8")
    for command in (
        ["corrections", f"BASE={name}"],
        ["fingerprint", "REPORT=kettle-test", f"SOURCE={name}"],
        ["verify", f"REPORT={name}", f"SOURCE={PAGES}"],
    ):
        result = run(home, ["make", *command])
        assert result.returncode == 2
        assert name in result.stderr
    assert not (home / "pwned").exists()


def test_make_fails_if_there_are_problems(home: Path) -> None:
    (home / RATE).unlink()
    result = run(home, ["make", "check"])
    assert result.returncode == 2
    assert result.stdout.startswith(f"{ALL}:36: ")
