"""A site takes the place of another: wholly or not at all, whatever happens on the way.

Faults need processes of their own, which can be killed, and to which the system can refuse things.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import faulty
from explainer.builders.staging import Staging

OLD = {"sitemap.xml": "old", "claims/a.html": "old", "claims/z.html": "old", ".git/HEAD": "mine"}
BUILT = {"sitemap.xml": "new", "claims/a.html": "new", "claims/b.html": "new"}
NEW = BUILT | {".git/HEAD": "mine"}

pytestmark = pytest.mark.slow

PUBLISH = f"""
import os, sys
from contextlib import closing
from pathlib import Path
from explainer.builders.system_errors import explain
from explainer.builders.staging import Staging

if "unprivileged" in sys.argv and os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
try:
    with closing(Staging(Path("site"))) as staging:
        if "publish" in sys.argv:
            (staging.folder / "claims").mkdir()
            for name, text in {BUILT}.items():
                (staging.folder / name).write_text(text)
            staging.publish()
except ValueError as error:
    sys.exit(str(error))
except OSError as error:
    sys.exit(explain(error))
"""


def run(root: Path, *arguments: str, fault: str = "none") -> tuple[int, str]:
    """Begin a build of `site`, and end it; with `publish`, one that comes so far."""
    process = faulty(root, fault, "-c", PUBLISH, *arguments)
    said = process.communicate()[1]
    return process.returncode, said


def put(site: Path, files: dict[str, str]) -> None:
    shutil.rmtree(site, ignore_errors=True)
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)


def files(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): file.read_text()
        for file in site.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path / "here/site", OLD)
    return tmp_path / "here/site"


@pytest.fixture
def changes(site: Path, tmp_path: Path) -> list[str]:
    """What a build that publishes does to files, in order. Leaves the old site in its place."""
    code, said = run(site.parent, "publish", fault=f"log:{tmp_path / 'changes'}")
    assert code == 0, said
    assert files(site) == NEW
    assert list(site.parent.iterdir()) == [site]
    put(site, OLD)
    return (tmp_path / "changes").read_text().splitlines()


def test_a_first_site_is_published(tmp_path: Path) -> None:
    assert run(tmp_path, "publish") == (0, "")
    assert files(tmp_path / "site") == BUILT


def test_killed_anywhere_it_leaves_the_old_site_or_the_new_one(
    site: Path, changes: list[str]
) -> None:
    swap = changes.index("os.rename .site.new")
    for number in range(1, len(changes) + 1):
        put(site, OLD)
        code, _ = run(site.parent, "publish", fault=f"SIGKILL:{number}")
        assert code == -signal.SIGKILL
        before = number - 1 <= swap  # in this order, changes come to pass
        if number - 1 == swap:  # between the two renames: the next build puts it back
            assert not site.exists()
        else:
            assert files(site) == (OLD if before else NEW), changes[number - 1]
        assert run(site.parent) == (0, "")
        assert files(site) == (OLD if before else NEW), changes[number - 1]
        assert list(site.parent.iterdir()) == [site], changes[number - 1]


def test_refused_anything_it_leaves_the_old_site_or_the_new_one(
    site: Path, changes: list[str]
) -> None:
    swap = changes.index("os.rename .site.new")
    for number in range(1, len(changes) + 1):
        put(site, OLD)
        code, said = run(site.parent, "publish", fault=f"EACCES:{number}")
        assert "Permission denied" in said or not code
        assert len(said.splitlines()) == code
        assert code == (number - 1 <= swap), changes[number - 1]
        assert files(site) == (OLD if code else NEW), changes[number - 1]
        assert run(site.parent) == (0, "")
        assert list(site.parent.iterdir()) == [site], changes[number - 1]


def test_a_half_removed_old_site_is_not_put_back(site: Path, changes: list[str]) -> None:
    """Not even where the new one is removed by hand."""
    removal = next(i for i, change in enumerate(changes, 1) if "remove" in change)
    run(site.parent, "publish", fault=f"SIGKILL:{removal + 1}")
    shutil.rmtree(site)
    run(site.parent)
    assert not site.exists()


def test_a_second_build_at_once_says_to_wait(site: Path) -> None:
    with closing(Staging(site)):
        code, said = run(site.parent, "publish")
        assert code == 1
        assert "another build is writing site: wait until it has ended" in said
        with closing(Staging(site.with_name("other"))):  # elsewhere, nothing is in the way
            pass
    assert files(site) == OLD
    assert run(site.parent, "publish") == (0, "")
    assert files(site) == NEW


def test_the_folder_that_a_link_leads_to_is_replaced(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "site"
    link.symlink_to(site)
    assert run(tmp_path, "publish") == (0, "")
    assert link.is_symlink()
    assert files(site) == NEW


def test_a_link_where_the_old_site_would_be_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.secret").write_text("secret", "utf-8")
    (tmp_path / ".site.old").symlink_to(tmp_path / "home")
    staging = Staging(tmp_path / "site")
    (staging.folder / "index.html").write_text("new", "utf-8")
    staging.publish()
    staging.close()
    assert [file.name for file in (tmp_path / "site").iterdir()] == ["index.html"]
    assert (tmp_path / "home/.secret").read_text("utf-8") == "secret"


def test_the_rights_of_the_folder_stay(site: Path) -> None:
    site.chmod(0o711)
    assert run(site.parent, "publish") == (0, "")
    assert site.stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize("holds", ["seeds/a.txt", "docs/index.md", "index.html", "letter.txt"])
def test_a_folder_of_anything_else_is_not_replaced(tmp_path: Path, holds: str) -> None:
    put(tmp_path / "mine", {holds: "mine", ".git/HEAD": "mine"})
    with pytest.raises(ValueError, match=r"expected an empty folder, or one with a site, .*: name"):
        Staging(tmp_path / "mine")
    assert files(tmp_path / "mine") == {holds: "mine", ".git/HEAD": "mine"}
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


def test_a_file_is_not_replaced(site: Path) -> None:
    shutil.rmtree(site)
    site.write_text("a file")
    with pytest.raises(ValueError, match="expected an empty folder"):
        Staging(site)
    assert [(file, file.read_text()) for file in site.parent.iterdir()] == [(site, "a file")]


def test_what_is_hidden_in_an_empty_folder_stays(tmp_path: Path) -> None:
    put(tmp_path / "site", {".git/HEAD": "mine"})
    assert run(tmp_path, "publish") == (0, "")
    assert files(tmp_path / "site") == NEW


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A published site that other users can see; pytest's folders are the user's own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        put(root / "site", OLD)
        yield root
        root.chmod(0o700)
        (root / "site").chmod(0o700)


@pytest.mark.parametrize(
    ("closed", "message"),
    [
        (".", r"site cannot be built: that needs a folder beside it\. .*Permission denied"),
        ("site", r"site: expected an empty folder, or one with a site, that may be written to"),
    ],
)
def test_a_read_only_folder_is_named(reachable: Path, closed: str, message: str) -> None:
    if os.geteuid() == 0:  # whom rights do not hold up: the build runs as nobody
        os.chown(reachable, 65534, 65534)
        os.chown(reachable / "site", 65534, 65534)
    (reachable / closed).chmod(0o555)
    code, said = run(reachable, "publish", "unprivileged")
    assert code == 1
    assert re.match(message, said), said
    assert files(reachable / "site") == OLD
    assert list(reachable.iterdir()) == [reachable / "site"]


def test_a_site_that_was_removed_in_part_is_not_published(site: Path) -> None:
    before = sorted(site.iterdir())
    with closing(Staging(site)) as staging:
        (staging.folder / "sitemap.xml").write_text("new", "utf-8")
        with pytest.raises(
            FileNotFoundError, match=r"a/index\.html was removed while the site was"
        ):
            staging.publish(["sitemap.xml", "a/index.html"])
    assert sorted(site.iterdir()) == before
