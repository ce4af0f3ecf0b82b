"""What a reader does: opens a claim in its article, filters the table, takes words along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

ARTICLE = "articles/kettle-cries-too-early/"
CLAIM = "claims/kettles-whistle-too-early-in-12-5-percent/"


def test_marked_words_open_their_claim(browser: Browser, small_address: str) -> None:
    page = browser.new_page()
    page.goto(small_address + ARTICLE)
    words = page.locator("a.said").nth(1)
    words.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    expect(tip.locator("[data-verdict]").first).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    words.click()
    opened = page.locator("details.note-card[open]")
    expect(opened).to_have_count(1)
    expect(opened.locator("summary")).to_be_focused()
    assert page.url.endswith(str(opened.get_attribute("id")))
    page.reload()
    expect(page.locator("details.note-card[open]")).to_have_count(1)
    page.close()


def test_a_tap_opens_the_claim(browser: Browser, small_address: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(small_address + ARTICLE)
    page.locator("a.said").first.tap()
    expect(page.locator("details.note-card[open]")).to_have_count(1)
    context.close()


def test_keys_go_from_claim_to_claim(browser: Browser, small_address: str) -> None:
    page = browser.new_page()
    page.goto(small_address + ARTICLE + "#%")  # no escape of a character
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator("a.said").nth(at)).to_be_focused()
        expect(page.get_by_role("tooltip")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    ("choice", "hidden"), [("Original", "translation"), ("Translation", "original")]
)
def test_the_choice_of_language_is_kept(
    browser: Browser, small_address: str, choice: str, hidden: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(small_address + ARTICLE)
    page.get_by_label(choice, exact=True).check()
    page.goto(small_address + "articles/noisy-kettles/")
    expect(page.get_by_label(choice, exact=True)).to_be_checked()
    expect(page.locator(f".annotated__{hidden}").first).to_be_hidden()
    context.close()


def test_the_table_is_filtered_and_its_state_stands_in_the_address(
    browser: Browser, small_address: str, small: Path
) -> None:
    claims = json.loads((small / "data/claims.json").read_text("utf-8"))["claims"]
    overstated = [claim for claim in claims if claim["verdict"] == "overstated"]
    page = browser.new_page()
    page.goto(small_address + "claims/")
    status = page.locator(".filters__status")
    page.get_by_label("Verdict").select_option("overstated")
    expect(status).to_have_text(f"{len(overstated)} of {len(claims)} claims")
    page.get_by_label("Words").fill("주전자 １２.５%")
    expect(status).to_have_text(f"1 of {len(claims)} claims")
    expect(page.locator("table.claims tbody tr:visible")).to_contain_text("12.5%")
    page.goto(page.url)
    expect(status).to_have_text(f"1 of {len(claims)} claims")
    page.get_by_label("Words").fill("zzzz")
    expect(status).to_contain_text("No claim fits")
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text(f"{len(claims)} of {len(claims)} claims")
    assert page.url == small_address + "claims/"
    for name in ("topic", "article", "language", "change", "speaker"):
        choice = page.locator(f"select[name={name}]")
        choice.select_option(index=1)
        assert f"{name}=" in page.url
        expect(status).to_contain_text(f" of {len(claims)} claims")
        expect(page.locator("table.claims tbody tr:visible")).not_to_have_count(0)
        choice.select_option("")
    page.close()


def test_without_scripts_the_table_and_the_article_are_whole(
    browser: Browser, small_address: str, small: Path
) -> None:
    claims = json.loads((small / "data/claims.json").read_text("utf-8"))["claims"]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small_address + "claims/")
    expect(page.locator("table.claims tbody tr:visible")).to_have_count(len(claims))
    page.goto(small_address + ARTICLE)
    expect(page.locator(".annotated__original").first).to_be_visible()
    expect(page.locator(".annotated__translation").first).to_be_visible()
    context.close()


def test_link_citation_and_reply_can_be_copied(browser: Browser, small_address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(small_address + CLAIM)
    for name, part in (
        ("Copy the link", "/claims/kettles-whistle-too-early-in-12-5-percent/"),
        ("Copy the citation", "Overstated."),
        ("Copy the reply in English", "section 2.1, page 3"),
    ):
        button = page.get_by_role("button", name=name)
        button.click()
        expect(button.locator("+ [role=status]")).to_have_text("Copied")
        assert part in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_the_site_is_read_from_a_folder(browser: Browser, small: Path) -> None:
    page = browser.new_page()
    page.goto((small / "claims/index.html").as_uri())
    page.get_by_label("Words").fill("12.5%")
    expect(page.locator(".filters__status")).to_contain_text("1 of")
    page.locator("table.claims tbody tr:visible a").first.click()
    expect(page.locator(".answer [data-verdict]")).to_be_visible()
    assert page.url.endswith("/index.html")
    page.close()
