"""The pictures for shared links: words wrap, and no character is a box."""

from __future__ import annotations

import pytest

from explainer.cards import FACES, _font, wrap


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


def test_lines_fit_and_what_is_cut_says_so() -> None:
    font = _font(36, "en")
    lines = wrap("one two three four five six seven eight nine ten", font, 200, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(font.getlength(line) <= 200 for line in lines)


def test_no_line_begins_with_a_closing_sign() -> None:
    font = _font(36, "ja")
    text = "全てのテストケース、全てのテストケース。全てのテストケース」"
    for width in range(100, 500, 20):
        assert all(line[0] not in "、。」" for line in wrap(text, font, width, 20))
