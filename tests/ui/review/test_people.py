"""The pages about people, over real HTTP with a real command socket behind them."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import openpyxl
import pytest
from msgspec.structs import replace

from kiosk.commands.protocol import Declined, send
from kiosk.model.people import Certificate, Role, Roster, Standing, Worker
from kiosk.records.people.commands import ChangeWorker, UndoRoster
from kiosk.rosters import write_people
from tests.fakes.desk import OTHER, PASSWORD, PEOPLE, SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, token_on, words

NEW = Worker("B101", "孔一", "装配班", posts=("press",))
GUEST = Worker(
    "V001", "华三", posts=("press",), standing=Standing.VISITOR, ends_on=date(2026, 11, 27)
)
TITLES: dict[str, str] = {}


def upload(visitor: Visitor, content: bytes, name: str = "people.xlsx") -> httpx2.Response:
    page = visitor.get("/people/import")
    answer = visitor.post(
        "/people/import", data={"csrf_token": token_on(page)}, files={"sheet": (name, content)}
    )
    return visitor.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def press(visitor: Visitor, page: httpx2.Response, path: str, **fields: str) -> httpx2.Response:
    """Send a form of a page and follow to where it leads."""
    answer = visitor.submit(path, page, **fields)
    return visitor.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def names(desk: Desk) -> set[str]:
    return {worker.name for worker in desk.journal.people.all()}


def test_a_sheet_is_shown_applied_and_taken_back(desk: Desk, supervisor: Visitor) -> None:
    preview = upload(supervisor, write_people([NEW, GUEST], TITLES, ()))
    assert "导入 2 人" in words(preview)
    assert "孔一" not in names(desk)
    done = press(supervisor, preview, f"{preview.url.path}/apply")
    assert "已导入：新增 2 人，改动 0 人" in words(done)
    assert desk.journal.people.get("V001") == GUEST
    back = press(supervisor, done, "/people/undo")
    assert "已撤销上次导入" in words(back)
    assert names(desk).isdisjoint({"孔一", "华三"})


def test_an_import_can_be_taken_back_for_a_week_and_is_then_off_the_disk(
    desk: Desk, supervisor: Visitor
) -> None:
    preview = upload(supervisor, write_people([replace(PEOPLE[0], crew="机修班")], TITLES, ()))
    done = press(supervisor, preview, f"{preview.url.path}/apply")
    assert "可撤销至 2026-12-01 08:00" in words(done)
    assert on_disk(desk, "冲压班")
    desk.clock.turn(days=6, hours=23)
    supervisor.sign_in()
    assert "可撤销至" in words(supervisor.get("/people"))
    desk.clock.turn(hours=2)
    assert "可撤销至" not in words(supervisor.get("/people"))
    late = send(desk.folder / "station.sock", UndoRoster(SUPERVISOR))
    assert late == Declined("没有可以撤销的导入")
    assert desk.journal.people.get("A001") == replace(PEOPLE[0], crew="机修班")
    assert not on_disk(desk, "冲压班")


def on_disk(desk: Desk, text: str) -> bool:
    """Look for what was there before the import, as it is kept, in every file of the database."""
    everything = b"".join(file.read_bytes() for file in desk.folder.glob("journal.db*"))
    return f'"crew":"{text}"'.encode() in everything


def test_a_clock_that_may_be_wrong_forgets_nothing(desk: Desk, supervisor: Visitor) -> None:
    preview = upload(supervisor, write_people([NEW], TITLES, ()))
    press(supervisor, preview, f"{preview.url.path}/apply")
    desk.clock.turn(days=8)
    desk.clock.ok = False
    assert not desk.journal.forget_old_import()
    desk.clock.ok = True
    assert desk.journal.forget_old_import()
    assert not desk.journal.forget_old_import()


def test_a_faulty_sheet_has_no_button_and_names_its_rows(desk: Desk, supervisor: Visitor) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["工号", "姓名"], ["B101", "孔一"], ["B101", "严二"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    preview = upload(supervisor, file.getvalue())
    assert "第 3 行 · 工号" in words(preview)
    assert "/apply" not in preview.text
    press(supervisor, preview, f"{preview.url.path}/apply")
    assert "孔一" not in names(desk)


@pytest.mark.parametrize(
    "content", [b"", b"junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_sheet_gets_a_sentence(supervisor: Visitor, content: bytes) -> None:
    answer = upload(supervisor, content)
    assert "还没有导入" in words(answer)
    assert "/apply" not in answer.text


def test_a_preview_is_for_whoever_uploaded_it(desk: Desk, supervisor: Visitor) -> None:
    preview = upload(supervisor, write_people([NEW], TITLES, ()))
    with Visitor(desk.url) as other:
        other.sign_in(OTHER)
        assert other.get(preview.url.path).status_code == 303


def test_a_stopped_station_loses_nothing(desk: Desk, supervisor: Visitor) -> None:
    preview = upload(supervisor, write_people([NEW], TITLES, ()))
    desk.stop_station()
    again = press(supervisor, preview, f"{preview.url.path}/apply")
    assert "班前站没有运行" in words(again)
    desk.start_station()
    again = supervisor.get(preview.url.path)
    press(supervisor, again, f"{preview.url.path}/apply")
    assert "孔一" in names(desk)


def test_a_leader_sees_no_personal_data(desk: Desk) -> None:
    desk.journal.change_roster(
        Roster((Worker("L001", "周八", role=Role.LEADER),)), lambda card: card.number
    )
    desk.access.set_password("L001", PASSWORD)
    with Visitor(desk.url) as leader:
        leader.sign_in("L001")
        for path in (
            "/people",
            "/people/of/A001",
            "/people/import",
            "/people/people.xlsx",
            "/people/endings",
        ):
            answer = leader.get(path)
            assert answer.status_code == 403
            assert "安全员或负责人" in words(answer)


def test_a_person_leaves_and_is_erased(desk: Desk, supervisor: Visitor) -> None:
    check = desk.a_check("A001")
    page = supervisor.get("/people/of/A001")
    left = press(supervisor, page, "/people/of/A001/leave")
    assert "已离职" in words(left)
    press(supervisor, left, "/people/of/A001/erase", reason="asked")
    assert supervisor.get("/people/of/A001").status_code == 404
    shown = supervisor.get(f"/checks/{check}")
    assert shown.status_code == 200
    assert "A001" in words(shown)
    assert desk.journal.people.get("A001") == Worker("A001", "")


def test_a_person_is_added_by_hand_with_the_faults_beside_the_fields(
    desk: Desk, supervisor: Visitor
) -> None:
    page = supervisor.get("/people/new")
    fields = {
        "工号": "V002",
        "姓名": "华三",
        "post": "press",
        "人员类别": "访客",
        "角色": "工人",
        "有效期至": "",
    }
    refused = press(supervisor, page, "/people/new", **fields)
    assert refused.status_code == 422
    assert "要有最后一天" in words(refused)
    saved = press(supervisor, page, "/people/new", **{**fields, "有效期至": "2026-12-01"})
    assert saved.url.path == "/people/of/V002/card"
    guest = desk.journal.people.get("V002")
    assert guest is not None
    assert guest.ends_on == date(2026, 12, 1)


def test_certificates_are_listed_by_urgency(desk: Desk, supervisor: Visitor) -> None:
    held = (
        Certificate("电工", date(2026, 11, 23), "样例-12345678"),
        Certificate("焊工", date(2026, 12, 1)),
    )
    desk.journal.change_roster(
        Roster((Worker("B101", "孔一", certificates=held),)), lambda card: card.number
    )
    shown = words(supervisor.get("/people/endings"))
    assert "已过期 1" in shown
    assert "已过 1 天" in shown
    assert "7 天内 1" in shown
    assert "12345678" not in shown


def test_coverage_names_who_what_and_which(desk: Desk, supervisor: Visitor) -> None:
    desk.journal.change_roster(
        Roster((Worker("B101", "孔一", posts=("叉车司机",)),)), lambda card: card.number
    )
    desk.a_check("A001")
    page = supervisor.get("/people/coverage")
    shown = words(page)
    assert "没有内容的岗位 1 叉车司机 孔一" in shown
    assert "没有检查的人 3" in shown
    measures = supervisor.get("/people/measures/press")
    first = desk.door.posts["press"].scenarios[0].prevention[0]
    assert first in words(measures)
    press(
        supervisor,
        measures,
        "/people/measures/press",
        measure=first,
        worker="A001",
        deputy=SUPERVISOR,
    )
    assert "替补 王五" in words(supervisor.get("/people/measures/press"))


def test_the_template_and_the_list_are_workbooks(
    desk: Desk, supervisor: Visitor, tmp_path: Path
) -> None:
    for path in ("/people/import/template.xlsx", "/people/people.xlsx"):
        answer = supervisor.get(path)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["人员"]
        assert [cell.value for cell in sheet[1]][:2] == ["工号", "姓名"]


def people_listed(visitor: Visitor, show: str) -> str:
    return words(visitor.get(f"/people?show={show}"))


def test_who_is_blocked_with_the_word_for_leaving_stays_on_the_list(
    desk: Desk, supervisor: Visitor
) -> None:
    send(
        desk.folder / "station.sock", ChangeWorker(SUPERVISOR, replace(PEOPLE[0], blocked="已离职"))
    )
    assert PEOPLE[0].name in people_listed(supervisor, "all")
    assert PEOPLE[0].name not in people_listed(supervisor, "left")


def test_who_left_is_on_a_list_of_their_own_and_comes_back_by_being_saved(
    desk: Desk, supervisor: Visitor
) -> None:
    page = supervisor.get("/people/of/A001")
    left = press(supervisor, page, "/people/of/A001/leave")
    assert PEOPLE[0].name not in people_listed(supervisor, "all")
    assert PEOPLE[0].name in people_listed(supervisor, "left")
    form = supervisor.get("/people/of/A001/edit")
    assert "重新在册" in words(form)
    press(
        supervisor, form, "/people/of/A001/edit", 工号="A001", 姓名=PEOPLE[0].name, 人员类别="本厂"
    )
    assert PEOPLE[0].name in people_listed(supervisor, "all")
    assert left.status_code == 200


def test_a_list_to_upload_again_does_not_name_who_left(desk: Desk, supervisor: Visitor) -> None:
    press(supervisor, supervisor.get("/people/of/A001"), "/people/of/A001/leave")
    book = openpyxl.load_workbook(io.BytesIO(supervisor.get("/people/people.xlsx").content))
    ids = {row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert ids
    assert "A001" not in ids


@pytest.mark.parametrize("worker_id", [".", "..", "...", "-a"])
def test_who_has_an_odd_id_from_before_is_found_changed_and_erased(
    desk: Desk, supervisor: Visitor, worker_id: str
) -> None:
    desk.journal.change_roster(Roster((Worker(worker_id, "孔一"),)), lambda card: card.number)
    listed = supervisor.get("/people", params={"q": "孔一"})
    person = supervisor.get(link(listed, "/people/of/"))
    assert "孔一" in words(person)
    form = supervisor.get(link(person, '/people/of/[^/"]+/edit'))
    saved = press(supervisor, form, form.url.path, 姓名="孔一", 班组="焊接班")
    worker = desk.journal.people.get(worker_id)
    assert worker is not None
    assert worker.crew == "焊接班"
    cards = supervisor.get(link(saved, '/people/of/[^/"]+/card'))
    assert "孔一" in words(cards)
    erased = press(supervisor, saved, f"{person.url.path}/erase", reason="mistake")
    assert "孔一" not in words(erased)
    worker = desk.journal.people.get(worker_id)
    assert worker is None or not worker.name


@pytest.mark.parametrize("worker_id", [".", "..", "．．", "-", "13800138000"])
def test_an_odd_id_is_not_given_by_hand(desk: Desk, supervisor: Visitor, worker_id: str) -> None:
    answer = supervisor.submit(
        "/people/new", supervisor.get("/people/new"), 工号=worker_id, 姓名="孔一"
    )
    assert answer.status_code == 422
    assert "工号“" in words(answer)
    assert "孔一" not in names(desk)


def link(page: httpx2.Response, pattern: str) -> str:
    """Return where a browser goes for the first such link: it takes dots out of a path."""
    found = re.search(rf'href="({pattern}[^"]*)"', page.text)
    assert found, page.text
    return urljoin(str(page.url), html.unescape(found[1])).removeprefix(
        str(page.url.copy_with(path="", query=None)).rstrip("/")
    )


def test_a_name_no_font_has_is_said_and_may_be_imported_all_the_same(
    desk: Desk, supervisor: Visitor
) -> None:
    rare = replace(NEW, name="孔\ue000")
    preview = upload(
        supervisor, write_people([rare, GUEST, replace(GUEST, id="V9", name="华𠅤")], TITLES, ())
    )
    assert "U+E000" in words(preview)
    assert "请对照证件核对写法" in words(preview)
    assert "U+20164" not in words(preview)
    done = press(supervisor, preview, f"{preview.url.path}/apply")
    assert "已导入：新增 3 人" in words(done)


def test_a_name_no_font_has_is_said_of_a_person_added_by_hand(supervisor: Visitor) -> None:
    fields = {
        "工号": "B102",
        "姓名": "孔\U0002ebf0",
        "post": "press",
        "人员类别": "本厂",
        "角色": "工人",
    }
    saved = press(supervisor, supervisor.get("/people/new"), "/people/new", **fields)
    assert saved.url.path == "/people/of/B102/card"
    assert "U+2EBF0" in words(saved)
