"""A Content-Security-Policy for a built page: it runs only the scripts that we wrote into it."""

from __future__ import annotations

import base64
import hashlib

from bs4 import BeautifulSoup

HEAD = "<head>"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are data: masks
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def with_policy(html: str) -> str:
    """The page with its policy first in its head, before anything that the policy is to govern.

    The inline scripts that the page has now may run, by their hashes; no others may.
    """
    policy = dict(_POLICY)
    hashes = dict.fromkeys(_hash(script) for script in _inline_scripts(html))
    policy["script-src"] = " ".join([policy["script-src"], *hashes])
    content = "; ".join(f"{name} {sources}" for name, sources in policy.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return html.replace(HEAD, f"{HEAD}\n    {meta}", 1)


def _inline_scripts(html: str) -> list[str]:
    """The text of each script element that a browser would run; data blocks are not run."""
    soup = BeautifulSoup(html, "html.parser")
    return [
        script.get_text()
        for script in soup.find_all("script", src=False)
        if script.get("type") in (None, "text/javascript", "module")
    ]


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
