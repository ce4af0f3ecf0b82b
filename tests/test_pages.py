"""Pages and data of the kettles' site, compared with the files in tests/golden/."""

from __future__ import annotations

import json
import os
from pathlib import Path

import feedparser
import pytest

from conftest import ALL, KETTLES, NEWS, RATE, TODAY, Tree, files
from explainer.addresses import relative_url, url
from explainer.check.load import load
from explainer.pages import counts
from explainer.pages.claim_review import claim_review
from explainer.pages.counts import agreement
from explainer.pages.render import Renderer
from explainer.pages.replies import replies
from explainer.text.escape import escape

GOLDEN = Path(__file__).parent / "golden"
SITE = ("Kettles, checked", "https://kettles.example/site/")


def test_every_page_and_file_is_as_approved() -> None:
    """To approve new ones: UPDATE_GOLDEN=1 python -m pytest tests/test_pages.py."""
    found = files(load(KETTLES, TODAY))
    if os.environ.get("UPDATE_GOLDEN"):
        for file in GOLDEN.rglob("*.*"):
            file.unlink()
        for uri, text in found.items():
            (GOLDEN / uri).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / uri).write_text(text, "utf-8", newline="\n")
    golden = {
        file.relative_to(GOLDEN).as_posix(): file.read_text("utf-8") for file in GOLDEN.rglob("*.*")
    }
    assert found == golden


def test_a_page_that_is_no_index_lists_what_has_most_claims(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "LISTED", 1)
    tree.write("docs/claims/one-more.md", tree.text(ALL))
    indexes = files(tree.load())
    for part, folder, most, other in (
        ("articles", "articles", "noisy-kettles", "kettle-cries-too-early"),
        ("tallies", "articles", "noisy-kettles", "kettle-cries-too-early"),
        ("topics", "topics", "whistling", "warmth"),
    ):
        found = Renderer(tree.load(), *SITE).fill(f"/// explainer | {part}\n///", "index.md")
        assert f'href="{folder}/{most}/"' in found
        assert f'href="{folder}/{other}/"' not in found
        assert f'<a href="{folder}/">All 2 {folder}</a>' in found
        index = indexes[f"{folder}/index.md"]
        assert f'href="{most}/"' in index
        assert f'href="{other}/"' in index
        assert "All 2" not in index


HOSTILE = '</p><script>alert(1)</script> *x* [y](z) `c` | # & "q" {t} \\ _u_ ~s~ ^p^ =e='


def test_a_text_stays_text_in_markdown_and_html() -> None:
    escaped = escape(HOSTILE)
    for sign in '<>*[]`|#{}\\_~^="':
        assert sign not in escaped.replace("&#", "&")


@pytest.mark.parametrize(
    ("target", "here", "expected"),
    [
        ("claims/a.md", "claims/b.md", "../a/"),
        ("claims/index.md", "claims/b.md", "../"),
        ("claims/a.md", "index.md", "claims/a/"),
        ("index.md", "claims/a.md", "../../"),
        ("feed.xml", "claims/a.md", "../../feed.xml"),
        ("data/claims.json", "about/data.md", "../../data/claims.json"),
        ("claims/a.md", "claims/a.md", "./"),
    ],
)
def test_links_lead_from_page_to_page(target: str, here: str, expected: str) -> None:
    assert relative_url(target, here) == expected


def test_addresses_are_folders() -> None:
    assert url("claims/a.md") == "claims/a/"
    assert url("index.md") == ""
    assert url("topics/index.md") == "topics/"


def test_agreement_is_counted_raw_and_beyond_chance(tree: Tree) -> None:
    found = agreement(tree.load().site)
    assert found is not None
    assert (found.count, found.same) == (4, 3)
    # First: overstated, contradicted, accurate, not-in-report; second: missing-context for the
    # first of them. By chance 3 × 1/16 of the pairs would agree.
    assert found.kappa == pytest.approx((3 / 4 - 3 / 16) / (1 - 3 / 16))


