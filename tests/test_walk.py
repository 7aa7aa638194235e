"""The whole product as a newcomer meets it: `kiosk demo --walk`, and then a demo with commands run
against it.

The first run on a machine renders some three hundred sentences, which takes a minute or two; they
are kept in the user's cache.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.demo.screen import TouchScreen
from kiosk.journal.database import DATABASE
from kiosk.records.checks.facts import PhotoTaken, StepCalled
from kiosk.records.reader import Reading

pytestmark = pytest.mark.timeout(900)

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "config/demo.toml"
WALK_S = 600
ANSWER_S = 60
DEVICES = ("读卡器", "摄像头", "语音", "信号灯", "按钮")


def kiosk(*arguments: str, timeout_s: float = ANSWER_S) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "kiosk", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=timeout_s
    )


def on(data: Path) -> tuple[str, ...]:
    return ("--config", str(CONFIG), "--data", str(data))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walk") / "data"


@pytest.fixture(scope="module")
def walk(data: Path) -> subprocess.CompletedProcess[str]:
    return kiosk("demo", "--walk", "--data", str(data), timeout_s=WALK_S)


def test_a_walk_goes_all_the_way_to_the_county(
    walk: subprocess.CompletedProcess[str], data: Path
) -> None:
    assert walk.returncode == 0, walk.stdout + walk.stderr
    with Reading.open(data) as reading:
        head = reading.head()
        assert all(entry.clock_ok for entry in reading.entries(limit=head.seq))
    found = re.search(r"(\d+) 条、(\d+) 个照片文件，链头 ([0-9a-f]{64})", walk.stdout)
    assert found
    assert (int(found[1]), int(found[2]), found[3]) == (head.seq, 8, head.hash)
    for stage in (
        "刷卡",
        "应知应会",
        "手指口述",
        "拍照",
        "确认",
        "签名",
        "亮灯",
        "上报",
        "县级核对",
    ):
        assert re.search(rf"^{stage}\s.*\d+ 毫秒", walk.stdout, re.MULTILINE), stage
    assert "灯 green" in walk.stdout
    assert "Traceback" not in walk.stderr


def test_a_walk_that_is_interrupted_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "demo", "--walk", "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert any(line.startswith("启动") for line in process.stdout)
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=ANSWER_S / 2)
        finally:
            process.kill()
    assert (process.returncode, "走查中断" in rest) == (1, True), rest


class Demo:
    """A running demo and its addresses, as it tells them."""

    def __init__(self, told: str) -> None:
        self.touch, self.county = (
            re.findall(rf"^{page}\s+(http://\S+)", told, re.MULTILINE)[0]
            for page in ("工人触摸屏", "县级系统")
        )


@contextmanager
def a_demo(data: Path) -> Iterator[Demo]:
    """Run a demo until the end of the block, which is a Ctrl-C; it must end well."""
    command = [sys.executable, "-m", "kiosk", "demo", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told: list[str] = []
            while not told or "Ctrl-C" not in told[-1]:
                told.append(process.stdout.readline())
                assert told[-1], "it ended before it said where it is"
            yield Demo("".join(told))
            process.send_signal(signal.SIGINT)
            assert process.wait(ANSWER_S) == 0
        finally:
            process.kill()


def test_the_commands_beside_a_running_demo(
    walk: subprocess.CompletedProcess[str], data: Path
) -> None:
    with a_demo(data) as demo:
        _tap(demo)
        _doctor(data)
        _sync(data, demo)
        verified = kiosk("verify", *on(data))
        assert verified.returncode == 0, verified.stdout
        assert "完好：没有改动，没有缺失" in verified.stdout


def _tap(demo: Demo) -> None:
    screen = TouchScreen(demo.touch)
    try:
        screen.wait(lambda shown: "语音准备中" not in shown.html, WALK_S)
        assert kiosk("tap", "A003", "--url", demo.touch).returncode == 0
        screen.wait(
            lambda shown: shown.scene == "choosing_works" and "王五" in shown.html, ANSWER_S
        )
    finally:
        screen.close()
    unknown = kiosk("tap", "A999", "--url", demo.touch)
    assert (unknown.returncode, "A999" in unknown.stderr) == (1, True)


def _doctor(data: Path) -> None:
    """While the station holds the devices, the doctor says what the station sees of them."""
    told = kiosk("doctor", *on(data)).stdout
    for device in DEVICES:
        assert re.search(rf"{device}\s*│\s*好\s*│", told), told
    for other in ("内容包", "存储", "日志", "时钟", "供电", "声音", "县级系统"):
        assert other in told, told


def _sync(data: Path, demo: Demo) -> None:
    """What was recorded since the walk goes to the county; then there is nothing more to send."""
    first = kiosk("sync", *on(data), "--county", demo.county)
    assert first.returncode == 0, first.stderr
    assert re.search(r"[1-9]\d* 条", first.stderr), first.stderr
    assert kiosk("sync", *on(data), "--county", demo.county).returncode == 0


def flip(path: Path, at: int) -> None:
    """Turn one bit of one byte of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_one_flipped_byte_in_a_photo_is_named(
    walk: subprocess.CompletedProcess[str], data: Path
) -> None:
    with Reading.open(data) as reading:
        entry = next(entry for entry in reading.entries() if isinstance(entry.fact, PhotoTaken))
    assert isinstance(entry.fact, PhotoTaken)
    photo = data / "photos" / entry.fact.photo[:2] / entry.fact.photo
    at = photo.stat().st_size // 2
    flip(photo, at)
    verified = kiosk("verify", *on(data))
    assert (verified.returncode, f"第 {entry.seq} 条" in verified.stdout) == (1, True), (
        verified.stdout
    )
    assert entry.fact.photo[:8] in verified.stdout
    flip(photo, at)
    assert kiosk("verify", *on(data)).returncode == 0


def test_one_flipped_byte_in_the_journal_is_named(
    walk: subprocess.CompletedProcess[str], data: Path
) -> None:
    """Changed in the file itself, as a failing card or somebody with an editor would."""
    with Reading.open(data) as reading:
        entry = next(entry for entry in reading.entries() if isinstance(entry.fact, StepCalled))
    database = data / DATABASE
    at = database.read_bytes().index(entry.body.encode()) + len(entry.body) // 2
    flip(database, at)
    verified = kiosk("verify", *on(data))
    assert (verified.returncode, f"第 {entry.seq} 条有问题" in verified.stdout) == (1, True), (
        verified.stdout
    )
    flip(database, at)
    assert kiosk("verify", *on(data)).returncode == 0
