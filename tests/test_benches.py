"""Every bench runs: what is measured once in a while must keep up with what the product needs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bench.__main__ import LEAST, benches

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", benches())
def test_it_runs_with_the_smallest_load(name: str) -> None:
    command = [sys.executable, "-m", "tests.bench", LEAST, name]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as bench:
        try:
            out, errors = bench.communicate()
        finally:
            # A station that outlived its bench would go on reading the terminals of other tests.
            with suppress(ProcessLookupError):
                os.killpg(bench.pid, signal.SIGKILL)
    assert bench.returncode == 0, errors
    assert "measured" in out
