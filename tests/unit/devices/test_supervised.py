"""The supervisor: sessions that fail are tried again, watchers hear what changed, closing ends
everything.
"""

from __future__ import annotations

import errno
import queue
import select
import threading
from collections.abc import Callable, Iterator

import pytest

from devices import DeviceOfflineError
from devices.supervised import BackOff, Link, Offline, Online, State, Supervised
from tests.fakes.waiting import until

SOON = BackOff(first_s=0.001, most_s=0.002)


class Sessions:
    """A session that does what the test hands it, one step an attempt."""

    def __init__(self) -> None:
        self.steps: queue.SimpleQueue[Callable[[Link], None]] = queue.SimpleQueue()

    def __call__(self, link: Link) -> None:
        self.steps.get(timeout=30)(link)


def fail(reason: str) -> Callable[[Link], None]:
    def step(link: Link) -> None:
        raise DeviceOfflineError(reason)

    return step


def work(link: Link) -> None:
    link.online("找到了")
    select.select([link.wake_fd], [], [], 5)


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def heard() -> queue.SimpleQueue[State]:
    return queue.SimpleQueue()


@pytest.fixture
def device(sessions: Sessions, heard: queue.SimpleQueue[State]) -> Iterator[Supervised]:
    supervised = Supervised("试", sessions, SOON, heard.put)
    yield supervised
    sessions.steps.put(lambda link: None)
    supervised.close()


def reasons(heard: queue.SimpleQueue[State], count: int) -> list[str | None]:
    states = [heard.get(timeout=30) for _ in range(count)]
    return [state.reason if isinstance(state, Offline) else None for state in states]


def test_a_device_absent_from_the_start_is_told_and_found_later(
    device: Supervised, sessions: Sessions, heard: queue.SimpleQueue[State]
) -> None:
    for step in (fail("没插上"), fail("没插上"), fail("没权限"), work):
        sessions.steps.put(step)
    assert reasons(heard, 3) == ["没插上", "没权限", None]
    assert isinstance(device.state, Online)
    assert device.state.detail == "找到了"


def test_offline_keeps_the_time_when_it_began(
    device: Supervised, sessions: Sessions, heard: queue.SimpleQueue[State]
) -> None:
    sessions.steps.put(fail("一"))
    first = heard.get(timeout=30)
    sessions.steps.put(fail("二"))
    assert heard.get(timeout=30).since_s == first.since_s


def test_an_error_of_the_system_is_told_in_chinese(
    device: Supervised, sessions: Sessions, heard: queue.SimpleQueue[State]
) -> None:
    def step(link: Link) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    sessions.steps.put(step)
    assert reasons(heard, 1) == ["没有权限打开，请检查设备权限"]


def test_closing_wakes_the_session_and_is_no_news(
    sessions: Sessions, heard: queue.SimpleQueue[State]
) -> None:
    sessions.steps.put(work)
    device = Supervised("试", sessions, SOON, heard.put)
    assert reasons(heard, 1) == [None]
    device.close()
    device.close()
    assert isinstance(device.state, Offline)
    assert device.state.reason == "已关闭"
    assert heard.empty()


def test_on_close_wakes_a_session_that_waits_for_something_else() -> None:
    woken = threading.Event()

    def session(link: Link) -> None:
        link.online()
        woken.wait(5)

    device = Supervised("试", session, on_close=woken.set)
    until(lambda: isinstance(device.state, Online))
    device.close()
    assert woken.is_set()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_is_seen_in_the_state(heard: queue.SimpleQueue[State]) -> None:
    def session(link: Link) -> None:
        link.online()
        raise ZeroDivisionError

    device = Supervised("试", session, SOON, heard.put)
    assert reasons(heard, 2) == [None, "程序故障，请重启并报修"]
    device.close()


def test_pauses_double_up_to_the_longest() -> None:
    assert [BackOff(0.2, 3.0).pause_s(n) for n in (1, 2, 3, 4, 5, 6, 99)] == [
        0.2,
        0.4,
        0.8,
        1.6,
        3.0,
        3.0,
        3.0,
    ]
