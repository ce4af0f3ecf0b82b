"""Every message, word by word: a tree in which everything is wrong, and one that is only begun.

The messages are in `golden-problems/`. To approve new ones:
UPDATE_GOLDEN=1 python -m pytest tests/test_problems.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import TODAY, Rule
from explainer.check.load import load
from explainer.check.rules import RULES

SITES = Path(__file__).parent / "sites"
GOLDEN = Path(__file__).parent / "golden-problems"


def messages(name: str) -> str:
    return "".join(f"{problem}\n" for problem in load(SITES / name, TODAY).problems)


@pytest.mark.parametrize("name", ["broken", "begun"])
def test_every_message_is_as_approved(name: str) -> None:
    found, golden = messages(name), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8", newline="\n")
    assert found == golden.read_text("utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_taken_out_is_missed(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [other for other in RULES if other is not rule]
    monkeypatch.setattr("explainer.check.rules.RULES", left)
    approved = {name: (GOLDEN / f"{name}.txt").read_text("utf-8") for name in ("broken", "begun")}
    assert {name: messages(name) for name in approved} != approved


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
