"""The MkDocs events, in the order in which they come. The only module that imports MkDocs.

Reads the records anew at every build, logs each problem, and hands pages and data over as generated
files. Problems are warnings, so that `mkdocs build --strict` fails; work not begun yet is not one.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

from explainer.addresses import SEEDS
from explainer.builders.csp import with_policy
from explainer.builders.faults import explain
from explainer.builders.headings import Converter
from explainer.builders.settings import setting_problems
from explainer.builders.staging import Staging
from explainer.builders.watch import Looks, Observer, end_like_ctrl_c, looks
from explainer.check.load import load
from explainer.model.site import Loaded
from explainer.outputs import data, search
from explainer.outputs.cards import Drawing, cards
from explainer.pages import render as generated
from explainer.pages.head import harmless, page_meta
from explainer.pages.render import Known, Renderer
from explainer.read.tree import obstacles, other_files

# Below `mkdocs.plugins`, so that strict builds count the warnings; the plain logger, so that no
# prefix stands before path:line: message.
log = logging.getLogger("mkdocs.plugins.explainer")

INDEXES = {
    "articles": "articles/index.md",
    "claims": "claims/index.md",
    "reports": "reports/index.md",
    "topics": "topics/index.md",
}


@dataclass(frozen=True)
class Build:
    """What one build knows; set in `on_files`, anew for every build.

    `pages` are the generated ones by their place under docs/. `filled` maps that of each
    hand-written page to its Markdown without and with its generated parts, `hand_written` its URL
    to its HTML. `cards` are the places of the pictures.
    """

    loaded: Loaded
    renderer: Renderer
    converter: Converter
    pages: dict[str, generated.Page]
    filled: dict[str, tuple[str, str]]
    hand_written: dict[str, str]
    site_url: str
    cards: set[str]


@dataclass(frozen=True)
class Live:
    """What MkDocs made of the last whole build under `mkdocs serve`."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment


_build: Build
_nav: Navigation
_live: Live | None = None
_outside: Looks = {}
_known: Known = {}
_drawing: Drawing | None = None
_staging: Staging | None = None
_warnings = CountHandler(level=logging.WARNING)
_serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember what is being done. A server that is told to end removes its folder."""
    global _serving
    _serving = command == "serve"
    if _serving:
        end_like_ctrl_c()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Refuse settings under which links would lead nowhere, and files that cannot be used."""
    # Here, because MkDocs then follows links out of docs/, or in circles, and reads front matter.
    found = obstacles(Path(config.config_file_path).parent)
    if problems := [*setting_problems(config), *map(str, found)]:
        raise PluginError("\n".join(problems))
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Build beside the published site. `mkdocs serve` has a folder of its own for each server."""
    global _staging
    if not _serving:
        try:
            _staging = Staging(Path(config.site_dir), Path(config.config_file_path).parent)
        except ValueError as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(_staging.folder)
        logging.getLogger("mkdocs").addHandler(_warnings)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the records among the files by their pages, and add all that is generated.

    Here, because `nav`, links, search and sitemap then treat them like any other page.
    """
    global _build, _drawing, _outside
    if _serving:
        outside = _watched(config)
        if outside != _outside:
            _known.clear()  # a template may have changed
        _outside = outside
    converter = Converter(config.markdown_extensions, config.mdx_configs)
    _build = _load(config, converter)
    _log_problems()
    if not _serving:  # no link is shared from a server at home
        gc.freeze()  # records and pages stay: the collector need not look through them again
        pictures = list(cards(_build.loaded.site, config.site_name))
        for card in pictures:
            _build.cards.add(card.place)
            _remove(files, card.place)
        _drawing = Drawing(pictures, Path(config.site_dir))
    read, withheld = _build.loaded.read.handwritten, _build.loaded.withheld
    for file in list(files):
        path = f"docs/{file.src_uri}"
        unseen = path.endswith(".md") and path not in read and not file.generated_by
        if unseen or path.endswith("~") or path in withheld:
            files.remove(file)
    for page in _build.pages.values():
        # The theme puts the address into an attribute as it is.
        edit = "../" + quote(page.source) if page.source else None
        _add(files, config, page.uri, page.content, edit)
    for uri, text in data.files(_build.loaded.site, config.site_name, _build.site_url):
        _add(files, config, uri, text.encode())
    return files


