"""Draws the pictures for shared links.

What costs time is done once: the shapes of each word or CJK character are drawn and measured when
it first comes, and then only copied. All colours are numbers of a palette from the start.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import noto_cjk_sans_otc
from PIL import Image, ImageColor, ImageDraw, ImageFont

from explainer.outputs.cards import Card

SIZE = (1200, 630)
"""Width and height in pixels, 1.91 to 1: what previews of links show whole."""
MARGIN = 72
WIDTH = SIZE[0] - 2 * MARGIN
PAPER, INK, LINE = "#fdfcfa", "#1d2430", "#d8d4cc"
# By verdict, as in the light scheme of docs/assets/explainer.css.
COLOURS = {
    "": INK,
    "accurate": "#1b6e3c",
    "missing-context": "#0b5c8a",
    "overstated": "#8a4b00",
    "understated": "#5b3fa0",
    "contradicted": "#a3182b",
    "not-in-report": "#4a4f57",
    "not-rated": "#4a4f57",
}
FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-Hans": 2, "zh-Hant": 3, "zh-HK": 4}
"""The faces of the Noto Sans CJK collection: the same character is drawn differently in each."""

# 16 colours, so that a pixel takes 4 bits: paper, ten steps to the ink, four to the verdict's
# colour, the line.
INK_STEPS, VERDICT_STEPS = 10, 4
INK_INDEX, VERDICT_INDEX, LINE_INDEX = 10, 14, 15

_OPENING = "「『（《〈【“‘(["
_CLOSING = "、。，．：；！？」』）】〉》’”…,.:;!?)]"
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{re.escape(_OPENING)}]*(?:[{_CJK}]|[^\s{_CJK}]+)[{re.escape(_CLOSING)}]*\s?")
"""A unit that is never split across lines: a word or CJK character, with its punctuation."""


def _shades(first: int, steps: int) -> bytes:
    """A colour's number for each coverage of a pixel, 0 to 255: paper, or `steps` after `first`."""
    numbers = [round(coverage * steps / 255) for coverage in range(256)]
    return bytes(number and first + number for number in numbers)


class Style(NamedTuple):
    """How a text is drawn: its height in pixels, its shades, a language tag."""

    size: int
    shades: bytes
    lang: str = "en"


INK_SHADES = _shades(0, INK_STEPS)
TITLE, FOOTER = Style(58, INK_SHADES), Style(30, INK_SHADES)
QUOTE = Style(36, _shades(0, INK_STEPS * 4 // 5))
LABEL = Style(34, _shades(INK_INDEX, VERDICT_STEPS))


@cache
def _font(size: int, lang: str) -> ImageFont.FreeTypeFont:
    face = FACES.get(lang, FACES.get(lang.split("-")[0], 0))
    with resources.as_file(noto_cjk_sans_otc.FONT_PATH) as collection:
        engine = ImageFont.Layout.BASIC  # the other is there only where the system has FriBiDi
        try:
            return ImageFont.truetype(str(collection), size, index=face, layout_engine=engine)
        except OSError as error:
            raise OSError(f"{collection}: {error}") from error


@lru_cache(maxsize=8192)
def _width(text: str, style: Style) -> float:
    return _font(style.size, style.lang).getlength(text)


@lru_cache(maxsize=8192)
def _shape(text: str, style: Style) -> tuple[Image.Image, int, int]:
    """A text's pixels, as numbers of the palette, and where they stand from its left and top."""
    font = _font(style.size, style.lang)
    image = Image.new("L", (int(_width(text, style)) + 2 * style.size, 2 * style.size))
    ImageDraw.Draw(image).text((style.size, 0), text, font=font, fill=255)
    box = image.getbbox() or (0, 0, 0, 0)
    image = image.crop(box)
    pixels = image.tobytes().translate(style.shades)
    return Image.frombytes("P", image.size, pixels), box[0] - style.size, box[1]


def wrap(text: str, style: Style, width: int, lines: int) -> list[list[str]]:
    """The words (with their spaces) of each of at most `lines` lines of at most `width` pixels.

    What is longer is cut, with …; a word that fills more than a line is broken anywhere.
    """
    found: list[list[str]] = [[]]
    x = 0.0
    for unit in _UNIT.findall(unicodedata.normalize("NFC", " ".join(text.split()))):
        for part in unit if _width(unit.rstrip(), style) > width else [unit]:
            if found[-1] and x + _width(part.rstrip(), style) > width:
                found.append([])
                x = 0.0
            found[-1].append(part)
            x += _width(part, style)
    if len(found) > lines:
        found = found[:lines]
        last = found[-1]
        while last and sum(_width(part, style) for part in [*last, "…"]) > width:
            last.pop()
        last[-1:] = [last[-1].rstrip(), "…"] if last else ["…"]
    return found


def _text(image: Image.Image, x: float, y: int, line: list[str], style: Style) -> None:
    for part in line:
        shape, left, top = _shape(part.rstrip(), style)
        image.paste(shape, (round(x) + left, y + top))
        x += _width(part, style)


def draw(card: Card) -> bytes:
    """A card as the bytes of a PNG file; OSError if the font cannot be read."""
    image = Image.new("P", SIZE)
    image.putpalette(_palette(COLOURS[card.verdict]))
    pen = ImageDraw.Draw(image)
    y = MARGIN
    if card.label:
        box = (MARGIN, y, MARGIN + _width(card.label, LABEL) + 44, y + 64)
        pen.rounded_rectangle(box, radius=6, outline=VERDICT_INDEX, width=4)
        _text(image, MARGIN + 22, y + 7, [card.label], LABEL)
        y += 64 + 36
    for line in wrap(card.title, TITLE, WIDTH, 3 if card.quote else 5):
        _text(image, MARGIN, y, line, TITLE)
        y += 76
    if card.quote:
        style = QUOTE._replace(lang=card.lang)
        y += 20
        lines = wrap(card.quote, style, WIDTH - 36, max(1, (SIZE[1] - 110 - y) // 54))
        pen.line((MARGIN, y + 6, MARGIN, y + 54 * len(lines)), fill=INK_INDEX, width=6)
        for line in lines:
            _text(image, MARGIN + 36, y, line, style)
            y += 54
    bottom = SIZE[1] - 92
    pen.line((MARGIN, bottom, SIZE[0] - MARGIN, bottom), fill=LINE_INDEX, width=2)
    for line in wrap(card.site_name, FOOTER, WIDTH, 1):
        _text(image, MARGIN, SIZE[1] - 74, line, FOOTER)
    png = io.BytesIO()
    image.save(png, "PNG", compress_type=zlib.Z_RLE, compress_level=1)  # no larger than with 9
    return png.getvalue()


@cache
def _palette(verdict: str) -> list[int]:
    def steps(colour: str, count: int) -> list[int]:
        pairs = list(zip(ImageColor.getrgb(PAPER), ImageColor.getrgb(colour), strict=True))
        return [
            round(paper + (full - paper) * step / count)
            for step in range(1, count + 1)
            for paper, full in pairs
        ]

    return [
        *ImageColor.getrgb(PAPER),
        *steps(INK, INK_STEPS),
        *steps(verdict, VERDICT_STEPS),
        *ImageColor.getrgb(LINE),
    ]
