"""What bounds a child holds in the child, and in nobody else."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from kiosk.uploads.limits import bounds

OWN = Path("/proc/self/oom_score_adj")
TELL = """
import resource, sys
limits = (resource.getrlimit(what)[0] for what in map(int, sys.argv[1:]))
print(open("/proc/self/oom_score_adj").read().strip(), *limits)
"""


def test_a_child_is_bounded_and_the_first_to_go() -> None:
    own = OWN.read_text()
    limits = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
    said = subprocess.run(
        [sys.executable, "-c", TELL, *map(str, limits)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=bounds(512, 20),
    ).stdout
    assert said.split() == ["1000", str(512 << 20), "20", "0"]
    assert OWN.read_text() == own


def test_a_child_that_wants_more_memory_gets_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "bytearray(1 << 30)"],
        capture_output=True,
        check=False,
        preexec_fn=bounds(512, 20),
    )
    assert (done.returncode, b"MemoryError" in done.stderr) == (1, True)
