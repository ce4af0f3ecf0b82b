"""From files to records. This docstring is the specification of the files.

Claims, topics, reports and rulings are Markdown files with YAML front matter, in `docs/claims/`,
`docs/topics/`, `docs/reports/` and `docs/rulings/`. The file's name without `.md` is the record's
id: at most 200 ASCII letters, digits, hyphens and underscores, a letter or digit first. The front
matter is between two lines `---`; its fields are those of `model.Claim`, `model.Topic`,
`model.Report` and `model.Ruling`. A field that is left empty counts as absent. Texts are texts: a
value that YAML (1.1) takes for a whole number or a truth value needs quotation marks, except in
`section`, `id` of a section, and dates. Anchors, aliases and tags are not used.

The body is Markdown as Python-Markdown and pymdown-extensions read it: headings from `###` on,
lists, tables, quotes, code, links, footnotes `[^1]`, abbreviations `*[ASL]: …`, boxes `!!! note`
and `??? note`, marks of an edit (`{++added++}`, `{--lost--}`, `{~~lost~>added~~}`), `==marked==`.
It holds no HTML, image, snippet, attribute or link with a scheme other than http, https and mailto,
nests at most 20 elements deep and has at most 200 `[` (`text.markdown`).

A report may have a fingerprint beside it: `docs/reports/<id>.fingerprint.json`, see `fingerprint`.

A seed is a pair of files in `seeds/`: `<name>.txt`, the article byte for byte (UTF-8 without byte
order mark, lines ended by LF, no NUL), and `<name>.yml` with the fields of `model.Seed`. Line
numbers are those of the `.txt` file, from 1. With `markup: html`, the text of a line is what a
reader would see of it; `<br>`, and a paragraph or other block that begins or ends within the line,
is a line break, and a quote may hold line breaks too.

A seed's translated summary is `<name>.en.md`: headings `## Title`, and under each a list of points,
one per line, each ending with the line or lines of the seed that it reports::

    ## The lead
    - It can work for seven hours without help, the article says. [3]
    - Two of them talk to each other. [11-12]

Everything below docs/ and seeds/ is a plain file or folder: symbolic links are not followed, for
what they lead to would be published. Files whose names begin with a dot or end with `~` are passed
over: editors and systems leave such files. No name holds a character that not every system and page
can hold: control or invisible ones, `< > " | ? * : \\`, a space or dot at the end. The front matter
of a hand-written page holds `title`, `description` and `author` (texts) and `hide` (a list of
texts), and the page nothing that acts in a browser (`handwritten`). Other files below docs/ are
pictures and, in docs/assets/, styles and scripts (`assets`).

A record has at most 250,000 bytes, an article 1,000,000 and 20,000 lines, a summary 250,000 bytes,
a hand-written page 1,000,000, a fingerprint 20,000,000; a text in a field has at most 10,000
characters, a body 5,000; a claim at most 100 appearances and 100 passages; fields and folders nest
at most 20 deep (`limits`).

Nothing here raises for bad input: every problem is collected, with file and line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from explainer.addresses import DOCS, FINGERPRINT, SEEDS
from explainer.model import (
    ID_PATTERN,
    Claim,
    Point,
    Problem,
    Report,
    Ruling,
    Seed,
    SeedMarkup,
    Site,
    Summary,
    SummarySection,
    Topic,
    fingerprint,
    parse_lines,
    summary_path,
)
from explainer.model.fingerprint import Fingerprint
from explainer.model.site import HandWritten
from explainer.read import limits
from explainer.read.assets import check_asset
from explainer.read.files import alike, files, read_bytes, read_text
from explainer.read.handwritten import read_page
from explainer.read.records import build_record
from explainer.read.yaml import read_yaml
from explainer.text import front_matter
from explainer.text.visible import visible_lines

NEVER_BUILT = "templates"
"""The folder of docs/ that MkDocs passes over: it may be a theme's."""
KEPT = 20_000
"""How many records are kept while serving."""
FOLDERS: Mapping[str, type[Claim | Topic | Report | Ruling]] = {
    "claims": Claim,
    "topics": Topic,
    "reports": Report,
    "rulings": Ruling,
}
"""What kind of record each of these folders of docs/ holds."""


