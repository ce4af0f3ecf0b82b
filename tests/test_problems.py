"""Every message, word by word: a tree in which everything is wrong, and one that is only begun.

The messages are in `golden-problems/`. To approve new ones:
UPDATE_GOLDEN=1 python -m pytest tests/test_problems.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import TODAY
from explainer.check import RULES
from explainer.load import load

SITES = Path(__file__).parent / "sites"
GOLDEN = Path(__file__).parent / "golden-problems"


@pytest.mark.parametrize("name", ["broken", "begun"])
def test_every_message_is_as_approved(name: str) -> None:
    found = "".join(f"{problem}\n" for problem in load(SITES / name, TODAY).problems)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8", newline="\n")
    assert found == golden.read_text("utf-8")


def test_every_rule_is_broken_in_these_trees() -> None:
    sites = [load(SITES / name, TODAY).read for name in ("broken", "begun")]
    unbroken = {rule.__name__ for rule in RULES if not any(list(rule(site)) for site in sites)}
    assert unbroken == set()


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
