"""The table of all claims: its pages, its rows as data, and what readers find with its filters."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from conftest import COPPER, ENVIRONMENT, PROJECT, RATE, Once, Tree, dressed, served
from explainer import addresses
from explainer.addresses import ROWS, table_pages
from explainer.pages import table
from explainer.pages.render import Renderer
from explainer.pages.table import table_data
from test_browser import DESKTOP, PHONE, SCHEMES, faults_of, opened

CLAIMS = 4
"""The kettles' claims: here one on each page of the table."""
BUILD = """
from explainer import addresses
from mkdocs.__main__ import cli
addresses.ROWS = 1
cli(["build", "--strict"])
"""
MANY = 5000
LIMIT = 100
"""Milliseconds in which so many claims are filtered."""
LONGEST = 200
"""Milliseconds for which the page may not answer while the rows load."""


def rows_of(script: str) -> dict[str, Any]:
    """The data of the script with the rows."""
    found: dict[str, Any] = json.loads(script.removeprefix("claimsTable(").removesuffix(");\n"))
    return found


def script_of(data: dict[str, Any]) -> str:
    return f"claimsTable({json.dumps(data, ensure_ascii=False)});\n"


# Pages and data


def test_a_page_lists_300_claims_and_all_pages_together_all(tree: Tree) -> None:
    text = tree.text(COPPER)
    for number in range(2 * ROWS - CLAIMS + 1):
        tree.write(f"docs/claims/copper-{number}.md", text)
    site = tree.load().site
    pages = table_pages(site)
    assert {uri: len(claims) for uri, claims in pages.items()} == {
        "claims/index.md": ROWS,
        "claims/page/2.md": ROWS,
        "claims/page/3.md": 1,
    }
    assert {claim.id for claims in pages.values() for claim in claims} == site.claims.keys()


def test_nothing_else_is_written_where_the_table_stands(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "ROWS", 1)
    for path in ("docs/claims/page/2.md", "docs/assets/claims.js"):
        (tree.root / path).parent.mkdir(parents=True)
        tree.write(path, "# Mine\n")
    loaded = tree.load()
    assert [problem.path for problem in loaded.problems] == [
        "docs/assets/claims.js",
        "docs/claims/page/2.md",
    ]
    uris = [page.uri for page in Renderer(loaded, "Kettles", "https://kettles.example/").pages()]
    assert len(set(uris)) == len(uris)
    assert "claims/page/2.md" in uris


def test_the_rows_hold_what_is_shown_and_what_finds_them(tree: Tree) -> None:
    tree.edit(RATE, "translation: the kettle", "translation: the ＫＥＴＴＬＥ")
    data = rows_of(table_data(tree.load().site))
    assert list(data["facets"]) == list(table.FACETS)
    id, claim, words, *places = data["claims"][-1]
    assert (id, claim) == (Path(RATE).stem, "Kettles whistle too early in 12.5% of cases")
    for text in ("12.5% of cases", "주전자는 12.5%의", "the kettle made its sound", "overstated"):
        assert text in words
    assert [
        [data["facets"][name][place][0] for place in has]
        for name, has in zip(table.FACETS, places, strict=True)
    ] == [
        ["overstated"],
        ["whistling"],
        ["kettle-cries-too-early"],
        ["ko"],
        ["scope", "condition"],
        ["article"],
    ]


# A small site with a claim on each page


@pytest.fixture(scope="module")
def paged(once: Once) -> Path:
    def make(folder: Path) -> None:
        tree = dressed(folder)
        environment = ENVIRONMENT | {"PYTHONPATH": str(PROJECT / "hooks")}
        subprocess.run(
            [sys.executable, "-c", BUILD], cwd=tree.root, env=environment, check=True, timeout=120
        )

    return once("paged", make) / "site"


@pytest.fixture(scope="module")
def paged_address(paged: Path) -> Iterator[str]:
    with served(paged) as address:
        yield address


def shown(page: Page) -> list[str]:
    """The claims in the rows that are seen."""
    return page.locator("table.claims tbody th:visible").all_inner_texts()


def test_without_scripts_the_pages_together_list_every_claim(
    browser: Browser, paged: Path, paged_address: str
) -> None:
    claims = json.loads((paged / "data/claims.json").read_text("utf-8"))["claims"]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(paged_address + "claims/")
    found = shown(page)
    pages = page.get_by_role("navigation", name="Pages of the table")
    while pages.get_by_role("link", name="Next").count():
        pages.get_by_role("link", name="Next").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"page {len(found) + 1} of")
        found += shown(page)
    assert sorted(found) == sorted(claim["claim"] for claim in claims)
    expect(page.get_by_role("navigation", name="Breadcrumbs")).to_contain_text("Claims")
    for number in (1, 3):
        pages.get_by_role("link", name=str(number), exact=True).click()
        assert shown(page) == [found[number - 1]]
    pages.get_by_role("link", name="Previous").click()
    assert shown(page) == [found[1]]
    assert "claims/page/4/" in (paged / "sitemap.xml").read_text("utf-8")
    context.close()


