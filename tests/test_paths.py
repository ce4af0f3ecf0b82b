"""Nothing outside of the project is read, published or written, whatever names and links say."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ALL, RATE, TODAY, TOPIC, Tree, build
from explainer.__main__ import main
from explainer.commands.history import site_at

LINK = "is a symbolic link, which is not followed: put the file itself here"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside of the project."""
    file = tmp_path / "secret.md"
    file.write_text("Not for the public\n", "utf-8")
    return file


def outside(tree: Tree) -> dict[str, bytes]:
    """What stands beside the project."""
    return {
        str(file): file.read_bytes()
        for file in tree.root.parent.rglob("*")
        if file.is_file() and not file.is_relative_to(tree.root)
    }


@pytest.mark.parametrize(
    "link",
    [
        "docs/secret.md",
        "docs/secret.png",
        "docs/claims/secret.md",
        "docs/reports/kettle-test.fingerprint.json",
        "seeds/kettle-news.txt",
        "seeds/kettle-news.yml",
        "seeds/kettle-news.en.md",
        "seeds",
    ],
)
def test_a_link_is_not_read(tree: Tree, secret: Path, link: str) -> None:
    file = tree.root / link
    target = secret
    if file.is_dir():
        target = file.rename(tree.root.parent / "elsewhere")
    file.unlink(missing_ok=True)
    file.symlink_to(target)
    assert f"{link}:1: {LINK}" in tree.problems()


def test_links_out_of_the_project_or_in_circles_stop_a_build(tree: Tree, secret: Path) -> None:
    links = ("docs/a", "docs/b", "docs/secret.md", "seeds/c", "seeds/secret.txt")
    for name in links:
        target = secret if "secret" in name else "."
        (tree.root / name).symlink_to(target)
    assert {f"{name}:1: {LINK}" for name in links} <= set(tree.problems())
    result = build(tree.root)
    assert result.returncode == 1
    assert all(f"{name}:1: {LINK}" in result.stderr for name in links)
    assert "Traceback" not in result.stderr
    assert not (tree.root / "site").exists()


def test_a_pipe_is_not_read(tree: Tree) -> None:
    for path in ("docs/claims/pipe.md", "docs/pipe.md", "seeds/kettle-news.en.md"):
        (tree.root / path).unlink(missing_ok=True)
        os.mkfifo(tree.root / path)
        assert f"{path}:1: is neither a file nor a folder: remove it" in tree.problems()
    assert build(tree.root).returncode == 1


def test_a_name_that_would_break_a_line_of_messages_is_refused(tree: Tree) -> None:
    (tree.root / "docs/a\n::error::b.md").write_bytes(b"")
    (tree.root / os.fsdecode(b"docs/\xff.png")).write_bytes(b"")
    expected = [
        "docs/a\\n::error::b.md:1: has a name that not every system and page can hold: rename it",
        "docs/\\udcff.png:1: has a name that not every system and page can hold: rename it",
    ]
    assert tree.problems() == expected
    result = CliRunner().invoke(main, ["check", "--root", str(tree.root)])
    assert result.stdout.splitlines() == [f"{problem} [file-name]" for problem in expected]


@pytest.mark.parametrize("name", ["../secret", "../../secret", "/etc/passwd", "a/../secret", ".."])
def test_a_record_names_nothing_outside(tree: Tree, name: str) -> None:
    tree.edit(RATE, "seed: kettle-news", f"seed: '{name}'")
    tree.edit(RATE, "report: kettle-test", f"report: '{name}'")
    tree.edit(RATE, "topic: whistling", f"topic: '{name}'")
    tree.edit(TOPIC, "claim: all-kettles-whistle-before-boiling", f"claim: '{name}'")
    tree.write(ALL, tree.text(ALL) + f"\n[a]({name}.md)\n")
    problems = tree.problems()
    assert sum(f"'{name}' is unknown" in problem for problem in problems) == 4
    assert any(f"the link '{name}.md' leads to no page" in problem for problem in problems)


@pytest.mark.parametrize("slug", ["../secret", "/secret", "a/b", "..", ""])
def test_an_article_has_no_address_outside(tree: Tree, slug: str) -> None:
    tree.edit("seeds/kettle-news.yml", "slug: kettle-cries-too-early", f"slug: '{slug}'")
    assert any("seeds/kettle-news.yml:3: 'slug' is" in problem for problem in tree.problems())


