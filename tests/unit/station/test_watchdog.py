"""The watchdog is petted while every heart beats, and only then."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from kiosk.station.watchdog import Heart, notify


def test_notify_reaches_the_socket_and_is_silent_without_one(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(30)
        notify("READY=1", {"NOTIFY_SOCKET": address})
        assert systemd.recv(100) == b"READY=1"
    notify("READY=1", {})


def test_a_heart_tells_how_long_it_is_silent() -> None:
    now = [10.0]
    heart = Heart(lambda: now[0])
    now[0] = 13.0
    assert heart.silent_s() == 3.0
    heart.beat()
    assert heart.silent_s() == 0.0


def test_a_silent_heart_stops_the_petting(tmp_path: Path, monkeypatch: object) -> None:
    from kiosk.station.watchdog import pet

    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", address)  # type: ignore[attr-defined]
        stop = threading.Event()
        stuck = Heart(iter([0.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0]).__next__)
        petting = threading.Thread(target=pet, args=({"loop": stuck}, stop, 0.01), daemon=True)
        petting.start()
        said = systemd.recv(100)
        stop.set()
        petting.join()
    assert said == b"STATUS=silent: loop"
