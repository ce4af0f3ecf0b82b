"""The commands that begin a record, and ask for what is not given as an option.

No file is overwritten: files are made new, all of them or none.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from explainer.addresses import FINGERPRINT
from explainer.builders.system_errors import explain
from explainer.check.load import load
from explainer.check.quotes import nearest
from explainer.commands.receive import Received, language, receive
from explainer.commands.sources import page_texts
from explainer.commands.terminal import FILE, ROOT, one_of, refused, say
from explainer.model import ID_CHARACTERS, ID_PATTERN, Address, Seed, SeedKind, slug
from explainer.model.fingerprint import make
from explainer.model.schema import TODO, template
from explainer.read.limits import ARTICLE
from explainer.text.escape import language_name

Read = Callable[[str], str]
"""Takes a value as it was typed; BadParameter says why it cannot be used."""


@click.group("new")
def command() -> None:
    """Begin a record. What is not given as an option is asked for; no file is overwritten."""


def text(given: str) -> str:
    """A text that is not empty."""
    if not given.strip():
        raise refused("expected a text")
    return given.strip()


def address(given: str) -> str:
    """A full URL, or nothing."""
    try:
        return TypeAdapter(Address).validate_python(given) if given else ""
    except ValidationError as error:
        raise refused("expected an address that starts with https://") from error


def file(given: str) -> str:
    """The path of a file, or nothing."""
    return str(FILE.convert(given, None, None)) if given else ""


def name(given: str) -> str:
    """What a record may be called."""
    if not re.fullmatch(ID_PATTERN, given):
        raise refused(
            f"'{given}' cannot be a name: expected at most {ID_CHARACTERS} ASCII letters, digits, "
            "hyphens and underscores"
        )
    return given


@command.command("claim")
@ROOT
@click.option("--seed", help="The article: a name in seeds/, without its suffix.")
@click.option("--quote", help="The article's words, exactly as they stand.")
@click.option("--line", help="The line of the quote, where it stands on several.")
@click.option("--claim", "title", help="The claim in English, in one line.")
@click.option("--topic", help="A name in docs/topics/, without .md.")
@click.option("--id", help="The name of the new file, and of its page in URLs.")
def new_claim(
    root: Path,
    seed: str | None,
    quote: str | None,
    line: str | None,
    title: str | None,
    topic: str | None,
    id: str | None,
) -> None:
    """Begin docs/claims/<id>.md from a quote in an article."""
    site = load(root).read
    if not site.seeds:
        raise click.ClickException("seeds/ holds no article yet; begin one: make new-seed FILE=…")
    article = site.seeds[_ask("Article", seed, one_of(site.seeds), shown=site.seeds)]
    words = _ask("Quote, exactly", quote, _quote_of(article))
    lines = {str(span.lines.first): span.lines.first for span in article.find(words)}
    if len(lines) > 1 or line is not None:
        line = _ask("It stands on several lines; which", line, one_of(lines), shown=lines)
    first = lines[line] if line else min(lines.values())
    turn = next((turn for turn in article.speakers if first in turn.lines), None)
    speaker = getattr(article.names, turn.speaker.value, None) if turn else None
    title = _ask("The claim in English", title, text)
    known = one_of(site.topics) if site.topics else name
    topic = _ask("Topic", topic, known, shown=site.topics)
    path = _ask_path(root, id, title, "docs/claims/{}.md")
    today = datetime.date.today()
    values = {
        "claim": title,
        "topic": topic,
        "appearances": [
            {
                "seed": article.id,
                "quote": words,
                "translation": f"{TODO}: translate from {language_name(article.lang)}",
                "speaker": speaker or TODO,
                "line": first if len(lines) > 1 else None,
            }
        ],
        "published": today,
        "checked": today,
    }
    _begin(root, {path: template("claim", values)})


@command.command("topic")
@ROOT
@click.option("--title", type=text, prompt="Topic, in a few words", help="Its title.")
@click.option(
    "--question",
    type=text,
    prompt="The question that a reader brings",
    help="What a reader wants to know of it.",
)
@click.option("--id", help="The name of the new file, and of its page in URLs.")
def new_topic(root: Path, title: str, question: str, id: str | None) -> None:
    """Begin docs/topics/<id>.md."""
    path = _ask_path(root, id, title, "docs/topics/{}.md")
    _begin(root, {path: template("topic", {"title": title, "question": question})})


@command.command("report")
@ROOT
@click.option("--title", type=text, prompt="Title", help="The title of the source.")
@click.option("--publisher", type=text, prompt="Publisher", help="Who published it.")
@click.option(
    "--address",
    type=address,
    prompt="Address, or nothing",
    default="",
    show_default=False,
    help="Its URL, with https://.",
)
@click.option(
    "--source",
    type=file,
    prompt="PDF or page list, or nothing",
    default="",
    show_default=False,
    help="A PDF or a JSON list of {page, text}, for the fingerprint.",
)
@click.option("--id", help="The name of the new file, and of its page in URLs.")
def new_report(
    root: Path, title: str, publisher: str, address: str, source: str, id: str | None
) -> None:
    """Begin docs/reports/<id>.md, with a fingerprint if the report's text is at hand."""
    path = _ask_path(root, id, title, "docs/reports/{}.md")
    values: dict[str, object] = {
        "title": title,
        "publisher": publisher,
        "address": address or None,
    }
    files = {}
    if source:
        pages = page_texts(Path(source))
        made = make(pages)
        files[path.removesuffix(".md") + FINGERPRINT] = made.to_json()
        values["lang"] = language("\n".join(pages.values()))
        values["editions"] = [
            {
                "name": "The copy that we read",
                "address": address or None,
                "pages": max(made.pages),
                "ours": True,
            }
        ]
    _begin(root, {path: template("report", values), **files})


