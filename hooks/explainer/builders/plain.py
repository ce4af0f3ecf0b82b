"""The site as plain Markdown, for a builder that runs no hooks: Zensical, or MkDocs alone.

The folder that is written holds `docs/`, with every page, data file and picture; the templates of
the theme that we change; and a `mkdocs.yml` without hooks, which both builders read.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from markdown import Markdown
from yaml_env_tag import add_env_tag

from explainer.addresses import DOCS, SEEDS, relative_source
from explainer.builders.contents import Item, Settings, contents
from explainer.builders.staging import Staging
from explainer.check.load import load
from explainer.model import Problem, Severity
from explainer.pages.render import Link
from explainer.read.tree import FOLDERS

CONFIG = "mkdocs.yml"
TEMPLATES = "overrides"
ONLY_WITH_HOOKS = ("hooks", "watch")
"""The settings that are left out."""
BUILT_IN = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""


class _Loader(yaml.SafeLoader):
    """Reads YAML with `!ENV`."""


add_env_tag(_Loader)


def write(root: Path, target: Path, link: Link = relative_source) -> list[Problem]:
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
    problems = [problem for problem in loaded.problems if problem.severity is not Severity.GAP]
    if problems:
        return problems
    converter = _converter(settings)
    items = contents(
        loaded,
        Settings(
            settings["site_name"],
            settings["site_url"].rstrip("/") + "/",
            lambda text: converter.reset().convert(text),
            link,
        ),
        problems,
    )
    with closing(Staging(target)) as staging:
        for item in items:
            file = staging.folder / DOCS / item.uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_with_edit_url(item, settings).content)
        _write_config(root, staging.folder, settings)
        if not problems:
            staging.publish()
    return problems


def _check_target(target: Path, copied: list[Path]) -> None:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ValueError(f"{target}: expected a folder that is new or empty")
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


def _with_edit_url(item: Item, settings: dict[str, Any]) -> Item:
    """A page, and where it is edited if not at its own place under docs/; empty if nowhere."""
    if not item.is_page or item.source == f"{DOCS}/{item.uri}":
        return item
    repo, edit = settings.get("repo_url"), settings.get("edit_uri")
    url = ""
    if item.source and repo and edit:
        url = urljoin(urljoin(f"{repo.rstrip('/')}/", f"{edit.rstrip('/')}/"), f"../{item.source}")
    return replace(item, front={**item.front, "edit_url": url})


def _write_config(root: Path, tree: Path, settings: dict[str, Any]) -> None:
    config = {name: settings[name] for name in settings if name not in ONLY_WITH_HOOKS}
    # Zensical looks like Material in its variant `classic`.
    config["theme"] = {"variant": "classic"} | settings["theme"]
    for folder in _templates(root, settings):
        shutil.copytree(folder, tree / TEMPLATES, copy_function=shutil.copyfile)
        config["theme"]["custom_dir"] = TEMPLATES
    generated = [f"/{folder}/" for folder in ("articles", *FOLDERS)]
    config["not_in_nav"] = "\n".join([config.get("not_in_nav") or "", *generated])
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (tree / CONFIG).write_text(text, "utf-8", newline="\n")
