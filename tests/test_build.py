"""Whole sites, built by MkDocs as a reader's home would: the kettles, and the real one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from bs4 import BeautifulSoup

import claim_review
from allowlist import strangers_of_page
from conftest import (
    COPPER,
    ENVIRONMENT,
    HANDLES,
    NEWS,
    PROJECT,
    RATE,
    REPORT,
    Tree,
    build,
    digest,
    pages,
)


def dead_links(site: Path) -> list[str]:
    """Links within the site that lead to no file, or to no element of a page."""
    found = pages(site)
    ids = {
        address: {str(tag["id"]) for tag in page.find_all(id=True)}
        for address, page in found.items()
    }
    dead = []
    for address, page in found.items():
        for tag in page.find_all(["a", "link", "script", "img"]):
            target = str(tag.get("href") or tag.get("src") or "")
            # 404.html is shown at any address: its links start at the site's root.
            if not target or urlsplit(target).scheme or address == "404.html":
                continue
            path, fragment = urldefrag(urljoin("/" + address, target))
            path = unquote(urlsplit(path).path).lstrip("/")
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            if not file.is_file() or (fragment and fragment not in ids.get(path, {fragment})):
                dead.append(f"{address}: {target}")
    return dead


def test_another_subject_builds_with_the_same_hooks(tree: Tree) -> None:
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    assert dead_links(tree.root / "site") == []
    claim = pages(tree.root / "site")["claims/all-kettles-whistle-before-boiling/"]
    quote = claim.find("blockquote", lang="es")
    assert quote
    assert quote.get_text(strip=True) == "Todos los hervidores silban antes de hervir."
    assert claim.select_one("[data-verdict=contradicted]")


HOSTILE = "</p><img src=x onerror=alert(1)><script>alert(1)</script> *a* [b](javascript:c) `d`"


def test_a_hostile_article_leaves_no_markup_on_any_page(tree: Tree) -> None:
    """Neither quoted, nor listed as not checked, nor shown as a whole."""
    text = tree.text("seeds/kettle-news.txt").replace("손잡이는 모든 주전자에서", HOSTILE)
    tree.write("seeds/kettle-news.txt", text)
    tree.record_hash(NEWS)
    tree.write(NEWS, tree.text(NEWS) + "whole_text: true\n")
    tree.edit(HANDLES, "quote: 손잡이는 모든 주전자에서", f"quote: '{HOSTILE}")
    tree.edit(HANDLES, "45도 아래였다.", "45도 아래였다.'")
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    shown = 0
    for address, page in pages(tree.root / "site").items():
        article = page.find("article")
        shown += HOSTILE in page.get_text()
        if article:
            assert not article.find_all(["script", "img", "iframe"]), address
            assert not article.select("[href^='javascript']"), address
            assert not article.select("[onclick], [onerror]"), address
        assert "tracker.example" not in str(page), address
    assert shown >= 3  # article, claim and topic


@pytest.mark.parametrize(
    "title",
    [
        "Kettles & lids: 12.5% *early*",
        "Kettles [too](early) `at` 12.5% # of {cases}",
        "Kettles | 12.5% ~ ^ = too_early_in_cases",
        "0. Kettles - 12.5% + more",
    ],
)
def test_a_title_is_shown_as_it_is_written(tree: Tree, title: str) -> None:
    tree.edit(RATE, "claim: Kettles whistle too early in 12.5% of cases", f"claim: '{title}'")
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    page = pages(tree.root / "site")["claims/kettles-whistle-too-early-in-12-5-percent/"]
    heading = page.find("h1")
    assert heading is not None
    assert heading.get_text(strip=True).removesuffix("¶") == title
    assert page.title is not None
    assert page.title.get_text(strip=True) == f"{title} - Kettles, checked"
    listed = pages(tree.root / "site")["claims/"].find("a", string=title)
    assert listed is not None


def test_problems_fail_a_strict_build_and_show_no_wrong_content(tree: Tree) -> None:
    tree.edit(RATE, "12.5% is one kettle in one series", "13.9% is one kettle in one series")
    tree.edit(RATE, "    page: 3", "    page: 4")
    tree.edit(REPORT, "interests: The group sells no kettles.", "interests: <b>None</b>")
    result = build(tree.root, "--strict")
    assert result.returncode == 1
    assert f"WARNING -  {RATE}:18: the phrase is not on page 4" in result.stderr
    assert f"WARNING -  {REPORT}:9: HTML in 'interests'" in result.stderr
    site = tree.root / "site"
    written = "".join(
        file.read_text("utf-8") for file in site.rglob("*") if file.suffix in (".html", ".json")
    )
    assert "13.9%" not in written
    assert "<b>None" not in written
    assert "This page is withheld" in (site / "reports/kettle-test/index.html").read_text("utf-8")


def test_a_strict_build_with_problems_leaves_the_published_site(tree: Tree) -> None:
    assert build(tree.root, "--strict").returncode == 0
    before = digest(tree.root / "site")
    tree.edit(RATE, "verdict: overstated", "verdict: bogus")
    result = build(tree.root, "--strict")
    assert result.returncode == 1
    assert "site is as it was" in result.stderr
    assert digest(tree.root / "site") == before
    assert build(tree.root).returncode == 0
    assert digest(tree.root / "site") != before


def test_front_matter_runs_no_script(tree: Tree) -> None:
    markup = '"><script>alert(1)</script>'
    front = f"description: '{markup}'\n"
    tree.write("docs/index.md", f"---\n{front}---\n{tree.text('docs/index.md')}")
    assert build(tree.root, "--strict").returncode == 0
    page = pages(tree.root / "site")[""]
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]
    assert not page.select("[href^=javascript]")
    described = page.select_one("meta[name=description]")
    assert described
    assert described["content"] == markup


def test_prose_left_over_fails_a_strict_build_once_an_article_is_begun(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    assert build(tree.root, "--strict").returncode == 1
    assert build(tree.root).returncode == 0


@pytest.mark.parametrize(
    "break_it",
    [
        lambda root: shutil.rmtree(root / "seeds"),
        lambda root: [file.unlink() for file in root.glob("docs/*/*.md")],
    ],
)
def test_an_empty_site_fails_with_messages(tree: Tree, break_it: object) -> None:
    assert callable(break_it)
    break_it(tree.root)
    result = build(tree.root, "--strict")
    assert result.returncode == 1
    assert "holds no record yet" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_mistake_in_a_template_is_a_message(tree: Tree, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    shutil.copytree(PROJECT / "hooks", hooks)
    config = (tree.root / "mkdocs.yml").read_text("utf-8")
    (tree.root / "mkdocs.yml").write_text(
        config.replace(str(PROJECT / "hooks"), str(hooks)), "utf-8"
    )
    template = hooks / "explainer/pages/templates/claim.md"
    lines = template.read_text("utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "record.reason }}" in text)
    for mistake in ("{{ record.raeson }}", "{% nonsense %}"):
        lines[line - 1] = mistake
        template.write_text("\n".join(lines), "utf-8")
        result = build(tree.root, "--strict")
        assert result.returncode == 1
        assert f"WARNING -  hooks/explainer/pages/templates/claim.md:{line}: " in result.stderr
        assert "Traceback" not in result.stderr


def test_the_same_tree_builds_to_the_same_bytes(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder, time zone and locale, and on another day."""
    other = tmp_path / "another folder" / "site"
    shutil.copytree(tree.root, other)
    places = (
        (tree.root, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "0"}),
        (other, {"TZ": "America/Los_Angeles", "LC_ALL": "ja_JP.UTF-8", "PYTHONHASHSEED": "1"}),
    )
    for root, place in places:
        for name, value in place.items():
            monkeypatch.setitem(ENVIRONMENT, name, value)
        if root == other:  # for MkDocs, another day than that of the machine
            monkeypatch.setitem(ENVIRONMENT, "SOURCE_DATE_EPOCH", "1600000000")
        assert build(root, "--strict").returncode == 0
    assert digest(tree.root / "site") == digest(other / "site")
    sitemap = ElementTree.parse(other / "site/sitemap.xml")
    days = {element.text for element in sitemap.iter() if element.tag.endswith("lastmod")}
    assert days == {"2019-06-01", "2019-06-02", "2019-06-03"}


