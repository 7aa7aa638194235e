"""Two programs that want one port: the second says so."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk", "demo", "--data", str(tmp_path), "--port", port],
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "端口已经有程序在用" in ran.stderr
