"""What the tests share: a small complete site about kettles, whole builds, and a browser.

The kettles' site is copied for tests that change it. MkDocs builds as at a reader's home.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from hypothesis import settings
from markdown import markdown
from playwright.sync_api import Browser, sync_playwright

from explainer.addresses import Kind
from explainer.builders.contents import Item, Settings, contents
from explainer.check.load import load
from explainer.model import Problem, Site
from explainer.model.site import Loaded

Rule = Callable[[Site], Iterator[Problem]]
Once = Callable[[str, Callable[[Path], None]], Path]

# The same examples in every run, however slow the machine.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

PROJECT = Path(__file__).parent.parent
KETTLES = Path(__file__).parent / "sites" / "kettles"
OFFLINE = Path(__file__).parent / "offline"
TODAY = datetime.date(2019, 7, 1)
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
NOT_INHERITED = ("COVERAGE_PROCESS_CONFIG", "SITE_URL", "REPO_URL")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in NOT_INHERITED},
    "NO_MKDOCS_2_WARNING": "1",
}

RATE = "docs/claims/kettles-whistle-too-early-in-12-5-percent.md"
ALL = "docs/claims/all-kettles-whistle-before-boiling.md"
COPPER = "docs/claims/copper-kettles-are-the-most-dangerous.md"
HANDLES = "docs/claims/handles-stay-below-45-degrees.md"
REPORT = "docs/reports/kettle-test.md"
TOPIC = "docs/topics/whistling.md"
NEWS = "seeds/kettle-news.yml"
POST = "seeds/kettle-post.yml"

ASSETS = """
extra_css: [assets/explainer.css]
extra_javascript: [{path: assets/explainer.js, defer: true}]
"""

JAPANESE = (
    "やかんの話\n\nやかんは沸騰する前に鳴ると報告書は述べています。理由は誰にもわかりません。\n\n"
    "共有する\n"
)


SLOW = {
    *("browser", "build", "builds", "built", "fail", "faulty", "home", "paged", "real", "server"),
    *("serving", "small", "subprocess"),
}
"""Fixtures and functions that build or serve whole sites, open a browser or start a process."""


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the tests that `make quick` leaves out."""
    for item in items:
        if not SLOW.isdisjoint([*item.fixturenames, *item.function.__code__.co_names]):
            item.add_marker("slow")


class Tree:
    """A copy of the kettles' site that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8", newline="\n")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file, once."""
        text = self.text(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def record_hash(self, seed: str) -> None:
        """Record the hash that a seed's text has now."""
        text = (self.root / seed).with_suffix(".txt").read_bytes()
        found = hashlib.sha256(text).hexdigest()
        self.write(seed, re.sub(r"(?m)^sha256: .*$", f"sha256: {found}", self.text(seed)))

    def load(self) -> Loaded:
        return load(self.root, TODAY)

    def problems(self) -> list[str]:
        return [shown(problem) for problem in self.load().problems]

    def found_by(self, rule: Rule) -> list[str]:
        """The problems that one rule finds."""
        return [shown(problem) for problem in rule(self.load().read)]


def shown(problem: Problem) -> str:
    """A problem without the id of its rule."""
    return str(dataclasses.replace(problem, rule=""))


def made(loaded: Loaded, site_name: str = "Kettles, checked") -> dict[str, Item]:
    """What a site consists of, by URI, without pictures."""
    problems: list[Problem] = []
    url = "https://kettles.example/site/"
    settings = Settings(site_name, url, markdown, pictures=False)
    found = {item.uri: item for item in contents(loaded, settings, problems)}
    assert problems == []
    return found


def files(loaded: Loaded, site_name: str = "Kettles, checked") -> dict[str, str]:
    """The texts of a site's pages and files, by URI, without pictures."""
    found = made(loaded, site_name)
    return {
        uri: item.content.decode() for uri, item in found.items() if item.kind is not Kind.ASSET
    }


def kettles(root: Path) -> Tree:
    """A copy of the kettles' site in `root`, with this project's generator and theme."""
    shutil.copytree(KETTLES, root)
    config = (root / "mkdocs.yml").read_text("utf-8")
    for name in ("hooks", "overrides"):
        config = config.replace(f"../../../{name}", str(PROJECT / name))
    (root / "mkdocs.yml").write_text(config, "utf-8")
    return Tree(root)


def dressed(root: Path) -> Tree:
    """A copy of the kettles' site in `root` with the scripts and styles of this project's pages."""
    tree = kettles(root)
    shutil.copytree(PROJECT / "docs/assets", root / "docs/assets")
    tree.write("mkdocs.yml", tree.text("mkdocs.yml") + ASSETS)
    return tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return kettles(tmp_path / "kettles")


def build(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `mkdocs build` says and writes; it fails if it uses the network."""
    path = os.pathsep.join([str(OFFLINE), ENVIRONMENT.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def faulty(folder: Path, fault: str, *program: str) -> subprocess.Popen[str]:
    """Start a program that meets a fault: see `faulty.py`. What is temporary goes to `folder`."""
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).parent / "faulty.py"), fault, *program],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(PROJECT / "hooks"), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def digest(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder under a name, once for all processes that share the tests of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def real(once: Once) -> Path:
    """The site of this repository, built strictly."""

    def make(folder: Path) -> None:
        result = build(PROJECT, "--strict", "--site-dir", str(folder))
        assert result.returncode == 0, result.stderr

    return once("real", make)


@pytest.fixture(scope="session")
def small(once: Once) -> Path:
    """The kettles' site with this project's scripts and styles, built strictly."""

    def make(folder: Path) -> None:
        tree = dressed(folder)
        result = build(tree.root, "--strict")
        assert result.returncode == 0, result.stderr

    return once("kettles", make) / "site"


@functools.cache
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of a built site, by its address below the site's root. Change none of them."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): BeautifulSoup(
            file.read_text("utf-8"), "html.parser"
        )
        for file in sorted(site.rglob("*.html"))
    }


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder like a plain web host, with the site's own page for what is not there."""

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


class _Slow(_Quiet):
    """Pages come in small parts, as on a bad line, and are shown as they come."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        if not self.path.endswith("/"):
            super().copyfile(source, outputfile)
            return
        while part := source.read(3000):
            outputfile.write(part)
            time.sleep(0.04)


@contextmanager
def served(folder: Path, slowly: bool = False) -> Iterator[str]:
    """Serve `folder` on a free local port; its address, with a slash at the end."""
    handler = functools.partial(_Slow if slowly else _Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(real: Path) -> Iterator[str]:
    """Where the site of this repository is served."""
    with served(real) as found:
        yield found


@pytest.fixture(scope="session")
def small_address(small: Path) -> Iterator[str]:
    """Where the kettles' site is served."""
    with served(small) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), f"{CHROMIUM} is missing: `make test` installs it where it can"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield running
        running.close()
