"""Files below docs/ that are no pages: which kinds there are, and what a picture must not hold.

A file is published as it is, on the site's own origin and without its policy (`builders.csp`): one
that can hold a script would run it there, and a script could be run by any page.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from explainer.addresses import DOCS
from explainer.model import Problem
from explainer.read.files import read_text
from explainer.read.limits import PAGE

PICTURES = (".jpeg", ".jpg", ".png", ".svg", ".webp")
PROGRAM = (".css", ".js")
"""What the pages load. Only where the program has it: reviewers read there with care."""
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    (
        *("circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "marker"),
        *("mask", "metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect"),
        *("stop", "style", "svg", "symbol", "text", "textPath", "title", "tspan", "use"),
    )
)
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|image-set\(|src\(|\\", re.IGNORECASE)


def check_asset(path: str, file: Path, problems: list[Problem]) -> None:
    """Add what is wrong with a file that is neither a page nor a fingerprint."""
    suffix = file.suffix.lower()
    message = ""
    if suffix in PROGRAM and not path.startswith(f"{DOCS}/assets/"):
        message = f"a {suffix} file belongs in {DOCS}/assets/: move it there"
    elif suffix not in PICTURES + PROGRAM:
        message = (
            f"this kind of file is not published: expected .md, {', '.join(PICTURES)}, "
            f"or {' or '.join(PROGRAM)} in {DOCS}/assets/"
        )
    elif suffix == ".svg" and (text := read_text(path, file, PAGE, problems)) is not None:
        try:
            _read_svg(text)
        except _RefusedError as error:
            problems.append(Problem(path, error.line, str(error), "svg"))
        except expat.ExpatError as error:
            message = f"is no SVG: {expat.ErrorString(error.code)}"
            problems.append(Problem(path, error.lineno, message, "svg"))
        return
    if message:
        problems.append(Problem(path, 1, message, "file-kind"))


class _RefusedError(Exception):
    line: int


def _read_svg(text: str) -> None:
    """Raises for SVG that holds more than shapes and words, or refers to other files."""
    parser = expat.ParserCreate("utf-8", " ")
    words: list[str] = []

    def refuse(what: str) -> None:
        error = _RefusedError(f"{what}: a picture holds only shapes and words")
        error.line = parser.CurrentLineNumber
        raise error

    def element(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if (namespace == _SVG and local not in _SHAPES) or namespace.endswith("/xhtml"):
            refuse(f"<{local}>")
        for full, value in attributes.items():
            attribute = full.rpartition(" ")[2].lower()
            leaves = attribute in ("href", "src") and not value.strip().startswith("#")
            if attribute.startswith("on") or leaves or _ELSEWHERE.search(value):
                refuse(f'{attribute}="{value}"')

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            refuse(f'encoding="{encoding}"')

    parser.StartElementHandler = element
    parser.CharacterDataHandler = words.append
    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = lambda *_: refuse("<!DOCTYPE>")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}?>")
    parser.Parse(text.encode(), True)
    if found := _ELSEWHERE.search("".join(words)):
        refuse(f"'{found[0]}'")
