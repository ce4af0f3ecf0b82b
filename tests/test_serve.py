"""`mkdocs serve` shows each edit without a restart, and lives through mistakes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import COPPER, ENVIRONMENT, NEWS, PROJECT, RATE, REPORT, TOPIC, Tree

PATIENCE = 60
"""Seconds after which a page that has not changed counts as never changing."""

CLAIM_PAGE = "claims/kettles-whistle-too-early-in-12-5-percent/"
CLAIM_TITLE = "Kettles whistle too early in 12.5% of cases"


class Server:
    def __init__(self, tree: Tree, port: int, log: Path) -> None:
        self.tree, self.log = tree, log
        self.base = f"http://127.0.0.1:{port}/site/"

    def page(self, address: str) -> str:
        # A request waits while a build is running, so it needs its own patience.
        with urllib.request.urlopen(self.base + address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def wait(self, address: str, shows: Callable[[str], bool]) -> str:
        end = time.monotonic() + PATIENCE
        text = ""
        while time.monotonic() < end:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                text = self.page(address)
                if shows(text):
                    return text
            time.sleep(0.2)
        raise AssertionError(f"{address} never changed:\n{text}\n{self.log.read_text()}")

    def says(self, message: str) -> None:
        """Wait until it has said something."""
        end = time.monotonic() + PATIENCE
        while message not in self.log.read_text():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.2)


@pytest.fixture
def server(tree: Tree, tmp_path: Path) -> Iterator[Server]:
    # A copy of the hooks, so that a template can be edited.
    shutil.copytree(PROJECT / "hooks", tmp_path / "hooks")
    config = (tree.root / "mkdocs.yml").read_text("utf-8")
    config = config.replace(str(PROJECT / "hooks"), str(tmp_path / "hooks"))
    config += f"watch: [{tmp_path / 'hooks/explainer/pages/templates'}]\n"
    (tree.root / "mkdocs.yml").write_text(config, "utf-8")
    with serving(tree, tmp_path / "serve.log") as running:
        yield running


@contextlib.contextmanager
def serving(tree: Tree, log: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=tree.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        running = Server(tree, port, log)
        running.wait(CLAIM_PAGE, lambda text: "Kettles whistle" in text)
        yield running
    finally:
        process.terminate()
        process.wait()


def test_edits_and_mistakes_show_without_a_restart(server: Server, tmp_path: Path) -> None:
    tree = server.tree
    edits = [
        (RATE, "reason: 12.5% is one", "reason: 12.5% is only one", CLAIM_PAGE, "is only one"),
        (NEWS, "publisher: Example", "publisher: New Example", "articles/", "New Example Daily"),
        (
            "seeds/kettle-news.en.md",
            "## The news",
            "## The latest",
            "articles/kettle-cries-too-early/",
            "The latest",
        ),
        (REPORT, "sells no kettles", "sells no pots", "reports/kettle-test/", "sells no pots"),
        (TOPIC, "on the same plate", "on one plate", "topics/whistling/", "on one plate"),
        ("docs/index.md", "# Kettles", "# All kettles", "", "All kettles"),
    ]
    for path, old, new, address, shown in edits:
        tree.edit(path, old, new)
        server.wait(address, lambda text, shown=shown: shown in text)  # type: ignore[misc]

    template = tmp_path / "hooks/explainer/pages/templates/claim.md"
    text = template.read_text("utf-8").replace("## Reasoning", "## The reasoning")
    template.write_text(text, "utf-8")
    server.wait(CLAIM_PAGE, lambda text: "The reasoning" in text)

    template.write_text(text.replace("{{ record.reason }}", "{{ record.raeson }}"), "utf-8")
    server.wait(CLAIM_PAGE, lambda text: "the template cannot be rendered" in text)
    assert "hooks/explainer/pages/templates/claim.md:" in server.log.read_text()
    template.write_text(text, "utf-8")
    server.wait(CLAIM_PAGE, lambda text: "The reasoning" in text)

    mistakes = [
        (RATE, "verdict: overstated", "verdict: overstatet", f"{RATE}:4: 'verdict' is"),
        (RATE, "topic: whistling", "topic: [whistling", f"{RATE}:4: broken YAML"),
        (NEWS, "lang: ko", "lng: ko", f"{NEWS}:4: unknown field 'lng'"),
        (REPORT, "kind: report", "kind: rumour", f"{REPORT}:4: 'kind' is 'rumour'"),
    ]
    for path, old, new, message in mistakes:
        tree.edit(path, old, new)
        server.wait(CLAIM_PAGE, lambda text: "This page is withheld" in text)
        assert message in server.log.read_text()
        tree.edit(path, new, old)
        server.wait(CLAIM_PAGE, lambda text: "The reasoning" in text)

    tree.edit(TOPIC, "question: Do", "qestion: Do")
    server.wait("topics/whistling/", lambda text: f"{TOPIC}:3" in text)
    tree.edit(TOPIC, "qestion: Do", "question: Do")
    server.wait("topics/whistling/", lambda text: "on one plate" in text)


def test_what_is_served_after_edits_is_what_a_new_server_serves(
    server: Server, tmp_path: Path
) -> None:
    """Though after an edit, only the pages are built again that it changed."""
    tree = server.tree
    news = "articles/kettle-cries-too-early/"
    warmth, chain = "docs/topics/warmth.md", tree.text(TOPIC)
    chain = chain[chain.index("chains:") : chain.index("---\n", 4)]
    edits = [
        (warmth, "---\nCopper", f"{chain}---\nCopper", "topics/warmth/"),  # of another topic
        ("seeds/kettle-post.yml", "title: ", "title: New ", "topics/warmth/"),
        (RATE, "claim: Kettles whistle too early", "claim: Kettles whistle early", CLAIM_PAGE),
        (RATE, "verdict: overstated", "verdict: missing-context", CLAIM_PAGE),
        (RATE, "checked: 2019-06-02", "checked: 2019-06-03", CLAIM_PAGE),
        (NEWS, "title: ", "title: New ", news),
        (NEWS, "published: 2019-05-02", "published: 2019-05-03", CLAIM_PAGE),  # in ClaimReview
        (REPORT, "title: ", "title: New ", "reports/kettle-test/"),
        (TOPIC, "title: ", "title: New ", "topics/whistling/"),
        ("seeds/kettle-news.en.md", "## The news", "## The latest", news),
        (COPPER, "verdict: not", "verdict: nt", "claims/copper-kettles-are-the-most-dangerous/"),
        (COPPER, "verdict: nt", "verdict: not", "claims/copper-kettles-are-the-most-dangerous/"),
    ]
    for path, old, new, address in edits:
        before = settled(server, server.page(address))
        tree.edit(path, old, new)
        server.wait(
            address,
            lambda text, before=before: settled(server, text) != before,  # type: ignore[misc]
        )
    assert "pages again" in server.log.read_text()
    addresses = ["", "claims/", "topics/", "reports/", "articles/", "feed.json", "feed.xml"]
    addresses += ["data/claims.json", "assets/search/entries.js", CLAIM_PAGE, news]
    addresses += [address for *_, address in edits]
    with serving(tree, tmp_path / "new.log") as new_server:
        for address in addresses:
            old_page, new_page = (settled(one, one.page(address)) for one in (server, new_server))
            assert old_page == new_page, address


def settled(server: Server, page: str) -> str:
    """A page without what differs from one answer, or one server, to the next."""
    return re.sub(r"livereload\(\d+, \d+\)", "", page).replace(server.base, "/")


def test_what_is_gone_or_broken_is_named_and_comes_back(server: Server, tmp_path: Path) -> None:
    root = server.tree.root

    def replace(path: str, put: Callable[[Path], object], address: str, message: str) -> None:
        """Put something, or nothing, in the place of a file or folder; then put that back."""
        shown, old, aside = CLAIM_TITLE, root / path, tmp_path / "aside"
        old.rename(aside)
        put(old)
        server.wait(address, lambda text: shown not in text or "is withheld" in text)
        assert message in server.log.read_text()
        if old.is_dir():
            old.rmdir()
        old.unlink(missing_ok=True)
        aside.rename(old)
        server.wait(CLAIM_PAGE, lambda text: shown in text and "is withheld" not in text)

    def nothing(path: Path) -> None:
        pass

    def half(path: Path) -> None:
        path.write_bytes((tmp_path / "aside").read_bytes()[:100])

    missing = f"'{Path(RATE).name}' leads to no page"
    replace(RATE, nothing, "claims/", missing)
    replace(RATE, Path.mkdir, "claims/", missing)
    replace(RATE, half, CLAIM_PAGE, f"{RATE}:1: expected front matter")
    replace(NEWS, nothing, CLAIM_PAGE, f"{RATE}:9: 'kettle-news' is unknown")
    replace("seeds", nothing, CLAIM_PAGE, "seeds:1: holds no record yet")
    replace("docs/claims", nothing, "claims/", "docs/claims:1: holds no record yet")
    replace("docs/claims", Path.touch, "claims/", "docs/claims:1: holds no record yet")
    # Those folders are still watched, though they were gone.
    server.tree.edit(NEWS, "publisher: Example", "publisher: New Example")
    server.wait("articles/", lambda text: "New Example Daily" in text)

    # A symbolic link stops every build, until it is gone.
    (root / RATE).rename(tmp_path / "aside")
    (root / RATE).symlink_to("nowhere")
    server.says(f"{RATE}:1: is a symbolic link, which is not followed")
    (root / RATE).unlink()
    (tmp_path / "aside").rename(root / RATE)
    server.wait(CLAIM_PAGE, lambda text: CLAIM_TITLE in text)

    renamed = RATE.replace("kettles-w", "Kettles-w")
    (root / RATE).rename(root / renamed)
    server.wait(CLAIM_PAGE.replace("kettles-w", "Kettles-w"), lambda text: CLAIM_TITLE in text)
    (root / renamed).rename(root / RATE)
    server.wait(CLAIM_PAGE, lambda text: CLAIM_TITLE in text)


def test_the_whole_of_docs_may_go_and_come_back(server: Server, tmp_path: Path) -> None:
    docs = server.tree.root / "docs"
    docs.rename(tmp_path / "aside")
    server.says("isn't an existing directory")
    (tmp_path / "aside").rename(docs)
    server.tree.edit(RATE, "reason: 12.5% is one", "reason: 12.5% is only one")
    server.wait(CLAIM_PAGE, lambda text: "is only one" in text)


def test_search_works_and_follows_edits(server: Server, browser: Browser) -> None:
    server.tree.edit(RATE, "reason: 12.5% is one", "reason: 12.5% is only one zeppelin, one")
    server.wait(CLAIM_PAGE, lambda text: "zeppelin" in text)
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(server.base)
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Search claims").fill("zeppelins")
    expect(page.get_by_role("status")).to_have_text("1 result for “zeppelins”.")
    page.close()
    assert set(said) <= {"Enabled live reload"}


def test_a_server_that_is_told_to_end_leaves_nothing(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path / "tmp"))
        with serving(tree, tmp_path / "serve.log"):
            assert list((tmp_path / "tmp").iterdir())
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_port_in_use_is_a_line_with_another_port(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        result = subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{host}:{port}"],
            cwd=tree.root,
            env={**ENVIRONMENT, "TMPDIR": str(tmp_path / "tmp")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert (
        f"{host}:{port} is in use, maybe by another 'mkdocs serve': "
        f"mkdocs serve --dev-addr {host}:{port + 1}\n"
    ) in result.stderr
    assert "Traceback" not in result.stderr
    assert list((tmp_path / "tmp").iterdir()) == []


def test_settings_that_cannot_be_read_are_a_message_until_they_can(server: Server) -> None:
    config = server.tree.text("mkdocs.yml")
    server.tree.write("mkdocs.yml", "site_name: [broken\n" + config)
    while "An error happened" not in server.log.read_text():
        time.sleep(0.05)
    server.tree.write("mkdocs.yml", config.replace("site_name: ", "site_name: New "))
    server.wait("", lambda text: "New " in text)
    assert "Traceback" not in server.log.read_text()


def test_a_page_in_the_place_of_another_of_the_same_time_is_shown(
    server: Server, tmp_path: Path
) -> None:
    old = server.tree.root / "docs/index.md"
    new = tmp_path / "index.md"
    new.write_text("# Start\n\nAnother text.\n", "utf-8")
    status = old.stat()
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(old)
    server.wait("", lambda text: "Another text." in text)
