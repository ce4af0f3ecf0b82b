"""The search box finds what readers type, in a real browser; its entries hold what pages say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import ALL, Tree
from explainer.outputs import search

FIRST = 5
"""How many results count as the first."""


def entries(tree: Tree, pages: dict[str, str] | None = None) -> dict[str, Any]:
    """The entries of the script, by address."""
    script = search.script(tree.load().site, pages or {})
    entries, _ = json.loads(script.replace("searchEntries(", "[").replace(");\n", "]"))
    return {entry["url"]: entry for entry in entries}


def test_each_record_is_an_entry_with_its_own_words_in_their_language(tree: Tree) -> None:
    found = entries(tree)
    claim = found["claims/all-kettles-whistle-before-boiling/"]
    assert claim["title"] == ["en", "All kettles whistle before they boil"]
    assert claim["verdict"] == ["contradicted", "Contradicted"]
    assert claim["quotes"][0] == [
        "es",
        "Todos los hervidores silban antes de hervir.",
        "All kettles whistle before they boil.",
    ]
    assert "Three of 24 kettles whistled before they boiled." in claim["texts"]
    assert {entry["kind"] for entry in found.values()} == {"claim", "topic", "article", "report"}


def test_a_withheld_record_is_no_entry(tree: Tree) -> None:
    tree.edit(ALL, "verdict: contradicted", "verdict: wrong")
    assert "claims/all-kettles-whistle-before-boiling/" not in entries(tree)


def test_a_hand_written_page_is_an_entry_for_each_section(tree: Tree) -> None:
    page = (
        '<h1 id="words">Words<a class="headerlink" href="#words">¶</a></h1><p>Of kettles.</p>'
        '<h2 id="lid">Lid</h2><ul><li>In Korean: <span lang="ko">뚜껑</span></li></ul>'
        "<table><tr><th>lid</th><td>cover</td></tr></table>"
    )
    found = entries(tree, {"about/words/": page})
    assert found["about/words/"]["title"] == ["en", "Words"]
    assert found["about/words/"]["texts"] == ["Of kettles."]
    section = found["about/words/#lid"]
    assert section["title"] == ["en", "Words: Lid"]
    assert section["quotes"] == [["ko", "뚜껑"]]
    assert section["texts"] == ["In Korean: 뚜껑", "lid · cover"]


# In a browser


class SearchBox:
    """The search box of a served site."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.goto(address)
        page.get_by_role("button", name="Search").click()

    def type(self, query: str) -> list[str]:
        """Type a query; the addresses of the results, below the site's root."""
        self.page.get_by_label("Search claims").fill(query)
        expect(self.page.get_by_role("status")).to_contain_text(f"“{query}”" if query else "")
        links = self.page.locator(".search li a")
        return [
            str(address).removeprefix(self.address)
            for address in links.evaluate_all("links => links.map(link => link.href)")
        ]


@pytest.fixture(scope="module")
def box(browser: Browser, small_address: str) -> Iterator[SearchBox]:
    page = browser.new_page()
    yield SearchBox(page, small_address)
    page.close()


def test_readers_find_what_they_type_in_any_language(box: SearchBox) -> None:
    rate = "claims/kettles-whistle-too-early-in-12-5-percent/"
    assert rate in box.type("12.5%")[:FIRST]
    assert rate in box.type("주전자는")[:FIRST]
    assert "claims/all-kettles-whistle-before-boiling/" in box.type("HERVIDORES")[:FIRST]
    assert "articles/noisy-kettles/" in box.type("¡que miedo!")
    assert box.type("teapot") == []


def test_a_result_shows_title_verdict_and_the_quote_in_its_language(box: SearchBox) -> None:
    box.type("hervir")
    link = "a[href$='claims/all-kettles-whistle-before-boiling/']"
    result = box.page.locator(".search li").filter(has=box.page.locator(link))
    expect(result.get_by_role("link")).to_contain_text("before they boil")
    expect(result.locator("[data-verdict]")).not_to_be_empty()
    quote = result.locator("blockquote[lang=es]")
    expect(quote).to_contain_text("silban antes de")
    expect(quote.locator("mark")).to_have_text("hervir")


def test_nothing_found_says_so_and_what_to_do(box: SearchBox) -> None:
    assert box.type("football") == []
    expect(box.page.get_by_role("status")).to_have_text("Nothing on this site has “football”.")
    expect(box.page.get_by_role("link", name="the table of all claims")).to_be_visible()
    assert box.type("") == []
    expect(box.page.get_by_role("status")).to_be_empty()


def test_the_search_box_works_by_keyboard(browser: Browser, small_address: str) -> None:
    page = browser.new_page()
    page.goto(small_address)
    page.keyboard.press("Control+k")
    field = page.get_by_label("Search claims")
    expect(field).to_be_focused()
    page.keyboard.type("whistle")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    expect(field).to_have_value("whistle")
    page.keyboard.type("12.5%")
    page.locator(".search li").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search li a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/kettles-whistle-too-early-in-12-5-percent/")
    page.close()


def test_search_works_in_a_folder_without_a_server(browser: Browser, small: Path) -> None:
    page = browser.new_page()
    box = SearchBox(page, small.joinpath("index.html").as_uri())
    box.type("구리")
    page.locator(".search li a").first.click()
    page.wait_for_url("file:///**/index.html")
    expect(page.locator("h1")).to_contain_text("Copper")
    page.close()


def test_without_scripts_the_search_button_leads_to_the_table(
    browser: Browser, small_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small_address + "topics/warmth/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/claims/")
    context.close()
