"""The emergency page of a running station: on the disk from the start, with its sound as soon as
there is any, and true to what is published.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.commands.protocol import Recorded
from kiosk.paths import Place
from kiosk.processes.station import keep_emergency_page, running
from kiosk.records.content.commands import PublishPack
from kiosk.records.people.commands import ChangeRoster
from kiosk.station.loop import Station
from tests.fakes.packs import SPOT_DIGEST, a_copy, a_shipped_pack
from tests.fakes.running import ROSTER, settings
from tests.fakes.stages import CONFIG
from tests.fakes.waiting import until
from ui.texts import load_texts

CARD = "先拉闸，别碰人"


@contextmanager
def a_station(place: Path, shipped: Path, **changes: object) -> Iterator[Station]:
    """Run a station with the pages, on the small pack in `shipped`."""
    told = settings(content={"packs": str(shipped), "rule_sets": ()}, **changes)
    with running(told, Place(CONFIG, place / "data", place / "emergency"), 0) as (ready, _):
        loop = threading.Thread(target=ready.run)
        loop.start()
        try:
            ready.command(ChangeRoster(ROSTER))
            yield ready
        finally:
            ready.stop()
            loop.join()


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    a_shipped_pack(tmp_path / "shipped")
    return tmp_path / "shipped"


def test_it_is_there_after_the_start(tmp_path: Path, shipped: Path) -> None:
    page = tmp_path / "emergency" / "emergency.html"
    with a_station(tmp_path, shipped):
        until(page.exists)
    assert "出了什么事？" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("port", "written_again"), [(8080, False), (8081, True)])
def test_it_is_written_again_only_where_it_would_be_another(
    tmp_path: Path, shipped: Path, port: int, written_again: bool
) -> None:
    place = Place(CONFIG, tmp_path / "data", tmp_path / "other")
    with a_station(tmp_path, shipped) as ready:
        texts = load_texts(CONFIG / settings().content.texts)
        keep_emergency_page(ready, texts, place, 8080).keep()
        written = place.emergency_page.stat().st_ino
        keep_emergency_page(ready, texts, place, port).keep()
    assert (place.emergency_page.stat().st_ino != written) is written_again


def test_what_is_published_is_on_it(tmp_path: Path, shipped: Path) -> None:
    page = tmp_path / "emergency" / "emergency.html"
    with a_station(tmp_path, shipped) as ready:
        manuscript = a_copy(ready.door.packs[0])
        (post,) = manuscript.posts
        (card, *cards) = post.emergency
        post = replace(post, emergency=(replace(card, actions=(CARD,)), *cards))
        command = PublishPack("S001", replace(manuscript, posts=(post,)), {"spot.svg": SPOT_DIGEST})
        assert isinstance(ready.command(command), Recorded)
        until(lambda: page.exists() and "别碰人" in page.read_text(encoding="utf-8"))


def test_it_has_its_sound_once_that_is_rendered(tmp_path: Path, shipped: Path) -> None:
    """The simulated voice renders silence; that the page was made of clips is in its last line."""
    page = tmp_path / "emergency" / "emergency.html"
    with a_station(tmp_path, shipped):
        until(page.exists)
        silent = page.read_bytes()[-80:]
    voice = {"driver": "simulated", "cache_dir": str(tmp_path / "voice"), "hanzi_s": 0.01}
    with a_station(tmp_path, shipped, voice=voice) as ready:
        until(lambda: ready.speech and ready.speech.ready == ready.speech.total)
        until(lambda: page.read_bytes()[-80:] != silent)


def test_a_folder_that_cannot_be_written_does_not_stop_the_station(
    tmp_path: Path, shipped: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "emergency").write_text("no folder", encoding="utf-8")
    with a_station(tmp_path, shipped) as ready:
        until(lambda: "应急页面" in capfd.readouterr().err)
        assert ready.snapshot().trouble == ""
