"""The code keeps to the measures that no linter knows."""

from __future__ import annotations

from conftest import PROJECT

LONGEST = 400
"""Lines of a module, so that it can be read in one go."""


def test_no_module_is_too_long() -> None:
    modules = [file for folder in ("hooks", "tests") for file in (PROJECT / folder).rglob("*.py")]
    lengths = {
        module.relative_to(PROJECT).as_posix(): len(module.read_text("utf-8").splitlines())
        for module in modules
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
