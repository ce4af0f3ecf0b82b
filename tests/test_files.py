"""Files: which of them are read, and what is said of those that cannot be."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import NEWS, RATE, REPORT, Tree, shown
from explainer.addresses import written
from explainer.model import Problem, Severity
from explainer.read import limits
from explainer.read.files import alike, read_text
from explainer.read.limits import Limit

POST_TEXT = "seeds/kettle-post.txt"


def test_an_id_is_ascii(tree: Tree) -> None:
    tree.write("docs/claims/주전자.md", tree.text(RATE))
    assert (
        "docs/claims/주전자.md:1: '주전자' cannot be a record's name: expected at most 200 "
        "ASCII letters, digits, hyphens and underscores, for it becomes a URL"
    ) in tree.problems()


def test_a_name_that_no_system_could_hold_is_refused(tree: Tree) -> None:
    tree.write(f"docs/claims/{200 * 'a'}.md", tree.text(RATE).replace("claim: K", "claim: Some k"))
    assert tree.problems() == []
    tree.write(f"docs/claims/{201 * 'a'}.md", tree.text(RATE))
    (problem,) = tree.problems()
    assert "cannot be a record's name: expected at most 200 ASCII letters" in problem


def test_a_record_that_is_not_utf8_is_named_with_its_line(tree: Tree) -> None:
    (tree.root / RATE).write_bytes("---\nclaim: é\n".encode("latin-1"))
    assert f"{RATE}:2: is not UTF-8: save the file in that encoding" in tree.problems()


def test_a_seed_is_a_pair_of_files(tree: Tree) -> None:
    (tree.root / "seeds/kettle-news.txt").unlink()
    (tree.root / POST_TEXT).with_suffix(".yml").unlink()
    (tree.root / "seeds/notes.docx").write_bytes(b"")
    problems = tree.problems()
    mend = "run make new-seed FILE=…, which writes both"
    assert (
        f"{NEWS}:1: the article 'kettle-news.txt' is missing beside it: put it there, "
        "or begin anew with make new-seed FILE=…, which writes both"
    ) in problems
    assert (
        f"{POST_TEXT}:1: 'kettle-post.yml' is missing beside it: move the text elsewhere and {mend}"
    ) in problems
    assert any(
        problem.startswith("seeds/notes.docx:1: this file belongs to") for problem in problems
    )


def test_a_page_at_the_address_of_a_record_is_refused(tree: Tree) -> None:
    (tree.root / "docs/topics/whistling").mkdir()
    tree.write("docs/topics/whistling/index.md", "# Mine\n")
    assert tree.problems() == [
        "docs/topics/whistling/index.md:1: is no record: expected docs/topics/<id>.md, "
        "and nothing else; move it elsewhere"
    ]


def test_a_fingerprint_without_its_report_is_named(tree: Tree) -> None:
    folder = tree.root / "docs/reports"
    (folder / "kettle-test.fingerprint.json").rename(folder / "kettle-tset.fingerprint.json")
    assert tree.problems() == [
        "docs/reports/kettle-tset.fingerprint.json:1: belongs to no record: "
        "expected 'kettle-tset.md' beside it; make new-report begins it"
    ]


@pytest.mark.parametrize(
    "path", ["docs/claims/sub/x.md", "docs/claims/x.markdown", "docs/claims/x.yml"]
)
def test_a_record_in_the_wrong_place_is_named(tree: Tree, path: str) -> None:
    (tree.root / "docs/claims/sub").mkdir()
    tree.write(path, tree.text(RATE))
    expected = "expected docs/claims/<id>.md, and nothing else; move it elsewhere"
    assert f"{path}:1: is no record: {expected}" in tree.problems()


@pytest.mark.parametrize("name", [".#x.md", "x.md~", ".x.md.swp", ".DS_Store"])
def test_what_editors_leave_is_not_read(tree: Tree, name: str) -> None:
    for folder in ("docs", "docs/claims", "seeds"):
        tree.write(f"{folder}/{name}", "not a record")
    assert tree.problems() == []


KINDS = ".md, .jpeg, .jpg, .png, .svg, .webp, or .css or .js in docs/assets/"


@pytest.mark.parametrize(
    "name",
    [
        *("more.mkdn", "x.html", "x.htm", "x.xml", "x.xhtml", "notes.txt", "x.json", "x.pdf"),
        *("CNAME", "_headers", "_redirects", "robots.txt", "x.wasm", "x.mjs", "x.svgz", "x.md.bak"),
    ],
)
def test_a_file_of_an_unknown_kind_is_named_and_not_published(tree: Tree, name: str) -> None:
    tree.write(f"docs/{name}", "location = 'https://evil.example/'\n")
    loaded = tree.load()
    assert list(map(str, loaded.problems)) == [
        f"docs/{name}:1: this kind of file is not published: expected {KINDS} [file-kind]"
    ]
    assert f"docs/{name}" not in loaded.site.assets


@pytest.mark.parametrize("name", ["sw.js", "x.css", "X.JS"])
def test_scripts_and_styles_are_where_reviewers_look(tree: Tree, name: str) -> None:
    (tree.root / "docs/assets").mkdir(exist_ok=True)
    tree.write(f"docs/assets/{name}", "")
    assert tree.problems() == []
    tree.write(f"docs/{name}", "")
    (problem,) = tree.problems()
    assert problem.endswith("file belongs in docs/assets/: move it there")
    assert f"docs/{name}" not in tree.load().site.assets


def test_what_mkdocs_passes_over_is_named(tree: Tree) -> None:
    (tree.root / "docs/templates").mkdir()
    tree.write("docs/templates/x.md", "# X\n")
    tree.edit(RATE, "One kettle", "[One](../templates/x.md) kettle")
    assert tree.problems() == [
        f"{RATE}:25: the link '../templates/x.md' leads to no page",
        "docs/templates/x.md:1: MkDocs publishes nothing below docs/templates/: move it elsewhere",
    ]


@pytest.mark.parametrize(
    ("inside", "refused"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<a href="#x"/>', "<a>"),
        ('<animate attributeName="href"/>', "<animate>"),
        ('<image href="https://tracker.example/x.png"/>', "<image>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "<script>"),
        ('<g onload="alert(1)"/>', 'onload="alert(1)"'),
        ('<use href="https://evil.example/#x"/>', 'href="https://evil.example/#x"'),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
            'href="data:image/svg+xml,x"',
        ),
        ('<path fill="url(https://evil.example/)"/>', 'fill="url(https://evil.example/)"'),
        ("<style>@import 'https://evil.example/';</style>", "'@import'"),
        ("<style>@im<g/>port 'https://evil.example/';</style>", "'@import'"),
        ("<style>path { fill: url( 'x.svg#a') }</style>", "'url( ''"),
        ("<style>path { fill: u\\72l(x) }</style>", "'\\'"),
        ("<?xml-stylesheet href='x.css'?>", "<?xml-stylesheet?>"),
    ],
)
def test_a_picture_holds_shapes_and_words_only(tree: Tree, inside: str, refused: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg">\n{}\n</svg>\n'
    fine = '<style>path{fill:url(#a)}</style><path id="a" d="M3 5h4"/><use href="#a"/>'
    tree.write("docs/a.svg", svg.format(fine))
    assert tree.problems() == []
    tree.write("docs/a.svg", svg.format(inside))
    loaded = tree.load()
    (problem,) = map(shown, loaded.problems)
    assert problem.endswith(f": {refused}: a picture holds only shapes and words")
    assert "docs/a.svg" not in loaded.site.assets


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>", "1: <!DOCTYPE>: a picture holds only"),
        ('<?xml version="1.0" encoding="utf-7"?>', '1: encoding="utf-7": a picture holds only'),
        ("<g>", "2: is no SVG: mismatched tag"),
    ],
)
def test_a_picture_is_read_as_a_browser_reads_it(tree: Tree, head: str, refused: str) -> None:
    tree.write("docs/a.svg", f'{head}<svg xmlns="http://www.w3.org/2000/svg">\n</svg></x>')
    (problem,) = tree.problems()
    assert problem.startswith(f"docs/a.svg:{refused}")


def test_an_editors_copy_that_is_a_link_is_refused(tree: Tree) -> None:
    (tree.root / "docs/notes.txt~").symlink_to("/etc/passwd")
    assert tree.problems() == [
        "docs/notes.txt~:1: is a symbolic link, which is not followed: put the file itself here"
    ]


def test_folders_may_not_nest_without_end(tree: Tree) -> None:
    folder = "docs/" + "/".join("a" * 30)
    (tree.root / folder).mkdir(parents=True)
    expected = "docs" + "/a" * 20
    assert tree.problems() == [f"{expected}:1: holds folders 20 deep: move them up"]


def test_a_file_that_cannot_be_opened_is_named(tree: Tree) -> None:
    (tree.root / "docs/claims/x.md").symlink_to("nowhere")
    assert tree.problems() == [
        "docs/claims/x.md:1: is a symbolic link, which is not followed: put the file itself here"
    ]


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        (NEWS, b"\n\xff", "2: is not UTF-8: save the file in that encoding"),
        ("seeds/kettle-news.en.md", b"\xff", "1: is not UTF-8: save the file in that encoding"),
        ("docs/index.md", b"\n\n\xff", "3: is not UTF-8: save the file in that encoding"),
        ("docs/index.md", b"\n\x1f", "2: holds the control character U+001F: remove it"),
        (REPORT, b"---\na: \xc2\x85", "2: holds the control character U+0085: remove it"),
    ],
)
def test_a_text_that_cannot_be_read_is_named_with_its_line(
    tree: Tree, path: str, data: bytes, expected: str
) -> None:
    (tree.root / path).write_bytes(data)
    assert f"{path}:{expected}" in tree.problems()


def test_texts_as_some_editors_save_them_are_read(tree: Tree) -> None:
    for path in (RATE, NEWS, "seeds/kettle-news.en.md", "docs/index.md"):
        file = tree.root / path
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert tree.problems() == []


def test_hidden_folders_are_not_read(tree: Tree) -> None:
    for folder in ("docs/claims/.trash", "seeds/.trash"):
        (tree.root / folder).mkdir()
        tree.write(f"{folder}/x.md", "Not a record.\n")
    assert tree.problems() == []


def test_a_seed_in_a_folder_of_its_own_is_named(tree: Tree) -> None:
    (tree.root / "seeds/new").mkdir()
    for name in ("x.txt", "x.yml", "x.en.md"):
        tree.write(f"seeds/new/{name}", "")
    expected = "expected <name>.txt, <name>.yml or <name>.en.md"
    assert tree.problems() == [
        f"seeds/new/{name}:1: this file belongs to no seed: {expected}"
        for name in ("x.en.md", "x.txt", "x.yml")
    ]


def test_a_record_whose_name_cannot_be_an_address_is_none(tree: Tree) -> None:
    for suffix in (".yml", ".txt"):
        tree.write(f"seeds/주전자{suffix}", tree.text(f"seeds/kettle-news{suffix}"))
    assert sorted(tree.load().read.seeds) == ["kettle-news", "kettle-post"]


def test_a_fingerprint_of_something_that_has_none_is_not_read(tree: Tree) -> None:
    path = RATE.replace(".md", ".fingerprint.json")
    tree.write(path, "")
    assert tree.problems() == [
        f"{path}:1: belongs to no record: expected '{Path(RATE).name}' beside it; "
        "make new-report begins it"
    ]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("a.md", "a/index.html"),
        ("a/b.md", "a/b/index.html"),
        ("index.md", "index.html"),
        ("a/index.md", "a/index.html"),
        ("a/README.md", "a/index.html"),
        ("a/readme.md", "a/readme/index.html"),
        ("a/b.json", "a/b.json"),
    ],
)
def test_a_page_is_written_where_mkdocs_writes_it(uri: str, expected: str) -> None:
    assert written(uri) == expected


def test_what_is_no_file_is_found_before_a_build(tree: Tree) -> None:
    (tree.root / "seeds/a").symlink_to(tree.root)
    (tree.root / "docs/z").symlink_to(tree.root)
    expected = "is a symbolic link, which is not followed: put the file itself here"
    stopping = [p for p in tree.load().problems if p.severity is Severity.STOPS]
    assert list(map(shown, stopping)) == [
        f"docs/z:1: {expected}",
        f"seeds/a:1: {expected}",
    ]


def test_a_folder_of_records_is_no_link(tree: Tree) -> None:
    (tree.root / "docs/claims").rename(tree.root / "elsewhere")
    (tree.root / "docs/claims").symlink_to(tree.root / "elsewhere")
    expected = "is a symbolic link, which is not followed: put the file itself here"
    assert f"docs/claims:1: {expected}" in tree.problems()


def test_names_that_differ_in_case_only_are_named() -> None:
    assert list(map(shown, alike(["docs/a.md", "docs/b.md", "docs/A.md"]))) == [
        "docs/A.md:1: differs from 'docs/a.md' only in case: some systems hold but one; rename it"
    ]


def test_a_folder_in_the_place_of_a_file_is_named(tree: Tree) -> None:
    (tree.root / "docs/index.md").unlink()
    (tree.root / "docs/index.md").mkdir()
    problems: list[Problem] = []
    path = "docs/index.md"
    assert read_text(path, tree.root / path, limits.PAGE, problems) is None
    assert list(map(shown, problems)) == [f"{path}:1: cannot be read: Is a directory"]


@pytest.mark.parametrize(
    ("limit", "path"),
    [
        ("RECORD", RATE),
        ("RECORD", NEWS),
        ("ARTICLE", "seeds/kettle-news.txt"),
        ("SUMMARY", "seeds/kettle-news.en.md"),
        ("PAGE", "docs/index.md"),
        ("FINGERPRINT", "docs/reports/kettle-test.fingerprint.json"),
    ],
)
def test_a_file_may_be_as_large_as_its_limit(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, limit: str, path: str
) -> None:
    size = (tree.root / path).stat().st_size
    monkeypatch.setattr(limits, limit, Limit(size, "cut it"))
    assert not [problem for problem in tree.problems() if problem.startswith(path)]
    monkeypatch.setattr(limits, limit, Limit(size - 1, "cut it"))
    expected = f"{path}:1: is {size} bytes; expected at most {size - 1}: cut it"
    assert expected in tree.problems()


def test_a_folder_that_cannot_be_listed_is_named(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def scandir(path: os.PathLike[str]) -> Any:
        if Path(path).name == "topics":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "docs/topics:1: cannot be read: Permission denied" in tree.problems()


@pytest.mark.parametrize(
    "name",
    [
        *("a\nb.md", "a\x1bb.md", "a\u2028b.md", "<b>.md", 'a"b.md', "a\u202eb.md", "a\u200bb.md"),
        *("a:b.md", "a?b.md", "a*b.md", "a|b.md", "a\\b.md", "a.md ", "a.md."),
        *("aux.md", "e\u0301.md"),
    ],
)
def test_a_name_that_no_page_can_show_is_refused(tree: Tree, name: str) -> None:
    tree.write(f"docs/{name}", "# About\n")
    assert [p.message for p in tree.load().problems if p.rule == "file-name"] == [
        "has a name that not every system and page can hold: rename it"
    ]


def test_what_is_neither_file_nor_folder_is_refused(tree: Tree) -> None:
    os.mkfifo(tree.root / "docs/claims/pipe.md")
    assert tree.problems() == ["docs/claims/pipe.md:1: is neither a file nor a folder: remove it"]


def test_a_file_in_the_place_of_a_folder_of_records_is_no_record(tree: Tree) -> None:
    shutil.rmtree(tree.root / "docs/topics")
    tree.write("docs/topics", "Mine.\n")
    problems = [problem for problem in tree.problems() if problem.startswith("docs/topics:")]
    assert not any("is no record" in problem for problem in problems)
    assert any("holds no record yet" in problem for problem in problems)
