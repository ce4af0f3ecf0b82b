"""Build and serve sites of several sizes, print the results as Markdown, exit with 1 if one misses.

`python -m benchmark 100 1000` measures these sizes; the records are those of the folder it runs in.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from benchmark import build, serve
from benchmark.build import Result
from benchmark.serve import Wait

SIZES = (100, 1000, 5000)
LARGE = 1000
"""From how many claims on the build's time is held to the plain one's."""
RATIO = 1.15
"""How many times the plain build's time ours may take."""
GROWTH = 1.1
"""How many times as fast as the number of claims time, memory and bytes may grow."""
WAIT = 1.0
"""Seconds that an author may wait for a claim's page."""
MB = 1e6


def main(sizes: Sequence[int]) -> int:
    root = Path.cwd()
    load = os.getloadavg()[0]
    results = [build.measure(root, size) for size in sizes]
    waits = serve.measure(root)
    versions = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material"))
    print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, ", end="")
    print(f"Python {platform.python_version()}, {versions}; load at the start {load:.1f}.\n")
    print("\n".join([*_builds(results), "", *_growth(results), "", *_waits(waits)]))
    missed = list(_missed(results, waits))
    print("\n" + ("\n".join(f"- Missed: {text}." for text in missed) or "All targets are met."))
    return 1 if missed else 0


def _builds(results: Sequence[Result]) -> Iterator[str]:
    yield "| claims | | ours | plain | ratio |"
    yield "|--:|---|--:|--:|--:|"
    for result in results:
        ours, plain = result.ours, result.plain
        yield _row(f"{result.claims:,}", "time, s", ours.wall, plain.wall)
        yield _row("", "processor time, s", ours.cpu, plain.cpu)
        yield _row("", "peak memory, MB", ours.memory / MB, plain.memory / MB)
        yield f"| | site, KB for a claim | {result.bytes / result.claims / 1000:.1f} | | |"


def _row(claims: str, what: str, ours: float, plain: float) -> str:
    return f"| {claims} | {what} | {ours:.1f} | {plain:.1f} | {ours / plain:.2f} |"


def _growth(results: Sequence[Result]) -> Iterator[str]:
    if len(results) > 1:
        yield "| from | to | claims | time | memory | bytes of the site |"
        yield "|--:|--:|--:|--:|--:|--:|"
    for small, large in pairwise(results):
        numbers = " | ".join(f"× {number:.2f}" for number in _growths(small, large).values())
        factor = large.claims / small.claims
        yield f"| {small.claims:,} | {large.claims:,} | × {factor:g} | {numbers} |"


def _growths(small: Result, large: Result) -> dict[str, float]:
    return {
        "time": large.ours.wall / small.ours.wall,
        "memory": large.ours.memory / small.ours.memory,
        "bytes of the site": large.bytes / small.bytes,
    }


def _waits(waits: Sequence[Wait]) -> Iterator[str]:
    yield "| saved | edits | median, s | worst, s |"
    yield "|---|--:|--:|--:|"
    for wait in waits:
        yield f"| {wait.kind} | {wait.edits} | {wait.median:.2f} | {wait.worst:.2f} |"


def _missed(results: Sequence[Result], waits: Sequence[Wait]) -> Iterator[str]:
    for result in results:
        ratio = result.ours.wall / result.plain.wall
        if result.claims >= LARGE and ratio > RATIO:
            yield f"{result.claims:,} claims take {ratio:.2f} times the plain build, not {RATIO}"
    for small, large in pairwise(results):
        most = GROWTH * large.claims / small.claims
        for what, growth in _growths(small, large).items():
            if growth > most:
                yield (
                    f"from {small.claims:,} to {large.claims:,} claims {what} grows by "
                    f"× {growth:.2f}, not {most:g}"
                )
    for wait in waits:
        if wait.kind == "a claim" and wait.worst > WAIT:
            yield f"the page is up to date {wait.worst:.2f} s after saving {wait.kind}, not {WAIT}"


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
