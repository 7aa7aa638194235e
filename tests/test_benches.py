"""Every bench runs: what is measured once in a while must keep up with what the product needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import LEAST, benches

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", benches())
def test_it_runs_with_the_smallest_load(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", LEAST, name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "measured" in ran.stdout
