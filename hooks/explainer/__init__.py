"""Claim-vs-report pages from plain-text records.

Data flows one way: files → `read` → `Site` → `check` → `pages` and `data`. Nothing in this package
imports MkDocs; `hooks/events.py` hands the result over.
"""
