"""A Content-Security-Policy for a built page: it runs only this site's files, and ours in it.

It is written by W3C's Content Security Policy Level 3, in a `meta` element: on GitHub Pages, a site
cannot set headers. `'self'` takes no path, so that a script file could be anywhere on the site:
`read.assets` lets none be published but in docs/assets/.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

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
    "object-src": "'none'",
    "frame-src": "'none'",
    "worker-src": "'none'",  # one would fall back to script-src, and outlive the page
}


# A script's text ends where a browser ends it: at the first end tag, whatever is before.
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_NOT_RUN = re.compile(r"""\bsrc=|\btype=["']?application/(?:ld\+)?json""", re.IGNORECASE)


def with_policy(html: str, page: str = "") -> str:
    """The page with its policy first in its head, before anything that the policy is to govern.

    The inline scripts of the theme may run, by their hashes; no others may. `page` is the part of
    `html` that the theme only surrounds: no inline script in it runs. Without `<head>`, nothing
    changes.
    """
    policy = dict(_POLICY)
    theme = html.replace(page, "", 1)
    scripts = [
        text for attributes, text in _SCRIPT.findall(theme) if not _NOT_RUN.search(attributes)
    ]
    hashes = dict.fromkeys(map(_hash, scripts))
    policy["script-src"] = " ".join([policy["script-src"], *hashes])
    content = "; ".join(f"{name} {sources}" for name, sources in policy.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return html.replace(HEAD, f"{HEAD}\n    {meta}", 1)


@cache
def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
