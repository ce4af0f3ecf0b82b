"""JSON as it stands in the files of the site."""

from __future__ import annotations

import json


def as_json(document: object) -> str:
    """A document as readable JSON, with a line break at the end."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
