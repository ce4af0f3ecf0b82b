"""What holds for single files: the ids that problems found while reading carry."""

from __future__ import annotations

from collections.abc import Mapping

STOPPING = ("depth", "file-name", "plain-file", "readable")
"""What no build goes on with: MkDocs itself walks these folders."""
RULES: Mapping[str, str] = {
    "active-content": "A hand-written page holds no element, attribute or link that acts in a "
    "browser: script, meta, link, base, frame, object, embed, form, on…=, javascript:.",
    "depth": "Folders nest at most 20 deep.",
    "encoding": "A text is UTF-8, without control characters but tab and line feed.",
    "fields": "A record has the fields of its kind, each with a value of the form described on the "
    "page of records, and each once.",
    "file-kind": "Each file is of a kind that is published, in the folder where it belongs.",
    "file-name": "A name can be held by every system and shown on every page, and differs from "
    "others not only in case; that of a record becomes its URL.",
    "fingerprint": "A fingerprint is as make fingerprint writes it.",
    "front-matter": "A record begins with its fields between two lines ---; the front matter of a "
    "hand-written page sets its title, description, author, and what it hides.",
    "pair": "An article has its record beside it, a record its article, a fingerprint its report.",
    "plain-file": "Everything is a plain file or folder; symbolic links are not followed.",
    "readable": "The system lets each file be read.",
    "size": "No file and no text is larger than any real one needs to be.",
    "summary": "A translated summary is headings and points, each with the lines that it reports.",
    "svg": "A picture in SVG holds shapes and words, no script, and nothing from elsewhere.",
    "yaml": "Fields are YAML, without anchors, aliases and tags, nested at most 20 deep.",
}
