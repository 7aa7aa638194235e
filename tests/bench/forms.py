"""One Annex 2 with four photos: milliseconds and peak memory, against bare reportlab drawing the
same text and photos.

Both start a process of their own, import reportlab, load the font and leave a PDF on their standard
output.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from devices.camera.simulated import Settings
from devices.camera.worker.picture import PHOTO_QUALITY, jpeg
from devices.camera.worker.simulated import Source as Camera
from kiosk.forms.fonts import FONTS
from kiosk.forms.printing import COUNTED
from kiosk.forms.records import annex2_of
from kiosk.forms.sheet import Job, Sheet
from kiosk.model.content import Part
from kiosk.records.reader import Reading
from tests.bench.result import Result, folder_on_disk
from tests.fakes.desk import Desk
from tests.fakes.forms import a_source
from tests.fakes.paper import Paper

FULL, SMALLEST = 15, 1
"""Forms drawn by each."""


def run(rounds: int = FULL) -> list[Result]:
    """Draw in turn, so that what else the machine does meets both alike."""
    with folder_on_disk() as folder:
        sheet, photos = _a_form(folder)
        job = msgspec.json.encode(Job(FONTS, COUNTED, (sheet,)))
        ours = [sys.executable, "-m", "kiosk.forms.drawing"]
        text = folder / "text.txt"
        text.write_text(_lines(_drawn(ours, job)[2]), encoding="utf-8")
        bare = [sys.executable, "-m", "tests.bench.floors.forms", FONTS[0].path, str(text), *photos]
        drawn = [(_drawn(ours, job), _drawn(bare, b"")) for _ in range(rounds)]
    took_ms = [statistics.median(each[way][0] for each in drawn) for way in (0, 1)]
    peak_mb = [statistics.median(each[way][1] for each in drawn) for way in (0, 1)]
    return [
        Result(
            "an Annex 2 with four photos; bare reportlab", took_ms[0], took_ms[1], "ms", aim=1.5
        ),
        Result("its peak memory; bare reportlab's", peak_mb[0], peak_mb[1], "MB", aim=1.5),
    ]


def _a_form(folder: Path) -> tuple[Sheet, Sequence[str]]:
    """Make a check with photos as the station takes them; return its sheet and the photos'
    files.
    """
    desk = Desk(folder / "data")
    camera = Camera(Settings(fps=15))
    pictures = [camera.read().picture() for _ in Part]
    assert all(picture is not None for picture in pictures)
    shots = {
        part: jpeg(picture, PHOTO_QUALITY)
        for part, picture in zip(Part, pictures, strict=True)
        if picture is not None
    }
    check = desk.a_check("A002", post="welder", photo=lambda part: shots[part])
    with Reading.open(desk.folder) as reading:
        detail = reading.check(check)
        assert detail
        sheet = annex2_of(detail, reading, desk.photos, a_source(desk.door))
    photos = [str(desk.photos.path(made.photo)) for made in detail.confirmations]
    desk.close()
    return sheet, photos


def _drawn(command: Sequence[str], job: bytes) -> tuple[float, float, bytes]:
    """Run one process; return milliseconds, peak MB and what it wrote."""
    began_s = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        watching = threading.Thread(target=_watch, args=(process.pid, peaks := [0.0]))
        watching.start()
        pdf, _ = process.communicate(job)
    took_ms = (time.perf_counter() - began_s) * 1e3
    watching.join()
    assert process.returncode == 0
    assert pdf.startswith(b"%PDF")
    return took_ms, peaks[-1], pdf


def _watch(pid: int, peaks: list[float]) -> None:
    """Note the peak of a process until it ends. (`wait4` would count the bench's own memory, from
    before the exec.)
    """
    status = Path("/proc", str(pid), "status")
    while True:
        try:
            peaks.append(int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024)
        except (OSError, IndexError, ProcessLookupError):
            return  # it has ended
        time.sleep(0.005)


def _lines(pdf: bytes) -> str:
    """Return the text of the form, some forty signs a line."""
    text = Paper(pdf).text
    return "\n".join(text[start : start + 24] for start in range(0, len(text), 24))
