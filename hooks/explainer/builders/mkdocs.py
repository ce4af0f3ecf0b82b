"""The site as MkDocs builds and serves it.

Problems are warnings, so that `mkdocs build --strict` fails; work not begun yet is not one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from explainer.addresses import INDEXES, SEEDS, TABLE, Kind
from explainer.builders.changes import Looks
from explainer.builders.contents import Item, Settings, contents
from explainer.builders.csp import with_policy
from explainer.builders.headings import Converter
from explainer.builders.live import (
    LiveSite,
    end_like_ctrl_c,
    in_use,
    settings_and_templates,
    watch,
)
from explainer.builders.mkdocs_api import ItemPage, is_published
from explainer.builders.publication import Publication
from explainer.builders.system_errors import explain
from explainer.check.load import load
from explainer.model import Problem, Severity
from explainer.model.site import Loaded
from explainer.pages.render import Known

# Below `mkdocs.plugins`, so that strict builds count the warnings; the plain logger, so that no
# prefix stands before path:line: message.
log = logging.getLogger("mkdocs.plugins.explainer")

SECTIONS = {uri.split("/")[0]: uri for uri in (*INDEXES, TABLE)}
"""The index below which the pages of a folder stand."""


@dataclass(frozen=True)
class Build:
    """What one build shows: the tree as it was loaded, and what the site consists of, by URI."""

    loaded: Loaded
    items: dict[str, Item]


class Explainer:
    """Hands MkDocs what the site consists of; its methods are MkDocs' events, in their order."""

    def __init__(self) -> None:
        self._serving = False
        self._build: Build | None = None
        self._publication: Publication | None = None
        self._open = ExitStack()
        self._nav: Navigation
        self._live: LiveSite | None = None
        self._known: Known = {}
        self._looks: Looks = {}

    def on_startup(self, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what is being done. A server that is stopped removes its folder."""
        self._serving = command == "serve"
        if self._serving:
            end_like_ctrl_c()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse settings under which links would lead nowhere, and a port that is taken."""
        problems = _setting_problems(config)
        host, port = config.dev_addr
        if self._serving and self._build is None and in_use(config.dev_addr):
            another = f"mkdocs serve --dev-addr {host}:{port + 1}"
            problems.append(f"{host}:{port} is in use, maybe by another 'mkdocs serve': {another}")
        if problems:
            raise PluginError("\n".join(problems))
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read the records; build beside the published site. `mkdocs serve` has its own folder.

        Refuse files that cannot be used here: MkDocs then follows links out of docs/, or in
        circles.
        """
        if not self._serving:
            seeds = _root(config) / SEEDS
            sources = [*map(Path, [config.config_file_path, *config.watch, config.docs_dir]), seeds]
            publication = Publication(Path(config.site_dir), sources)
            self._publication = self._open.enter_context(publication)
            config.site_dir = str(self._publication.folder)
        self._loaded = load(_root(config))
        stops = [one for one in self._loaded.problems if one.severity is Severity.STOPS]
        if stops:
            raise PluginError("\n".join(map(str, stops)))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the files of docs/ by what the site consists of.

        Here, because `nav`, links and sitemap then treat all pages alike.
        """
        if self._serving and self._looks != (seen := settings_and_templates(config)):
            self._known.clear()  # a template may have changed
            self._looks = seen
        converter = Converter(config.markdown_extensions, config.mdx_configs)
        self._build = self._make(self._loaded, config, converter)
        for file in list(files):
            if file.src_dir == config.docs_dir:
                files.remove(file)
        if self._publication:
            items = self._build.items.values()
            self._publication.draw(item for item in items if item.kind is Kind.PICTURE)
        for item in self._build.items.values():
            if item.kind is not Kind.PICTURE:
                _add(files, item, converter, config)
        return files

    def _make(self, loaded: Loaded, config: MkDocsConfig, converter: Converter) -> Build:
        """Everything that the site consists of. Logs its problems."""
        settings = Settings(
            config.site_name,
            str(config.site_url).rstrip("/") + "/",
            converter.whole,
            pictures=not self._serving,  # no link is shared from a server at home
        )
        problems: list[Problem] = []
        known = self._known if self._serving else None
        items = {item.uri: item for item in contents(loaded, settings, problems, known)}
        for problem in [*loaded.problems, *problems]:
            level = logging.INFO if problem.severity is Severity.GAP else logging.WARNING
            log.log(level, "%s", problem)
        self._converter = converter
        return Build(loaded, items)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each generated page its place below an index."""
        self._nav = nav
        for file in files.documentation_pages():
            page = file.page
            if page is None:
                continue
            index = files.get_file_from_path(SECTIONS.get(file.src_uri.split("/")[0], ""))
            if index and index.page and file is not index and page.parent is None:
                page.parent = index.page.parent or Section(index.page.title or "", [index.page])
        return nav

    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Date the page by what it shows, not by the day of the build."""
        page.update_date = page.meta["updated"]

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Remember what MkDocs made: now every page is rendered, and no file is written."""
        self._live = LiveSite(config, files, self._nav, env, self._looks)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Give the page its Content-Security-Policy.

        Not while serving: after the last event, `mkdocs serve` adds an inline script.
        """
        return output if self._serving else with_policy(output, page.content or "")

    def on_post_template(
        self, output_content: str, template_name: str, config: MkDocsConfig
    ) -> str:
        """Give the theme's own pages theirs: 404.html."""
        if self._serving or not template_name.endswith(".html"):
            return output_content
        return with_policy(output_content)

    @event_priority(-100)  # last: plugins write here too
    def on_post_build(self, config: MkDocsConfig) -> None:
        """The site is complete: publish it."""
        if self._publication and self._live:
            written = [file.dest_uri for file in self._live.files if is_published(file)]
            self._publication.publish(written, config.strict)
            config.site_dir = str(self._publication.site)
        self._open.close()

    def on_build_error(self, error: Exception) -> None:
        """Leave the published site as it was; say in one line what the system refused."""
        self._live = None
        site = self._publication.site if self._publication else None
        self._open.close()
        if isinstance(error, OSError):
            log.debug("The error in full:", exc_info=error)
            log.error("%s.%s", explain(error, site), f" {site} is as it was." if site else "")
            raise Abort("Aborted with an error of the system!") from error

    def on_shutdown(self) -> None:
        """Remove what was not published after Ctrl-C too."""
        self._open.close()

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """After a change, build again only what it changed, unless the theme is watched as well."""
        if watch(server, config):
            return server

        def rebuild() -> None:
            live, self._live = self._live, None  # after an error, all is built again
            try:
                if live and self._update(live):
                    self._live = live
                else:
                    builder()
            except (ConfigurationError, OSError) as error:
                raise Abort(explain(error, Path(config.site_dir))) from error

        server.builder = rebuild
        return server

    def _update(self, live: LiveSite) -> bool:
        """Build again what changed since the last build; False if that is more than some pages."""
        if settings_and_templates(live.config) != live.looks:
            return False
        old, loaded = self._build, load(_root(live.config))
        stopped = any(problem.severity is Severity.STOPS for problem in loaded.problems)
        # The titles of hand-written pages stand in the menu of every page.
        if old is None or stopped or loaded.read.hand_written != old.loaded.read.hand_written:
            return False
        self._build = self._make(loaded, live.config, self._converter)
        return live.update(old.items, self._build.items)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _setting_problems(config: MkDocsConfig) -> list[str]:
    problems = []
    if not config.use_directory_urls:
        problems.append("mkdocs.yml: 'use_directory_urls: false' is not supported: take it out")
    if not config.site_url:
        problems.append("mkdocs.yml: expected 'site_url', for feeds and permalinks")
    return problems


def _add(files: Files, item: Item, converter: Converter, config: MkDocsConfig) -> None:
    if file := files.get_file_from_path(item.uri):
        files.remove(file)
    inclusion = InclusionLevel.NOT_IN_NAV
    if item.kind is Kind.HAND_WRITTEN:
        inclusion = InclusionLevel.UNDEFINED  # MkDocs names those that no menu lists
    ours = item.is_page and item.kind is not Kind.HAND_WRITTEN
    content = "" if ours else item.content
    file = File.generated(config, item.uri, content=content, inclusion=inclusion)
    # The theme puts the URL into an attribute as it is.
    file.edit_uri = "../" + quote(item.source) if item.source else None
    files.append(file)
    if ours:
        ItemPage(item, converter, file, config)
