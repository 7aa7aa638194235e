"""Going back to a version of before, and taking a pack of the factory's own out of use: the door
follows, the records stay.
"""

from __future__ import annotations

from pathlib import Path

import httpx2

from kiosk.flow.stages import Calling, Closed
from kiosk.records.content.facts import PackWithdrawn
from kiosk.records.reader import Reading
from tests.fakes.office import SUPERVISOR, Office
from tests.fakes.visitor import token_on, words
from tests.fakes.waiting import until
from tests.ui.content.test_drafts import DRILL, a_photo
from tests.ui.content.writer import Writer

CALLS = ("第一次写的，确认！", "第二次写的，确认！")


def call(office: Office) -> str:
    return office.station.door.posts["grinder"].drill.steps[0].call


def published_twice(office: Office, writer: Writer) -> str:
    """Publish two versions of a pack; return its id."""
    draft = writer.copy()
    writer.save(draft + DRILL, steps__0__call=CALLS[0])
    writer.publish(draft)
    (pack, _) = office.published()[0]
    draft = writer.submit(f"/content/packs/{pack}/edit", writer.get("/content")).headers["Location"]
    writer.save(draft + DRILL, steps__0__call=CALLS[1])
    writer.publish(draft)
    until(lambda: call(office) == CALLS[1], 20)
    return pack


def publish_again(writer: Writer, pack: str, version: str, newest: str) -> httpx2.Response:
    path = f"/content/packs/{pack}"
    data = {"csrf_token": token_on(writer.get(path)), "newest": newest}
    return writer.post(f"{path}/versions/{version}", data=data)


def withdraw(writer: Writer, pack: str, version: str) -> httpx2.Response:
    path = f"/content/packs/{pack}/withdraw"
    return writer.post(path, data={"csrf_token": token_on(writer.get(path)), "version": version})


def withdrawals(office: Office) -> list[PackWithdrawn]:
    with Reading.open(office.place.data) as reading:
        return [entry.fact for entry in reading.entries() if isinstance(entry.fact, PackWithdrawn)]


def test_a_version_of_before_is_published_again_in_one_click(
    office: Office, writer: Writer
) -> None:
    pack = published_twice(office, writer)
    page = writer.get(f"/content/packs/{pack}")
    assert page.text.count("重新发布这一版") == 1
    assert publish_again(writer, pack, "1.0", "1.1").status_code == 303
    assert "第 1.0 版的内容已重新发布，是第 1.2 版" in words(writer.get(f"/content/packs/{pack}"))
    until(lambda: call(office) == CALLS[0], 20)
    assert office.published() == [(pack, "1.0"), (pack, "1.1"), (pack, "1.2")]
    assert "两个版本没有区别" in words(writer.get(f"/content/packs/{pack}/compare?old=1.0&new=1.2"))
    publish_again(writer, pack, "1.1", "1.1")
    assert "已经有人发布了 1.2 版" in words(writer.get(f"/content/packs/{pack}"))
    assert publish_again(writer, pack, "9.9", "1.2").status_code == 404


def test_its_photo_comes_back_with_it(office: Office, writer: Writer) -> None:
    draft = writer.copy()
    token = {"csrf_token": writer.form(draft + DRILL)["csrf_token"]}
    step = f"{draft}/spot/grinder/start-of-shift/clothing"
    there = writer.post(
        step.replace("/spot/", "/photo/"), data=token, files={"photo": ("a.jpg", a_photo())}
    )
    name = there.headers["Location"].rpartition("photo=")[2]
    writer.post(
        step, data=token | {"photo": name, "x": "0.5", "y": "0.5", "radius": "0.1", "do": "mark"}
    )
    writer.publish(draft)
    (pack, _) = office.published()[0]
    draft = writer.submit(f"/content/packs/{pack}/edit", writer.get("/content")).headers["Location"]
    writer.post(f"{draft}/spot/grinder/start-of-shift/clothing", data=token | {"do": "none"})
    writer.publish(draft)
    for kept in (office.place.data / "packs/.pictures").glob("*"):
        kept.unlink()
    publish_again(writer, pack, "1.0", "1.1")
    until(lambda: office.station.door.pack_of("grinder").version == "1.2", 20)
    folder = Path(office.station.door.pack_of("grinder").folder)
    assert (folder / "targets" / name).is_file()


