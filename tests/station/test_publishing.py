"""Publishing content while the station runs: all of a version or nothing, and never in the middle
of a check.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.commands.protocol import Command, Declined, Recorded, Reply, send
from kiosk.flow.stages import Calling, Closed, Waiting
from kiosk.model.content import Target
from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs.shelf import load_shelf
from kiosk.paths import Place
from kiosk.records.checks.facts import PostChosen
from kiosk.records.content.commands import KeepPicture, PictureKept, PublishPack
from kiosk.records.content.facts import PackPublished
from kiosk.records.reader import Reading
from kiosk.records.station.commands import AskHealth, Health
from tests.fakes.packs import JPEG, LISTS, SPOT_DIGEST, a_copy, a_shipped_door, with_call
from tests.fakes.running import Running, a_running_station
from tests.fakes.waiting import until

PICTURES = {"spot.svg": SPOT_DIGEST}
NEW_CALL = "防护罩关好，确认！"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    return folder


def publish(manuscript: Manuscript, based_on: str = "", by: str = "S001") -> PublishPack:
    return PublishPack(by, manuscript, PICTURES, based_on)


def renewed(running: Running) -> None:
    """Do what the thread of the voice does: load what was published, and hand it over."""
    station = running.station
    assert station.renewal.changed.wait(30)
    station.renewal.offer(station.renewal.next_door(station.door))
    station.device_changed()


def call_at_first_step(running: Running) -> str:
    return running.station.door.posts["press"].drill.steps[0].call


def published(data: Path) -> list[tuple[str, str]]:
    with Reading.open(data) as reading:
        return [(row.pack, row.version) for row in reading.published()]


def versions_on_disk(data: Path) -> list[str]:
    return sorted(
        str(path.relative_to(data / "packs")) for path in (data / "packs").glob("[!.]*/*")
    )


def test_a_published_post_takes_the_place_of_the_shipped_one(tmp_path: Path, shipped: Path) -> None:
    door = a_shipped_door(shipped)
    with a_running_station(tmp_path / "data", door) as running:
        reply = running.station.command(publish(with_call(a_copy(door.packs[0]), NEW_CALL)))
        assert isinstance(reply, Recorded)
        (fact,) = (entry.fact for entry in reply.entries)
        assert isinstance(fact, PackPublished)
        assert (fact.pack, fact.version, fact.by) == ("own-1", "1.0", "S001")
        renewed(running)
        until(lambda: call_at_first_step(running) == NEW_CALL)
        posts = running.station.door.posts
        assert sorted(posts) == ["press", "welder"]
        assert running.station.door.pack_of("welder").id == "sample"
        running.tap("A001")
        running.go_to(Closed)
    with Reading.open(tmp_path / "data") as reading:
        (check,) = reading.checks()
        assert (check.pack, check.pack_version, check.pack_digest) == ("own-1", "1.0", fact.digest)


def test_the_newest_version_is_used_after_a_start_and_its_pictures_are_there(
    tmp_path: Path, shipped: Path
) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    copy = a_copy(door.packs[0])
    with a_running_station(data, door) as running:
        running.station.command(publish(copy))
        running.station.command(publish(with_call(copy, NEW_CALL), based_on="1.0"))
    with a_running_station(data, door, roster=None) as running:
        assert call_at_first_step(running) == NEW_CALL
        pack = running.station.door.pack_of("press")
        assert pack.version == "1.1"
        assert (Path(pack.folder) / "targets/spot.svg").is_file()
    assert versions_on_disk(data) == ["own-1/1.0", "own-1/1.1"]


def test_no_check_changes_under_the_worker_s_hands(tmp_path: Path, shipped: Path) -> None:
    door = a_shipped_door(shipped)
    with a_running_station(tmp_path / "data", door) as running:
        before = call_at_first_step(running)
        running.tap("A001")
        running.go_to(Calling)
        running.station.command(publish(with_call(a_copy(door.packs[0]), NEW_CALL)))
        renewed(running)
        health = running.station.command(AskHealth())
        assert isinstance(health, Health)
        assert health.content.coming == {"own-1": "1.0"}
        running.go_to(Closed)
        assert call_at_first_step(running) == before
        running.go_to(Waiting)
        until(lambda: call_at_first_step(running) == NEW_CALL)
        health = running.station.command(AskHealth())
        assert isinstance(health, Health)
        assert health.content.coming == {}
        assert health.content.in_use == {"own-1": "1.0", "sample": "1.0"}


def test_a_check_ends_after_a_power_cut_with_the_content_it_began_with(
    tmp_path: Path, shipped: Path
) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    before = door.posts["press"].drill.steps[0].call
    with a_running_station(data, door) as running:
        running.tap("A001")
        running.go_to(Calling)
        running.station.command(publish(with_call(a_copy(door.packs[0]), NEW_CALL)))
    with a_running_station(data, door, roster=None) as running:
        assert isinstance(running.stage, Calling)
        assert call_at_first_step(running) == before
        renewed(running)
        running.go_to(Closed)
        running.go_to(Waiting)
        until(lambda: call_at_first_step(running) == NEW_CALL)
    with Reading.open(data) as reading:
        facts = [entry.fact for entry in reading.entries()]
    assert [fact.pack for fact in facts if isinstance(fact, PostChosen)] == ["sample"]


def test_of_two_who_publish_at_once_one_is_told_to_compare(tmp_path: Path, shipped: Path) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    replies: list[Reply] = []
    with a_running_station(data, door) as running:
        commands: list[Command] = [
            publish(with_call(a_copy(door.packs[0]), sentence))
            for sentence in ("甲正常，确认！", "乙正常，确认！")
        ]
        threads = [
            threading.Thread(
                target=lambda command=command: replies.append(running.station.command(command))
            )
            for command in commands
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    declined = [reply for reply in replies if isinstance(reply, Declined)]
    assert len(declined) == 1
    assert "已经有人发布了 1.0 版" in declined[0].reason
    assert published(data) == [("own-1", "1.0")]
    assert versions_on_disk(data) == ["own-1/1.0"]


def test_what_is_wrong_is_named_and_nothing_of_it_stays(tmp_path: Path, shipped: Path) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    copy = a_copy(door.packs[0])
    outside = replace(copy.posts[0].drill.steps[1], target=Target("spot.svg", 0.98, 0.5, 0.1))
    drill = replace(copy.posts[0].drill, steps=(copy.posts[0].drill.steps[0], outside))
    wrong = {
        "posts[0].drill.steps[0].call：有 50 个字": publish(with_call(copy, "一" * 50)),
        "指认点超出了照片": publish(replace(copy, posts=(replace(copy.posts[0], drill=drill),))),
        "事故类型代码“99”不在清单里": publish(
            replace(copy, posts=(replace(copy.posts[0], accident_types=("99",)),))
        ),
        "没有事故类型清单“notice-99”": publish(replace(copy, accident_list="notice-99")),
        "没有这张照片": PublishPack("S001", copy, {}),
        "班前站没有照片 spot.svg": PublishPack("S001", copy, {"spot.svg": "ab" * 32}),
        "照片名": PublishPack("S001", copy, {**PICTURES, "../spot.svg": SPOT_DIGEST}),
        "没有权限": publish(copy, by="A001"),
        "没有 own-1 的 3.0 版": publish(copy, based_on="3.0"),
        "已经有人发布了 1.0 版": publish(replace(copy, id="sample")),
    }
    with a_running_station(data, door) as running:
        for sentence, command in wrong.items():
            reply = running.station.command(command)
            assert isinstance(reply, Declined), sentence
            assert sentence in reply.reason
    assert published(data) == []
    assert versions_on_disk(data) == []
    assert list((data / "packs/.incoming").glob("*")) == []


def test_two_packs_of_the_factory_cannot_have_the_same_post(tmp_path: Path, shipped: Path) -> None:
    door = a_shipped_door(shipped)
    with a_running_station(tmp_path / "data", door) as running:
        running.station.command(publish(a_copy(door.packs[0])))
        reply = running.station.command(publish(a_copy(door.packs[0], "own-2")))
    assert isinstance(reply, Declined)
    assert "岗位“冲压工”在“本厂内容”里已经有了" in reply.reason


def test_a_shipped_pack_can_be_replaced_as_a_whole(tmp_path: Path, shipped: Path) -> None:
    door = a_shipped_door(shipped)
    manuscript = with_call(manuscript_of(door.packs[0]), NEW_CALL)
    with a_running_station(tmp_path / "data", door) as running:
        reply = running.station.command(publish(manuscript, based_on="1.0"))
        assert isinstance(reply, Recorded)
        renewed(running)
        until(lambda: call_at_first_step(running) == NEW_CALL)
        assert [(pack.id, pack.version) for pack in running.station.door.packs] == [
            ("sample", "1.1")
        ]


def test_a_photo_is_kept_and_published_by_its_digest(tmp_path: Path, shipped: Path) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    copy = a_copy(door.packs[0])
    step = replace(copy.posts[0].drill.steps[0], target=Target("photo-1.jpg", 0.5, 0.5))
    drill = replace(copy.posts[0].drill, steps=(step, *copy.posts[0].drill.steps[1:]))
    with_photo = replace(copy, posts=(replace(copy.posts[0], drill=drill),))
    with a_running_station(data, door) as running:
        station = running.station
        kept = station.command(KeepPicture("S001", JPEG))
        assert isinstance(kept, PictureKept)
        pictures = {**PICTURES, "photo-1.jpg": kept.digest}
        assert isinstance(station.command(PublishPack("S001", with_photo, pictures)), Recorded)
        assert station.command(KeepPicture("A001", JPEG)) == Declined(
            "没有权限：内容由安全员或负责人发布"
        )
        for bad, why in (
            (b"GIF89a", "不是 JPEG"),
            (JPEG + bytes(3 << 20), "KB"),
            (wide(JPEG), "9000×400"),
        ):
            reply = station.command(KeepPicture("S001", bad))
            assert isinstance(reply, Declined)
            assert why in reply.reason
    assert (data / "packs/own-1/1.0/targets/photo-1.jpg").read_bytes() == JPEG


def wide(jpeg: bytes) -> bytes:
    return jpeg.replace(b"\x02\x58\x03", (9000).to_bytes(2, "big") + b"\x03")


def test_a_version_that_was_damaged_gives_way_to_the_one_before(
    tmp_path: Path, shipped: Path
) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    copy = a_copy(door.packs[0])
    with a_running_station(data, door) as running:
        running.station.command(publish(copy))
        running.station.command(publish(with_call(copy, NEW_CALL), based_on="1.0"))
    post = data / "packs/own-1/1.1/posts/press.toml"
    post.write_text(post.read_text().replace(NEW_CALL, "随便，确认！"))
    with a_running_station(data, door, roster=None) as running:
        assert running.station.door.pack_of("press").version == "1.0"
        assert (
            "1.1 版读不出或被改动，现在用的是上一个能用的 1.0 版"
            in running.station.snapshot().content_trouble
        )
        reply = running.station.command(publish(with_call(copy, NEW_CALL), based_on="1.1"))
        assert isinstance(reply, Recorded)
        renewed(running)
        until(lambda: running.station.door.pack_of("press").version == "1.2")
        until(lambda: not running.station.snapshot().content_trouble)
    (data / "packs/own-1/1.2/pack.toml").unlink()
    (data / "packs/own-1/1.0/pack.toml").write_bytes(b"\xff")
    with a_running_station(data, door, roster=None) as running:
        assert running.station.door.pack_of("press").id == "sample"
        assert "产品自带的内容" in running.station.snapshot().content_trouble


_KILLED = """
import os, signal, sys
from pathlib import Path
from kiosk.journal.log import Journal
from kiosk.journal.clock import system_moment
from kiosk.records.reader import Reading
from kiosk.records.content.handlers import Publishing
from kiosk.records.content.commands import PublishPack
from tests.fakes.packs import LISTS, SPOT_DIGEST, a_copy, a_shipped_pack, load_pack

