"""What is on the pictures for shared links (Open Graph)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.addresses import HOME, article_uri, claim_uri, topic_uri
from explainer.model import Site


@dataclass(frozen=True)
class Card:
    """The words on one picture.

    A claim's also has its verdict (`overstated`, with the label in words), and its quote in the
    language `lang` (BCP 47).
    """

    title: str
    site_name: str
    verdict: str = ""
    label: str = ""
    quote: str = ""
    lang: str = "en"


def cards(site: Site, site_name: str) -> Iterator[tuple[str, Card]]:
    """A card for the home page, and one for each claim, topic and article, by the page's URI."""
    yield HOME, Card(site_name, site_name)
    for claim in site.claims.values():
        first = claim.appearances[0]
        yield (
            claim_uri(claim.id),
            Card(
                claim.claim,
                site_name,
                claim.verdict.value,
                claim.verdict.label,
                first.quote,
                site.seeds[first.seed].lang,
            ),
        )
    for topic in site.topics.values():
        yield topic_uri(topic.id), Card(topic.question, site_name)
    for seed in site.seeds.values():
        yield article_uri(seed), Card(seed.title, site_name)