def test_agreement_of_one_label_only_has_no_kappa(tree: Tree) -> None:
    for path in tree.root.glob("docs/claims/*.md"):
        text = path.read_text("utf-8")
        line = next(line for line in text.splitlines() if line.startswith("labels:"))
        path.write_text(text.replace(line, "labels: {first: accurate, second: accurate}"), "utf-8")
    found = agreement(tree.load().site)
    assert found is not None
    assert found.kappa is None


def test_a_withheld_page_shows_problems_and_nothing_of_the_record(tree: Tree) -> None:
    tree.edit(RATE, "    page: 3", "    page: 4")
    pages = files(tree.load())
    page = pages["claims/kettles-whistle-too-early-in-12-5-percent.md"]
    assert f"{RATE}:18" in page
    assert "주전자" not in page
    assert "kettle number 7" not in " ".join(pages.values())


def test_a_seed_with_nothing_but_its_record_says_what_is_missing(tree: Tree) -> None:
    for path in (tree.root / "docs/claims").glob("*.md"):
        path.unlink()
    tree.edit(
        "docs/topics/whistling.md",
        tree.text("docs/topics/whistling.md").split("---")[1],
        """
title: Whistling
question: Do they?
found: Some.
answer: Some.
""",
    )
    pages = files(tree.load())
    page = pages["articles/noisy-kettles.md"]
    assert "The translated summary of this text is still missing." in page
    assert "No claim of this text has been checked yet." in page
    assert "Line 5: still to be read." in page