# The real site


def test_all_links_of_the_real_site_lead_somewhere(real: Path) -> None:
    assert dead_links(real) == []


def test_every_page_of_the_real_site_is_well_formed_and_holds_what_we_meant(real: Path) -> None:
    for file in real.rglob("*.html"):
        parser = html5lib.HTMLParser()
        page = parser.parse(file.read_text("utf-8"))
        assert strangers_of_page(page) == [], file
        # What the theme itself does not get right is not ours to mend here.
        errors = {name for _, name, _ in parser.errors} - {
            "non-void-element-with-trailing-solidus",
            "unexpected-start-tag-implies-end-tag",
        }
        assert errors == set(), file


def test_the_contract_of_addresses_and_data(real: Path) -> None:
    claims = json.loads((real / "data/claims.json").read_text("utf-8"))
    articles = json.loads((real / "data/articles.json").read_text("utf-8"))
    reports = json.loads((real / "data/reports.json").read_text("utf-8"))
    assert claims["version"] == 1
    for claim in claims["claims"]:
        assert (real / urlsplit(claim["url"]).path.lstrip("/") / "index.html").is_file()
    for entry in [*articles, *reports]:
        assert (real / urlsplit(entry["url"]).path.lstrip("/") / "index.html").is_file()
    for name in ("", "claims/", "articles/", "topics/", "reports/"):
        assert (real / name / "index.html").is_file()
    for name in ("feed.xml", "feed.json", "corrections.xml"):
        assert (real / name).is_file()


