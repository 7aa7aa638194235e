"""An update of the product brings other content; what was recorded before is shown and printed in
its own words.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kiosk.flow.stages import Calling, Closed
from kiosk.packs.archive import find_version, keep_shipped
from tests.fakes.office import SUPERVISOR, Office, an_office
from tests.fakes.packs import LISTS, a_shipped_pack
from tests.fakes.paper import Paper
from tests.fakes.visitor import words
from tests.ui.content.writer import Writer

PACK = "packs/henan-small-factory"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The product's files, which an update replaces."""
    return Path(shutil.copytree("config", tmp_path / "config"))


def updated(config: Path, version: str) -> None:
    """Replace the shipped content as an update of the product does."""
    for name, before, after in (
        ("pack.toml", 'version = "', f'version = "{version}'),
        ("posts/grinder.toml", "确认！", "新版的话，确认！"),
        ("posts/grinder.toml", 'scene = "', 'scene = "新版的情景：'),
    ):
        path = config / PACK / name
        changed = path.read_text().replace(before, after, 1)
        assert changed != path.read_text()
        path.unlink()
        path.write_text(changed)


def kept(data: Path) -> list[str]:
    return sorted(path.parent.name for path in (data / "packs/.shipped").glob("*/*"))


def a_check(office: Office) -> str:
    """Pass a check at the grinder; return what was called at the first step."""
    office.assign("A001", "grinder")
    office.tap("A001")
    office.go_to(Closed)
    office.go_to_waiting()
    return office.station.door.posts["grinder"].drill.steps[0].call


def test_an_old_check_keeps_its_words_when_the_product_is_updated(
    tmp_path: Path, config: Path
) -> None:
    data = tmp_path / "data"
    with an_office(data, config) as office:
        before = a_check(office)
        scene = office.station.door.posts["grinder"].scenarios[0].scene
    updated(config, "9.")
    with an_office(data, config) as office, Writer(office.url) as writer:
        assert writer.sign_in(SUPERVISOR).status_code == 303
        door = office.station.door
        assert door.posts["grinder"].drill.steps[0].call != before
        check = re.findall(r'href="/checks/([^"]+)"', writer.get("/").text)[0]
        page = words(writer.get(f"/checks/{check}"))
        assert before in page
        assert "新版的话" not in page
        assert "内容已更新" not in page
        annex2 = Paper(writer.get(f"/checks/{check}/annex2/pdf").content).text
        assert scene[:12] in annex2
        assert "新版" not in annex2
    assert kept(data) == ["henan-small-factory"] * 2
    with an_office(data, config):
        assert kept(data) == ["henan-small-factory"] * 2


def test_a_check_that_was_open_ends_with_the_content_it_began_with(
    tmp_path: Path, config: Path
) -> None:
    data = tmp_path / "data"
    with an_office(data, config) as office:
        office.assign("A001", "grinder")
        office.tap("A001")
        office.go_to(Calling)
        before = office.station.door.posts["grinder"].drill
    updated(config, "9.")
    with an_office(data, config) as office:
        assert isinstance(office.stage, Calling)
        assert office.station.door.posts["grinder"].drill == before
        office.finish()


def test_what_a_power_cut_left_half_copied_is_no_version(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    pack = a_shipped_pack(tmp_path / "shipped")
    data = tmp_path / "data"
    half = data / ".incoming" / "half"
    half.mkdir(parents=True)
    (half / "pack.toml").write_bytes((tmp_path / "shipped/sample/pack.toml").read_bytes())
    keep_shipped(data, [pack], data / ".incoming")
    keep_shipped(data, [pack], data / ".incoming")
    found = find_version(data, pack.id, pack.version, pack.digest, LISTS)
    assert found
    assert (found.posts, found.works, found.digest) == (pack.posts, pack.works, pack.digest)
    assert (Path(found.folder) / "targets/spot.svg").is_file()


def test_a_kept_version_that_was_touched_is_not_taken_for_what_was_shown(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    pack = a_shipped_pack(tmp_path / "shipped")
    keep_shipped(tmp_path / "data", [pack], tmp_path / "data/.incoming")
    (post,) = (tmp_path / "data").rglob("press.toml")
    post.write_text(post.read_text().replace("确认", "不管"))
    assert find_version(tmp_path / "data", pack.id, pack.version, pack.digest, LISTS) is None
