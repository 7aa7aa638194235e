"""Packs from anybody, sent to the supervisor's pages as they run in earnest: a process of its own,
whose memory stays what it was.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from tests.bench.rig.process import process, until_page
from tests.fakes.desk import a_desk
from tests.fakes.hostile_packs import DOTTED, WHOLE, a_zip, hostile
from tests.fakes.ports import free_port
from tests.fakes.visitor import Visitor, token_on, words

MOST_MB = 8
"""What the memory of the pages may move by; the file of the report took 15 GB."""


class Pages(Visitor):
    """The pages of a process, and a supervisor who has signed in."""

    def __init__(self, url: str, pid: int) -> None:
        super().__init__(url)
        self.timeout = 60
        self.pid = pid

    def hand_in(self, data: bytes) -> httpx2.Response:
        """Send a file as a content pack; return the page that comes of it."""
        token = {"csrf_token": token_on(self.get("/content/import"))}
        answer = self.post("/content/import", data=token, files={"file": ("p.zip", data)})
        return self.get(answer.headers["Location"]) if answer.status_code == 303 else answer

    def memory_mb(self, name: str = "VmRSS") -> float:
        """Return what the process takes, as the kernel counts it."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(rf"{name}:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with a_desk(tmp_path_factory.mktemp("desk")) as desk, _review(desk.folder) as pages:
        assert pages.sign_in().status_code == 303
        assert "处要改" in words(pages.hand_in(a_zip()))  # warm: what comes now is the file's own
        yield pages


@contextmanager
def _review(data: Path) -> Iterator[Pages]:
    port = free_port()
    arguments = ("--config", "config/kiosk.toml", "--data", data, "--port", port)
    with process("-m", "kiosk", "review", *arguments) as running:
        until_page(running, port, "/sign-in")
        with Pages(f"http://127.0.0.1:{port}", running.pid) as pages:
            yield pages


def test_the_file_of_530_bytes_is_refused_and_the_pages_do_not_grow(pages: Pages) -> None:
    assert len(DOTTED) < 1000
    before_mb, peak_mb = pages.memory_mb(), pages.memory_mb("VmHWM")
    answer = pages.hand_in(DOTTED)
    assert (answer.status_code, "太复杂" in words(answer)) == (422, True)
    assert pages.memory_mb() - before_mb < MOST_MB
    assert pages.memory_mb("VmHWM") - peak_mb < MOST_MB
    assert pages.get("/content").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        *("5000 digits", "deep lists", "unpaired surrogate, as bytes", "a list of empty tables"),
        *("bomb in pack.toml", "cut at 50%", "a path upward", "a link", "the same name twice"),
    ],
)
def test_a_hostile_file_is_a_sentence_on_the_page(pages: Pages, name: str) -> None:
    data, part = hostile(name)
    peak_mb = pages.memory_mb("VmHWM")
    answer = pages.hand_in(data)
    assert (answer.status_code, part in words(answer)) == (422, True)
    assert pages.memory_mb("VmHWM") - peak_mb < MOST_MB


def test_while_a_hostile_file_is_read_the_pages_answer(pages: Pages) -> None:
    sent = threading.Event()

    def send() -> None:
        with Pages(str(pages.base_url), pages.pid) as other:
            other.cookies = pages.cookies
            sent.set()
            assert other.hand_in(DOTTED).status_code == 422

    hostile = threading.Thread(target=send)
    hostile.start()
    sent.wait()
    assert pages.get("/content").status_code == 200
    hostile.join()


def test_a_photo_that_cannot_be_used_is_named_and_the_others_come_in(pages: Pages) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(photo, "JPEG")
    files = {"targets/good.jpg": photo.getvalue(), "targets/torn.jpg": photo.getvalue()[:300]}
    said = words(pages.hand_in(a_zip({**WHOLE, **files})))
    assert re.search("torn.jpg.*打不开", said)
    assert "good.jpg" not in said
