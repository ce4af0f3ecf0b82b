"""The site as plain Markdown, for a builder that runs no hooks: Zensical, or MkDocs alone.

The folder that is written holds `docs/`, with every page, data file and picture; the templates of
the theme that we change; and a `mkdocs.yml` without hooks, which both builders read.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

import yaml
from markdown import Markdown
from yaml_env_tag import add_env_tag

from explainer.addresses import DOCS, SEEDS, relative_source, url
from explainer.check.load import load
from explainer.model import Problem
from explainer.outputs import data, search
from explainer.outputs.cards import Drawing, cards
from explainer.pages.head import page_meta
from explainer.pages.render import Page, Renderer
from explainer.read.handwritten import FRONT_MATTER
from explainer.read.tree import FOLDERS, other_files

CONFIG = "mkdocs.yml"
TEMPLATES = "overrides"
ONLY_WITH_HOOKS = ("hooks", "watch")
"""The settings that are left out."""
BUILT_IN = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""


class _Loader(yaml.SafeLoader):
    """Reads YAML with `!ENV`."""


add_env_tag(_Loader)


def write(
    root: Path, target: Path, link: Callable[[str, str], str] = relative_source
) -> list[Problem]:
    """Write the site under `root` into `target`, a folder that is new or empty.

    `link` is that of `Renderer`. Zensical resolves links in HTML like those in Markdown, from
    source to source; MkDocs does not, and needs `relative_url`. Returns the problems that stand in
    the way; if there are any, nothing is written. Nor is it after an error: ValueError for a
    target, settings or front matter that cannot be used, OSError for what the system refuses.
    """
    settings = _settings(root / CONFIG)
    target = target.resolve()
    _check_target(target, [root / DOCS, root / SEEDS, *_templates(root, settings)])
    loaded = load(root)
    problems = [problem for problem in loaded.problems if not problem.gap]
    if problems:
        return problems
    site_url = settings["site_url"].rstrip("/") + "/"
    renderer = Renderer(loaded, settings["site_name"], site_url, link=link)
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as begun:
        tree = Path(begun, target.name)
        _Export(root, tree, settings, renderer).write()
        if not renderer.template_problems:
            tree.replace(target)
    return renderer.template_problems


def _check_target(target: Path, copied: list[Path]) -> None:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ValueError(f"{target}: expected a folder that is new or empty")
    if not target.parent.is_dir():
        raise ValueError(f"{target}: there is no folder {target.parent} to write it in")
    for folder in copied:
        if target.is_relative_to(folder.resolve()):
            raise ValueError(f"{target}: expected a folder outside {folder}, which is copied")


def _settings(file: Path) -> dict[str, Any]:
    try:
        settings = yaml.load(file.read_bytes(), _Loader)
    except yaml.YAMLError as error:
        raise ValueError(f"{file}: broken YAML, or a tag other than !ENV: {error}") from error
    for name in ("site_name", "site_url"):
        if not isinstance(settings, dict) or not isinstance(settings.get(name), str):
            raise ValueError(f"{file}: expected a text for '{name}'")
    theme = settings.get("theme")
    if not isinstance(theme, dict):
        settings["theme"] = {"name": theme} if theme else {}
    return dict(settings)


def _templates(root: Path, settings: dict[str, Any]) -> list[Path]:
    folder = settings["theme"].get("custom_dir")
    return [root / folder] if folder else []


def _converter(settings: dict[str, Any]) -> Markdown:
    """Makes HTML as the site's builder does."""
    entries = settings.get("markdown_extensions") or []
    found: dict[str, Any] = dict.fromkeys(BUILT_IN)
    for entry in [entries] if isinstance(entries, dict) else entries:
        found |= entry if isinstance(entry, dict) else {entry: None}
    configs = {name: options or {} for name, options in found.items()}
    try:
        return Markdown(extensions=list(configs), extension_configs=configs)
    except (ImportError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{CONFIG}: 'markdown_extensions' cannot be used: {error}") from error


def _split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a page, which was checked, and the rest."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    return yaml.safe_load(found[1]) or {}, text[found.end() :]


class _Export:
    """Writes the folder `tree`."""

    def __init__(
        self, root: Path, tree: Path, settings: dict[str, Any], renderer: Renderer
    ) -> None:
        self.root = root
        self.tree = tree
        self.settings = settings
        self.renderer = renderer
        self.cards = list(cards(renderer.site, renderer.site_name))
        self.pictures = {card.place for card in self.cards}

    def write(self) -> None:
        drawing = Drawing(self.cards, self.tree / DOCS)
        try:
            self._write_texts()
            drawing.finish()
        finally:
            drawing.stop()

    def _write_texts(self) -> None:
        site, site_name = self.renderer.site, self.renderer.site_name
        for path, file in other_files(self.root).items():
            if file.suffix != ".md":
                self._put(path.removeprefix(f"{DOCS}/"), file.read_bytes())
        for uri, text in data.files(site, site_name, self.renderer.site_url):
            self._put(uri, text)
        for page in self.renderer.pages():
            self._put_page(page.uri, page.markdown, page, **self._edit_url(page))
        self._put(search.URI, search.script(site, self._write_hand_written()))
        self._write_config()

    def _put(self, uri: str, content: str | bytes) -> None:
        file = self.tree / DOCS / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def _put_page(self, uri: str, text: str, made: Page | None = None, **more: str) -> str:
        """Write a page with what it tells machines; its Markdown without front matter."""
        meta, body = _split(text)
        meta |= page_meta(self.renderer, uri, made, self.pictures) | more
        front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)
        self._put(uri, f"---\n{front}---\n\n{body}")
        return body

    def _edit_url(self, page: Page) -> dict[str, str]:
        """Where a page is edited, if not at its own place under docs/; empty if nowhere."""
        if page.source == f"{DOCS}/{page.uri}":
            return {}
        repo, edit = self.settings.get("repo_url"), self.settings.get("edit_uri")
        if not (page.source and repo and edit):
            return {"edit_url": ""}
        docs = urljoin(repo.rstrip("/") + "/", edit.rstrip("/") + "/")
        return {"edit_url": urljoin(docs, f"../{page.source}")}

    def _write_hand_written(self) -> dict[str, str]:
        """Write the pages that are not generated, but for parts; their HTML, by address."""
        converter = _converter(self.settings)
        html = {}
        for path, text in self.renderer.site.handwritten.items():
            uri = path.removeprefix(f"{DOCS}/")
            body = self._put_page(uri, self.renderer.fill(text, uri))
            html[url(uri)] = converter.reset().convert(body)
        return html

    def _write_config(self) -> None:
        config = {
            name: self.settings[name] for name in self.settings if name not in ONLY_WITH_HOOKS
        }
        # Zensical looks like Material in its variant `classic`.
        config["theme"] = {"variant": "classic"} | self.settings["theme"]
        for folder in _templates(self.root, self.settings):
            shutil.copytree(folder, self.tree / TEMPLATES, copy_function=shutil.copyfile)
            config["theme"]["custom_dir"] = TEMPLATES
        generated = [f"/{folder}/" for folder in ("articles", *FOLDERS)]
        config["not_in_nav"] = "\n".join([config.get("not_in_nav") or "", *generated])
        text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
        (self.tree / CONFIG).write_text(text, "utf-8", newline="\n")
