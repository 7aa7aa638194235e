"""A site whose configuration was copied for an older version: it opens all the same, with the
product's own words and content where it has none, and the doctor names each place.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.services import service
from tests.fakes.ports import free_port
from tests.faults.door import Door


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Door]:
    door = Door(tmp_path)
    yield door
    door.close()


def age(config: Path) -> None:
    """Take away and spoil what a newer version added or asks for."""
    door = config / "texts/zh.toml"
    text = door.read_text(encoding="utf-8")
    text = text.replace('swipe = "请刷卡"', 'swipe = "师傅请刷卡"').replace('more = "更多"\n', "")
    text = text.replace("连续{days}天", "连续天").replace("[left_out]", "[left_away]")
    door.write_text(text, encoding="utf-8")
    review = config / "texts/review.toml"
    review.write_bytes(review.read_text(encoding="utf-8").encode("gb18030"))
    (config / "texts/review-content.toml").unlink()
    forms = config / "texts/forms.toml"
    forms.write_text(
        forms.read_text(encoding="utf-8").replace("[privacy]", "［privacy］"), encoding="utf-8"
    )
    reasons = config / "lists/reasons.toml"
    reasons.write_text(
        reasons.read_text(encoding="utf-8").partition("not_adopted")[0], encoding="utf-8"
    )
    for name in ("lists/scenes.toml", "rules/dust-order6.toml", "sample/enterprise.toml"):
        (config / name).unlink()
    (config / "packs/henan-small-factory/works/dust-equipment.toml").unlink()


def test_the_door_and_the_pages_open_and_the_doctor_names_what_to_copy(site: Door) -> None:
    age(site.config.parent)
    site.start()
    site.enrol_everybody()
    page = site.get("/").decode()
    assert "师傅请刷卡" in page  # the site's own wording
    site.tap("A001")
    assert "card.refused" not in site.kinds()

    port = free_port()
    arguments = ["review", "--config", str(site.config), "--data", str(site.data)]
    with service(arguments, port):
        pass  # it answers

    said = doctor(site)
    config = site.config.parent
    for where, what in (
        (f"{config}/texts/zh.toml 的 frame.more", 'more = "更多"'),
        (f"{config}/texts/zh.toml 的 waiting.unbroken", "连续{days}天"),
        (f"{config}/texts/zh.toml 的 left_out：", "[left_out]"),
        (f"{config}/texts/zh.toml 的 left_away：", "删掉它"),
        (f"{config}/texts/review.toml：", "GBK"),
        (f"{config}/texts/review-content.toml：", "没有这个文件"),
        (f"{config}/texts/forms.toml：", "全角符号 ［"),
        (f"没有 {config}/lists/scenes.toml", "复制过来"),
        (f"没有 {config}/rules/dust-order6.toml", "复制过来"),
        (f"没有 {config}/sample/enterprise.toml", "复制过来"),
        (f"{config}/lists/reasons.toml 里没有 not_adopted", "复制过来"),
    ):
        assert any(where in line and what in line for line in said), where
    assert not any("waiting.swipe" in line for line in said)
    log = site.log.read_text()
    assert "kiosk doctor" in log
    assert "Traceback" not in log


def doctor(site: Door) -> list[str]:
    command = [sys.executable, "-m", "kiosk", "doctor", "--config", str(site.config)]
    ended = subprocess.run(
        [*command, "--data", str(site.data)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert not ended.stderr
    return ended.stdout.splitlines()
