"""An article as it came: its encoding, language and shape are found, its headings proposed."""

from __future__ import annotations

import pytest

from conftest import JAPANESE
from explainer.commands.receive import receive
from explainer.model import SeedMarkup

CHINESE = "报告说，水壶在烧开之前就会响，没有人知道为什么。专家建议民众小心使用。"
TAIWANESE = "報告說，水壺在燒開之前就會響，沒有人知道為什麼。專家建議民眾小心使用。"


@pytest.mark.parametrize(
    ("text", "encoding", "lang", "converted"),
    [
        (JAPANESE, "utf-8", "ja", ""),
        (JAPANESE, "utf-8-sig", "ja", "without the byte order mark"),
        (JAPANESE, "shift_jis", "ja", "from CP932 to UTF-8"),
        (JAPANESE, "euc_jp", "ja", "from EUC-JP to UTF-8"),
        (JAPANESE, "iso2022_jp", "ja", "from ISO-2022-JP to UTF-8"),
        (CHINESE, "utf-8", "zh-Hans", ""),
        (CHINESE, "gb18030", "zh-Hans", "from GB18030 to UTF-8"),
        (TAIWANESE, "utf-8", "zh-Hant", ""),
        (TAIWANESE, "big5", "zh-Hant", "from Big5 to UTF-8"),
        (
            "주전자는 끓기 전에 소리를 낸다고 보고서는 말한다.",
            "euc_kr",
            "ko",
            "from CP949 to UTF-8",
        ),
        (
            "Чайник свистит слишком рано, говорится в отчёте.",
            "koi8_r",
            "ru",
            "from KOI8-R to UTF-8",
        ),
        (
            "Les bouilloires sifflent trop tôt, dit le rapport.",
            "cp1252",
            "fr",
            "from Windows-1252 to UTF-8",
        ),
        ("The kettle, says the report — “too early”.", "utf-16", "en", "from UTF-16 to UTF-8"),
    ],
)
def test_encoding_and_language_are_found(
    text: str, encoding: str, lang: str, converted: str
) -> None:
    received = receive(text.encode(encoding))
    assert (received.text, received.lang, received.converted) == (text, lang, converted)


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "is empty"),
        (b" \n\n", None, "is empty"),
        (b"a\nb\0c", None, "is no text (application/octet-stream)"),
        (b"a\nb\0c", "utf-8", "holds the control character U+0000 in line 2, read as utf-8"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj <</Type /Catalog>> endobj", None, "is no text (appl"),
        ("ab\nwärme".encode("cp1252"), "utf-8", "cannot be read as utf-8 (line 2)"),
        (b"a", "utf-99", "'utf-99' is no known encoding: expected one such as cp932"),
    ],
)
def test_what_is_no_article_is_refused(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(ValueError) as error:
        receive(data, encoding)
    assert message in str(error.value)


def test_an_encoding_can_be_given() -> None:
    assert receive("é".encode("cp850"), "cp850").text == "é"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("If a < b and b > c, then R&D.", SeedMarkup.TEXT),
        ("## Title\n\nText with *stars*.", SeedMarkup.TEXT),
        ("Text<br>more", SeedMarkup.HTML),
        ("R&amp;D", SeedMarkup.HTML),
    ],
)
def test_the_shape_is_found(text: str, markup: SeedMarkup) -> None:
    assert receive(text.encode()).markup is markup


def test_headings_and_noise_are_proposed() -> None:
    text = """The kettle cries too early
By A. Writer
2019-05-02 12:04
Share this page

A kettle that whistles before it boils is of no use to anybody, the group says.
What the group found
Three of the kettles whistled early.
- one of copper
- one of tin
Share prices of kettle makers fell.
<script>
track("kettle")
</script>
## More
References:
https://kettles.example/1
https://kettles.example/2
© 2019 Example Daily
"""
    received = receive(text.encode())
    assert received.headline == "The kettle cries too early"
    assert received.headings == (1, 7, 15)
    assert [(str(lines), what) for lines, what in received.noise] == [
        ("2", "byline"),
        ("3", "date"),
        ("4", "button"),
        ("16", "heading of a list of sources"),
        ("17–18", "address"),
        ("19", "copyright notice"),
    ]
