"""The licences of the packages that we build and test with, as the packages themselves state them.

Names and versions are those of the pinned sets, and whoever makes the page has just these
installed: so it is the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from explainer.model import Problem

PAGE = "docs/about/dependencies.md"
RUNTIME, TESTS = "requirements.txt", "requirements-dev.txt"

FREE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "LGPL-3.0-only", "MIT", "MIT-CMU"),
    *("MPL-2.0", "OFL-1.1", "PSF-2.0"),
}
"""The free licences met so far, by their SPDX names: Debian counts works under each as free."""

CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
"""What older packages say in place of an SPDX name, where that means one licence: "BSD License"
does not."""

TELLING = {
    "Permission is hereby granted, free of charge, to any person obtaining a copy": "MIT",
    "Neither the name of": "BSD-3-Clause",
}
"""Words by which the text of a licence is known."""

_PIN = re.compile(r"([a-z0-9.-]+)==(\S+)")


@dataclass(frozen=True)
class Pin:
    """One package of a requirements file.

    `line` is the one that pins it, from 1; `name` is normalised.
    """

    path: str
    line: int
    name: str
    version: str


def pins(root: Path, path: str) -> list[Pin]:
    """The packages that a requirements file pins, in its order; OSError if it cannot be read."""
    lines = (root / path).read_text("utf-8").splitlines()
    found = ((number, _PIN.match(line)) for number, line in enumerate(lines, 1))
    return [Pin(path, number, match[1], match[2]) for number, match in found if match]


def page(root: Path) -> tuple[str, list[Problem]]:
    """docs/about/dependencies.md with its tables made anew, and what is wrong with them.

    Problems are a package that is not installed as pinned, a licence that is not stated or not
    known to be free, and a page without a place for a table. OSError if a file cannot be read.
    """
    runtime = pins(root, RUNTIME)
    needed = {pin.name for pin in runtime}
    sets = {RUNTIME: runtime, TESTS: [pin for pin in pins(root, TESTS) if pin.name not in needed]}
    text = (root / PAGE).read_text("utf-8")
    problems = []
    for path, pinned in sets.items():
        rows = [_row(pin) for pin in pinned]
        problems += [row for row in rows if isinstance(row, Problem)]
        table = ["| Package | Version | Licence |", "|---|---|---|", *map(str, rows)]
        begin, end = f"<!-- licences: {path} -->", "<!-- end -->"
        before, found, after = text.partition(begin)
        _, ended, after = after.partition(end)
        if not (found and ended):
            message = f"expected '{begin}' and after it '{end}', each on a line, for the table"
            problems.append(Problem(PAGE, 1, message))
        text = "\n".join([before + begin, "", *table, "", end + after])
    return text, problems


def _row(pin: Pin) -> str | Problem:
    def problem(what: str) -> Problem:
        return Problem(pin.path, pin.line, f"{pin.name} {what}")

    try:
        package = distribution(pin.name)
    except PackageNotFoundError:
        return problem("is not installed: run make licences")
    if package.version != pin.version:
        return problem(f"{package.version} is installed: run make licences")
    stated = licence(package)
    if stated is None:
        return problem("does not state its licence in a way that we know")
    if unknown := set(re.findall(r"[\w.+-]+", stated)) - FREE - {"AND", "OR", "WITH"}:
        names = ", ".join(sorted(unknown))
        return problem(f"has a licence that is not known to be free: {names}")
    return f"| {pin.name} | {pin.version} | {stated} |"


def licence(package: Distribution) -> str | None:
    """The licence that a package states, as an SPDX expression; None if it states none clearly.

    It stands in the field made for it (PEP 639), else in the older fields, else in its text.
    """
    about = package.metadata
    for words in [*about.get_all("License-Expression", []), *about.get_all("License", [])]:
        try:
            return canonicalize_license_expression(words)
        except InvalidLicenseExpression:
            continue  # the older field holds anything, down to whole licences
    known = {CLASSIFIERS.get(name) for name in about.get_all("Classifier", [])} - {None}
    if not known:
        text = " ".join(" ".join(_texts(package)).split())
        known = {name for words, name in TELLING.items() if words in text}
    return known.pop() if len(known) == 1 else None


def _texts(package: Distribution) -> Iterator[str]:
    for name in package.metadata.get_all("License-File", []):
        yield package.read_text(f"licenses/{name}") or package.read_text(name) or ""