@command.command("seed")
@ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-")
@click.option("--title", help="The headline in English.")
@click.option("--publisher", help="Who published it, as far as known.")
@click.option("--provenance", help="Where the text came from.")
@click.option("--kind", help=f"{', '.join(kind.value for kind in SeedKind)}.")
@click.option("--lang", help="The language as BCP 47, if it is not the one found.")
@click.option("--encoding", help="The encoding, if it is not the one found.")
@click.option("--id", help="The name of the new files, and of the page in URLs.")
def new_seed(
    root: Path,
    file: str,
    title: str | None,
    publisher: str | None,
    provenance: str | None,
    kind: str | None,
    lang: str | None,
    encoding: str | None,
    id: str | None,
) -> None:
    """Begin seeds/<id>.txt and .yml from an article in FILE, or in standard input.

    Encoding, language, headings and lines that are no prose are found out and proposed.
    """
    stdin = sys.stdin.buffer
    piped = file == "-" and not stdin.isatty()
    if piped and None in (title, publisher, provenance):
        raise click.UsageError(
            "the article comes from standard input, so nothing can be asked: give --title, "
            "--publisher and --provenance, or the name of a file"
        )
    if file == "-" and not piped:
        say("Paste the article, then press Ctrl-D on a line of its own.", err=True)
    try:
        if file != "-" and (message := ARTICLE.excess(Path(file).stat().st_size)):
            raise ValueError(message)
        received = receive(stdin.read() if file == "-" else Path(file).read_bytes(), encoding)
    except ValueError as error:
        raise click.ClickException(f"{file} {error}") from error
    lang = lang or received.lang
    if lang is None:
        raise click.UsageError("the language was not recognised: give it with --lang, as in ja")
    title = _ask("Headline in English", title, text)
    publisher = _ask("Publisher", publisher, text)
    provenance = _ask("Where the text came from", provenance, text)
    kinds = [kind.value for kind in SeedKind]
    usual = SeedKind.ARTICLE.value
    if piped:
        kind, id = kind or usual, id or slug(title) or None
    kind = _ask("Kind", kind, one_of(kinds), usual, shown=kinds)
    path = _ask_path(root, id, title, "seeds/{}.txt", "seeds/{}.yml")
    id = Path(path).stem
    about = {"title": title, "lang": lang, "kind": kind, "publisher": publisher}
    _begin(root, seed_files(id, received, provenance, **about))
    say(
        f"Text: {f'converted {received.converted}' if received.converted else 'kept as it was'}.",
        f"Language: {language_name(lang)} ({lang}). Shape: {received.markup.value}.",
        f"Headings: {len(received.headings)}. Passages that are no prose: {len(received.noise)}. "
        f"Look over what seeds/{id}.yml says of them.",
        f"First line: {received.text.lstrip()[:60].splitlines()[0]}",
        f"The translated summary goes into seeds/{id}.en.md; claims begin with: make new-claim",
    )


def seed_files(id: str, received: Received, provenance: str, **about: str) -> dict[str, str]:
    """The text and the record of a seed, by path; `about` are other fields of the record."""
    if received.converted:
        provenance = f"{provenance.rstrip(' .')}. Our copy was converted {received.converted}."
    values = {
        **about,
        "slug": id,
        "headline": received.headline,
        "provenance": provenance,
        "sha256": hashlib.sha256(received.text.encode()).hexdigest(),
        "markup": received.markup.value,
        "headings": list(received.headings),
        "noise": [
            {"lines": str(lines).replace("–", "-"), "what": what} for lines, what in received.noise
        ],
    }
    return {f"seeds/{id}.txt": received.text, f"seeds/{id}.yml": template("seed", values)}


def _ask(
    label: str,
    given: str | None,
    read: Read,
    default: str | None = None,
    shown: Collection[str] = (),
) -> str:
    """The value given or, without one, an answer: what follows from earlier answers."""
    if given is not None:
        return read(given)
    if shown:
        say(f"{label}: one of {', '.join(shown)}")
    return str(click.prompt(label, default, value_proc=read))


def _ask_path(root: Path, given: str | None, title: str, *paths: str) -> str:
    """The path of the new file, the first of `paths`, which hold `{}` in the place of its name.

    There is no file yet at any of them. Names that differ only in case are one on some systems.
    """

    def new_name(text: str) -> str:
        for path in paths:
            new = root / path.format(name(text))
            for file in new.parent.glob("*"):
                if file.name.casefold() == new.name.casefold():
                    there = file.relative_to(root).as_posix()
                    raise refused(f"{there} exists already: choose another name")
        return text

    return paths[0].format(_ask("Name of the file", given, new_name, slug(title) or None))


def _quote_of(seed: Seed) -> Read:
    def quote(given: str) -> str:
        words = text(given)
        found = seed.find(words)
        if not found:
            line, near = nearest(seed, words)
            raise refused(f"it does not stand in '{seed.id}'; nearest is line {line}: '{near}'")
        if len({span.lines.first for span in found}) < len(found):
            raise refused("it stands twice on one line: quote more of the sentence")
        return words

    return quote


def _begin(root: Path, files: Mapping[str, str]) -> None:
    """Write new files, and say what is still to be done in them."""
    try:
        write(root, files)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {explain(error, root)}") from error
    say(*(f"Wrote {path}" for path in files))
    left = [problem for problem in load(root).problems if problem.path in files]
    if left:
        say("What it still needs (make check says so too):", *(f"  {each}" for each in left))


def write(root: Path, files: Mapping[str, str]) -> None:
    """Make new files under `root`, by their path below it: after an error, none is made."""
    made: list[Path] = []
    try:
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                made.append(file)
                stream.write(content.encode())
    except BaseException:
        for file in made:
            file.unlink()
        raise
