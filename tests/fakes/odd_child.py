"""A program that reads a file in odd ways: what it is sent says how."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from kiosk.uploads.answers import Refused, give


def main() -> None:
    word, _, rest = sys.stdin.buffer.read().decode().partition(" ")
    match word:
        case "echo":
            give(rest)
        case "limits":
            give([Path(f"/proc/self/{name}").read_text() for name in ("limits", "oom_score_adj")])
        case "arguments":
            give(sys.argv)
        case "refuse":
            give(Refused(rest))
        case "number":
            give(7)
        case "memory":
            give(bytearray(int(rest)))
        case "time":
            while True:
                pass
        case "wait":
            threading.Event().wait()
        case "talk":
            while True:
                os.write(1, bytes(1 << 16))
        case "die":
            os.kill(os.getpid(), signal.Signals[rest])
        case "break-off":
            os.write(1, b"\x82\xa4type\xaaundersto")
        case "write":
            Path(rest).write_bytes(b"x")
            give("written")
        case _:
            raise ValueError(word)


if __name__ == "__main__":
    main()
