"""Mutation testing of the checks: `make mutate`.

mutmut changes one thing at a time in the modules that pyproject.toml names, and runs their tests.
A change that no test notices is printed, and fails the run: what it changed is not tested. Changes
that make no difference stand in `tests/mutants.yml`, each with the reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

TESTS = Path(__file__).parent
COPY = TESTS.parent / ".mutation"
MUTMUT = str(Path(sys.executable).with_name("mutmut"))
UNNOTICED = ("survived", "no tests", "suspicious")


def main() -> None:
    """Run mutmut; on all changes, or on those whose names fit the patterns that are given."""
    _copy()
    chosen = sys.argv[1:]
    subprocess.run([MUTMUT, "run", *chosen], cwd=COPY, check=True)
    results = dict(line.strip().split(": ") for line in _read("results").splitlines())
    diffs = [_read("show", name) for name, status in results.items() if status in UNNOTICED]
    changes = {_told(diff): diff for diff in diffs}
    reasons = yaml.safe_load((TESTS / "mutants.yml").read_text("utf-8")) or {}
    harmless = {change for changes in reasons.values() for change in changes}
    wrong = [diff for change, diff in changes.items() if change not in harmless]
    if not chosen:
        gone = sorted(harmless - changes.keys())
        wrong += [
            f"tests/mutants.yml: take this out, it is no such change: {line}" for line in gone
        ]
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)


def _copy() -> None:
    """Copy code and tests to where mutmut works, with the code in the folder that it expects."""
    shutil.rmtree(COPY, ignore_errors=True)
    for source, target in (("hooks", "src"), ("tests", "tests")):
        shutil.copytree(TESTS.parent / source, COPY / target)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(TESTS.parent / name, COPY)


def _read(*arguments: str) -> str:
    return subprocess.check_output([MUTMUT, *arguments], cwd=COPY, text=True)


def _told(diff: str) -> str:
    """A diff in one line: the module, and what stands there instead, or what is gone."""
    _, old, _, *lines = diff.splitlines()
    changed = [line for line in lines if line.startswith("+")] or lines
    told = " ".join(line[1:].strip() for line in changed if line.startswith(("+", "-")))
    return f"{old.removeprefix('--- src/explainer/')}: {told}"


if __name__ == "__main__":
    main()
