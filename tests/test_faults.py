"""What goes wrong around a build or a command: what is published stays, and a line says what to do.

The faults are those of `faulty.py`. How a site takes another's place is tested change
by change in `test_publish.py`; here are whole builds, with faults at places all across them.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ALL, ENVIRONMENT, KETTLES, PROJECT, RATE, Tree, build, digest, faulty, kettles
from explainer.__main__ import main
from test_history import commit, git

PAGES = KETTLES.parent / "kettles.pages.json"
EDIT = (RATE, "12.5% is one kettle", "12.5% is only one kettle")
BUILD = ("-m", "mkdocs", "build", "--strict")


def fail(root: Path, fault: str, *command: str) -> str:
    """What a command says that fails, as it should, without a traceback."""
    process = faulty(root, fault, *command)
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said


class Update:
    """A published site with an edit since: `old` and `new` are its files by hash."""

    def __init__(self, tree: Tree, old: dict[str, str], new: dict[str, str]) -> None:
        self.tree, self.root, self.site = tree, tree.root, tree.root / "site"
        self.old, self.new = old, new

    def is_old(self) -> bool:
        return digest(self.site) == self.old

    def left(self) -> set[str]:
        """What stands beside the site, and should not."""
        return {file.name for file in self.root.iterdir()} - {"docs", "mkdocs.yml", "seeds", "site"}

    def succeeds(self) -> None:
        result = build(self.root, "--strict")
        assert result.returncode == 0, result.stderr
        assert digest(self.site) == self.new
        assert self.left() == set()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """A site before and after an edit, and the changes to files that the second build makes."""
    folder = tmp_path_factory.mktemp("built")
    tree = kettles(folder / "kettles")
    assert build(tree.root, "--strict").returncode == 0
    shutil.copytree(tree.root / "site", folder / "old")
    tree.edit(*EDIT)
    process = faulty(tree.root, f"log:{folder / 'changes'}", *BUILD)
    process.communicate()
    assert process.returncode == 0
    return folder / "old", tree.root / "site", (folder / "changes").read_text().splitlines()


@pytest.fixture
def changes(built: tuple[Path, Path, list[str]]) -> list[str]:
    return built[2]


@pytest.fixture
def update(tree: Tree, built: tuple[Path, Path, list[str]]) -> Update:
    old, new, _ = built
    shutil.copytree(old, tree.root / "site")
    tree.edit(*EDIT)
    return Update(tree, digest(old), digest(new))


# Builds


@pytest.mark.parametrize("after", [-100, -1, 0, 10])
def test_a_killed_build_leaves_the_old_site_or_the_new_one(
    update: Update, changes: list[str], after: int
) -> None:
    """Killed while pages are written, before the swap, in it, while the old site is removed."""
    second_rename = changes.index("os.rename .site.new") + 1
    killed = faulty(update.root, f"SIGKILL:{second_rename + after}", *BUILD)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    if after == 0:
        assert not update.site.exists()
    else:
        assert digest(update.site) == (update.old if after < 0 else update.new)
    update.succeeds()


def test_ctrl_c_leaves_the_old_site_and_nothing_else(update: Update, changes: list[str]) -> None:
    stopped = faulty(update.root, f"SIGINT:{len(changes) // 3}", *BUILD)
    stopped.communicate()
    assert stopped.returncode == 1
    assert update.is_old()
    assert update.left() == set()


def test_a_full_disk_leaves_the_old_site(update: Update, changes: list[str]) -> None:
    written = sum(change.startswith("open .site.new") for change in changes)
    for number in (1, written // 2, written - 1, written):
        said = fail(update.root, f"full:{number}", *BUILD)
        assert (f"{update.site}: No space left on device. {update.site} is as it was.\n") in said
        assert update.is_old()
        assert update.left() == set()
    update.succeeds()


@pytest.mark.parametrize(
    ("error", "refusal"),
    [("EACCES", "Permission denied"), ("EROFS", "Read-only file system")],
)
def test_what_the_system_refuses_is_named(
    update: Update, changes: list[str], error: str, refusal: str
) -> None:
    said = fail(update.root, f"{error}:1", *BUILD)
    assert f"{update.site} cannot be built: that needs a folder beside it." in said
    page = ".site.new/feed.json"
    said = fail(update.root, f"{error}:{changes.index(f'open {page}') + 1}", *BUILD)
    assert f"{update.root / page}: {refusal}. {update.site} is as it was.\n" in said
    assert update.is_old()
    assert update.left() == set()


def test_a_file_that_cannot_be_read_is_named(update: Update) -> None:
    picture = update.root / "docs/picture.png"
    picture.touch()
    said = fail(update.root, f"unreadable:{picture}", *BUILD)
    assert f"{picture}: Permission denied" in said
    assert update.is_old()
    picture.unlink()
    update.succeeds()


def test_files_that_change_meanwhile_leave_the_old_site(update: Update, changes: list[str]) -> None:
    first = faulty(update.root, f"SIGSTOP:{len(changes) // 3}", *BUILD)
    os.waitpid(first.pid, os.WUNTRACED)
    update.tree.edit(EDIT[0], EDIT[2], EDIT[1])
    first.send_signal(signal.SIGCONT)
    said = first.communicate()[1]
    assert first.returncode == 1
    assert (
        f"{update.root / EDIT[0]} changed while the site was built: build again. "
        f"{update.site} is as it was."
    ) in said
    assert update.is_old()
    assert update.left() == set()


def test_a_second_build_at_once_says_to_wait(update: Update, changes: list[str]) -> None:
    first = faulty(update.root, f"SIGSTOP:{len(changes) // 3}", *BUILD)
    os.waitpid(first.pid, os.WUNTRACED)
    said = fail(update.root, "none", *BUILD)
    assert f"another build is writing {update.site}: wait until it has ended, then build" in said
    assert update.is_old()
    first.send_signal(signal.SIGCONT)
    first.communicate()
    assert first.returncode == 0
    assert digest(update.site) == update.new
    assert update.left() == set()


def test_a_build_that_was_killed_is_in_nobodys_way(update: Update, changes: list[str]) -> None:
    first = faulty(update.root, f"SIGSTOP:{len(changes) // 3}", *BUILD)
    os.waitpid(first.pid, os.WUNTRACED)
    first.kill()
    first.communicate()
    update.succeeds()


def test_a_killed_export_is_in_nobodys_way(tree: Tree) -> None:
    export = ("-m", "explainer", "export", "plain")
    killed = faulty(tree.root, "SIGKILL:40", *export)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert (tree.root / ".plain.new").exists()
    process = faulty(tree.root, "none", *export)
    assert process.communicate() == ("Wrote plain\n", "")
    assert {file.name for file in tree.root.iterdir()} >= {"docs", "plain"}
    assert list(tree.root.glob(".plain*")) == []


def test_of_two_builds_at_once_one_publishes(update: Update) -> None:
    both = [faulty(update.root, "none", *BUILD) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    for process, text in zip(both, said, strict=True):
        assert process.returncode == 0 or "another build is writing" in text
    assert 0 in {process.returncode for process in both}
    assert digest(update.site) == update.new
    assert update.left() == set()


def test_what_is_deployed_is_what_was_published(update: Update) -> None:
    git(update.root, "init", "--quiet")
    git(update.root, "config", "user.name", "Test")
    git(update.root, "config", "user.email", "test@kettles.example")
    commit(update.tree)
    git(update.root, "init", "--quiet", "--bare", "pages.git")
    git(update.root, "remote", "add", "origin", "pages.git")
    process = faulty(update.root, "none", "-m", "mkdocs", "gh-deploy", "--strict")
    _, said = process.communicate()
    assert process.returncode == 0, said
    git(update.root, "clone", "--quiet", "--branch", "gh-pages", "pages.git", "deployed")
    shutil.rmtree(update.root / "deployed/.git")
    (update.root / "deployed/.nojekyll").unlink()
    assert digest(update.root / "deployed") == digest(update.site) == update.new


# Commands


def state(root: Path) -> dict[str, str]:
    return {path: hash for path, hash in digest(root).items() if not path.startswith(".git/")}


TOPIC = ("new", "topic", "--title", "Kettles", "--question", "Do they?", "--id", "t")
SEED = ("new", "seed", "post.txt", "--title", "T", "--publisher", "P", "--provenance", "Sent.")


@pytest.mark.parametrize(
    ("fault", "command"),
    [
        ("full:1", TOPIC),
        ("EROFS:2", TOPIC),
        ("full:2", (*SEED, "--kind", "article", "--lang", "ko", "--id", "s")),
        ("full:1", ("fingerprint", str(PAGES), "kettle-test")),
    ],
)
def test_a_command_writes_all_or_nothing(tree: Tree, fault: str, command: tuple[str, ...]) -> None:
    git(tree.root, "init", "--quiet")
    shutil.copy(tree.root / "seeds/kettle-post.txt", tree.root / "post.txt")
    commit(tree)
    before = state(tree.root)
    said = fail(tree.root, fault, "-m", "explainer", *command)
    assert said.startswith("Error: ")
    assert len(said.splitlines()) == 1
    assert state(tree.root) == before


@pytest.mark.parametrize("command", ["corrections", "review"])
def test_what_git_cannot_write_is_said(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    git(tree.root, "init", "--quiet")
    commit(tree)
    full = tmp_path / "bin" / "git"
    full.parent.mkdir()
    full.write_text(
        "#!/bin/sh\n"
        'case $1 in read-tree) echo "error: No space left on device" >&2; exit 1;; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    full.chmod(0o755)
    monkeypatch.setenv("PATH", str(full.parent), prepend=os.pathsep)
    result = CliRunner().invoke(main, [command, "HEAD", "--root", str(tree.root)])
    assert result.exit_code == 1
    assert result.stderr == "Error: git read-tree: error: No space left on device\n"


@pytest.mark.parametrize("command", ["corrections", "review"])
def test_a_missing_git_is_named(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, [command, "main", "--root", str(tree.root)])
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: git is not on PATH: install it, for it knows what was published before\n"
    )


def test_make_says_what_needs_a_network(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    folder = tmp_path / ".venv/bin"
    folder.mkdir(parents=True)
    for name in ("python", "pip"):
        (folder / name).write_text("#!/bin/sh\necho no route to host >&2; exit 1\n")
        (folder / name).chmod(0o755)
    result = subprocess.run(
        ["make", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert (
        "no route to host\nThe libraries were not installed: see above. Only this" in result.stderr
    )
    assert not (tmp_path / ".venv/site").exists()


def test_a_reader_of_the_output_may_leave(tree: Tree) -> None:
    (tree.root / RATE).unlink()
    nobody, output = os.pipe()
    os.close(nobody)
    result = subprocess.run(
        [sys.executable, "-m", "explainer", "check"],
        cwd=tree.root,
        env={**ENVIRONMENT, "PYTHONPATH": str(PROJECT / "hooks")},
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(output)
    assert (result.returncode, result.stderr) == (1, b"")


def test_a_folder_that_cannot_be_listed_is_named(tree: Tree) -> None:
    shutil.rmtree(tree.root / "seeds")
    (tree.root / "seeds").touch()
    assert "seeds:1: cannot be read: Not a directory" in tree.problems()


# Names that differ in case only


def test_a_claim_renamed_in_case_is_gone_and_new(tree: Tree) -> None:
    git(tree.root, "init", "--quiet")
    commit(tree)
    renamed = RATE.replace("kettles-w", "Kettles-w")
    git(tree.root, "mv", RATE, renamed)
    assert tree.problems() == [
        f"{ALL}:36: the link '{Path(RATE).name}' leads to no page; nearest is {Path(renamed).name}"
    ]
    result = CliRunner().invoke(main, ["corrections", "HEAD", "--root", str(tree.root)])
    assert result.stdout.startswith(f"{RATE}:1: this published claim is gone, but its address")
    assert result.stdout.endswith(
        f"The new claim '{Path(renamed).stem}' has its quote: a claim is never renamed\n"
    )


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        (RATE, RATE.replace("kettles-w", "Kettles-w")),
        ("docs/index.md", "docs/Index.md"),
        ("docs/topics/warmth.md", "docs/topics/Warmth.md"),
        ("docs/reports/kettle-test.md", "docs/reports/KETTLE-test.md"),
        ("seeds/kettle-news.yml", "seeds/Kettle-news.yml"),
    ],
)
def test_of_two_files_that_differ_in_case_one_is_refused(tree: Tree, path: str, twin: str) -> None:
    tree.write(twin, tree.text(path))
    message = f"{path}:1: differs from '{twin}' only in case: some systems hold but one; rename it"
    assert message in tree.problems()


def test_a_new_record_is_not_named_like_another_in_other_case(tree: Tree) -> None:
    arguments = ["topic", "--title", "T", "--question", "Q", "--id", "WARMTH"]
    result = CliRunner().invoke(main, ["new", *arguments, "--root", str(tree.root)])
    assert result.exit_code == 2
    assert "docs/topics/warmth.md exists already: choose another name" in result.stderr


def test_a_build_goes_on_without_a_record_that_differs_in_case(tree: Tree) -> None:
    tree.write(RATE.replace("kettles-w", "Kettles-w"), tree.text(RATE))
    result = build(tree.root)
    assert f"{RATE}:1: differs from" in result.stderr
    assert result.returncode == 0
