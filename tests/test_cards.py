"""The pictures for shared links: each is there and readable, and drawn while the site is built."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import Tag
from PIL import Image, ImageChops

from conftest import ENVIRONMENT, Tree, build, pages
from explainer.outputs.cards import Card
from explainer.outputs.draw import FACES, LABEL, MARGIN, QUOTE, SIZE, _font, _width, draw, wrap

JAPANESE = "「このような恐喝行為」は、全てのテストケースで84%もの頻度で発生しました（報告書）。"
KOREAN = "주전자는 너무 일찍 소리를 냈다. 손잡이는 모든 주전자에서 45도 아래였다."


def test_every_page_has_a_picture_of_the_size_it_names(tree: Tree) -> None:
    result = build(tree.root, "--strict")
    assert result.returncode == 0, result.stderr
    site = tree.root / "site"
    found = set()
    for address, page in pages(site).items():
        if address == "404.html":  # nobody shares it
            continue
        tag = page.find("meta", property="og:image")
        assert isinstance(tag, Tag), address
        place = str(tag["content"]).removeprefix("https://kettles.example/site/")
        with Image.open(site / place) as image:
            assert (image.format, image.size) == ("PNG", SIZE), place
        found.add(place)
    assert {file.relative_to(site).as_posix() for file in site.rglob("share/**/*.png")} == found
    assert "share/claims/all-kettles-whistle-before-boiling.png" in found
    assert len(found) > 5


def test_a_picture_that_cannot_be_drawn_fails_the_build(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the font is gone from its package."""
    package = tmp_path / "other" / "noto_cjk_sans_otc"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        'from pathlib import Path\nFONT_PATH = Path(__file__).with_name("Gone.ttc")\n', "utf-8"
    )
    monkeypatch.setitem(ENVIRONMENT, "PYTHONPATH", str(package.parent))
    result = build(tree.root)
    assert result.returncode == 1
    assert f"{package / 'Gone.ttc'}: cannot open resource" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_same_cards_give_the_same_bytes_in_any_order() -> None:
    some = [
        Card(f"Claim {n}: {KOREAN}" * 40, "Kettles", "overstated", "Overstated", quote)
        for n, quote in enumerate(["", JAPANESE, KOREAN] * 3)
    ]
    assert [draw(card) for card in some] == [draw(card) for card in reversed(some)][::-1]


LONG = ["whistle " * 60, "https://kettles.example/" + "whistle" * 60, JAPANESE * 10, KOREAN * 10]


@pytest.mark.parametrize("title", LONG)
@pytest.mark.parametrize("quote", ["", *LONG])
def test_long_texts_stay_within_the_margins(title: str, quote: str) -> None:
    label = "Matches the report" if quote else ""
    card = Card(title, title, "accurate", label, quote, "ja")
    image = Image.open(io.BytesIO(draw(card))).convert("RGB")
    paper = Image.new("RGB", SIZE, image.getpixel((0, 0)))
    ink = ImageChops.difference(image, paper).convert("L").point([0] * 24 + [255] * 232)
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    slack = 4  # a stroke may lean over the edge of its character
    assert left >= MARGIN - slack
    assert right <= SIZE[0] - MARGIN + slack
    assert top >= MARGIN
    assert bottom <= SIZE[1] - 24
    # Nothing runs into the line above the site's name.
    above = ink.crop((0, SIZE[1] - 100, SIZE[0], SIZE[1] - 94))
    assert above.getbbox() is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("このような恐喝行為は、全てのテストケースで発生しました。", "ja"),
        ("这些行为大多出现在人为设定的测试场景中", "zh-Hans"),
        ("주전자는 너무 일찍 소리를 냈다", "ko"),
        ("Kettles “whistle” too early — 84%", "en"),
    ],
)
def test_no_character_is_drawn_as_a_box(text: str, lang: str) -> None:
    font = _font(36, lang)
    missing = bytes(font.getmask("\U0010ffff"))
    boxes = [sign for sign in text if sign.strip() and bytes(font.getmask(sign)) == missing]
    assert boxes == []


def test_each_script_has_its_own_shapes() -> None:
    # The character for bone is drawn differently in Japan and in China.
    assert bytes(_font(36, "ja").getmask("骨")) != bytes(_font(36, "zh-Hans").getmask("骨"))
    assert set(FACES) >= {"ja", "ko", "zh-Hans", "zh-Hant"}


def test_what_is_cut_says_so() -> None:
    lines = wrap("one two three four five six seven eight nine ten", QUOTE, 240, 2)
    assert ["".join(line).rstrip() for line in lines] == ["one two three", "four five six…"]


@pytest.mark.parametrize(
    "text", [JAPANESE, KOREAN, "㈱と㎏、𠮷野家 (é) a “b” c", "e\u0301 か\u3099"]
)
def test_nothing_is_lost_between_the_lines(text: str) -> None:
    joined = "".join("".join(line) for line in wrap(text, QUOTE, 200, 20))
    assert joined == text.replace("e\u0301", "é").replace("か\u3099", "が")


def test_lines_begin_and_end_where_a_reader_expects() -> None:
    for width in range(100, 500, 20):
        lines = ["".join(line) for line in wrap(JAPANESE, QUOTE, width, 20)]
        assert all(line[0] not in "、。」）" and line[-1] not in "「（" for line in lines)
        assert all(_width(line, QUOTE) <= width for line in lines)
    assert "".join(wrap(KOREAN, LABEL, 240, 2)[0]) == "주전자는 너무 "
