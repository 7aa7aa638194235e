"""The machine's clocks, and identifiers made with them."""

from __future__ import annotations

import re
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from kiosk.journal.clock import (
    CLOCKS,
    clock_synchronised,
    kernel_synchronised,
    system_moment,
)
from kiosk.journal.ids import uuid7


def machine(root: Path, boot: str = "boot-1", synchronised: bool = False) -> Path:
    kernel = root / "proc/sys/kernel/random"
    kernel.mkdir(parents=True)
    (kernel / "boot_id").write_text(f"{boot}\n")
    if synchronised:
        (root / "run/systemd/timesync").mkdir(parents=True)
        (root / "run/systemd/timesync/synchronized").touch()
    return root


def test_a_moment_holds_what_the_machine_says(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    moment = system_moment(machine(tmp_path, synchronised=True))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment.at)
    assert abs((datetime.fromisoformat(moment.at) - before).total_seconds()) < 60
    assert moment.boot == "boot-1"
    assert moment.clock_ok


def test_time_since_boot_goes_on_and_is_not_the_wall_clock() -> None:
    first, second = system_moment(), system_moment()
    assert 0 < first.mono_ns < second.mono_ns <= time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    assert first.boot == second.boot == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_without_timesyncd_the_kernel_is_asked(tmp_path: Path) -> None:
    root = machine(tmp_path)
    assert clock_synchronised(root) is kernel_synchronised()
    (root / "run/systemd/timesync").mkdir(parents=True)
    (root / "run/systemd/timesync/synchronized").touch()
    assert clock_synchronised(root)


def test_a_clock_that_is_always_trusted_is_the_same_clock() -> None:
    demo = CLOCKS["always"]
    before = datetime.now(UTC)
    moment = demo.moment()
    assert moment.clock_ok
    assert demo.is_right()
    assert abs((datetime.fromisoformat(moment.at) - before).total_seconds()) < 60
    assert CLOCKS["ntp"].is_right() is clock_synchronised() is CLOCKS["ntp"].moment().clock_ok


def test_identifiers_are_uuid_version_7_and_never_the_same() -> None:
    ids = {uuid7() for _ in range(10_000)}
    assert len(ids) == 10_000
    now_ms = time.time_ns() // 1_000_000
    for value in map(uuid.UUID, ids):
        assert (value.version, value.variant) == (7, uuid.RFC_4122)
        assert abs((value.int >> 80) - now_ms) < 60_000
