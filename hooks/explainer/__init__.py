"""Claim-vs-report pages from plain-text records.

Data flows one way: files → `read` → `Site` → `check` → `pages` and `outputs` → `builders`.
"""

# Pages show docstrings, which Python leaves out when it is told to optimise that much.

if __doc__ is None:
    raise SystemExit("Run Python without -OO, and without PYTHONOPTIMIZE=2: pages need docstrings.")
