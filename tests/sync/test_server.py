"""The county as a process, and the settings it refuses to start with."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import msgspec
import pytest

from sync.county.errors import CountyError, SettingsError, StoreUnavailableError
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from tests.fakes.waiting import until
from tests.sync.stage import running

SERVE = """
import sys, msgspec
from sync.county.server import serve
from sync.county.settings import CountySettings
serve(msgspec.json.decode(sys.argv[1], type=CountySettings))
"""


def test_it_serves_until_it_is_told_to_end(settings: CountySettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chosen = msgspec.json.encode(msgspec.structs.replace(settings, port=port)).decode()

    def answers() -> bool:
        try:
            return (
                httpx2.get(f"http://127.0.0.1:{port}/", trust_env=False, verify=False).status_code
                == 401
            )
        except httpx2.TransportError:
            return False

    with subprocess.Popen([sys.executable, "-c", SERVE, chosen]) as process:
        until(answers, 20)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_port_that_is_taken(settings: CountySettings) -> None:
    with running(settings) as county, pytest.raises(SettingsError, match=str(county.port)):
        CountyServer(msgspec.structs.replace(settings, port=county.port))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("database", "no url", StoreUnavailableError),
        ("database", "sqlite:////nowhere/at/all/county.db", StoreUnavailableError),
        ("database", "postgresql+psycopg://nobody@127.0.0.1:1/none", StoreUnavailableError),
        ("objects", "/proc/version/objects", SettingsError),
        ("password_hash", "secret", SettingsError),
    ],
)
def test_settings_that_cannot_be_used(
    tmp_path: Path, password_hash: str, field: str, value: str, error: type[CountyError]
) -> None:
    settings = CountySettings(
        port=0,
        database=f"sqlite:///{tmp_path}/c.db",
        objects=str(tmp_path / "o"),
        password_hash=password_hash,
    )
    with pytest.raises(error):
        CountyServer(msgspec.structs.replace(settings, **{field: value}))
