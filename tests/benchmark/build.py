"""What one build costs: by our generator, and by MkDocs alone from the same Markdown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
"""How often each build is run. They take turns, and the best run of each counts."""


@dataclass(frozen=True)
class Cost:
    """`wall` and `cpu` in seconds, `memory` in bytes.

    The time of the processor includes that of child processes; the memory is the peak of the
    process that took most. Both are what wait4(2) says.
    """

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Result:
    """The best of each measure; `bytes` is the size of all files of our site."""

    claims: int
    ours: Cost
    plain: Cost
    bytes: int


def measure(root: Path, claims: int) -> Result:
    """Build a site of so many claims made from the records under `root`."""
    with tempfile.TemporaryDirectory() as folder:
        tree, plain, site = (Path(folder, name) for name in ("tree", "plain", "site"))
        # In processes of their own: what this one ever held would count as a build's memory.
        _python("benchmark.synthetic", root, tree, claims)
        _python("benchmark.plain", tree, plain)
        ours, others = [], []
        for run in range(1, RUNS + 1):
            ours.append(_build(tree, site))
            files = _files(site)
            shutil.rmtree(site)
            others.append(_build(plain, site))
            if differing := sorted(files.keys() ^ _files(site).keys()):
                raise SystemExit(f"only one of the two builds has {', '.join(differing)}")
            shutil.rmtree(site)
            took = f"{ours[-1].wall:.1f} s, plain {others[-1].wall:.1f} s"
            print(f"{claims} claims, run {run} of {RUNS}: {took}", file=sys.stderr)
        return Result(claims, _best(ours), _best(others), sum(files.values()))


def link_program(root: Path, target: Path) -> None:
    """Let the tree `target` be built by the program and the templates of `root`."""
    for name in ("hooks", "overrides"):
        if (root / name).is_dir():
            (target / name).symlink_to((root / name).resolve())


def _python(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)


def _build(tree: Path, site: Path) -> Cost:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
    start = time.perf_counter()
    process = subprocess.Popen([*command, str(site)], cwd=tree)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build of {tree} failed")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _files(site: Path) -> dict[str, int]:
    """The files of a built site, with their sizes in bytes."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.stat().st_size for file in files}


def _best(costs: list[Cost]) -> Cost:
    return Cost(
        min(cost.wall for cost in costs),
        min(cost.cpu for cost in costs),
        min(cost.memory for cost in costs),
    )
