"""Fuzzes the properties one after the other: `python tests/fuzz SECONDS [NAME…]`, see `make fuzz`.

An input that fails, or that takes a minute or 4 GB, is written to .cache/fuzz/NAME-….  Once it is
mended, it belongs into `cases/NAME/`, where a test repeats it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE.parent.parent / ".cache" / "fuzz"
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / "hooks")]


def main() -> None:
    from properties import PROPERTIES

    seconds, *names = sys.argv[1:]
    failed = []
    for name in names or PROPERTIES:
        KEPT.mkdir(parents=True, exist_ok=True)
        options = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=4000"]
        where = [str(KEPT / name), f"-artifact_prefix={KEPT}/{name}-"]
        command = [sys.executable, str(HERE / "harness.py"), name, *where, *options]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    sys.exit(f"Failed: {', '.join(failed)}; see {KEPT}" if failed else 0)


if __name__ == "__main__":
    main()
