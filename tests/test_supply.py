"""What we take from others: pinned by hash, installed as pinned, used, and under free licences."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import licences
from conftest import PROJECT
from licences import RUNTIME, TESTS, pinned

SETS = {
    "requirements.in": RUNTIME,
    "requirements-dev.in": TESTS,
    "requirements-fuzz.in": "requirements-fuzz.txt",
    "requirements-properdocs.in": "requirements-properdocs.txt",
}
MATERIALX = "requirements-materialx.txt"
"""Made from `requirements.in`, with the other theme: see `make lock`."""

PINNED = re.compile(
    r"[a-z0-9]+([.-][a-z0-9]+)*==[0-9][0-9a-z.]*( \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    r"(    # via( [\w.-]+| -[rc] (-|requirements(-\w+)?\.(in|txt)))?\n"
    r"(    #   ([\w.-]+|-[rc] (-|requirements(-\w+)?\.(in|txt)))\n)*)?"
)
"""One package, its hashes, who needs it: no address, no index and no option stands beside them."""

INSTALLERS = {"pip", "setuptools"}
"""Python brings these with every new environment. Nothing here imports them, and pip, which checks
the hashes of all others, is not there before itself."""

NOT_IMPORTED = {
    "requirements.in": {
        "mkdocs-material": "the theme that mkdocs.yml names",
    },
    "requirements-dev.in": {
        "check-jsonschema": "tests/test_forge.py runs it",
        "coverage": "`make test` runs it",
        "import-linter": "`make test` runs it",
        "mypy": "`make test` runs it",
        "pip-licenses": "tests/licences.py runs it",
        "pytest-xdist": "`make test` runs the tests with it",
        "ruff": "`make test` runs it",
        "types-html5lib": "mypy reads it",
        "types-jsonschema": "mypy reads it",
        "types-markdown": "mypy reads it",
        "types-pyyaml": "mypy reads it",
        "zensical": "tests/test_export.py runs it",
        "zizmor": "tests/test_forge.py runs it",
    },
}

MINISEARCH = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
"""SHA-256 of dist/umd/index.js in MiniSearch 7.2.0, as its npm package has it."""


def named(path: str) -> dict[str, Requirement]:
    """What an .in file names, by normalised name."""
    text = (PROJECT / path).read_text("utf-8")
    assert "://" not in text, "packages come from the index that pip is set up for"
    lines = text.splitlines()
    found = [Requirement(line) for line in lines if not line.startswith(("#", "-r req", "-c req"))]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def imported(folder: str) -> set[str]:
    """The packages that the Python files of a folder import, by normalised name."""
    trees = [ast.parse(file.read_bytes()) for file in (PROJECT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    providers = packages_distributions()
    return {
        canonicalize_name(name)
        for module in modules
        for name in providers.get(module.split(".")[0], [])
    }


@pytest.mark.parametrize("path", [*SETS.values(), MATERIALX])
def test_every_package_is_pinned_by_version_and_hash_and_by_nothing_else(path: str) -> None:
    text = (PROJECT / path).read_text("utf-8")
    assert PINNED.sub("", text) == ""
    assert len(pinned(path)) == text.count("==")  # none twice


@pytest.mark.parametrize(("wanted", "path"), SETS.items())
def test_what_is_asked_for_is_pinned(wanted: str, path: str) -> None:
    versions = pinned(path)
    unmet = {
        name: versions.get(name)
        for name, requirement in named(wanted).items()
        if name not in versions or versions[name] not in requirement.specifier
    }
    assert unmet == {}


def test_the_tests_run_with_the_versions_that_build_the_site() -> None:
    assert pinned(RUNTIME).items() <= pinned(TESTS).items()


def test_the_successors_build_with_the_versions_that_build_the_site() -> None:
    """But for the theme, and what it alone needs."""
    now, theme = pinned(RUNTIME), "mkdocs-material"
    assert {name for name in now.keys() - {theme} if pinned(MATERIALX)[name] != now[name]} == set()
    added = pinned("requirements-properdocs.txt")
    assert {name for name in now.keys() & added.keys() if added[name] != now[name]} == set()


def test_what_is_installed_is_what_is_pinned() -> None:
    """Nothing newer, nothing older, nothing missing, nothing besides."""
    installed = {canonicalize_name(found.name): found.version for found in distributions()}
    assert {name: installed[name] for name in installed.keys() - INSTALLERS} == pinned(TESTS)
    check = [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"]
    result = subprocess.run(check, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_what_is_imported_is_asked_for_and_the_other_way_round() -> None:
    build, tests = named("requirements.in").keys(), named("requirements-dev.in").keys()
    assert imported("hooks") | NOT_IMPORTED["requirements.in"].keys() == build
    needed = imported("tests") - pinned(RUNTIME).keys()
    assert needed | NOT_IMPORTED["requirements-dev.in"].keys() == tests


def test_the_search_engine_is_the_one_that_is_named() -> None:
    engine = (PROJECT / "overrides/assets/search/minisearch.js").read_bytes()
    assert hashlib.sha256(engine).hexdigest() == MINISEARCH


# Licences


def test_a_licence_that_is_not_known_to_be_free_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "Kettle_Lib-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: Kettle.Lib\nVersion: 1.0\nLicense-Expression: BUSL-1.1\n"
    )
    result = subprocess.run(
        [sys.executable, licences.__file__],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "BUSL-1.1 not in allow-only licenses was found for package Kettle.Lib:1.0" in (
        result.stderr
    )
