"""Fuzzes one property, guided by the coverage of the readers.

`harness.py NAME FOLDER [options of libFuzzer]`. FOLDER keeps the inputs that reach new code, from
run to run; it begins with the real records and the mended cases.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(PROJECT / "hooks")]

# The reader of PDF takes long to instrument.
READERS = ["explainer", "html.parser", "_markupbase", *["pypdf"][: "pdf" in sys.argv[1:2]]]
with atheris.instrument_imports(include=READERS):
    from properties import PROPERTIES

FROM = {
    "claim": "docs/claims/*.md",
    "topic": "docs/topics/*.md",
    "report": "docs/reports/*.md",
    "seed": "seeds/*.yml",
    "summary": "seeds/*.en.md",
    "yaml": "seeds/*.yml",
    "body": "docs/*/*.md",
    "page": "docs/about/*.md",
    "fingerprint": "docs/reports/*.json",
    "fingerprint-file": "docs/reports/*.json",
}
"""The files of a site that a property begins with; the others begin with articles."""
FIRST = 50
"""How many files of a site are taken; each is read again and again."""
LONGEST = 20_000


def beginnings(name: str) -> Iterator[bytes]:
    """Inputs that reach most code at once."""
    for site in (PROJECT, PROJECT / "tests/sites/kettles", PROJECT / "tests/sites/broken"):
        for file in sorted(site.glob(FROM.get(name, "seeds/*.txt")))[:FIRST]:
            data = file.read_bytes()
            if len(data) <= LONGEST:
                yield data
                if name == "body":
                    yield data.split(b"---\n", 2)[-1]
    for case in sorted((HERE / "cases" / name).glob("*")):
        yield case.read_bytes()
    if name == "page-list":
        yield json.dumps([{"page": 1, "text": "A kettle, 12.5%"}]).encode()
    if name == "pdf":
        from fpdf import FPDF

        pdf = FPDF()
        pdf.add_page()
        pdf.set_font("Helvetica", size=12)
        pdf.cell(text="A kettle, 12.5%")
        yield bytes(pdf.output())


def main() -> None:
    name, folder, *options = sys.argv[1:]
    known = Path(folder)
    known.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(beginnings(name)):
        (known / f"begin-{number}").write_bytes(data)
    atheris.Setup([sys.argv[0], *options, folder], PROPERTIES[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
