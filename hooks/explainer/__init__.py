"""Claim-vs-report pages from plain-text records.

Data flows one way: files → `read` → `Site` → `check` → `pages` and `outputs` → `builders`. Only
`builders` know MkDocs.
"""

if __doc__ is None:
    raise SystemExit(
        "PYTHONOPTIMIZE=2 (or -OO) removes docstrings, which this site shows: build without it"
    )