@pytest.mark.usefixtures("secret")
def test_a_build_with_such_names_writes_nothing_outside(tree: Tree) -> None:
    tree.edit("seeds/kettle-news.yml", "slug: kettle-cries-too-early", "slug: ../../../secret")
    tree.edit(RATE, "topic: whistling", "topic: ../../../secret")
    tree.edit(TOPIC, "seed: kettle-post", "seed: /../../../secret")
    tree.write(ALL, tree.text(ALL) + "\n[a](../../../secret.md)\n")
    before = outside(tree)
    assert build(tree.root).returncode == 0
    assert outside(tree) == before
    assert not any(
        b"Not for the public" in file.read_bytes()
        for file in (tree.root / "site").rglob("*")
        if file.is_file()
    )


@pytest.mark.parametrize(
    "name", ["../claims/all-kettles-whistle-before-boiling", "/etc/x", "..", ""]
)
def test_a_command_writes_nothing_outside(tree: Tree, tmp_path: Path, name: str) -> None:
    pages = tmp_path / "pages.json"
    pages.write_text(json.dumps([{"page": 1, "text": "A kettle that whistles"}]), "utf-8")
    article = tmp_path / "article.txt"
    article.write_text("Kettles whistle before they boil, says a report of this year.\n", "utf-8")
    everything = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    texts = ["--title", "A", "--publisher", "B"]
    for command in (
        ["fingerprint", str(pages), name],
        ["new", "report", *texts, "--address", "", "--source", "", "--id", name],
        ["new", "topic", "--title", "A", "--question", "B", "--id", name],
        [
            "new",
            "seed",
            str(article),
            *texts,
            "--provenance",
            "C",
            "--kind",
            "article",
            "--id",
            name,
        ],
    ):
        result = CliRunner().invoke(main, [*command, "--root", str(tree.root)])
        assert result.exit_code != 0, command
        assert "Traceback" not in result.output
        assert not result.exception or isinstance(result.exception, SystemExit)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == everything


def git(root: Path, *arguments: str, text: str = "") -> str:
    author = ["-c", "user.name=Test", "-c", "user.email=test@kettles.example"]
    command = ["git", *author, *arguments]
    result = subprocess.run(
        command, cwd=root, input=text, check=True, capture_output=True, text=True
    )
    return result.stdout.strip()


def test_a_commit_hides_nothing_and_leads_nowhere(tree: Tree, secret: Path) -> None:
    """Attributes that leave files out of archives, and links, as any commit can hold them."""
    tree.write(".gitattributes", "docs/claims/** export-ignore\n")
    (tree.root / "docs/claims/linked.md").symlink_to(secret)
    git(tree.root, "init", "--quiet")
    git(tree.root, "add", "--all")
    git(tree.root, "commit", "--quiet", "--message", "A change")
    before = outside(tree)
    site = site_at(tree.root, "HEAD", TODAY)
    assert len(site.claims) == 4
    assert site.unread == {"docs/claims/linked.md": None}
    assert outside(tree) == before


def test_a_commit_with_paths_that_climb_is_refused(tree: Tree) -> None:
    """No git writes such a tree, but anyone can push one."""
    git(tree.root, "init", "--quiet")
    entry = f"100644 blob {git(tree.root, 'hash-object', '-w', '--stdin', text='x')}\tevil.md"
    for name in ("..", "..", "..", "claims", "docs"):
        entry = f"040000 tree {git(tree.root, 'mktree', text=entry)}\t{name}"
    commit = git(tree.root, "commit-tree", "-m", "x", git(tree.root, "mktree", text=entry))
    before = outside(tree)
    with pytest.raises(ValueError, match="git "):
        site_at(tree.root, commit, TODAY)
    assert outside(tree) == before


def test_a_command_writes_through_no_link(tree: Tree, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", "utf-8")
    (tree.root / "docs/reports/.kettle-test.fingerprint.json").symlink_to(victim)
    pages = tmp_path / "pages.json"
    pages.write_text('[{"page": 1, "text": "A kettle."}]', "utf-8")
    root = ["--root", str(tree.root)]
    made = CliRunner().invoke(main, ["fingerprint", str(pages), "kettle-test", *root])
    assert made.exit_code == 0, made.output
    assert victim.read_text("utf-8") == "mine"
    assert not (tree.root / "docs/reports/kettle-test.fingerprint.json").is_symlink()


def test_a_project_may_be_reached_by_a_link(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree.root)
    asked = ["--id", "zz", "--title", "A", "--question", "B?", "--root", str(tmp_path / "link")]
    result = CliRunner().invoke(main, ["new", "topic", *asked])
    assert result.exit_code == 0, result.output
    assert (tree.root / "docs/topics/zz.md").exists()
