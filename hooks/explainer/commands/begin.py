"""The commands that begin a record, and ask for what is not given as an option."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from explainer.builders.system_errors import explain
from explainer.check.load import load
from explainer.check.quotes import nearest
from explainer.commands import new as records
from explainer.commands.receive import language, receive
from explainer.commands.terminal import FILE, ROOT, T, one_of, page_texts, say, typed
from explainer.model import ID_CHARACTERS, ID_PATTERN, Address, Seed, SeedKind, slug
from explainer.model import fingerprint as fingerprints
from explainer.read.limits import ARTICLE
from explainer.text.escape import language_name


@click.group()
def new() -> None:
    """Begin a record. What is not given as an option is asked for; no file is overwritten."""


@new.command("claim")
@ROOT
@click.option("--seed", help="The article: a name in seeds/, without its suffix.")
@click.option("--quote", help="The article's words, exactly as they stand.")
@click.option("--line", help="The line of the quote, where it stands on several.")
@click.option("--claim", "title", help="The claim in English, in one line.")
@click.option("--topic", help="A name in docs/topics/, without .md.")
@click.option("--id", help="The name of the new file, and the address of its page.")
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
    places = {str(span.lines.first): span.lines for span in article.find(words)}
    if len(places) > 1 or line is not None:
        line = _ask("It stands on several lines; which", line, one_of(places), shown=places)
    lines = places[line] if line else next(iter(places.values()))
    title = _ask("The claim in English", title, _text)
    known = one_of(site.topics) if site.topics else _id
    topic = _ask("Topic", topic, known, shown=site.topics)
    id = _ask("Name of the file", id, _new_id(root, "docs/claims/{}.md"), slug(title) or None)
    _write(root, records.claim(id, title, topic, article, words, lines, len(places) > 1))


@new.command("topic")
@ROOT
@click.option("--title", help="The topic, in a few words.")
@click.option("--question", help="The question that a reader brings.")
@click.option("--id", help="The name of the new file, and the address of its page.")
def new_topic(root: Path, title: str | None, question: str | None, id: str | None) -> None:
    """Begin docs/topics/<id>.md."""
    title = _ask("Topic, in a few words", title, _text)
    question = _ask("The question that a reader brings", question, _text)
    id = _ask("Name of the file", id, _new_id(root, "docs/topics/{}.md"), slug(title) or None)
    _write(root, records.topic(id, title, question))


@new.command("report")
@ROOT
@click.option("--title", help="The title of the source.")
@click.option("--publisher", help="Who published it.")
@click.option("--address", help="Its address, with https://.")
@click.option("--source", help="A PDF or a JSON list of {page, text}, for the fingerprint.")
@click.option("--id", help="The name of the new file, and the address of its page.")
def new_report(
    root: Path,
    title: str | None,
    publisher: str | None,
    address: str | None,
    source: str | None,
    id: str | None,
) -> None:
    """Begin docs/reports/<id>.md, with a fingerprint if the report's text is at hand."""
    title = _ask("Title", title, _text)
    publisher = _ask("Publisher", publisher, _text)
    address = _ask("Address, or nothing", address, _address, default="")
    file = _ask("PDF or page list, or nothing", source, _file, default="")
    id = _ask("Name of the file", id, _new_id(root, "docs/reports/{}.md"), slug(title) or None)
    pages = page_texts(file) if file else None
    made = fingerprints.make(pages) if pages else None
    lang = language("\n".join(pages.values())) if pages else None
    _write(root, records.report(id, title, publisher, address or None, lang, made))


@new.command("seed")
@ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-")
@click.option("--title", help="The headline in English.")
@click.option("--publisher", help="Who published it, as far as known.")
@click.option("--provenance", help="Where the text came from.")
@click.option("--kind", help=f"{', '.join(kind.value for kind in SeedKind)}.")
@click.option("--lang", help="The language as BCP 47, if it is not the one found.")
@click.option("--encoding", help="The encoding, if it is not the one found.")
@click.option("--id", help="The name of the new files, and the address of the page.")
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
    title = _ask("Headline in English", title, _text)
    publisher = _ask("Publisher", publisher, _text)
    provenance = _ask("Where the text came from", provenance, _text)
    kinds = {kind.value: kind for kind in SeedKind}
    usual, proposed = SeedKind.ARTICLE.value, slug(title) or None
    if piped:
        kind, id = kind or usual, id or proposed
    kind = _ask("Kind", kind, one_of(kinds), usual, shown=kinds)
    id = _ask("Name of the files", id, _new_id(root, "seeds/{}.txt", "seeds/{}.yml"), proposed)
    files = records.seed(id, received, lang, title, kinds[kind], publisher, provenance)
    _write(root, files)
    say(
        f"Text: {f'converted {received.converted}' if received.converted else 'kept as it was'}.",
        f"Language: {language_name(lang)} ({lang}). Shape: {received.markup.value}.",
        f"Headings: {len(received.headings)}. Passages that are no prose: {len(received.noise)}. "
        f"Look over what seeds/{id}.yml says of them.",
        f"First line: {received.text.lstrip()[:60].splitlines()[0]}",
        f"The translated summary goes into seeds/{id}.en.md; claims begin with: make new-claim",
    )


def _ask(
    label: str,
    given: str | None,
    read: Callable[[str], T],
    default: str | None = None,
    shown: Collection[str] = (),
) -> T:
    """The value given; without one, an answer that `read` takes. `read` raises BadParameter."""
    if given is not None:
        return read(given)
    if shown:
        say(f"{label}: one of {', '.join(shown)}")
    answer: T = click.prompt(label, default, value_proc=typed(read), show_default=bool(default))
    return answer


def _text(text: str) -> str:
    if not text.strip():
        raise click.BadParameter("expected a text")
    return text.strip()


def _id(text: str) -> str:
    if not re.fullmatch(ID_PATTERN, text):
        raise click.BadParameter(
            f"'{text}' cannot be a name: expected at most {ID_CHARACTERS} ASCII letters, digits, "
            "hyphens and underscores"
        )
    return text


def _new_id(root: Path, *paths: str) -> Callable[[str], str]:
    """Reads a name under which there is no file yet. `paths` hold `{}` in its place.

    Names that differ only in case are one on some systems.
    """

    def read(text: str) -> str:
        for path in paths:
            new = root / path.format(_id(text))
            for file in new.parent.glob("*"):
                if file.name.casefold() == new.name.casefold():
                    there = file.relative_to(root).as_posix()
                    raise click.BadParameter(f"{there} exists already: choose another name")
        return text

    return read


def _address(text: str) -> str:
    try:
        return TypeAdapter(Address).validate_python(text) if text else ""
    except ValidationError as error:
        raise click.BadParameter("expected an address that starts with https://") from error


def _file(text: str) -> Path | None:
    return Path(FILE.convert(text, None, None)) if text else None


def _quote_of(seed: Seed) -> Callable[[str], str]:
    def read(text: str) -> str:
        quote = _text(text)
        found = seed.find(quote)
        if not found:
            line, near = nearest(seed, quote)
            raise click.BadParameter(
                f"it does not stand in '{seed.id}'; nearest is line {line}: '{near}'"
            )
        if len({span.lines.first for span in found}) < len(found):
            raise click.BadParameter("it stands twice on one line: quote more of the sentence")
        return quote

    return read


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write new files, and say what is still to be done in them."""
    try:
        records.write(root, files)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {explain(error, root)}") from error
    for path in files:
        say(f"Wrote {path}")
    left = [problem for problem in load(root).problems if problem.path in files]
    if left:
        say("What it still needs (make check says so too):")
    for problem in left:
        say(f"  {problem}")
