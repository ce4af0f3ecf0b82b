"""What we use of MkDocs that it does not promise to keep: seen in MkDocs and ProperDocs 1.6.

`tests/test_mkdocs_api.py` fails when a release changes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from explainer.builders.contents import Item
from explainer.builders.headings import Converter


class ItemPage(Page):
    """A page of ours: its text and front matter are at hand, and most of it is HTML already."""

    def __init__(self, item: Item, converter: Converter, file: File, config: MkDocsConfig) -> None:
        self.item, self._converter = item, converter
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what MkDocs reads from a file: front matter and Markdown."""
        self.meta = dict(self.item.front)
        self.markdown = str(self.item.text)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set what MkDocs sets: content, table of contents, title, anchors."""
        self.__dict__.pop("title", None)  # the one of an earlier build
        content = self._converter.convert(self.markdown or "")
        if content is None:
            super().render(config, files)
            return
        self.content = content.html
        self.toc = get_toc(content.headings)
        self.title = content.headings[0]["name"]
        self.present_anchor_ids = content.ids
        self.markdown = None  # it would double what a page takes


def is_published(file: File) -> bool:
    """Whether a file is written by `mkdocs build`."""
    return bool(file.inclusion.value > InclusionLevel.DRAFT.value)


def build_again(
    pages: Sequence[Page], config: MkDocsConfig, files: Files, nav: Navigation, env: Environment
) -> None:
    """Read, render and write some pages of a site that was built before."""
    for page in pages:
        _populate_page(page, config, files)
    documents = files.documentation_pages()
    for page in pages:
        _build_page(page, config, documents, nav, env)
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
