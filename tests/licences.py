"""Lists the pinned packages with their licences, as pip-licenses finds them: `make licences`.

pyproject.toml says which licences it lets pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent
PAGE = "docs/about/dependencies.md"
RUNTIME, TESTS = "requirements.txt", "requirements-dev.txt"

FROM_ITS_TEXT = {"axe-playwright-python": "MIT"}
"""What states its licence only in a text that it brings; pyproject.toml names it too."""


def pinned(path: str) -> dict[str, str]:
    """The versions that a requirements file pins, by name."""
    text = (PROJECT / path).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def page() -> str:
    """The page of dependencies with its tables made anew; SystemExit if a licence may not pass."""
    tool = [sys.executable, "-m", "piplicenses", "--format", "json", "--with-system"]
    result = subprocess.run(tool, cwd=PROJECT, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stderr)
    found: dict[str, str] = {
        **{canonicalize_name(row["Name"]): row["License"] for row in json.loads(result.stdout)},
        **FROM_ITS_TEXT,
    }
    text = (PROJECT / PAGE).read_text("utf-8")
    listed: set[str] = set()
    for path in (RUNTIME, TESTS):
        rows = [
            f"| {name} | {version} | {found[name]} |"
            for name, version in pinned(path).items()
            if name not in listed
        ]
        listed |= pinned(path).keys()
        table = "\n".join(["", "| Package | Version | Licence |", "|---|---|---|", *rows, ""])
        before, begin, rest = text.partition(f"<!-- licences: {path} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        text = before + begin + table + "\n" + end + after
    return text


if __name__ == "__main__":
    (PROJECT / PAGE).write_text(page(), "utf-8")
