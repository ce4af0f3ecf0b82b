"""What we take from others: pinned by hash, installed as pinned, used, and under free licences."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions, packages_distributions
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import PROJECT, pages
from explainer.__main__ import main
from explainer.commands.licences import PAGE, RUNTIME, TESTS, pins

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
        "mutmut": "`make mutate` runs it",
        "mypy": "`make test` runs it",
        "ruff": "`make test` runs it",
        "types-html5lib": "mypy reads it",
        "types-jsonschema": "mypy reads it",
        "types-markdown": "mypy reads it",
        "types-pyyaml": "mypy reads it",
        "zensical": "tests/test_export.py runs it",
        "zizmor": "tests/test_forge.py runs it",
    },
}

ICONS = {"material": "Material Design Icons", "fontawesome": "Font Awesome Free"}
"""The theme's collections of icons of which pages show some."""

MINISEARCH = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
"""SHA-256 of dist/umd/index.js in MiniSearch 7.2.0, as its npm package has it."""


def named(path: str) -> dict[str, Requirement]:
    """What an .in file names, by normalised name."""
    text = (PROJECT / path).read_text("utf-8")
    assert "://" not in text, "packages come from the index that pip is set up for"
    lines = text.splitlines()
    found = [Requirement(line) for line in lines if not line.startswith(("#", "-r req", "-c req"))]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def pinned(path: str) -> dict[str, str]:
    return {pin.name: pin.version for pin in pins(PROJECT, path)}


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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The page of dependencies and the pinned sets, in a folder of their own."""
    for path in (PAGE, RUNTIME, TESTS):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / path, tmp_path / path)
    return tmp_path


def licences(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["licences", "--root", str(root)])
    return result.exit_code, result.output


def test_the_page_of_dependencies_is_what_the_packages_say(copy: Path) -> None:
    page = copy / PAGE
    page.write_text(page.read_text("utf-8").replace("| click | ", "| clique | "), "utf-8")
    assert licences(copy) == (0, "")
    assert page.read_text("utf-8") == (PROJECT / PAGE).read_text("utf-8"), "run make licences"


def test_every_pinned_package_is_on_the_page_of_dependencies(real: Path) -> None:
    page = pages(real)["about/dependencies/"]
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("tr")]
    listed = {name: version for name, version, _ in filter(None, rows) if name in pinned(TESTS)}
    assert listed == pinned(TESTS)


def test_what_the_theme_carries_into_pages_is_on_the_page_of_dependencies(real: Path) -> None:
    table = pages(real)["about/dependencies/"].select("table")[0]
    listed = " ".join(cell.get_text() for cell in table.select("td:first-child")).casefold()
    maps = [*real.glob("assets/javascripts/bundle.*.map"), *real.glob("assets/stylesheets/*.map")]
    sources = [source for file in maps for source in json.loads(file.read_bytes())["sources"]]
    bundled = set(re.findall(r"node_modules/([^/]+)", " ".join(sources)))
    assert bundled
    assert {name for name in bundled if name not in listed} == set()

    shown = {str(path["d"]) for page in pages(real).values() for path in page.select("svg > path")}
    theme = Path(str(files("material"))) / "templates/.icons"
    collections = {
        file.relative_to(theme).parts[0]
        for file in theme.rglob("*.svg")
        if shown.intersection(re.findall(r' d="([^"]+)"', file.read_text("utf-8")))
    }
    assert collections == ICONS.keys()
    assert {name for name in ICONS.values() if name.casefold() not in listed} == set()


@pytest.fixture
def package(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the metadata of an installed package, the only one that the site needs."""
    folder = copy / "Kettle_Lib-1.0.dist-info"
    folder.mkdir()
    (copy / RUNTIME).write_text("kettle-lib==1.0 \\\n", "utf-8")
    monkeypatch.syspath_prepend(copy)
    return folder


METADATA = "Metadata-Version: 2.1\nName: Kettle.Lib\nVersion: 1.0\n"
MIT = "Permission is hereby granted, free\nof charge, to any person obtaining a copy\n"
BSD = "3. Neither the name of the kettle nor of its lid\n"


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("License-Expression: mit OR apache-2.0", "", "MIT OR Apache-2.0"),
        ("License-Expression: MIT\nLicense: Apache-2.0", "", "MIT"),
        ("License: MPL-2.0", "", "MPL-2.0"),
        ("License: Expat\nClassifier: License :: OSI Approved :: MIT License", "", "MIT"),
        ("License-File: LICENSE", MIT, "MIT"),
        (
            "Classifier: License :: OSI Approved :: BSD License\nLicense-File: LICENSE",
            BSD,
            "BSD-3-Clause",
        ),
    ],
)
def test_a_licence_is_read_where_it_stands(
    copy: Path, package: Path, stated: str, text: str, expected: str
) -> None:
    (package / "METADATA").write_text(METADATA + stated, "utf-8")
    (package / "LICENSE").write_text(text, "utf-8")
    assert licences(copy) == (0, "")
    assert f"| kettle-lib | 1.0 | {expected} |" in (copy / PAGE).read_text("utf-8")


UNCLEAR = "kettle-lib does not state its licence in a way that we know"
NOT_FREE = "kettle-lib has a licence that is not known to be free: "


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        (METADATA, UNCLEAR),
        (METADATA + "License: UNKNOWN", UNCLEAR),
        (METADATA + "License-File: LICENSE", UNCLEAR),
        (METADATA + "License-Expression: MIT AND BUSL-1.1", NOT_FREE + "BUSL-1.1"),
        (METADATA + "License-Expression: LicenseRef-Mine", NOT_FREE + "LicenseRef-Mine"),
        (METADATA.replace("1.0", "1.1"), "kettle-lib 1.1 is installed: run make licences"),
        (METADATA.replace("Kettle", "Pot"), "kettle-lib is not installed: run make licences"),
    ],
)
def test_a_licence_that_is_unknown_or_not_free_is_refused(
    copy: Path, package: Path, metadata: str, problem: str
) -> None:
    (package / "METADATA").write_text(metadata, "utf-8")
    (package / "LICENSE").write_text(MIT + BSD, "utf-8")
    if "Pot" in metadata:
        package.rename(package.with_name("Pot_Lib-1.0.dist-info"))
    before = (copy / PAGE).read_bytes()
    assert licences(copy) == (1, f"{RUNTIME}:1: {problem}\n")
    assert (copy / PAGE).read_bytes() == before


def test_a_page_without_a_place_for_a_table_is_named(copy: Path) -> None:
    (copy / PAGE).write_text("# Dependencies\n", "utf-8")
    code, out = licences(copy)
    assert code == 1
    assert out.splitlines() == [
        f"{PAGE}:1: expected '<!-- licences: {path} -->' and after it '<!-- end -->', each on a "
        "line, for the table"
        for path in (RUNTIME, TESTS)
    ]
    (copy / TESTS).unlink()
    code, out = licences(copy)
    assert code == 1
    assert out.startswith("Error: nothing was written: ")
    assert TESTS in out
