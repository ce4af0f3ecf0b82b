"""MkDocs' events, handed to one object."""

from explainer.builders.mkdocs import Explainer

_explainer = Explainer()

on_startup = _explainer.on_startup
on_config = _explainer.on_config
on_pre_build = _explainer.on_pre_build
on_files = _explainer.on_files
on_nav = _explainer.on_nav
on_page_markdown = _explainer.on_page_markdown
on_env = _explainer.on_env
on_post_page = _explainer.on_post_page
on_post_template = _explainer.on_post_template
on_post_build = _explainer.on_post_build
on_build_error = _explainer.on_build_error
on_shutdown = _explainer.on_shutdown
on_serve = _explainer.on_serve
