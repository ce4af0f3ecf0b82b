"""Every message, word by word: a tree in which everything is wrong, and one that is only begun.

The messages are in `golden-problems/`. To approve new ones:
UPDATE_GOLDEN=1 python -m pytest tests/test_problems.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from conftest import TODAY, Rule
from explainer.check.load import load
from explainer.check.rules import RULES, check, explained

SITES = Path(__file__).parent / "sites"
GOLDEN = Path(__file__).parent / "golden-problems"


def messages(name: str) -> str:
    loaded = load(SITES / name, TODAY)
    return "".join(f"{found}\n" for found in [*loaded.problems, *check(loaded.read, True)])


@pytest.mark.parametrize("name", ["broken", "begun"])
def test_every_message_is_as_approved(name: str) -> None:
    found, golden = messages(name), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8", newline="\n")
    assert found == golden.read_text("utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_taken_out_is_missed(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    left = {other: severity for other, severity in RULES.items() if other is not rule}
    monkeypatch.setattr("explainer.check.rules.RULES", left)
    approved = {name: (GOLDEN / f"{name}.txt").read_text("utf-8") for name in ("broken", "begun")}
    assert {name: messages(name) for name in approved} != approved


def test_every_problem_names_its_rule_and_every_rule_is_broken_somewhere() -> None:
    lines = "".join(golden.read_text("utf-8") for golden in GOLDEN.glob("*.txt")).splitlines()
    ids = [re.search(r" \[([a-z0-9-]+)\]$", line) for line in lines]
    assert [line for line, id in zip(lines, ids, strict=True) if not id] == []
    # A fault of the system, a folder 20 deep, a link and a file of 1 MB are in no folder of git.
    nowhere = {"depth", "plain-file", "readable", "size"}
    assert {id for id, _, _ in explained()} - {id[1] for id in ids if id} == nowhere


def test_a_command_that_a_message_names_exists() -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text("utf-8")
    named = {
        word.rstrip(".,;:)")
        for golden in GOLDEN.glob("*.txt")
        for line in golden.read_text("utf-8").splitlines()
        for before, word in zip(line.split(), line.split()[1:], strict=False)
        if before.lstrip("(") == "make" and "-" in word
    }
    assert {"new-claim", "new-seed", "new-report", "new-topic"} <= named
    for target in named:
        assert f"{target}" in makefile.split(".PHONY:")[1].splitlines()[0].split()
