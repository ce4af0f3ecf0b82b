"""What a reader's browser makes of each kind of page: accessible, quick, quiet, and by keyboard."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from conftest import PROJECT, TOPIC, Tree, build, pages, served

SCHEMES = ("light", "dark")
DESKTOP, PHONE = 1280, 390
NARROWEST = 320
WEIGHT = 200_000
"""Bytes, gzipped, of a page with its scripts and styles, before the search's own files."""

NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"

SHIFT = 0.003
"""How much of a page may move as it loads: Web Vitals calls 0.1 good. It is not 0, as a
line that is on the screen when its badge comes in grows by a pixel or two."""

OBSERVE = """
window.seen = [];
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
addEventListener("securitypolicyviolation", event => {
  seen.push(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""

FOCUS = """
() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const name = element.outerHTML.slice(0, 120);
  const box = [...element.getClientRects()].find(part => part.width && part.height);
  if (!box) return [name, "has no size"];
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
    return [name, "shows no focus"];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  if (!hit) return [name, `is out of sight at ${Math.round(x)}, ${Math.round(y)}`];
  if (!element.contains(hit) && !hit.contains(element))
    return [name, `is under ${hit.outerHTML.slice(0, 80)}`];
  return [name, ""];
}
"""


RECORDS = ("articles", "topics", "claims", "reports")
KINDS = ("home", *RECORDS, *(name[:-1] for name in RECORDS), "text", "table", "missing")


def kinds(site: Path) -> dict[str, str]:
    """A page of each kind, by its address: of records and of hand-written pages, the largest."""

    def largest(folder: str) -> str:
        files = site.glob(f"{folder}/*/index.html")
        return f"{folder}/{max(files, key=lambda file: file.stat().st_size).parent.name}/"

    written = {
        address: page
        for address, page in pages(site).items()
        if address.partition("/")[0] not in (*RECORDS, "404.html")
    }
    return {
        "home": "",
        **{name: f"{name}/" for name in RECORDS},
        **{name[:-1]: largest(name) for name in RECORDS},
        "text": max(written, key=lambda address: len(written[address].select("article p"))),
        "table": max(written, key=lambda address: len(written[address].select("article td"))),
        "missing": "no/such/page/",
    }


MANIFOLD = ("home", "article", "claim", "claims")
"""What axe looks at in each scheme and width: between them, they show all that any page does."""


@pytest.fixture(scope="module")
def addresses(real: Path, address: str) -> dict[str, str]:
    return {kind: address + path for kind, path in kinds(real).items()}


@contextmanager
def opened(browser: Browser, width: int, scheme: Any = "light") -> Iterator[tuple[Page, list[str]]]:
    """A page, and what is said or asked for while it is open that should not be."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script(OBSERVE)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1" and not request.url.startswith("data:"):
            faults.append(f"request: {request.url}")

    page.on("request", on_request)
    yield page, faults
    context.close()


def seen_by(page: Page) -> list[str]:
    """What the page saw itself."""
    seen = list(page.evaluate("seen"))
    if (shift := page.evaluate("shift")) > SHIFT:
        seen.append(f"layout shift of {shift}")
    return seen


def faults_of(page: Page) -> list[str]:
    """What the page saw itself, and what axe finds on it."""
    return seen_by(page) + [
        f"axe: {violation['id']}: {node['html'][:150]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_still_and_quiet(
    browser: Browser, addresses: dict[str, str], kind: str, scheme: str, width: int
) -> None:
    with opened(browser, width, scheme) as (page, faults):
        page.goto(addresses[kind])
        # The one thing that a browser says by itself.
        expected = [f"console: {NOT_FOUND}"] if kind == "missing" else []
        whole = (scheme, width) == ("light", DESKTOP) or kind in MANIFOLD
        assert (faults_of(page) if whole else seen_by(page)) + faults == expected
        assert page.evaluate("document.body.dataset.mdColorScheme") == (
            "slate" if scheme == "dark" else "default"
        )


def test_a_page_that_comes_slowly_does_not_move(browser: Browser, real: Path) -> None:
    moved = {}
    with served(real, slowly=True) as address:
        for kind, path in kinds(real).items():
            with opened(browser, DESKTOP) as (page, _):
                page.goto(address + path)
                moved[kind] = page.evaluate("shift")
    assert {kind for kind, shift in moved.items() if shift > SHIFT} == set(), moved


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_open_search_is_accessible_still_and_quiet(
    browser: Browser, addresses: dict[str, str], scheme: str, width: int
) -> None:
    with opened(browser, width, scheme) as (page, faults):
        page.goto(addresses["claim"])
        page.get_by_role("button", name="Search").click()
        for query in ("敲诈", "football"):
            page.get_by_label("Search claims").fill(query)
            expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text(query)
            assert faults_of(page) + faults == []


def test_a_page_in_use_is_still_quiet(browser: Browser, addresses: dict[str, str]) -> None:
    with opened(browser, DESKTOP) as (page, faults):
        page.goto(addresses["article"])
        page.locator("a.said").first.hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.get_by_label("Original", exact=True).check()
        page.goto(addresses["claims"])
        page.get_by_label("Words").fill("the")
        expect(page.locator(".filters__status")).to_contain_text(" of ")
        page.goto(addresses["claim"])
        page.get_by_role("button", name="Copy the link").click()
        page.get_by_role("button", name="Switch to dark").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert faults == []


