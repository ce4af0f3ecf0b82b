"""Fails where the tests reach fewer branches of the program than they should: `make test`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

LEAST = 95
"""Percent."""


def main() -> None:
    """Read the JSON report of coverage.py that is named."""
    report = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    reached = report["totals"]["percent_branches_covered"]
    print(f"The tests reach {reached:.1f} % of the branches in hooks/; expected {LEAST}.")
    for name, file in report["files"].items():
        if reached < LEAST and file["missing_branches"]:
            print(f"{name}: from line to line, {file['missing_branches']}")
    sys.exit(reached < LEAST)


if __name__ == "__main__":
    main()