def test_feeds_are_read_by_a_feed_reader(tree: Tree) -> None:
    found = files(tree.load())
    atom = feedparser.parse(found["feed.xml"])
    assert not atom.bozo
    assert atom.version == "atom10"
    assert len(atom.entries) == 4
    assert atom.entries[0].link.startswith("https://kettles.example/site/claims/")
    assert atom.feed.updated == "2019-06-03T00:00:00+00:00"
    corrections = feedparser.parse(found["corrections.xml"])
    assert [entry.title for entry in corrections.entries] == [
        "All kettles whistle before they boil"
    ]
    feed = json.loads(found["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 4


def test_a_feed_without_entries_does_not_ask_the_clock(tree: Tree) -> None:
    tree.edit(ALL, tree.text(ALL)[tree.text(ALL).index("corrections:") :], "---\nText.\n")
    corrections = files(tree.load())["corrections.xml"]
    assert feedparser.parse(corrections).feed.updated == "2019-06-02T00:00:00+00:00"


def test_claim_review_says_what_the_page_says(tree: Tree) -> None:
    site = tree.load().site
    claim = site.claims["kettles-whistle-too-early-in-12-5-percent"]
    review = json.loads(claim_review(site, claim, *SITE))
    assert review["claimReviewed"] == claim.claim
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Overstated",
        "ratingExplanation": claim.reason,
    }
    assert review["url"] == f"https://kettles.example/site/claims/{claim.id}/"
    assert review["itemReviewed"]["appearance"]["url"] == "https://daily.example/kettle"
    assert review["itemReviewed"]["author"] == {"@type": "Organization", "name": "Example Daily"}


def test_claim_review_cannot_close_its_script(tree: Tree) -> None:
    tree.edit(RATE, "lid open.\nchanges", "lid open & < /script >.\nchanges")
    site = tree.load().site
    claim = site.claims["kettles-whistle-too-early-in-12-5-percent"]
    assert "<" not in claim_review(site, claim, *SITE)


def test_slips_of_a_rendering_are_counted_apart(tree: Tree) -> None:
    tree.edit("docs/topics/warmth.md", "question:", "rendering: true\nquestion:")
    pages = files(tree.load())
    page = pages["articles/noisy-kettles.md"]
    first, second = page.split("Counted apart, the 1 about how the page renders what was said:")
    assert "Matches the report" not in first
    assert "Matches the report" in second.split("</ul>")[0]


def test_claim_review_names_an_author_where_there_is_one(tree: Tree) -> None:
    tree.edit(NEWS, "publisher:", "author: Kim\npublisher:")
    site = tree.load().site
    claim = site.claims["kettles-whistle-too-early-in-12-5-percent"]
    review = json.loads(claim_review(site, claim, *SITE))
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Kim"}


def test_a_language_that_nobody_lists_is_called_by_its_tag(tree: Tree) -> None:
    tree.edit(NEWS, "lang: ko", "lang: xx-nowhere")
    pages = files(tree.load())
    assert "xx-nowhere" in pages["articles/kettle-cries-too-early.md"]


def test_links_of_a_body_stay_what_they_are(tree: Tree) -> None:
    links = [
        "https://kettles.example/a?b&c#d",
        "http://kettles.example",
        "#reasoning",
        "../index.md#top",
    ]
    tree.edit(RATE, "One kettle,", " ".join(f"[one]({link})" for link in links))
    pages = files(tree.load())
    page = pages["claims/kettles-whistle-too-early-in-12-5-percent.md"]
    assert '<a href="https://kettles.example/a?b&amp;c#d">one</a>' in page
    assert '<a href="http://kettles.example">one</a> <a href="#reasoning">one</a>' in page
    assert '<a href="../../#top">one</a>' in page


def test_what_a_page_says_of_terms_holds_on_all(tree: Tree) -> None:
    tree.write("docs/glossary.md", "# Words\n\nAll.\n\n*[plate]: what a kettle stands on\n")
    renderer = Renderer(tree.load(), *SITE)
    pages = {page.uri: page.text for page in renderer.pages()}
    explained = '<abbr title="what a kettle stands on">plate</abbr>'
    assert pages["topics/whistling.md"].count(explained) == 1
    assert renderer.fill("A plate.", "a.md").endswith("\n*[plate]: what a kettle stands on")
    own = renderer.fill(tree.text("docs/glossary.md"), "glossary.md")
    assert own == "# Words\n\nAll.\n\n\n"


def test_a_part_that_does_not_exist_leaves_nothing(tree: Tree) -> None:
    filled = Renderer(tree.load(), *SITE).fill("A\n/// explainer | nothing\n///\nB", "index.md")
    assert filled == "A\n\nB"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ja", ["en", "ja"]),
        ("zh-Hans", ["en", "zh-Hans"]),
        ("zh-Hans-SG", ["en", "zh-Hans"]),
        ("zh-Hant", ["en"]),  # not in the other script
        ("en-GB", ["en"]),
        ("ko", ["en"]),
    ],
)
def test_a_reply_is_in_english_and_in_the_languages_that_there_are(
    tree: Tree, lang: str, expected: list[str]
) -> None:
    tree.edit(NEWS, "lang: ko", f"lang: {lang}")
    site = tree.load().site
    found = replies(site, site.claims[Path(RATE).stem], "https://kettles.example/")
    assert [reply.lang for reply in found] == expected
    assert all("주전자는" in reply.text for reply in found if reply.lang != "en")


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("\u202e주전자는", "「주전자는」"),
        ("\u2069‮x", "「x」"),
        ("القدر", "「\u2068القدر\u2069」"),
        ("القدر\u2069\u202e", "「\u2068القدر\u2069」"),
    ],
)
def test_a_quote_turns_nothing_around_it_in_a_reply(tree: Tree, quote: str, shown: str) -> None:
    tree.edit(NEWS, "lang: ko", "lang: ja")
    claim = tree.load().site.claims[Path(RATE).stem]
    appearance = claim.appearances[0].model_copy(update={"quote": quote})
    claim = claim.model_copy(update={"appearances": (appearance,)})
    (_, reply) = replies(tree.load().site, claim, "https://kettles.example/")
    assert shown in reply.text
