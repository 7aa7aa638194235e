"""A camera command: writes JPEGs to standard output, unless FOLDER/absent exists; FOLDER/pid names
its process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from devices.camera.simulated import Settings
from devices.camera.worker.simulated import Source
from tests.fakes.mjpeg import drawn_jpegs


def main() -> int:
    """Run until killed."""
    folder = Path(sys.argv[1])
    if (folder / "absent").exists():
        return 1
    (folder / "pid").write_text(str(os.getpid()))
    for jpeg in drawn_jpegs(Source(Settings(width_px=640))):
        sys.stdout.buffer.write(jpeg)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
