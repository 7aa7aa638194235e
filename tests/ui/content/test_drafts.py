"""Writing content on the pages: nothing typed is lost, nothing wrong is published, and old checks
keep what they showed.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from kiosk.flow.stages import Closed
from kiosk.model.content import Pack
from kiosk.packs import load_pack
from kiosk.packs.bundling import bundle
from tests.fakes.office import Office
from tests.fakes.visitor import words
from tests.fakes.waiting import until
from tests.ui.content.writer import Writer

DRILL = "/edit/drill?item=grinder"
NEW_CALL = "着装整齐，没带火种，确认！"


def a_photo(width: int = 800, height: int = 600, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(written, kind, quality=80)
    return written.getvalue()


def in_use(office: Office, post: str) -> Pack:
    return office.station.door.pack_of(post)


def test_a_copy_is_changed_published_compared_and_old_checks_keep_theirs(
    office: Office, writer: Writer
) -> None:
    office.assign("A001", "grinder")
    office.tap("A001")
    office.go_to(Closed)
    before = office.station.door.posts["grinder"].drill.steps[0].call
    draft = writer.copy()
    answer = writer.save(draft + DRILL, steps__0__call=NEW_CALL)
    assert answer.status_code == 303
    review = words(writer.get(f"{draft}/publish"))
    assert "发布后的变化（1 处）" in review
    assert f"原来 {before} 改为 {NEW_CALL}" in review
    assert writer.publish(draft).status_code == 303
    page = words(writer.get("/content"))
    assert "已发布“本厂内容：打磨抛光工(干式)”第 1.0 版" in page
    office.go_to_waiting()
    until(lambda: in_use(office, "grinder").id != "henan-small-factory", 20)
    assert office.station.door.posts["grinder"].drill.steps[0].call == NEW_CALL

    check = re.findall(r'href="/checks/([^"]+)"', writer.get("/").text)[0]
    shown = words(writer.get(f"/checks/{check}"))
    assert before in shown
    assert NEW_CALL not in shown
    assert "内容已更新" not in shown

    pack = in_use(office, "grinder").id
    second = writer.submit(f"/content/packs/{pack}/edit", writer.get("/content")).headers[
        "Location"
    ]
    writer.save(second + DRILL, steps__0__call="防静电鞋穿好，确认！")
    assert writer.publish(second).status_code == 303
    compared = words(writer.get(f"/content/packs/{pack}/compare?old=1.0&new=1.1"))
    assert "1 处不同" in compared
    assert f"原来 {NEW_CALL} 改为 防静电鞋穿好，确认！" in compared


def test_every_fault_stands_beside_its_field_and_keeps_from_publishing(
    office: Office, writer: Writer
) -> None:
    draft = writer.copy()
    writer.save(draft + DRILL, steps__0__call="一" * 45, steps__1__dwell_s="很久")
    page = words(writer.get(draft + DRILL + "&checked=1"))
    assert "有 45 个字，念完要 14 秒，最多 38 个字，请改短" in page
    assert "要填数字，0到60" in page
    assert "还差 2 处" in words(writer.get(draft))
    review = writer.get(f"{draft}/publish")
    assert "还有 2 处要改" in words(review)
    assert "打磨抛光工(干式) › 手指口述 › 步骤 第 1 条 › 述" in words(review)
    assert writer.publish(draft).status_code == 422
    assert office.published() == []


def test_steps_are_added_moved_and_taken_out_without_losing_what_is_typed(writer: Writer) -> None:
    draft = writer.copy()
    first = writer.form(draft + DRILL)
    writer.save(draft + DRILL, steps__0__think="新写的风险", do="down:steps:0")
    moved = writer.form(draft + DRILL)
    assert moved["steps.1.think"] == "新写的风险"
    assert moved["steps.0.id"] == first["steps.1.id"]
    writer.save(draft + DRILL, do="add:steps:")
    assert writer.form(draft + DRILL)["steps.7.think"] == ""
    writer.save(draft + DRILL, do="remove:steps:7")
    assert "steps.7.think" not in writer.form(draft + DRILL)
    questions = "/edit/questions?item=grinder"
    right = writer.form(draft + questions)["questions.0.answer"]
    writer.save(draft + questions, do="remove:questions.0.choices:0")
    assert writer.form(draft + questions)["questions.0.answer"] == str(int(right) - 1)
    for nonsense in (
        "up:steps:999",
        "add:nothing:0",
        "remove:steps.x.y:1",
        "::",
        "down:steps.0.call:1",
    ):
        assert writer.save(draft + DRILL, do=nonsense).status_code == 303


def test_who_saves_over_somebody_else_sees_both_and_nothing_is_lost(
    office: Office, writer: Writer
) -> None:
    draft = writer.copy()
    with Writer(office.url) as other:
        other.sign_in()
        mine, theirs = writer.form(draft + DRILL), other.form(draft + DRILL)
        assert (
            other.post(
                draft + DRILL, data=theirs | {"steps.0.call": "对方写的，确认！"}
            ).status_code
            == 303
        )
        answer = writer.post(draft + DRILL, data=mine | {"steps.0.call": "我写的，确认！"})
        assert answer.status_code == 409
        assert "您写的 我写的，确认！ 对方存的 对方写的，确认！" in words(answer)
        assert 'name="steps.0.call"' in answer.text
        again = writer.post(
            draft + DRILL,
            data=mine | {"mark": re.findall(r'name="mark" value="(\w+)"', answer.text)[0]},
        )
        assert again.status_code == 303
        # Another part is nobody's business: it is saved although the draft has changed.
        about = other.form(draft + "/edit/about?item=grinder")
        writer.save(draft + DRILL, steps__0__call="又改了，确认！")
        assert (
            other.post(
                draft + "/edit/about?item=grinder", data=about | {"title": "打磨"}
            ).status_code
            == 303
        )
        assert writer.form(draft + DRILL)["steps.0.call"] == "又改了，确认！"


def test_what_is_saved_by_itself_survives_and_a_clash_is_told_quietly(
    office: Office, writer: Writer
) -> None:
    draft = writer.copy()
    typed = writer.form(draft + DRILL)
    answer = writer.post(
        draft + DRILL, data=typed | {"steps.0.call": NEW_CALL}, headers={"X-Autosave": "1"}
    )
    assert re.fullmatch(r"\w{16}", answer.text)
    assert writer.form(draft + DRILL)["steps.0.call"] == NEW_CALL
    late = writer.post(
        draft + DRILL, data=typed | {"steps.0.call": "旧页，确认！"}, headers={"X-Autosave": "1"}
    )
    assert late.status_code == 409
    (kept,) = (office.place.data / "review/drafts").glob("*.json")
    assert NEW_CALL in kept.read_text()
    assert list(kept.parent.glob(".*")) == []


def test_two_drafts_of_one_pack_the_second_is_told_to_compare(
    office: Office, writer: Writer
) -> None:
    page = writer.get("/content/packs/henan-small-factory")
    edit = "/content/packs/henan-small-factory/edit"
    drafts = [writer.submit(edit, page).headers["Location"] for _ in range(2)]
    for draft, call in zip(drafts, ("甲改的，确认！", "乙改的，确认！"), strict=True):
        writer.save(draft + DRILL, steps__0__call=call)
    assert writer.publish(drafts[0]).status_code == 303
    answer = writer.publish(drafts[1])
    assert answer.status_code == 409
    assert "已经有人发布了第 1.2 版" in words(answer)
    assert "乙改的，确认！" in words(answer)
    writer.submit(f"{drafts[1]}/follow", answer)
    assert "原来 甲改的，确认！ 改为 乙改的，确认！" in words(writer.get(f"{drafts[1]}/publish"))
    assert writer.publish(drafts[1]).status_code == 303
    assert office.published() == [("henan-small-factory", "1.2"), ("henan-small-factory", "1.3")]


def test_a_photo_is_uploaded_marked_and_published_without_what_it_told(
    office: Office, writer: Writer
) -> None:
    draft = writer.copy()
    spot = f"{draft}/spot/grinder/start-of-shift/clothing"
    upload = spot.replace("/spot/", "/photo/")
    exif = Image.Exif()
    exif[0x010F] = "工厂位置"
    written = io.BytesIO()
    Image.new("RGB", (3000, 2000), "navy").save(written, "JPEG", exif=exif)
    token = {"csrf_token": writer.form(draft + DRILL)["csrf_token"]}

    def sent(data: bytes) -> str:
        return words(writer.post(upload, data=token, files={"photo": ("a.jpg", data)}))

    assert "不是 JPEG、PNG 或 WebP" in sent(b"GIF89a" + bytes(100))
    assert "9 MB，最多 8 MB" in sent(b"\xff\xd8\xff" + bytes(9 << 20))
    assert "每边至少 200 点" in sent(a_photo(100, 100))
    assert "打不开" in sent(a_photo()[:500])
    answer = writer.post(upload, data=token, files={"photo": ("b.jpg", written.getvalue())})
    name = re.findall(r"photo=(photo-\w+\.jpg)", answer.headers["Location"])[0]
    outside = writer.post(
        spot, data=token | {"photo": name, "x": "0.97", "y": "0.5", "radius": "0.1", "do": "mark"}
    )
    assert "圈超出了照片" in words(outside)
    assert "还没有点" in words(
        writer.post(spot, data=token | {"photo": name, "x": "", "y": "", "radius": "0.1"})
    )
    mark = {"photo": name, "x": "0.5", "y": "0.5", "radius": "0.1", "do": "mark"}
    assert writer.post(spot, data=token | mark).status_code == 303
    assert writer.publish(draft).status_code == 303
    until(lambda: in_use(office, "grinder").id != "henan-small-factory", 20)
    (photo,) = Path(in_use(office, "grinder").folder).glob("targets/*.jpg")
    with Image.open(photo) as picture:
        assert picture.size == (1600, 1067)
        assert not picture.getexif()


def test_a_pack_goes_out_without_photos_and_comes_in_as_a_draft(
    office: Office, writer: Writer
) -> None:
    exported = writer.get("/content/packs/henan-small-factory/export")
    with zipfile.ZipFile(io.BytesIO(exported.content)) as archive:
        names = archive.namelist()
    assert "henan-small-factory/posts/grinder.toml" in names
    token = {"csrf_token": writer.submit_token("/content/import")}

    def sent(data: bytes) -> str:
        answer = writer.post("/content/import", data=token, files={"file": ("p.zip", data)})
        return words(
            writer.get(answer.headers["Location"]) if answer.status_code == 303 else answer
        )

    assert "没有变化" in sent(exported.content)
    changed = rezipped(
        exported.content,
        "防静电，没带".encode(),
        "工作服，没带".encode(),
    )
    assert "发布后的变化（1 处）" in sent(changed)
    assert "不是内容包文件" in sent(b"PK\x03\x04 nonsense")
    assert "不是内容包的文件" in sent(a_zip({"../../etc/cron.d/x.toml": b"", "pack.toml": b""}))
    assert "没有 pack.toml" in sent(a_zip({"posts/a.toml": b"id = 'a'"}))
    assert "写法有误" in sent(a_zip({"pack.toml": b"id = "}))
    assert "解开后太大" in sent(a_zip({"pack.toml": bytes(64 << 20)}))
    assert "应当是一个列表" in sent(a_zip({"pack.toml": b"basis = 'x'"}))
    foreign = {
        "pack.toml": b"id='x'",
        "posts/a.toml": b"id='a'\ncolour='red'",
        "targets/a.svg": b"<svg onload='x()'/>",
    }
    page = sent(a_zip(foreign))
    assert "图 a.svg 不是本产品自带的，没有导入" in page
    assert "“posts[0].colour”不认识" in page
    assert "处要改" in page
    assert office.published() == []


def a_zip(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def rezipped(data: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    grinder = "henan-small-factory/posts/grinder.toml"
    return a_zip(files | {grinder: files[grinder].replace(old, new, 1)})


def test_nothing_of_this_is_for_workers_or_people_without_a_session(office: Office) -> None:
    with Writer(office.url) as nobody:
        assert nobody.get("/content").status_code == 303
        assert nobody.get("/content/state").status_code == 401
    with Writer(office.url) as worker:
        worker.sign_in("A001")
        assert worker.get("/content").status_code == 303  # an ordinary worker does not even sign in


def test_a_button_of_a_page_that_lay_open_too_long_leads_back_to_it(writer: Writer) -> None:
    draft = writer.copy()
    for button, page in (("change", draft), ("discard", draft), ("publish", f"{draft}/publish")):
        answer = writer.post(f"{draft}/{button}", data={"csrf_token": "stale"})
        assert (answer.status_code, answer.headers["Location"].rstrip("?")) == (303, page)
    assert "页面已过期" in words(writer.get(draft))


@pytest.mark.parametrize("path", ["zz", "0" * 12, "../../../journal", "%2e%2e"])
def test_a_draft_that_is_not_there_is_not_found(writer: Writer, path: str) -> None:
    for more in ("", "/edit/drill", "/publish", "/preview/x", "/pictures/a.svg"):
        assert writer.get(f"/content/drafts/{path}{more}").status_code in (404, 308)


def test_while_the_station_is_down_the_draft_stays(office: Office, writer: Writer) -> None:
    draft = writer.copy()
    office.place.commands.rename(office.place.data / "elsewhere")
    answer = writer.publish(draft)
    assert answer.status_code == 503
    assert "班前站没有运行，没有发布" in words(answer)
    assert "班前站没有运行" in words(writer.get("/content"))
    (office.place.data / "elsewhere").rename(office.place.commands)
    assert writer.publish(draft).status_code == 303


def test_phones_and_photos_stay_home(tmp_path: Path) -> None:
    pack = load_pack(Path("config/packs/henan-small-factory"))
    written = bundle(pack, {})
    assert b"119" in zipfile.ZipFile(io.BytesIO(written)).read(
        "henan-small-factory/posts/grinder.toml"
    )
