"""Rules on articles: their bytes, their lines, and what of them is checked."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from explainer.addresses import DOCS
from explainer.model import LAST_LINE, Problem, Seed, Site, ranges


def seeds_are_as_received(site: Site) -> Iterator[Problem]:
    """A seed's bytes have the recorded hash; they are UTF-8 text without BOM, CR or NUL."""
    for seed in site.seeds.values():
        raw, path = seed.raw, seed.text_path
        found = hashlib.sha256(raw).hexdigest()
        if not raw.strip():
            yield Problem(path, 1, "is empty: put the article into it, or remove the seed")
            yield seed.problem((), f"the article '{path}' is empty")
            continue
        if found != seed.sha256:
            as_git = hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
            if as_git == seed.sha256:
                message = "its lines end with CR LF, as git writes them with core.autocrlf"
                fix = "git config core.autocrlf false, delete the file, git checkout restores it"
                yield from _both(seed, Problem(path, 1, f"{message}: {fix}"))
                continue
            yield seed.problem(
                ("sha256",),
                f"'{path}' is not the text recorded here: expected sha256 {seed.sha256}, "
                f"found {found}; restore the text, for a seed is never edited, "
                "or record this hash if the seed is new",
            )
        for line, message in unusable(raw):
            fix = "; make new-seed FILE=… converts a text, and says so in 'provenance'"
            yield from _both(seed, Problem(path, line, message + fix))


def unusable(raw: bytes) -> Iterator[tuple[int, str]]:
    """Why the bytes of an article cannot be a seed: each line, from 1, with a message."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield 1 + raw.count(b"\n", 0, error.start), "is not UTF-8"
    if (lines := raw.removesuffix(b"\n").count(b"\n") + 1) > LAST_LINE:
        yield 1, f"has {lines} lines, expected at most {LAST_LINE}"
    for mark, name in (
        (b"\xef\xbb\xbf", "a byte order mark"),
        (b"\r", "a carriage return (CR); lines end with LF alone"),
        (b"\0", "a NUL"),
    ):
        if mark in raw:
            yield 1 + raw.count(b"\n", 0, raw.index(mark)), f"holds {name}"


def _both(seed: Seed, problem: Problem) -> Iterator[Problem]:
    """A problem of the article's text withholds the seed too, whose file is another."""
    yield problem
    yield seed.problem((), f"the article cannot be used: line {problem.line} {problem.message}")


def seed_lines_exist(site: Site) -> Iterator[Problem]:
    """Every line that a seed's record or summary names exists, and holds the text given for it."""
    for seed in usable_seeds(site):
        last = len(seed.lines)
        for name in ("noise", "not_checked", "speakers"):
            for index, entry in enumerate(getattr(seed, name)):
                if entry.lines.last > last:
                    message = f"line {entry.lines.last} does not exist: the seed has {last} lines"
                    yield seed.problem((name, index, "lines"), message)
        for index, line in enumerate(seed.headings):
            if line > last:
                message = f"line {line} does not exist: the seed has {last} lines"
                yield seed.problem(("headings", index), message)
        for index, entry in enumerate(seed.not_checked):
            first, last_of_it = entry.lines
            if entry.text and entry.text not in "\n".join(seed.lines[first - 1 : last_of_it]):
                yield seed.problem(
                    ("not_checked", index, "text"),
                    f"'{entry.text}' is not in line {entry.lines}",
                )
        if seed.summary:
            for point in (point for part in seed.summary.parts for point in part.points):
                if point.lines.last > last:
                    message = f"line {point.lines.last} does not exist: the seed has {last} lines"
                    yield Problem(seed.summary.path, point.line, message)


def articles_are_begun(site: Site) -> Iterator[Problem]:
    """Some prose of every article is quoted by a claim, or all of it listed as not checked."""
    return (problem for seed, problem in _left(site) if not site.quoted_lines(seed))


def prose_is_accounted_for(site: Site) -> Iterator[Problem]:
    """Every prose line of an article is quoted by a claim, or listed as not checked."""
    return (problem for seed, problem in _left(site) if site.quoted_lines(seed))


def _left(site: Site) -> Iterator[tuple[Seed, Problem]]:
    if any(path.startswith(f"{DOCS}/claims/") for path in site.unread):
        return  # what a claim that cannot be read would quote is not known
    if any(appearance.seed not in site.seeds for _, _, appearance in site.appearances()):
        return
    for seed in usable_seeds(site):
        quotes = [appearance for _, appearance in site.quoted_in(seed.id)]
        if not all(seed.find(quote.quote, quote.line) for quote in quotes):
            continue  # a quote with a slip is a problem of its own
        if left := site.unaccounted(seed):
            yield (
                seed,
                seed.problem(
                    ("not_checked",),
                    f"prose without a claim: line {', '.join(map(str, ranges(left)))} of "
                    f"'{seed.text_path}'; quote it in a claim (make new-claim), or list it under "
                    "'not_checked' with a reason",
                ),
            )


def usable_seeds(site: Site) -> list[Seed]:
    """The seeds whose text can be read: the others have problems of their own."""
    return [seed for seed in site.seeds.values() if not any(unusable(seed.raw))]


def what_is_not_checked_is_not_quoted(site: Site) -> Iterator[Problem]:
    """A line that is listed as not checked, as a whole, is quoted by no claim."""
    for seed in site.seeds.values():
        quoted = sorted(site.quoted_lines(seed))
        for index, entry in enumerate(seed.not_checked):
            first, last = entry.lines
            both = quoted[bisect_left(quoted, first) : bisect_right(quoted, last)]
            if both and not entry.text:
                yield seed.problem(
                    ("not_checked", index, "lines"),
                    f"line {', '.join(map(str, ranges(both)))} is quoted by a claim: take it out "
                    "here, or name with 'text' the part that is not checked",
                )