def test_quotes_in_the_data_stand_in_the_seeds(real: Path) -> None:
    for claim in json.loads((real / "data/claims.json").read_text("utf-8"))["claims"]:
        for appearance in claim["appearances"]:
            raw = (PROJECT / "seeds" / f"{appearance['seed']}.txt").read_text("utf-8")
            first, last = appearance["lines"]
            lines = "\n".join(raw.split("\n")[first - 1 : last])
            seen = BeautifulSoup("\n" + lines.replace("<br>", "\n"), "html.parser").get_text()
            assert appearance["quote"] in seen, (claim["id"], appearance["quote"])


def test_every_line_of_prose_is_accounted_for(real: Path) -> None:
    for article in json.loads((real / "data/articles.json").read_text("utf-8")):
        listed = {*article["checked_lines"], *article["not_checked_lines"]}
        assert set(article["prose_lines"]) <= listed, article["seed"]


def test_verdicts_quotes_and_reviews_stand_on_their_pages(real: Path) -> None:
    found = pages(real)
    for claim in json.loads((real / "data/claims.json").read_text("utf-8"))["claims"]:
        page = found[urlsplit(claim["url"]).path.lstrip("/")]
        verdict = page.select_one(".answer [data-verdict]")
        assert verdict is not None
        assert verdict["data-verdict"] == claim["verdict"]
        (script,) = page.find_all("script", type="application/ld+json")
        review = json.loads(script.get_text())
        assert review["reviewRating"]["alternateName"] == verdict.get_text(strip=True)
        assert review["claimReviewed"] == claim["claim"]
        assert review["reviewRating"]["ratingExplanation"] == claim["reason"]
        assert claim["reason"] in page.get_text()
        quotes = {
            (quote["lang"], quote.get_text(strip=True)) for quote in page.select("blockquote[lang]")
        }
        for appearance in claim["appearances"]:
            assert (appearance["lang"], appearance["quote"].strip()) in quotes, claim["id"]


def test_reviews_of_the_real_site_are_sound(real: Path) -> None:
    listed = (real / "sitemap.xml").read_text("utf-8").split("<loc>")[1:]
    address = min((entry.split("<", 1)[0] for entry in listed), key=len)
    assert claim_review.problems(real, address) == []


def test_edit_links_lead_to_the_record(real: Path) -> None:
    for address, page in pages(real).items():
        edit = page.select_one("a[rel=edit]")
        if edit is None:
            assert address in ("404.html", "articles/", "claims/", "topics/", "reports/")
            continue
        _, marker, path = urlsplit(str(edit["href"])).path.partition("/edit/main/")
        assert marker
        assert (PROJECT / path).is_file(), address


def test_records_have_breadcrumbs(real: Path) -> None:
    for address, page in pages(real).items():
        parts = address.rstrip("/").split("/")
        if len(parts) == 2 and parts[0] in ("articles", "claims", "topics", "reports"):
            trail = [item.get_text(strip=True) for item in page.select(".md-path__item")]
            assert trail[-1] == parts[0].capitalize(), address
            assert len(trail) == 2


def with_hook(tree: Tree, hook: str) -> None:
    """Let something happen while the site is built, before our own hooks."""
    tree.write("hook.py", hook)
    tree.edit("mkdocs.yml", "hooks: [", "hooks: [hook.py, ")


def test_a_folder_that_is_removed_while_a_site_is_built_is_not_published(tree: Tree) -> None:
    assert build(tree.root, "--strict").returncode == 0
    before = digest(tree.root / "site")
    with_hook(
        tree,
        "import shutil\n\n"
        "def on_post_page(output, page, config):\n"
        "    if page.url == 'topics/whistling/':\n"
        "        shutil.rmtree(config.site_dir)\n",
    )
    result = build(tree.root, "--strict")
    assert result.returncode == 1
    assert "was removed while the site was built: build again" in result.stderr
    assert "Traceback" not in result.stderr
    assert digest(tree.root / "site") == before


def test_a_record_that_goes_and_comes_while_a_site_is_built_is_not_shown_raw(tree: Tree) -> None:
    """MkDocs lists the files first; then the records are read; then the pages are."""
    path, away = (str(tree.root / name) for name in (RATE, "away.md"))
    with_hook(
        tree,
        "import os\n\n"
        f"def on_files(files, config):\n    os.rename({path!r}, {away!r})\n\n"
        f"def on_nav(nav, config, files):\n    os.rename({away!r}, {path!r})\n",
    )
    result = build(tree.root)
    assert result.returncode == 0, result.stderr
    page = tree.root / "site/claims" / Path(RATE).stem / "index.html"
    assert not page.exists() or "appearances:" not in page.read_text("utf-8")
