"""补录: a photo of the paper itself is kept like every other photo, and stands where the record does."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from kiosk.commands.protocol import Declined, send
from kiosk.journal.verify import verify
from kiosk.records import facts as f
from kiosk.records.content.commands import PictureKept
from kiosk.records.paper.commands import KeepPaperPhoto
from tests.fakes.desk import SUPERVISOR, Desk
from tests.fakes.paper import Paper, ink
from tests.fakes.paper_form import a_paper_photo, enter, entered
from tests.fakes.visitor import Visitor, words

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)


def kept(desk: Desk, digest: str) -> Path:
    path = desk.photos.path(digest)
    assert path
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_is_kept_shown_and_printed(desk: Desk, supervisor: Visitor, kind: str) -> None:
    answer = enter(supervisor, a_paper_photo(kind))
    assert answer.status_code == 303
    (paper,) = entered(desk)
    page = supervisor.get(answer.headers["Location"])
    assert f"/photos/{paper.photo}" in page.text
    assert f"/photos/{paper.thumbnail}" in page.text
    assert supervisor.get(f"/photos/{paper.photo}").headers["content-type"] == "image/jpeg"
    printed = Paper(supervisor.get(f"/papers/{paper.paper}/annex2/pdf").content)
    assert "缺照片" not in printed.text
    assert printed.text.count("见纸质原件照片") == 4
    ((left, top, right, bottom),) = printed.frames(len(printed.pages) - 1)
    # The red field stands upright, as it does when the phone's turn is undone; nothing runs into the stamp.
    assert bottom - top > right - left > 100
    assert not ink(printed, 1, (100, 10, 150, 19))


def test_nothing_but_the_picture_is_kept(desk: Desk, supervisor: Visitor) -> None:
    enter(supervisor, a_paper_photo())
    (paper,) = entered(desk)
    for digest, most in ((paper.photo, 2000), (paper.thumbnail, 480)):
        path = kept(desk, digest)
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert picture.size[0] > picture.size[1]  # turned as it was held
            assert max(picture.size) <= most
            assert not picture.getexif()
        assert b"PhoneMaker" not in path.read_bytes()
        assert path.stat().st_mode & 0o027 == 0


def test_a_large_scan_is_made_smaller(desk: Desk, supervisor: Visitor) -> None:
    enter(supervisor, a_paper_photo(size=(2480, 3508)))
    (paper,) = entered(desk)
    with Image.open(kept(desk, paper.photo)) as picture:
        assert max(picture.size) == 2000


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        (HEIC, "这是 HEIC 照片"),
        (b"%PDF-1.7 scanned", "这是 PDF"),
        (b"GIF89a" + bytes(100), "不是 JPEG、PNG 或 WebP 照片"),
        (a_paper_photo()[:3000], "照片打不开，可能已损坏"),
        (a_paper_photo(size=(150, 150)), "每边至少 200 点"),
        (b"\xff\xd8\xff" + bytes(8 << 20), "最多 8 MB"),
    ],
)
def test_what_is_no_photo_is_refused_with_what_to_do(
    desk: Desk, supervisor: Visitor, photo: bytes, said: str
) -> None:
    answer = enter(supervisor, photo)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "安全科3号柜" in answer.text
    assert entered(desk) == []


def test_far_too_much_is_not_even_read(desk: Desk, supervisor: Visitor) -> None:
    assert enter(supervisor, bytes(9 << 20)).status_code == 413
    assert entered(desk) == []


def test_it_need_not_be_chosen_again_when_something_else_is_wrong(desk: Desk, supervisor: Visitor) -> None:
    answer = enter(supervisor, a_paper_photo(), answer_skills="")
    assert answer.status_code == 422
    held = dict(re.findall(r'name="(photo|thumbnail)" value="([0-9a-f]{64})"', answer.text))
    assert supervisor.get(f"/photos/{held['thumbnail']}").status_code == 200
    assert enter(supervisor, **held).status_code == 303
    assert entered(desk)[0].photo == held["photo"]


def test_it_can_be_left_out_after_all(desk: Desk, supervisor: Visitor) -> None:
    answer = enter(supervisor, a_paper_photo(), answer_skills="")
    held = dict(re.findall(r'name="(photo|thumbnail)" value="([0-9a-f]{64})"', answer.text))
    enter(supervisor, **held, drop_photo="1")
    assert entered(desk)[0].photo == ""


def test_a_photo_that_the_station_does_not_have_is_not_named(desk: Desk, supervisor: Visitor) -> None:
    answer = enter(supervisor, photo="ab" * 32, thumbnail="cd" * 32)
    assert answer.status_code == 409
    assert "班前站没有这张照片" in words(answer)


def test_a_file_gone_or_changed_is_found(desk: Desk, supervisor: Visitor) -> None:
    desk.record(f.StationStarted("0.1.0"))
    enter(supervisor, a_paper_photo())
    (paper,) = entered(desk)
    report = verify(desk.folder, "desk-0001")
    assert (report.bad, report.photos) == (None, 2)
    kept(desk, paper.photo).unlink()
    bad = verify(desk.folder, "desk-0001").bad
    assert bad
    assert f"names photo {paper.photo}, which is missing" in bad.why
    text = Paper(supervisor.get(f"/papers/{paper.paper}/annex2/pdf").content).text
    assert "缺照片：照片文件已不在站上" in text


def test_while_the_station_is_down_it_says_so(desk: Desk, supervisor: Visitor) -> None:
    desk.stop_station()
    answer = enter(supervisor, a_paper_photo())
    assert answer.status_code == 503
    assert "班前站没有运行" in words(answer)


def test_only_a_supervisor_may_have_one_kept(desk: Desk) -> None:
    def keep(by: str, jpeg: bytes) -> object:
        return send(desk.folder / "station.sock", KeepPaperPhoto(by, jpeg, jpeg))

    jpeg = io.BytesIO()
    Image.new("RGB", (640, 480)).save(jpeg, "JPEG")
    assert keep("A001", jpeg.getvalue()) == Declined("没有补录权限")
    assert keep(SUPERVISOR, b"no picture") == Declined("不是 JPEG 照片，请重新上传")
    assert isinstance(keep(SUPERVISOR, jpeg.getvalue()), PictureKept)
