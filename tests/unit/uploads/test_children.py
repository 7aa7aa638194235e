"""Asking a child about a file: whatever becomes of the child, there is an answer, in time."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kiosk.uploads.answers import Refused
from kiosk.uploads.children import BUSY, Limits, ask
from tests.fakes.waiting import until

ROOT = Path(__file__).parents[3]
ODD = "tests.fakes.odd_child"
LIMITS = Limits(memory_mb=200, cpu_s=1, wall_s=10, answer_kb=64)


def reason(job: str, limits: Limits = LIMITS) -> str:
    answer = ask(ODD, job.encode(), str, limits, otherwise="读不出来")
    assert isinstance(answer, Refused)
    return answer.reason


def test_a_child_answers_with_what_it_understood_or_why_it_does_not() -> None:
    assert ask(ODD, "echo 张三".encode(), str, LIMITS, "") == "张三"
    assert reason("refuse 请换一张") == "请换一张"


def test_its_limits_are_in_force_before_it_reads_and_nobody_elses_are(tmp_path: Path) -> None:
    own = Path("/proc/self/limits").read_text(), Path("/proc/self/oom_score_adj").read_text()
    answer = ask(ODD, b"limits", list[str], LIMITS, "")
    assert not isinstance(answer, Refused)
    limits = {line[:25].strip(): line[25:].split()[:2] for line in answer[0].splitlines()}
    assert limits["Max address space"] == [str(200 << 20)] * 2
    assert limits["Max cpu time"] == ["1", "1"]
    assert limits["Max file size"] == limits["Max core file size"] == ["0", "0"]
    assert answer[1].strip() == "1000"
    assert own == (
        Path("/proc/self/limits").read_text(),
        Path("/proc/self/oom_score_adj").read_text(),
    )
    assert reason(f"write {tmp_path / 'x'}") == "读不出来"


@pytest.mark.parametrize(
    "job",
    [
        *("memory 1000000000", "time", "talk", "break-off", "number", "unheard-of", ""),
        *("die SIGKILL", "die SIGSEGV", "die SIGTERM"),
    ],
)
def test_a_child_that_does_anything_else_is_one_sentence(job: str) -> None:
    assert reason(job) == "读不出来"


def test_a_child_that_only_waits_has_its_time_and_no_more() -> None:
    began_s = time.monotonic()
    limits = Limits(memory_mb=200, cpu_s=1, wall_s=1, answer_kb=64)
    assert reason("wait", limits) == "读不出来"
    assert time.monotonic() - began_s < 5


def test_two_at_once_take_turns_and_who_waits_too_long_is_told() -> None:
    limits = Limits(memory_mb=200, cpu_s=1, wall_s=2, answer_kb=64)
    first = threading.Thread(target=reason, args=("wait", limits))
    first.start()
    try:
        until(lambda: ask(ODD, b"echo x", str, LIMITS, "", wait_s=0) == BUSY)
        assert ask(ODD, b"echo x", str, LIMITS, "") == "x"
    finally:
        first.join()


@pytest.mark.parametrize("package", ["kiosk", "devices", "ui", "sync"])
def test_no_child_is_limited_between_fork_and_exec(package: str) -> None:
    """In a process with threads that is not safe: a lock that another thread held stays locked."""
    sources = {path: path.read_text(encoding="utf-8") for path in ROOT.glob(f"{package}/**/*.py")}
    assert sources
    assert not [path for path, text in sources.items() if "preexec_fn" in text]
