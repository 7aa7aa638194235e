"""What may be a 工号: what an address, a command line and a record can hold."""

from __future__ import annotations

from urllib.parse import quote, urljoin

import pytest

from kiosk.model.worker_id import trouble_with_id

SOUND = ("A001", "1", "焊-01", "a.b", "a..b", "A_1", "B-", "C..", "٣", "é1", "x" * 32)
ODD = (
    *(".", "..", "...", "-", "--", "_", "__", ".-", "-.", "._.", "．", "．．", "‥", "…", "。"),
    *(
        ".a",
        "..a",
        "-a",
        "--help",
        "_a",
        "．a",
        "Ａ００１",
        "A００１",
        "①",
        "ﬁ",
        "A\u3164",
        "\u3164",
    ),
    *("", " ", "A 1", "A001 ", "A001\n", "A\t1", "A\0", "a/b", "../a", "a\\b", "a:b", "a?b", "a#b"),
    *("a%2e", "%2e%2e", "a;b", "a@b", "a~", "~..", "x" * 33),
    *("11010519491231002X", "110105194912310", "13800138000"),
)


@pytest.mark.parametrize("worker_id", SOUND)
def test_a_sound_id_is_nobodys_trouble_and_stands_in_an_address(worker_id: str) -> None:
    assert trouble_with_id(worker_id) == ""
    address = f"http://x/people/of/{quote(worker_id)}/edit"
    assert urljoin(address, address.removeprefix("http://x")) == address


@pytest.mark.parametrize("worker_id", ODD)
def test_an_odd_id_is_refused_in_a_sentence(worker_id: str) -> None:
    assert trouble_with_id(worker_id)


@pytest.mark.parametrize(
    ("worker_id", "part"),
    [("..", "开头"), ("-a", "开头"), ("Ａ", "半角"), ("a b", "空格"), ("13800138000", "手机号")],
)
def test_the_sentence_says_what_is_wrong(worker_id: str, part: str) -> None:
    assert part in trouble_with_id(worker_id)