@pytest.mark.parametrize("protocol", ["http", "file"])
def test_the_filters_find_claims_of_other_pages(
    browser: Browser, paged: Path, paged_address: str, protocol: str
) -> None:
    page = browser.new_page()
    end = "index.html" if protocol == "file" else ""
    page.goto((paged.as_uri() + "/" if end else paged_address) + f"claims/page/4/{end}")
    status = page.locator(".filters__status")
    pages = page.get_by_role("navigation", name="Pages of the table")
    expect(status).to_have_text("4 to 4 of 4 claims")
    expect(page.get_by_label("Words")).to_have_count(0)
    page.get_by_role("link", name="Filter all claims").click()
    expect(status).to_have_text("1 to 1 of 4 claims")
    own = shown(page)
    page.get_by_label("Words").fill("copper")
    expect(status).to_have_text("1 of 4 claims")
    assert shown(page) == ["Copper kettles are the most dangerous"]
    expect(pages).to_be_hidden()
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text("1 to 1 of 4 claims")
    assert shown(page) == own
    page.get_by_label("Verdict").select_option("not-in-report")
    expect(status).to_have_text("1 of 4 claims")
    page.get_by_role("link", name="Hot handles").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hot handles")
    page.go_back()
    expect(status).to_have_text("1 of 4 claims")
    page.get_by_role("link", name="Copper kettles").click()
    expect(page.locator(".answer [data-verdict=not-in-report]")).to_be_visible()
    page.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_page_of_several_is_accessible_still_and_quiet(
    browser: Browser, paged_address: str, width: int
) -> None:
    with opened(browser, width) as (page, faults):
        page.goto(paged_address + "claims/page/2/")
        expect(page.get_by_role("navigation", name="Pages of the table")).to_be_visible()
        assert faults_of(page) + faults == []


def test_a_found_row_is_the_row_of_the_page(browser: Browser, paged_address: str) -> None:
    page = browser.new_page()
    row = page.locator("table.claims tbody tr")
    for number in range(1, CLAIMS + 1):
        page.goto(paged_address + (f"claims/page/{number}/" if number > 1 else "claims/"))
        links = [link.evaluate("link => link.href") for link in row.get_by_role("link").all()]
        title = row.get_by_role("link").first.inner_text()
        text, cells = row.inner_text(), row.locator("th, td").count()
        page.goto(paged_address + "claims/")
        page.get_by_label("Words").fill(title)
        expect(page.locator(".filters__status")).to_have_text("1 of 4 claims")
        assert [link.evaluate("link => link.href") for link in row.get_by_role("link").all()] == (
            links
        )
        assert (row.inner_text(), row.locator("th, td").count()) == (text, cells)
        expect(row.locator("[data-verdict]")).to_have_count(1)
    page.close()


def test_rows_that_do_not_load_are_asked_for_again(browser: Browser, paged_address: str) -> None:
    page = browser.new_page()
    page.route("**/assets/claims.js", lambda route: route.abort())
    page.goto(paged_address + "claims/?words=copper")
    status = page.locator(".filters__status")
    expect(status).to_contain_text("could not be loaded")
    assert len(shown(page)) == 1
    page.unroute("**/assets/claims.js")
    page.get_by_label("Words").press("End")
    page.keyboard.type(" kettles")
    expect(status).to_have_text("1 of 4 claims")
    page.close()


# Five thousand claims


@pytest.fixture(scope="module")
def many(real: Path) -> str:
    """The script with the rows of the real site, again and again."""
    data = rows_of((real / "assets/claims.js").read_text("utf-8"))
    rows = [
        [id, claim, f"{words} nr{number}", *places]
        for number in range(MANY)
        for id, claim, words, *places in [data["claims"][number % len(data["claims"])]]
    ]
    return script_of(data | {"claims": rows})


def open_many(page: Page, address: str, script: str) -> None:
    def fulfill(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/assets/claims.js", fulfill)
    page.goto(address)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_5000_claims_load_without_blocking_and_are_filtered_at_once(
    browser: Browser, address: str, many: str, width: int
) -> None:
    with opened(browser, width) as (page, faults):
        open_many(page, address + "claims/", many)
        loaded = "performance.getEntriesByType('resource').map((entry) => entry.name)"
        assert not [name for name in page.evaluate(loaded) if name.endswith("/claims.js")]
        page.evaluate("""() => {
            window.tasks = [];
            new PerformanceObserver((list) => {
                for (const task of list.getEntries()) tasks.push(task.duration);
            }).observe({ type: "longtask" });
        }""")
        page.get_by_label("Words").press("n")
        expect(page.locator(".filters__status")).to_contain_text(f"{MANY} of {MANY} claims")
        assert [task for task in page.evaluate("tasks") if task > LONGEST] == []
        times, texts = page.evaluate("""() => {
            const field = document.querySelector(".filters input");
            const times = [], texts = [];
            for (const typed of "the report nr12 恐喝") {
                field.value = typed === " " ? "" : field.value + typed;
                const start = performance.now();
                field.dispatchEvent(new Event("input", { bubbles: true }));
                document.body.getBoundingClientRect();
                times.push(performance.now() - start);
                texts.push(document.querySelector(".filters__status").textContent);
            }
            return [times, texts];
        }""")
        assert len(set(texts)) > len(texts) / 3
        assert statistics.median(times) < LIMIT
        assert faults == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_many_rows_are_shown_step_by_step(
    browser: Browser, address: str, many: str, width: int, scheme: str
) -> None:
    with opened(browser, width, scheme) as (page, faults):
        open_many(page, address + "claims/?words=nr12", many)
        status = page.locator(".filters__status")
        rows = page.locator("table.claims tbody tr")
        expect(status).to_have_text(f"111 of {MANY} claims; the first 100 are shown")
        expect(rows).to_have_count(100)
        assert faults_of(page) + faults == []
        more = page.get_by_role("button", name="Show 11 more")
        more.press("Enter")
        expect(rows).to_have_count(111)
        expect(rows.nth(100).get_by_role("link").first).to_be_focused()
        expect(status).to_have_text(f"111 of {MANY} claims")
        expect(more).to_be_hidden()