class Killed:
    "Lets everything through but the entry: there the power goes."
    def __init__(self, journal):
        self.people = journal.people
    def append(self, facts):
        os.kill(os.getpid(), signal.SIGKILL)

data, shipped = map(Path, sys.argv[1:])
pack = load_pack(shipped / "sample", LISTS)
with Journal.open(data, "test-0001", system_moment) as journal, Reading.open(data) as reading:
    publishing = Publishing(Killed(journal), reading, data / "packs", (pack,), LISTS)
    command = PublishPack("S001", a_copy(pack), {"spot.svg": SPOT_DIGEST})
    publishing.record(publishing.prepare(command))
"""


def test_the_power_goes_between_the_folder_and_its_entry(tmp_path: Path, shipped: Path) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    with a_running_station(data, door):
        pass
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(data), str(shipped)],
        env=environment,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert versions_on_disk(data) == ["own-1/1.0"]
    assert published(data) == []
    with a_running_station(data, door, roster=None) as running:
        assert running.station.door.pack_of("press").id == "sample"
        assert running.station.snapshot().content_trouble == ""
        reply = running.station.command(publish(with_call(a_copy(door.packs[0]), NEW_CALL)))
        assert isinstance(reply, Recorded)
    assert published(data) == [("own-1", "1.0")]
    with Reading.open(data) as reading:
        shelf = load_shelf(data / "packs", reading.published(), LISTS)
    assert shelf.packs[0].posts[0].drill.steps[0].call == NEW_CALL


def test_the_pages_process_may_publish_over_the_socket(tmp_path: Path, shipped: Path) -> None:
    door, data = a_shipped_door(shipped), tmp_path / "data"
    with a_running_station(data, door):
        reply = send(Place(Path("config"), data).commands, publish(a_copy(door.packs[0])))
    assert isinstance(reply, Recorded)
