"""What the adapter uses of MkDocs is still there: a release that changes it is named here."""

from __future__ import annotations

import inspect
from importlib.metadata import version

from mkdocs.commands import build
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

from explainer.builders import mkdocs_api


def test_the_release_is_one_that_the_adapter_names() -> None:
    release = ".".join(version("mkdocs").split(".")[:2])
    assert f"MkDocs and ProperDocs {release}" in (mkdocs_api.__doc__ or "")


def test_what_it_does_not_promise_has_the_parameters_that_we_give() -> None:
    assert list(inspect.signature(build._populate_page).parameters)[:3] == [
        *("page", "config", "files"),
    ]
    assert list(inspect.signature(build._build_page).parameters)[:5] == [
        *("page", "config", "doc_files", "nav", "env"),
    ]
    assert list(inspect.signature(Page.validate_anchor_links).parameters) == [
        *("self", "files", "log_level"),
    ]
    assert InclusionLevel.DRAFT.value < InclusionLevel.NOT_IN_NAV.value
    assert {"content_bytes", "copy_file"} <= set(dir(File))