def read_site(root: Path, today: datetime.date) -> tuple[Site, list[Problem]]:
    """Read the tree under `root`; the problems are those of single files.

    `today` is what the rules take for today: no date of our own work is later.
    """
    problems: list[Problem] = []
    unread: dict[str, str | None] = {}
    records: dict[str, dict[str, Any]] = {folder: {} for folder in (*FOLDERS, SEEDS)}
    hand_written: dict[str, HandWritten] = {}
    assets: dict[str, Path] = {}
    below_docs, below_seeds = (files(root, folder, problems) for folder in (DOCS, SEEDS))
    problems.extend(alike(path for path, _ in below_docs + below_seeds))
    for path, file in below_docs:
        parts = path.split("/")
        kind = _kind(path)
        if parts[1] == NEVER_BUILT and len(parts) > 2:
            message = f"MkDocs publishes nothing below {DOCS}/{NEVER_BUILT}/: move it elsewhere"
            problems.append(Problem(path, 1, message, "file-kind"))
        elif kind is None and file.suffix == ".md":
            text = read_text(path, file, limits.PAGE, problems)
            if text is not None:
                hand_written[path] = read_page(path, text, problems)
        elif kind is None or path.endswith(FINGERPRINT):
            assets[path] = file
            check = _stray_fingerprint if path.endswith(FINGERPRINT) else check_asset
            check(path, file, problems)
        elif len(parts) > 3 or file.suffix != ".md":
            expected = f"expected {DOCS}/{parts[1]}/<id>.md, and nothing else; move it elsewhere"
            problems.append(Problem(path, 1, f"is no record: {expected}", "file-kind"))
        elif record := _read_record(kind, path, file, problems):
            records[parts[1]][record.id] = record
        else:
            unread[path] = None
    for path, file in below_seeds:
        if file.suffix == ".yml" and path.count("/") == 1:
            seed, slug = _read_seed(path, file, problems)
            if seed is None:
                unread[path] = slug
            else:
                records[SEEDS][seed.id] = seed
        else:
            _stray_seed_file(path, file, problems)
    site = Site(
        claims=records["claims"],
        topics=records["topics"],
        reports=records["reports"],
        rulings=records["rulings"],
        seeds=records[SEEDS],
        unread=unread,
        hand_written=hand_written,
        assets=assets,
        today=today,
    )
    return site, problems


def _kind(path: str) -> type[Claim | Topic | Report | Ruling] | None:
    parts = path.split("/")
    return FOLDERS.get(parts[1]) if len(parts) > 2 else None


def _read_record(
    kind: type[Claim | Topic | Report | Ruling], path: str, file: Path, problems: list[Problem]
) -> Claim | Topic | Report | Ruling | None:
    text = read_text(path, file, limits.RECORD, problems)
    if text is None:
        return None
    beside = _read_fingerprint(path, file, problems) if kind is Report else None
    record, found = _parse_record(kind, path, text, beside)
    problems.extend(found)
    return record


@lru_cache(maxsize=KEPT)
def _parse_record(
    kind: type[Claim | Topic | Report | Ruling], path: str, text: str, beside: Fingerprint | None
) -> tuple[Claim | Topic | Report | Ruling | None, tuple[Problem, ...]]:
    """What a file says, and its problems. The same text gives the same record, while serving."""
    problems: list[Problem] = []
    split = front_matter.split(text)
    if not split:
        message = "expected front matter: a line '---', the fields, a line '---'"
        fix = f"make new-{kind.__name__.lower()} begins a file that has it"
        return None, (Problem(path, 1, f"{message}; {fix}", "front-matter"),)
    body, body_line = split.body, split.line
    if len(body) > limits.BODY_CHARACTERS:
        most = f"expected at most {limits.BODY_CHARACTERS}: shorten it"
        message = f"the text below the fields has {len(body)} characters; {most}"
        problems.append(Problem(path, body_line, message, "size"))
    fields = read_yaml(path, split.yaml, 1, problems)
    record = build_record(kind, path, fields, problems, body, body_line)
    if problems:
        return None, tuple(problems)
    if isinstance(record, Report):
        record._fingerprint = beside
    return record, tuple(problems)


def _read_seed(path: str, file: Path, problems: list[Problem]) -> tuple[Seed | None, str | None]:
    """A seed, and its slug even if the rest of it cannot be read."""
    text = read_text(path, file, limits.RECORD, problems)
    if text is None:
        return None, None
    text_file, text_path = file.with_suffix(".txt"), path.removesuffix(".yml") + ".txt"
    raw = None
    if text_file.is_file():
        raw = read_bytes(text_path, text_file, limits.ARTICLE, problems)
    else:
        message = f"the article '{text_file.name}' is missing beside it"
        fix = "put it there, or begin anew with make new-seed FILE=…, which writes both"
        problems.append(Problem(path, 1, f"{message}: {fix}", "pair"))
    summary_file = file.with_suffix(".en.md")
    below = path.removesuffix(".yml") + ".en.md"
    summary = None
    if summary_file.is_file():
        summary = read_text(below, summary_file, limits.SUMMARY, problems)
    seed, slug, found = _parse_seed(path, text, raw, summary)
    problems.extend(found)
    return seed, slug


