"""Pictures for shared links (Open Graph images): the claim, its verdict and its words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import noto_cjk_sans_otc
from PIL import Image, ImageDraw, ImageFont

from explainer.model import Site, Verdict

SIZE = (1200, 630)
MARGIN = 72
PAPER, INK, QUIET, LINE = "#fdfcfa", "#1d2430", "#4a4f57", "#d8d4cc"
COLOURS = {
    Verdict.ACCURATE: "#1b6e3c",
    Verdict.MISSING_CONTEXT: "#0b5c8a",
    Verdict.OVERSTATED: "#8a4b00",
    Verdict.UNDERSTATED: "#5b3fa0",
    Verdict.CONTRADICTED: "#a3182b",
    Verdict.NOT_IN_REPORT: "#4a4f57",
    Verdict.NOT_RATED: "#4a4f57",
}
FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-Hans": 2, "zh-Hant": 3, "zh-HK": 4}
"""The faces of the Noto Sans CJK collection: the same character is drawn differently in each."""

_UNIT = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]|[^\s\u3000-\u9fff]+\s*")
_NEVER_FIRST = "、。，．：；！？」』）】〉》’”…,.:;!?)"


@cache
def _font(size: int, lang: str) -> ImageFont.FreeTypeFont:
    face = FACES.get(lang, FACES.get(lang.split("-")[0], 0))
    with resources.as_file(noto_cjk_sans_otc.FONT_PATH) as collection:
        return ImageFont.truetype(str(collection), size, index=face)


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int, lines: int) -> list[str]:
    """A text in at most `lines` lines of at most `width` pixels; cut with … if it is longer."""
    found = [""]
    for unit in _UNIT.findall(" ".join(text.split())):
        fits = font.getlength((found[-1] + unit).rstrip()) <= width
        if fits or not found[-1] or unit[0] in _NEVER_FIRST:
            found[-1] += unit
        else:
            found.append(unit)
    if len(found) > lines:
        found = found[:lines]
        while font.getlength(found[-1].rstrip() + "…") > width:
            found[-1] = found[-1][:-1]
        found[-1] = found[-1].rstrip() + "…"
    return [line.rstrip() for line in found]


def cards(site: Site, site_name: str) -> Iterator[tuple[str, bytes]]:
    """Each picture's place below docs/, and its PNG: `claims/a.md` has `share/claims/a.png`."""
    yield "share/index.png", _card(site_name, site_name)
    for claim in site.claims.values():
        first = claim.appearances[0]
        label = (claim.verdict.label, COLOURS[claim.verdict])
        quote = (first.quote, site.seeds[first.seed].lang)
        yield f"share/claims/{claim.id}.png", _card(claim.claim, site_name, label, quote)
    for topic in site.topics.values():
        yield f"share/topics/{topic.id}.png", _card(topic.question, site_name)
    for seed in site.seeds.values():
        yield f"share/articles/{seed.slug}.png", _card(seed.title, site_name)


def _card(
    title: str,
    site_name: str,
    label: tuple[str, str] | None = None,
    quote: tuple[str, str] | None = None,
) -> bytes:
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    y = MARGIN
    if label:
        text, colour = label
        font = _font(34, "en")
        box = (MARGIN, y, MARGIN + font.getlength(text) + 44, y + 64)
        draw.rounded_rectangle(box, radius=6, outline=colour, width=4)
        draw.text((MARGIN + 22, y + 32), text, font=font, fill=colour, anchor="lm")
        y += 64 + 36
    font = _font(58, "en")
    for line in wrap(title, font, width, 3 if quote else 5):
        draw.text((MARGIN, y), line, font=font, fill=INK)
        y += 76
    if quote:
        font = _font(36, quote[1])
        y += 20
        lines = wrap(quote[0], font, width - 36, max(1, (SIZE[1] - 110 - y) // 54))
        draw.line((MARGIN, y + 6, MARGIN, y + 54 * len(lines)), fill=INK, width=6)
        for line in lines:
            draw.text((MARGIN + 36, y), line, font=font, fill=QUIET)
            y += 54
    draw.line((MARGIN, SIZE[1] - 92, SIZE[0] - MARGIN, SIZE[1] - 92), fill=LINE, width=2)
    draw.text((MARGIN, SIZE[1] - 52), site_name, font=_font(30, "en"), fill=INK, anchor="lm")
    png = io.BytesIO()
    image.quantize(32, method=Image.Quantize.FASTOCTREE).save(png, "PNG")
    return png.getvalue()
