"""Words, Markdown, links and characters of a text. Knows no record."""
