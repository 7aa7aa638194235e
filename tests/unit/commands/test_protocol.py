"""The command socket: one line in, one line out, and a sentence for everything that is not a
command.
"""

from __future__ import annotations

import os
import signal
import socket
import stat
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from kiosk.commands.protocol import Command, Declined, Recorded, Reply, StationDownError, send
from kiosk.commands.server import CommandServer
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.reviews.facts import Verdict
from kiosk.records.station.commands import SignHead
from tests.fakes.waiting import until


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    def carry_out(command: Command) -> Reply:
        return Recorded(()) if isinstance(command, SignHead) else Declined("没有复核权限")

    server = CommandServer(tmp_path / "station.sock", carry_out)
    yield tmp_path / "station.sock"
    server.close()


def test_a_command_is_answered(path: Path) -> None:
    assert send(path, SignHead()) == Recorded(())
    assert send(path, ReviewCheck("c1", "S001", Verdict.ACCEPTED)) == Declined("没有复核权限")


def test_only_owner_and_group_may_connect(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"rubbish\n",
        b'{"type":"open_sesame"}\n',
        b'{"type":"review_check"}\n',
        b"\xff\n",
        b'{"type":"\xff"}\n',
    ],
)
def test_what_is_not_a_command_gets_a_sentence(path: Path, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as channel, channel.makefile("rwb") as file:
        channel.settimeout(30)
        channel.connect(str(path))
        file.write(line)
        file.flush()
        reply = msgspec.json.decode(file.readline(), type=Reply)
    assert isinstance(reply, Declined)
    assert reply.reason


def test_a_station_that_is_busy_says_so(tmp_path: Path) -> None:
    def never(_command: Command) -> Reply:
        raise TimeoutError

    server = CommandServer(tmp_path / "station.sock", never)
    reply = send(tmp_path / "station.sock", SignHead())
    server.close()
    assert isinstance(reply, Declined)
    assert "忙" in reply.reason


def test_a_line_that_trickles_in_is_cut_off(tmp_path: Path) -> None:
    server = CommandServer(tmp_path / "station.sock", lambda _: Recorded(()), patience_s=0.2)
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(str(tmp_path / "station.sock"))

        def hung_up() -> bool:
            try:
                channel.send(b" ")
            except BrokenPipeError:
                return True
            return False

        until(hung_up)
    server.close()


SERVE = """
import signal, sys, pathlib
from kiosk.commands.server import CommandServer
from kiosk.commands.protocol import Recorded
CommandServer(pathlib.Path(sys.argv[1]), lambda command: Recorded(()))
print("listening", flush=True)
signal.pause()
"""


def test_many_may_queue_while_the_station_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "station.sock"
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVE, str(path)], stdout=subprocess.PIPE
        ) as station,
        ExitStack() as stack,
    ):
        stack.callback(station.kill)
        assert station.stdout
        assert station.stdout.readline()
        station.send_signal(signal.SIGSTOP)
        for _ in range(40):
            channel = stack.enter_context(socket.socket(socket.AF_UNIX))
            channel.setblocking(False)
            channel.connect(str(path))


ASK = """
import os, sys, pathlib
from kiosk.commands.protocol import *
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.station.commands import AskHealth, SignHead
from kiosk.records.reviews.facts import Verdict
from kiosk.model.people import Roster
os.setgid(65534); os.setuid(65534)
review = ReviewCheck("c1", "S001", Verdict.ACCEPTED)
for command in (review, AskHealth(), SignHead(), ChangeRoster(Roster(()))):
    print(type(send(pathlib.Path(sys.argv[1]), command)).__name__)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_may_only_review_and_ask(public_folder: Path) -> None:
    path = public_folder / "station.sock"
    server = CommandServer(path, lambda _: Recorded(()))
    path.chmod(0o666)
    command = [sys.executable, "-c", ASK, str(path)]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    server.close()
    assert asked.stdout.split() == ["Recorded", "Recorded", "Declined", "Declined"]


def test_who_closes_it_waits_for_no_poll(tmp_path: Path) -> None:
    """The usual one of several: a busy machine may delay some, a poll would delay most."""
    path = tmp_path / "station.sock"
    assert statistics.median(closed_within_s(path) for _ in range(9)) < 0.25


def closed_within_s(path: Path) -> float:
    server = CommandServer(path, lambda _: Recorded(()))
    send(path, SignHead())
    began_s = time.monotonic()
    server.close()
    assert not path.exists()
    return time.monotonic() - began_s


def test_a_station_that_is_down_is_told(tmp_path: Path) -> None:
    with pytest.raises(StationDownError, match=r"nobody\.sock"):
        send(tmp_path / "nobody.sock", SignHead(), timeout_s=1)
