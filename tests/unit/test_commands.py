"""The command socket: one line in, one line out, and a sentence for everything that is not a command."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.command_server import CommandServer
from kiosk.commands import Command, Declined, Recorded, Reply, ReviewCheck, SignHead, StationDownError, send
from kiosk.model.facts import Verdict


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
    "line", [b"\n", b"rubbish\n", b'{"type":"open_sesame"}\n', b'{"type":"review_check"}\n', b"\xff\n"]
)
def test_what_is_not_a_command_gets_a_sentence(path: Path, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as channel, channel.makefile("rwb") as file:
        channel.settimeout(5)
        channel.connect(str(path))
        file.write(line)
        file.flush()
        reply = msgspec.json.decode(file.readline(), type=Reply)
    assert isinstance(reply, Declined)
    assert reply.reason


def test_a_station_that_is_down_is_told(tmp_path: Path) -> None:
    with pytest.raises(StationDownError, match=r"nobody\.sock"):
        send(tmp_path / "nobody.sock", SignHead(), timeout_s=1)
