"""The rules between records: each a generator of problems whose docstring states the rule."""
