"""What the station believes of its disk, and what makes it believe otherwise."""

from __future__ import annotations

from pathlib import Path

from kiosk.station.health import StorageWatch, write_trouble


def test_a_trial_leaves_nothing_behind(tmp_path: Path) -> None:
    assert write_trouble(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []


def test_a_trial_that_fails_is_a_sentence(tmp_path: Path) -> None:
    assert write_trouble(tmp_path / "gone") == "存储读写出错，请联系管理员检查存储卡"


def test_a_disk_that_refused_is_well_again_only_after_a_trial(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    watch = StorageWatch(folder, look_s=10)
    watch.refused("满了", now_s=100.0)
    assert not watch.look(109.0)
    assert watch.reason == "满了"
    assert watch.look(110.0)
    assert "存储" in watch.reason
    folder.mkdir()
    assert watch.look(120.0)
    assert watch.reason == ""


def test_what_was_recorded_ends_the_trouble_at_once(tmp_path: Path) -> None:
    watch = StorageWatch(tmp_path, look_s=10)
    watch.refused("满了", now_s=100.0)
    watch.recorded()
    assert watch.reason == ""


def test_little_room_stays_little_though_something_was_recorded(tmp_path: Path) -> None:
    watch = StorageWatch(tmp_path / "gone", look_s=10)
    assert watch.look(0.0)
    watch.recorded()
    assert "存储卡" in watch.reason


def test_nothing_is_tried_by_itself_right_after_a_refusal(tmp_path: Path) -> None:
    watch = StorageWatch(tmp_path, look_s=10)
    watch.refused("满了", now_s=100.0)
    assert watch.not_before_s > 100.0