def test_no_page_scrolls_sideways(browser: Browser, addresses: dict[str, str]) -> None:
    with opened(browser, NARROWEST) as (page, _):
        wide = {}
        for kind, address in addresses.items():
            page.goto(address)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROWEST:
                wide[kind] = width
        page.get_by_role("button", name="Search").click()
        page.get_by_label("Search claims").fill("the")
        page.locator(".search li").first.wait_for()
        assert page.locator(".search").evaluate("box => box.scrollWidth - box.clientWidth") == 0
        assert wide == {}


@pytest.mark.parametrize("kind", ["claim", "topic"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_focus_is_seen_wherever_it_goes(
    browser: Browser, addresses: dict[str, str], kind: str, width: int, key: str
) -> None:
    with opened(browser, width) as (page, _):
        page.goto(addresses[kind])
        faults, count = [], 0
        if key == "Shift+Tab":
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
        while True:
            page.keyboard.press(key)
            focused = page.evaluate(FOCUS)
            if focused is None:
                break
            count += 1
            name, fault = focused
            if fault:
                faults.append(f"{name} {fault}")
        assert faults == []
        assert count > 10


def test_the_menu_of_a_narrow_screen_works_by_keyboard(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with opened(browser, PHONE) as (page, faults):
        page.goto(addresses["claim"])
        menu = page.get_by_role("button", name="Menu")
        menu.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("aria-expanded", "true")
        links = page.locator(".md-nav--primary")
        expect(links.get_by_role("link", name="Start")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(menu).to_have_attribute("aria-expanded", "false")
        assert faults == []


def test_no_page_is_heavy(real: Path) -> None:
    weights: dict[Path, int] = {}

    def weight(file: Path) -> int:
        if file not in weights:
            weights[file] = len(gzip.compress(file.read_bytes()))
        return weights[file]

    heavy = {}
    for address, page in pages(real).items():
        file = real / address / "index.html" if address != "404.html" else real / address
        parts = page.select("script[src], link[rel=stylesheet]")
        names = [urlsplit(str(part.get("src") or part["href"])).path for part in parts]
        linked = [real / urljoin("/" + address, name).lstrip("/") for name in names]
        total = weight(file) + sum(weight(other) for other in linked)
        if total > WEIGHT:
            heavy[address] = total
    assert heavy == {}


def test_every_page_has_a_strict_policy_before_anything_else(real: Path) -> None:
    for address, page in pages(real).items():
        assert page.head is not None
        first = page.head.find(True)
        assert first is not None
        assert first.get("http-equiv") == "Content-Security-Policy", address
        policy = dict(part.split(" ", 1) for part in str(first["content"]).split("; "))
        assert "unsafe" not in str(policy), address
        assert policy["default-src"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert re.fullmatch(r"'self'( 'sha256-[\w+/]{43}=')+", policy["script-src"]), address
    # A browser looks for the encoding in the first 1024 bytes only.
    for file in real.rglob("*.html"):
        assert b'<meta charset="utf-8">' in file.read_bytes()[:1024], file


def test_the_policy_stops_what_we_did_not_write(
    browser: Browser, real: Path, tmp_path: Path
) -> None:
    page_file = tmp_path / "index.html"
    text = (real / "404.html").read_text("utf-8")
    page_file.write_text(
        text.replace("</body>", "<script>document.title = 'stolen'</script></body>"), "utf-8"
    )
    with served(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        assert page.title() != "stolen"
        page.close()


def test_a_repository_at_a_known_host_is_not_asked_for_its_stars(
    browser: Browser, tree: Tree
) -> None:
    tree.edit("mkdocs.yml", "https://git.example/kettles", "https://github.com/example/kettles")
    assert build(tree.root, "--strict").returncode == 0
    with served(tree.root / "site") as address, opened(browser, DESKTOP) as (page, faults):
        page.goto(address, wait_until="networkidle")
        assert faults == []


DIALECT = """\
The kettle {++always++} whistles, {--in one series,--} {~~at 80~>before 90~~} degrees.[^1] {==So==}
{>>not we<<}, the lid ==open==, ^^more^^ and ~~less~~ H~2~O.

!!! tip
    A box.

Text after the box.

??? note "More"
    Folded.

```
code
```

[^1]: Page 3.
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_a_body_may_hold_is_readable_and_in_its_place(
    browser: Browser, tree: Tree, scheme: str
) -> None:
    tree.write(TOPIC, tree.text(TOPIC) + "\n" + DIALECT)
    name = {"light": "default", "dark": "slate"}[scheme]
    tree.edit("mkdocs.yml", "  font: false\n", f"  font: false\n  palette: {{scheme: {name}}}\n")
    tree.write("mkdocs.yml", tree.text("mkdocs.yml") + "extra_css: [assets/explainer.css]\n")
    shutil.copytree(PROJECT / "docs/assets", tree.root / "docs/assets")
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    with served(tree.root / "site") as address, opened(browser, DESKTOP, scheme) as (page, faults):
        page.goto(f"{address}topics/whistling/")
        assert faults_of(page) + faults == []
        box, after = page.locator(".admonition"), page.get_by_text("Text after the box.")
        above, below = box.bounding_box(), after.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]
        for words in page.locator("ins, del").all():
            assert words.evaluate("words => getComputedStyle(words).textDecorationLine") != "none"
