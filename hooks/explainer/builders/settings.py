"""What is wrong with the settings of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SETTINGS = ("repo_name", "site_author", "site_description", "site_name", "site_url")


def setting_problems(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the settings of mkdocs.yml: links that lead nowhere, markup."""
    if not settings["use_directory_urls"]:
        yield "mkdocs.yml: 'use_directory_urls: false' is not supported: take it out"
    if not settings["site_url"]:
        yield "mkdocs.yml: expected 'site_url', for feeds and permalinks"
    for name in _SETTINGS:
        if re.search('[<>"]', str(settings[name])):
            yield f"mkdocs.yml: '{name}' stands in every page as it is: expected no <, > and \""
