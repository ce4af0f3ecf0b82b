"""Fingerprints: which words and numbers are on which page of a report, without its text.

A text is cut into words: runs of letters and digits after NFKC normalisation (UAX #15) and case
folding, and single characters in Chinese, Japanese and Korean scripts; all other characters only
separate. Soft hyphens and what combining marks are left are dropped, digits of all scripts are 0 to
9, and a raised or lowered character counts as a space. A word that a hyphen divides at the end of a
line counts both as divided and as one. The fingerprint of a page holds a salted hash of every run
of 4 to 12 words within a sentence (`text.words.sentences`), and of every number written in digits,
in each way in which it can be read (`1.250` and `1,250` may be 1250, `12,5` may be 12.5). Hashes
are sorted, so that the order of the text cannot be read from them.

The file is JSON::

    {"version": 3, "salt": "<hex>", "pages": {"1": {"grams": "<base64>", "numbers": "<base64>"}}}

with the hashes of a page joined: BLAKE2b (RFC 7693) with a digest of `HASH_BYTES` bytes, keyed with
the salt, of a run's words with one space between them, or of a number, in UTF-8. The salt comes
from the text itself, so the same text gives the same file.
"""

from __future__ import annotations

import base64
import bisect
import hashlib
import json
import struct
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from explainer.text.words import (
    LAST_PAGE,
    number_readings,
    readings,
    sentences,
    word_runs,
    words,
)

VERSION = 3
HASH_BYTES = 4
GRAM_WORDS = range(4, 13)
"""How many words a run has that is hashed."""


@lru_cache(maxsize=10_000)
def _longest_grams(phrase: str) -> frozenset[str]:
    """The phrase as one run, or the longest runs of one that is longer.

    None of one that is too short, or that goes on after the end of a sentence.
    """
    length = len(words(phrase))
    within = sum(bool(words(sentence)) for sentence in sentences(phrase)) == 1
    if length < min(GRAM_WORDS) or not within:
        return frozenset()
    return frozenset(word_runs(phrase, [min(length, max(GRAM_WORDS))]))


@dataclass(frozen=True)
class Fingerprint:
    """Hashes per page, each once and in order.

    `pages` maps a page number to its hashes of word runs and of numbers: in arrays, because in a
    set, each would take twenty times the room.
    """

    salt: bytes
    pages: Mapping[int, tuple[array[int], array[int]]]

    def __hash__(self) -> int:
        return hash(self.salt)

    def _hash(self, text: str) -> int:
        digest = hashlib.blake2b(text.encode(), digest_size=HASH_BYTES, key=self.salt).digest()
        return int.from_bytes(digest)

    def pages_with(self, phrase: str) -> list[int]:
        """The pages that the phrase is on: each of its longest runs that were hashed."""
        return [page for page in self.pages if self.has_phrase(phrase, page)]

    def has_phrase(self, phrase: str, page: int) -> bool:
        """Whether a phrase is on a page, by the longest of its runs that were hashed."""
        wanted = _longest_grams(phrase)
        return (
            page in self.pages
            and bool(wanted)
            and all(_holds(self.pages[page][0], self._hash(gram)) for gram in wanted)
        )

    def has_number(self, number: str, page: int) -> bool:
        """Whether a number is on a page, in any way in which it can be read."""
        hashed = self._readings(number)
        return page in self.pages and any(_holds(self.pages[page][1], one) for one in hashed)

    def pages_with_number(self, number: str) -> list[int]:
        """The pages that a number is on, in any way in which it can be read."""
        hashed = self._readings(number)
        return [
            page
            for page, (_, numbers) in self.pages.items()
            if numbers and any(_holds(numbers, one) for one in hashed)
        ]

    def _readings(self, number: str) -> set[int]:
        return {self._hash(reading) for reading in readings(number)}

    def to_json(self) -> str:
        """The fingerprint as a file, as the docstring of this module describes it."""

        def joined(hashes: Iterable[int]) -> str:
            data = b"".join(number.to_bytes(HASH_BYTES) for number in hashes)
            return base64.b64encode(data).decode()

        pages = {
            str(page): {"grams": joined(grams), "numbers": joined(numbers)}
            for page, (grams, numbers) in sorted(self.pages.items())
        }
        document = {"version": VERSION, "salt": self.salt.hex(), "pages": pages}
        return json.dumps(document, indent=1) + "\n"


def _in_order(hashes: Iterable[int]) -> array[int]:
    return array("I", sorted(hashes))


def _holds(hashes: array[int], one: int) -> bool:
    index = bisect.bisect_left(hashes, one)
    return index < len(hashes) and hashes[index] == one


def make(pages: Mapping[int, str]) -> Fingerprint:
    """The fingerprint of a text given page by page: page number → text."""
    salt = hashlib.sha256("\f".join(text for _, text in sorted(pages.items())).encode()).digest()
    empty = Fingerprint(salt[:16], {})
    hashed = {
        page: (
            _in_order(set(map(empty._hash, word_runs(text, GRAM_WORDS)))),
            _in_order(set(map(empty._hash, number_readings(text)))),
        )
        for page, text in pages.items()
    }
    return Fingerprint(empty.salt, hashed)


def load(text: str) -> Fingerprint:
    """Read a fingerprint file; ValueError says what is wrong with it."""

    def split(joined: object) -> array[int]:
        data = base64.b64decode(str(joined), validate=True)
        if len(data) % HASH_BYTES:
            raise ValueError(f"hashes are not {HASH_BYTES} bytes each")
        return _in_order(struct.unpack(f">{len(data) // HASH_BYTES}I", data))

    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise ValueError(f"version {document['version']!r}, expected {VERSION}")
        pages = {
            int(page): (split(hashes["grams"]), split(hashes["numbers"]))
            for page, hashes in document["pages"].items()
        }
        if not all(1 <= page <= LAST_PAGE for page in pages):
            raise ValueError(f"expected pages from 1 to {LAST_PAGE}")
        salt = bytes.fromhex(document["salt"])
        if len(salt) > hashlib.blake2b.MAX_KEY_SIZE:
            raise ValueError("the salt is too long")
        return Fingerprint(salt, pages)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a fingerprint file: {error!r}") from error
