"""What the forge reads: workflows, issue forms and how to cite.

The schemas are those of SchemaStore, which check-jsonschema carries with it; zizmor knows the ways
in which workflows are attacked. Neither asks the network.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import PROJECT

WORKFLOWS = sorted((PROJECT / ".github/workflows").iterdir())
FORMS = sorted((PROJECT / ".github/ISSUE_TEMPLATE").glob("*-*.yml"))
PIN = re.compile(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
STOP = 'word=$(uuidgen)\necho "::stop-commands::$word"'


def command(*arguments: object) -> str:
    """What a command of the development environment prints; it must succeed."""
    program, *rest = map(str, arguments)
    result = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *rest],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def read(path: Path) -> dict[str, Any]:
    # BaseLoader keeps `on` a text; YAML 1.1 would take it for a truth value.
    found = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            yield f"{path.name}: {name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for where, job in jobs():
        for step in job["steps"]:
            yield f"{where}: {step.get('name', step.get('uses'))}", step


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [PROJECT / ".github/ISSUE_TEMPLATE/config.yml"]),
        ("vendor.citation-file-format", [PROJECT / "CITATION.cff"]),
    ],
)
def test_every_file_fits_its_schema(schema: str, paths: list[Path]) -> None:
    assert paths
    command("check-jsonschema", "--builtin-schema", schema, *paths)


def test_an_auditor_finds_nothing_in_the_workflows() -> None:
    command("zizmor", "--offline", "--no-config", "--persona=auditor", *WORKFLOWS)


def test_workflows_start_on_no_event_that_lends_secrets_to_strangers() -> None:
    assert {path.name: read(path)["on"] for path in WORKFLOWS} == {
        "check.yml": {"pull_request": ""},
        "publish.yml": {"push": {"branches": ["main"]}},
    }
    for path in WORKFLOWS:
        assert "secrets." not in path.read_text("utf-8"), path


def test_tokens_can_do_what_is_needed_and_no_more() -> None:
    assert [read(path)["permissions"] for path in WORKFLOWS] == [{}, {}]
    assert {where: job["permissions"] for where, job in jobs()} == {
        "check.yml: records": {"contents": "read"},
        "check.yml: tests": {"contents": "read"},
        "check.yml: successors": {"contents": "read"},
        "publish.yml: build": {"contents": "read", "deployments": "read", "pages": "read"},
        "publish.yml: deploy": {"pages": "write", "id-token": "write"},
    }
    for where, step in steps():
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false", where


def test_actions_are_pinned_by_commit_and_named_by_version() -> None:
    for path in WORKFLOWS:
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert PIN.fullmatch(line.strip(" -")), f"{path.name}: {line}"


def test_no_text_from_outside_is_put_into_a_script() -> None:
    for where, step in steps():
        script = step.get("run", "")
        assert "${{" not in script, where
        subprocess.run(["bash", "-n", "-c", script], check=True)


def test_words_of_a_record_are_no_commands_to_the_runner() -> None:
    for where, step in steps():
        if re.search(r"\bmake\b", step.get("run", "")):
            assert step["run"].startswith(STOP + "\n"), where


def test_a_later_step_of_a_check_runs_though_an_earlier_one_failed() -> None:
    later = read(PROJECT / ".github/workflows/check.yml")["jobs"]["records"]["steps"][3:]
    assert len(later) == 4
    assert {step["if"] for step in later} == {"${{ !cancelled() }}"}


def test_commands_of_the_workflows_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    called = {
        name
        for _, step in steps()
        for name in re.findall(r"\bmake (?:--silent )?([a-z]+)", step.get("run", ""))
    }
    assert called == {"build", "check", "corrections", "review", "successors", "test"}
    assert called <= set(targets)


def test_forms_ask_for_no_more_than_needed() -> None:
    required = {
        path.stem: [
            field["id"]
            for field in read(path)["body"]
            if field.get("validations", {}).get("required") == "true"
        ]
        for path in FORMS
    }
    assert required == {
        "check-this-claim": ["words", "where"],
        "report-an-error": ["page", "kind", "now", "evidence"],
    }