def test_a_pack_is_taken_out_of_use_when_nobody_is_at_the_door_and_put_back(
    office: Office, writer: Writer
) -> None:
    shipped = call(office)
    pack = published_twice(office, writer)
    office.assign("A001", "grinder")
    office.tap("A001")
    office.go_to(Calling)
    page = words(writer.get(f"/content/packs/{pack}/withdraw"))
    assert "改用产品自带的内容" in page
    assert withdraw(writer, pack, "1.1").status_code == 303
    (fact,) = withdrawals(office)
    assert (fact.pack, fact.version, fact.by) == (pack, "1.1", SUPERVISOR)
    assert call(office) == CALLS[1]
    office.go_to(Closed)
    office.go_to_waiting()
    until(lambda: call(office) == shipped, 20)
    listed = words(writer.get("/content"))
    assert "已停用 本厂内容：打磨抛光工" in listed
    assert withdraw_page_is_gone(writer, pack)
    assert "王五" in words(writer.get(f"/content/packs/{pack}"))
    publish_again(writer, pack, "1.1", "1.1")
    until(lambda: call(office) == CALLS[1], 20)
    assert "已停用" not in words(writer.get("/content"))


def withdraw_page_is_gone(writer: Writer, pack: str) -> bool:
    return writer.get(f"/content/packs/{pack}/withdraw").status_code == 404


def test_who_takes_out_what_somebody_has_just_changed_is_told(
    office: Office, writer: Writer
) -> None:
    pack = published_twice(office, writer)
    withdraw(writer, pack, "1.0")
    assert "没有停用：已经有人发布了 1.1 版" in words(writer.get(f"/content/packs/{pack}"))
    assert withdrawals(office) == []
    assert writer.get("/content/packs/henan-small-factory/withdraw").status_code == 404


def test_whose_post_would_have_no_content_is_told_before(office: Office, writer: Writer) -> None:
    page = writer.get("/content/new")
    draft = (
        writer.submit("/content/new", page, title="数控车工", into="")
        .headers["Location"]
        .partition("/edit")[0]
    )
    _write_all(writer, draft)
    assert writer.publish(draft).status_code == 303
    (pack, _) = office.published()[0]
    (post,) = next(each for each in office.packs() if each.id == pack).posts
    office.assign("A001", post.id)
    assert "数控车工 没有内容了，1 人的岗位要另外安排" in words(
        writer.get(f"/content/packs/{pack}/withdraw")
    )
    withdraw(writer, pack, "1.0")
    until(lambda: post.id not in office.station.door.posts, 20)


def _write_all(writer: Writer, draft: str) -> None:
    item = (
        writer.get(draft).text.partition("edit/drill?item=")[2].partition('"')[0].partition("&")[0]
    )
    beats = {f"steps__0__{beat}": "看一看" for beat in ("think", "look", "point", "call")}
    writer.save(f"{draft}/edit/drill?item={item}", **beats)
    question = {
        "questions__0__text": "怕什么",
        "questions__0__choices": ["甲", "乙"],
        "questions__0__answer": "1",
    }
    writer.save(f"{draft}/edit/questions?item={item}", **question)
    scenario = {"scene": "夹手", "accident_types": ["2"], "prevention": "停机", "response": "喊人"}
    writer.save(
        f"{draft}/edit/scenarios?item={item}",
        **{f"scenarios__0__{key}": text for key, text in scenario.items()},
    )
    card = {"emergency__0__title": "夹手了", "emergency__0__actions": "按急停"}
    writer.save(f"{draft}/edit/emergency?item={item}", **card)
