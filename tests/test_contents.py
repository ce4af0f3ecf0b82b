"""What the site consists of is listed once, and made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from markdown import markdown

from conftest import KETTLES, PROJECT, TODAY, Tree, build
from explainer.addresses import Kind, resources, written
from explainer.builders.contents import Settings, contents
from explainer.check.load import load
from explainer.model import Model, Problem, Record
from explainer.model.site import Loaded
from explainer.pages.render import Known

SETTINGS = Settings("Kettles", "https://kettles.example/", markdown, pictures=False)
NAMES_SOMETHING = ("id", "quote", "seed", "report", "claim", "topic", "slug", "lang", "sha256")
"""Fields whose words find something else: changed, the site would hold a problem."""


def test_what_is_made_is_what_the_check_knows() -> None:
    loaded = load(PROJECT)
    problems: list[Problem] = []
    settings = dataclasses.replace(SETTINGS, pictures=True)
    items = list(contents(loaded, settings, problems))
    listed = [one for one in resources(loaded.site) if one.kind is not Kind.THEME]
    assert sorted(item.uri for item in items) == sorted(one.uri for one in listed)
    assert {item.uri: item.kind for item in items} == {one.uri: one.kind for one in listed}


def test_what_is_listed_is_what_is_published(tree: Tree) -> None:
    assert build(tree.root, "--strict").returncode == 0
    site = tree.root / "site"
    listed = {written(one.uri) for one in resources(tree.load().site)}
    of_the_theme = {"assets/images", "assets/javascripts", "assets/stylesheets"}
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    overrides = {
        file.relative_to(PROJECT / "overrides").as_posix()
        for file in (PROJECT / "overrides/assets").rglob("*")
    }
    others = files - listed - overrides
    assert {"/".join(name.split("/")[:2]) for name in others} <= of_the_theme
    assert listed <= files


def variants(value: Model) -> Iterator[Model]:
    """The value with one of its texts changed, each in turn."""
    for name in type(value).model_fields:
        field: Any = getattr(value, name)
        if type(field) is str and name not in NAMES_SOMETHING:
            yield value.model_copy(update={name: f"{field} changed"})
        elif isinstance(field, Model):
            for inner in variants(field):
                yield value.model_copy(update={name: inner})
        elif isinstance(field, tuple):
            for index, item in enumerate(field):
                for inner in variants(item) if isinstance(item, Model) else ():
                    changed = (*field[:index], inner, *field[index + 1 :])
                    yield value.model_copy(update={name: changed})


def with_variants(loaded: Loaded) -> Iterator[Loaded]:
    for kind in ("claims", "topics", "reports", "seeds"):
        records: dict[str, Record] = dict(getattr(loaded.site, kind))
        for id, record in records.items():
            for variant in variants(record):
                changed: dict[str, Any] = {kind: {**records, id: variant}}
                site = dataclasses.replace(loaded.site, **changed)
                yield dataclasses.replace(loaded, site=site)


def test_a_page_that_is_kept_shows_each_change_of_what_it_shows() -> None:
    known: Known = {}
    count = 0
    for loaded in with_variants(load(KETTLES, TODAY)):
        kept = {item.uri: item for item in contents(loaded, SETTINGS, [], known)}
        assert kept == {item.uri: item for item in contents(loaded, SETTINGS, [])}
        count += 1
    assert count > 50
