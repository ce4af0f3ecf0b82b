"""Every way in which a ClaimReview can be wrong is named with page, field and rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claim_review import problems

SITE_URL = "https://kettles.example/site/"
PAGE = "claims/kettles-whistle-too-early-in-12-5-percent/index.html"
OTHER = "claims/all-kettles-whistle-before-boiling/index.html"
UNRATED = "claims/copper-kettles-are-the-most-dangerous/index.html"
START = '<script type="application/ld+json">'
END = "</script>"


@pytest.fixture
def site(small: Path, tmp_path: Path) -> Path:
    """A copy of the built site that a test may change."""
    return Path(shutil.copytree(small, tmp_path / "site"))


def change(site: Path, page: str, how: Callable[[dict[str, Any]], object]) -> None:
    """Change the review on a page."""
    file = site / page
    before, rest = file.read_text("utf-8").split(START, 1)
    review, after = rest.split(END, 1)
    fields = json.loads(review)
    how(fields)
    file.write_text(before + START + json.dumps(fields) + END + after, "utf-8")


def rate(**numbers: object) -> Callable[[dict[str, Any]], object]:
    return lambda review: review["reviewRating"].update(numbers)


def test_reviews_of_the_kettles_are_sound(small: Path) -> None:
    assert problems(small, SITE_URL) == []


def test_a_sound_rating_with_numbers_passes(site: Path) -> None:
    change(site, PAGE, rate(worstRating=1, ratingValue=2, bestRating=5))
    assert problems(site, SITE_URL) == []


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (lambda r: r.update({"@type": "Review"}), "@type: a ClaimReview of schema.org"),
        (lambda r: r.update(url="../claims/x/"), "url: an absolute address"),
        (
            lambda r: r.update(url=SITE_URL + "topics/whistling/"),
            "url: the address of the page on which it stands",
        ),
        (lambda r: r.pop("claimReviewed"), "claimReviewed: a text"),
        (lambda r: r.update(claimReviewed="k" * 76), "claimReviewed: at most 75 characters"),
        (lambda r: r.update(claimReviewed="It is false"), "claimReviewed: no verdict word"),
        (
            lambda r: r.update(claimReviewed="Kettles whistle"),
            "claimReviewed: the words that the page shows",
        ),
        (lambda r: r.update(inLanguage="English"), "inLanguage: a BCP 47 tag"),
        (lambda r: r.update(dateModified="3 June"), "dateModified: a date by ISO 8601"),
        (lambda r: r.update(dateModified="2019-02-30"), "dateModified: a date by ISO 8601"),
        (lambda r: r.update(dateModified="2018-01-01"), "dateModified: not before datePublished"),
        (lambda r: r.pop("reviewRating"), "reviewRating: exactly one Rating"),
        (
            lambda r: r.update(reviewRating=[r["reviewRating"]] * 2),
            "reviewRating: exactly one Rating",
        ),
        (
            lambda r: r["reviewRating"].pop("alternateName"),
            "reviewRating.alternateName: required",
        ),
        (
            rate(alternateName="Exaggerated"),
            "reviewRating.alternateName: the label that the page shows",
        ),
        (
            rate(ratingExplanation="One kettle."),
            "reviewRating.ratingExplanation: the reason that the page shows",
        ),
        (
            rate(worstRating=0, ratingValue=2, bestRating=5),
            "reviewRating.worstRating: at least 1",
        ),
        (
            rate(worstRating=5, ratingValue=5, bestRating=5),
            "reviewRating.bestRating: more than worstRating",
        ),
        (
            rate(worstRating=1, ratingValue=6, bestRating=5),
            "reviewRating.ratingValue: between worstRating and bestRating",
        ),
        (
            rate(ratingValue=2),
            "reviewRating.ratingValue: all of ratingValue, bestRating, worstRating, as numbers",
        ),
        (
            rate(worstRating=1, ratingValue="2", bestRating=5),
            "reviewRating.ratingValue: all of ratingValue, bestRating, worstRating, as numbers",
        ),
        (lambda r: r.pop("itemReviewed"), "itemReviewed: a Claim"),
        (
            lambda r: r["itemReviewed"]["author"].pop("name"),
            "itemReviewed.author.name: required where there is an author",
        ),
        (
            lambda r: r["itemReviewed"].update(datePublished="May"),
            "itemReviewed.datePublished: a date by ISO 8601",
        ),
        (
            lambda r: r["itemReviewed"].update(appearance={"url": "kettle.html"}),
            "itemReviewed.appearance: an absolute address",
        ),
        (lambda r: r["author"].pop("@type"), "author: an Organization or a Person"),
        (lambda r: r["author"].pop("name"), "author.name: required"),
        (
            lambda r: r["author"].update(url="https://daily.example/"),
            "author.url: the address of the site: we are the author, not the claimant",
        ),
    ],
)
def test_a_broken_review_is_named(
    site: Path, how: Callable[[dict[str, Any]], object], expected: str
) -> None:
    change(site, PAGE, how)
    assert problems(site, SITE_URL) == [f"{PAGE}: {expected}"]


def test_a_page_whose_label_differs_is_named(site: Path) -> None:
    text = (site / PAGE).read_text("utf-8")
    (site / PAGE).write_text(text.replace(">Overstated<", ">Exaggerated<"), "utf-8")
    assert problems(site, SITE_URL) == [
        f"{PAGE}: reviewRating.alternateName: the label that the page shows"
    ]


def test_a_number_for_a_verdict_that_is_on_no_scale_is_named(site: Path) -> None:
    change(site, UNRATED, rate(worstRating=1, ratingValue=2, bestRating=5))
    assert problems(site, SITE_URL) == [
        f"{UNRATED}: reviewRating.ratingValue: no number for a verdict that is on no scale"
    ]


def test_two_reviews_on_a_page_are_named(site: Path) -> None:
    text = (site / PAGE).read_text("utf-8")
    script = START + text.split(START)[1].split(END)[0] + END
    (site / PAGE).write_text(text.replace(script, script + script), "utf-8")
    assert f"{PAGE}: ClaimReview: expected 1 on this page" in problems(site, SITE_URL)


def test_one_address_on_two_pages_is_named(site: Path) -> None:
    address = SITE_URL + PAGE.removesuffix("index.html")
    change(site, OTHER, lambda review: review.update(url=address))
    assert problems(site, SITE_URL) == [
        f"{OTHER}: url: the address of the page on which it stands",
        f"{OTHER}: url: another review has it too",
        f"{PAGE}: url: another review has it too",
    ]


def test_a_review_on_another_page_and_none_on_a_claims_page_are_named(site: Path) -> None:
    text = (site / PAGE).read_text("utf-8")
    script = START + text.split(START)[1].split(END)[0] + END
    (site / PAGE).write_text(text.replace(script, ""), "utf-8")
    topic = site / "topics/whistling/index.html"
    topic.write_text(topic.read_text("utf-8").replace("</head>", script + "</head>"), "utf-8")
    found = problems(site, SITE_URL)
    assert f"{PAGE}: ClaimReview: expected 1 on this page" in found
    assert "topics/whistling/index.html: ClaimReview: expected 0 on this page" in found
