"""Fingerprints: which words and numbers stand on which page of a report, without its text.

A text is cut into words: runs of letters and digits after NFKC normalisation and case folding, and
single characters in Chinese, Japanese and Korean scripts; all other signs only separate. The
fingerprint of a page holds a salted hash of every run of four words, and of every number (digits,
with inner points; commas between groups of three digits are dropped). Hashes are sorted, so that
the order of the text cannot be read from them.

The file is JSON::

    {"version": 1, "salt": "<hex>", "pages": {"1": {"grams": "<base64>", "numbers": "<base64>"}}}

with the hashes of a page joined, `HASH_BYTES` bytes each: BLAKE2b, keyed with the salt. The salt
comes from the text itself, so the same text gives the same file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

VERSION = 1
HASH_BYTES = 5
GRAM_WORDS = 4

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_COUNTED = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:[-‑–'’.,/][^\W_{_CJK}]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def words(text: str) -> list[str]:
    """The words of a text, as the fingerprint sees them."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def count_words(text: str) -> int:
    """How many words a reader would count.

    `don't`, `72.5%` and `by-product` are one each; two Chinese or Japanese characters make one.
    """
    found = _COUNTED.findall(unicodedata.normalize("NFKC", text))
    characters = sum(bool(re.match(f"[{_CJK}]", word)) for word in found)
    return len(found) - characters // 2


def numbers(text: str) -> list[str]:
    """The numbers written in digits in a text, each once, in order."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return list(dict.fromkeys(_THOUSANDS.sub("", number) for number in found))


def _grams(text: str) -> list[str]:
    all_words = words(text)
    return [" ".join(all_words[i : i + GRAM_WORDS]) for i in range(len(all_words) - GRAM_WORDS + 1)]


@dataclass(frozen=True)
class Fingerprint:
    """Hashes per page. `pages` maps a page number to its hashes of word runs and of numbers."""

    salt: bytes
    pages: Mapping[int, tuple[frozenset[bytes], frozenset[bytes]]]

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), digest_size=HASH_BYTES, key=self.salt).digest()

    def pages_with(self, phrase: str) -> list[int]:
        """The pages on which every run of four words of the phrase stands."""
        wanted = {self._hash(gram) for gram in _grams(phrase)}
        return [page for page, (grams, _) in self.pages.items() if wanted and wanted <= grams]

    def has_number(self, number: str, page: int) -> bool:
        return page in self.pages and self._hash(number) in self.pages[page][1]

    def to_json(self) -> str:
        def joined(hashes: Iterable[bytes]) -> str:
            return base64.b64encode(b"".join(sorted(hashes))).decode()

        pages = {
            str(page): {"grams": joined(grams), "numbers": joined(numbers)}
            for page, (grams, numbers) in sorted(self.pages.items())
        }
        document = {"version": VERSION, "salt": self.salt.hex(), "pages": pages}
        return json.dumps(document, indent=1) + "\n"


def make(pages: Mapping[int, str]) -> Fingerprint:
    """The fingerprint of a text given page by page."""
    salt = hashlib.sha256("\f".join(text for _, text in sorted(pages.items())).encode()).digest()
    empty = Fingerprint(salt[:16], {})
    hashed = {
        page: (
            frozenset(map(empty._hash, _grams(text))),
            frozenset(map(empty._hash, numbers(text))),
        )
        for page, text in pages.items()
    }
    return Fingerprint(empty.salt, hashed)


def load(text: str) -> Fingerprint:
    """Read a fingerprint file; ValueError says what is wrong with it."""

    def split(joined: object) -> frozenset[bytes]:
        data = base64.b64decode(str(joined), validate=True)
        if len(data) % HASH_BYTES:
            raise ValueError(f"hashes are not {HASH_BYTES} bytes each")
        return frozenset(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))

    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise ValueError(f"version {document['version']!r}, expected {VERSION}")
        pages = {
            int(page): (split(hashes["grams"]), split(hashes["numbers"]))
            for page, hashes in document["pages"].items()
        }
        return Fingerprint(bytes.fromhex(document["salt"]), pages)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a fingerprint file: {error!r}") from error


def page_texts(
    source: Path, watch: Callable[[Sequence[PageObject]], Iterable[PageObject]] = iter
) -> dict[int, str]:
    """The text of a report by page, from a PDF or from a JSON list of `{page, text}`.

    Pages of a PDF are counted from 1. ValueError if the file is neither, or has no text. `watch` is
    given the pages of a PDF, which take long to read, and gives each back when its turn has come.
    """
    try:
        if source.suffix.lower() == ".pdf":
            pages = {
                number: page.extract_text()
                for number, page in enumerate(watch(PdfReader(source).pages), 1)
            }
        else:
            listed = json.loads(source.read_text("utf-8"))
            pages = {int(entry["page"]): str(entry["text"]) for entry in listed}
            if len(pages) < len(listed):
                raise ValueError("a page number stands twice")
    except (KeyError, TypeError, ValueError, PyPdfError) as error:
        raise ValueError(
            f"{source}: expected a PDF, or a JSON list of {{page, text}}: {error}"
        ) from error
    if not any(words(text) for text in pages.values()):
        raise ValueError(f"{source}: no page has text; a scanned PDF needs text recognition first")
    return pages
