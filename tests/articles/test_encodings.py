"""Telling encodings apart."""

import pytest

from chipstance.articles.encodings import codec, decode
from chipstance.errors import InputError

TRADITIONAL = "台積電法說會後外資看法分歧，晶片股急挫，記憶體合約價卻連漲兩季。"
SIMPLIFIED = "台积电业绩会后机构看法分歧，芯片股大跌，存储芯片合约价却连涨两季。"
EVERY = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


@pytest.mark.parametrize("length", [4, 8, 16, 32, 3200])
@pytest.mark.parametrize("encoding", [*EVERY, "big5hkscs", "cp950"])
def test_traditional_text_is_told(encoding: str, length: int) -> None:
    text = (TRADITIONAL * 100)[:length]
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("length", [4, 8, 16, 32, 3200])
@pytest.mark.parametrize("encoding", [*EVERY, "gbk"])
def test_simplified_text_is_told(encoding: str, length: int) -> None:
    text = (SIMPLIFIED * 100)[:length]
    assert decode(text.encode(encoding)) == text


def test_characters_that_only_hong_kong_writes_are_read() -> None:
    text = "佢哋嘅晶片股跌咗好多，啲散戶唔知點算，冇人估到咁嚟㗎。"
    assert decode(text.encode("big5hkscs")) == text


def test_the_encoding_that_is_named_is_used_with_its_extensions() -> None:
    assert decode("碁恒銹嘅".encode("big5hkscs"), encoding="Big5") == "碁恒銹嘅"
    assert decode("镕".encode("gb18030"), encoding="gb2312") == "镕"
    assert decode("\ufeff芯片".encode(), encoding="utf8") == "芯片"


@pytest.mark.parametrize("name", ["klingon", "", "base64", "hex", "a\x00b"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        codec(name)


def test_bytes_that_do_not_fit_the_encoding_named_are_refused() -> None:
    with pytest.raises(InputError, match="byte 0"):
        decode(b"\xff\xfe\xfd", encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"PK\x03\x04....", bytes(range(256)) * 9],
    ids=["PDF", "archive", "every byte"],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=";"):
        decode(data)


def test_a_damaged_byte_costs_one_character() -> None:
    data = bytearray((TRADITIONAL * 30).encode())
    data[90] = 0xFF
    assert decode(bytes(data)).count("\ufffd") in (1, 2, 3)


def test_nothing_and_plain_ascii_are_text() -> None:
    assert decode(b"") == ""
    assert decode(b"plain\n") == "plain\n"