@lru_cache(maxsize=KEPT)
def _parse_seed(
    path: str, text: str, raw: bytes | None, summary: str | None
) -> tuple[Seed | None, str | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    fields = read_yaml(path, text, 0, problems)
    slug = fields[0].get("slug") if fields else None
    slug = slug if isinstance(slug, str) and re.fullmatch(ID_PATTERN, slug) else None
    seed = build_record(Seed, path, fields, problems)
    if seed is None or raw is None:
        return None, slug, tuple(problems)
    seed._raw, seed._lines = raw, _lines(raw, seed.markup)
    if summary is not None:
        seed._summary = _parse_summary(summary_path(seed), summary, problems)
    return seed, slug, tuple(problems)


def _lines(raw: bytes, markup: SeedMarkup) -> tuple[str, ...]:
    text = raw.decode("utf-8", errors="replace").removesuffix("\n")
    return visible_lines(text) if markup is SeedMarkup.HTML else tuple(text.split("\n"))


def _stray_seed_file(path: str, file: Path, problems: list[Problem]) -> None:
    name = file.name.split(".")[0]
    if file.name[len(name) :] not in (".txt", ".en.md") or len(Path(path).parts) > 2:
        expected = "expected <name>.txt, <name>.yml or <name>.en.md"
        problems.append(Problem(path, 1, f"this file belongs to no seed: {expected}", "file-kind"))
    elif not file.with_name(f"{name}.yml").is_file():
        fix = "move the text elsewhere and run make new-seed FILE=…, which writes both"
        problems.append(Problem(path, 1, f"'{name}.yml' is missing beside it: {fix}", "pair"))


def _stray_fingerprint(path: str, file: Path, problems: list[Problem]) -> None:
    record_file = file.with_name(file.name.removesuffix(FINGERPRINT) + ".md")
    if not path.startswith(f"{DOCS}/reports/") or not record_file.is_file():
        message = (
            f"belongs to no record: expected '{record_file.name}' beside it; "
            "make new-report begins it"
        )
        problems.append(Problem(path, 1, message, "pair"))


def _read_fingerprint(path: str, file: Path, problems: list[Problem]) -> Fingerprint | None:
    fingerprint_file = file.with_suffix(FINGERPRINT)
    if not fingerprint_file.is_file():
        return None
    beside = path.removesuffix(".md") + FINGERPRINT
    text = read_text(beside, fingerprint_file, limits.FINGERPRINT, problems)
    if text is None:
        return None
    try:
        return _parse_fingerprint(text)
    except ValueError as error:
        fix = f"make it anew: make fingerprint SOURCE=… REPORT={file.stem}"
        problems.append(Problem(beside, 1, f"cannot be read: {error}; {fix}", "fingerprint"))
        return None


_parse_fingerprint = lru_cache(maxsize=KEPT)(fingerprint.load)


def _parse_summary(path: str, text: str, problems: list[Problem]) -> Summary:
    sections: list[tuple[str, list[Point]]] = []

    def refuse(line: int, message: str) -> None:
        problems.append(Problem(path, line, message, "summary"))

    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith("## ") and line.strip("# "):
            sections.append((line.removeprefix("## ").strip(), []))
        elif not (found := _point(line.rstrip())):
            refuse(
                number,
                "expected a heading '## Title', or a point '- Text. [12]' or '- Text. [12-14]' "
                "on one line",
            )
        else:
            try:
                point = Point(found[0], parse_lines(found[1]), number)
            except ValueError as error:
                refuse(number, f"{error}: expected [12] or [12-14]")
                continue
            if sections:
                sections[-1][1].append(point)
            else:
                refuse(number, "a point is above the first heading: write '## Title' above it")
    if not any(points for _, points in sections):
        refuse(1, "holds no point: write '## Title' and '- Text. [12-14]' below it, or remove it")
    return Summary(path, tuple(SummarySection(title, tuple(points)) for title, points in sections))


def _point(line: str) -> tuple[str, str] | None:
    """The text of a point, and what its brackets hold."""
    text, bracket, lines = line.removeprefix("- ").removesuffix("]").rpartition("[")
    whole = line.startswith("- ") and line.endswith("]") and bracket and text.strip()
    return (text.rstrip(), lines) if whole else None
