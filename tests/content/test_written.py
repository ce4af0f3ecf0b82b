"""The hand-written pages of this site, as a reader's browser shows them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from test_browser import DESKTOP, faults_of, opened


@pytest.mark.parametrize("path", ["contribute/", "about/method/", "about/glossary/"])
def test_a_hand_written_page_is_accessible_still_and_quiet(
    browser: Browser, address: str, path: str
) -> None:
    with opened(browser, DESKTOP) as (page, faults):
        page.goto(address + path)
        assert faults_of(page) + faults == []