def _load(config: MkDocsConfig, converter: Converter) -> Build:
    """Read the tree, and render its pages."""
    loaded = load(Path(config.config_file_path).parent)
    site_url = str(config.site_url).rstrip("/") + "/"
    renderer = Renderer(loaded, config.site_name, site_url, _known if _serving else None)
    pages = {page.uri: page for page in renderer.pages()}
    return Build(loaded, renderer, converter, pages, {}, {}, site_url, set())


def _log_problems() -> None:
    for problem in [*_build.loaded.problems, *_build.renderer.template_problems]:
        log.log(logging.INFO if problem.gap else logging.WARNING, "%s", problem)


def _add(
    files: Files, config: MkDocsConfig, uri: str, content: bytes, edit: str | None = None
) -> None:
    _remove(files, uri)
    file = File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = edit
    files.append(file)
    if file.is_documentation_page():
        GeneratedPage(None, file, config)


class GeneratedPage(Page):
    """A page that is headings and HTML: only its headings are given to Markdown."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set what MkDocs sets: content, table of contents, title, anchors."""
        content = _build.converter.convert(self.markdown or "")
        if content is None:
            self.__dict__.pop("title", None)  # the one of an earlier build
            super().render(config, files)
            return
        self.content = content.html
        self.toc = get_toc(content.headings)
        self.title = content.headings[0]["name"]
        self.present_anchor_ids = content.ids
        self.markdown = None  # it would double what a page takes


def _remove(files: Files, uri: str) -> None:
    if file := files.get_file_from_path(uri):
        files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Give each generated page its place below an index."""
    global _nav
    _nav = nav
    for file in files.documentation_pages():
        page = file.page
        if page is None:
            continue
        index = files.get_file_from_path(INDEXES.get(file.src_uri.split("/")[0], ""))
        if index and index.page and file is not index and page.parent is None:
            page.parent = index.page.parent or Section(index.page.title or "", [index.page])
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hand the theme what a page tells machines; fill the generated parts of hand-written ones."""
    uri = page.file.src_uri
    made = _build.pages.get(uri)
    if not made:
        page.meta = harmless(page.meta)
    page.meta.update(page_meta(_build.renderer, uri, made, _build.cards))
    page.update_date = page.meta["updated"]  # not the day of the build
    if made:
        return markdown
    filled = _build.renderer.fill(markdown, uri)
    _build.filled[uri] = markdown, filled
    return filled


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Keep what hand-written pages say, for the search."""
    if not page.file.generated_by:
        _build.hand_written[page.url] = html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Add what the search box searches: now every page is rendered, and no file is written."""
    global _live
    script = search.script(_build.loaded.site, _build.hand_written)
    _add(files, config, search.URI, script.encode())
    _live = Live(config, files, _nav, env)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give the page its Content-Security-Policy.

    Not while serving: after the last event, `mkdocs serve` adds an inline script for live reload.
    """
    return output if _serving else with_policy(output, page.content or "")


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Give the theme's own pages theirs: 404.html."""
    if _serving or not template_name.endswith(".html"):
        return output_content
    return with_policy(output_content)


@event_priority(-100)  # last: plugins write here too
def on_post_build(config: MkDocsConfig) -> None:
    """The site is complete with its pictures: publish it."""
    try:
        if _drawing:
            _drawing.finish()
    except ChildProcessError as error:
        raise PluginError(str(error)) from error
    if _staging:
        site = _staging.site
        # A first build has nothing to spare, and shows what is wrong.
        failed = config.strict and bool(_warnings.get_counts()) and site.exists()
        if _live and not failed:
            draft = InclusionLevel.DRAFT.value
            _staging.publish(file.dest_uri for file in _live.files if file.inclusion.value > draft)
        config.site_dir = str(site)
        _clean_up()
        log.info("%s %s", site, "is as it was" if failed else "is published")


def on_build_error(error: Exception) -> None:
    """Leave the published site as it was; say in one line what the system refused."""
    global _live
    _live = None
    site = _staging.site if _staging else None
    _clean_up()
    if isinstance(error, OSError):
        log.debug("The error in full:", exc_info=error)
        kept = f" {site} is as it was." if site else ""
        log.error("%s.%s", explain(error, site), kept)
        raise Abort("Aborted with an error of the system!") from error


def on_shutdown() -> None:
    """Clean up after Ctrl-C too."""
    _clean_up()


def _clean_up() -> None:
    """Draw no more, and remove the folder of a site that comes to nothing."""
    global _staging
    if _drawing:
        _drawing.stop()
    if _staging:
        logging.getLogger("mkdocs").removeHandler(_warnings)
        _warnings.counts.clear()
        _staging.close()
        _staging = None


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Watch more often, and the seeds too; after a change, build again only what it changed."""
    gc.freeze()  # after the first build: the collector would look through it at every change
    watched = []
    for path in (config.docs_dir, config.config_file_path, *config.theme.dirs):
        with contextlib.suppress(KeyError):  # the theme is watched only on demand
            server.unwatch(path)
            watched.append(path)
    server.observer = Observer()  # type: ignore[assignment]  # of the same base
    # In mkdocs.yml, `watch:` would insist on the folder.
    for path in [*watched, str(Path(config.config_file_path).parent / SEEDS)]:
        server.watch(path)

    if watched[2:]:
        return server  # whoever works on the theme sees every page built

    def rebuild() -> None:
        global _live
        live, _live = _live, None  # after an error, all is built again
        try:
            if live and _update(live):
                _live = live
            else:
                builder()
        except (ConfigurationError, OSError) as error:
            raise Abort(explain(error, Path(config.site_dir))) from error

    server.builder = rebuild
    return server


def _update(live: Live) -> bool:
    """Build again what changed since the last build, if only records did.

    False, and nothing written, if something else changed, or pages came or went: they may stand
    in menus, and be linked from anywhere.
    """
    global _build
    if _watched(live.config) != _outside:
        return False
    start = time.monotonic()
    config, files, old = live.config, live.files, _build
    new = _load(config, old.converter)
    if new.pages.keys() != old.pages.keys():
        return False
    new.filled.update(old.filled)
    new.hand_written.update(old.hand_written)
    _build = new
    _log_problems()
    changed = [uri for uri, page in new.pages.items() if page != old.pages[uri]]
    for uri in changed:
        _write(files, uri, new.pages[uri].content)
    for uri, (text, filled) in old.filled.items():
        if new.renderer.fill(text, uri) != filled:
            changed.append(uri)
    pages = [file.page for uri in changed if (file := files.get_file_from_path(uri)) and file.page]
    for page in pages:
        _populate_page(page, config, files)
    documents = files.documentation_pages()
    for page in pages:
        _build_page(page, config, documents, live.nav, live.env)
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    for uri, text in data.files(new.loaded.site, config.site_name, new.site_url):
        _write(files, uri, text.encode())
    _write(files, search.URI, search.script(new.loaded.site, new.hand_written).encode())
    log.info("Built %d pages again in %.2f seconds", len(pages), time.monotonic() - start)
    return True


def _write(files: Files, uri: str, content: bytes) -> None:
    file = files.get_file_from_path(uri)
    if file and file.content_bytes != content:
        file.content_bytes = content
        if not file.is_documentation_page():
            file.copy_file()


def _watched(config: MkDocsConfig) -> Looks:
    """How the files look that are watched, and are no records."""
    root = Path(config.config_file_path).parent
    watched = map(Path, [config.config_file_path, *config.watch])
    return looks([*watched, *other_files(root).values()])
