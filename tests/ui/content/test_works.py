"""Hazardous works in a draft: written from nothing, and taken out again."""

from __future__ import annotations

from tests.fakes.office import Office
from tests.fakes.visitor import words
from tests.fakes.waiting import until
from tests.ui.content.writer import Writer


def add_work(writer: Writer, draft: str) -> str:
    """Begin a work; return the path of its page."""
    answer = writer.submit(f"{draft}/change", writer.get(draft), do="add:works:")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_work_is_written_from_nothing_published_and_taken_out(
    office: Office, writer: Writer
) -> None:
    draft = writer.copy()
    assert "还差" not in words(writer.get(draft))
    path = add_work(writer, draft)
    assert "还差" in words(writer.get(draft))
    assert writer.publish(draft).status_code == 422
    lines = {
        f"lines__{part}": f"{part}看过"
        for part in ("preparation", "skills", "tools", "surroundings")
    }
    scene = "清槽时里面缺氧，人下去就倒"
    saved = writer.save(path, title="清洗酸洗槽", scene=scene, accident_types=["18"], **lines)
    assert saved.status_code == 303
    assert "还差" not in words(writer.get(draft))
    assert writer.publish(draft).status_code == 303
    until(lambda: "清洗酸洗槽" in [work.title for work in office.station.door.works.values()], 20)
    (work,) = (work for work in office.station.door.works.values() if work.title == "清洗酸洗槽")
    assert work.scene == scene
    assert work.lines.tools == ("tools看过",)
    assert "hot-work" in office.station.door.works

    (pack, _) = office.published()[0]
    again = writer.submit(f"/content/packs/{pack}/edit", writer.get("/content")).headers["Location"]
    second = add_work(writer, again)
    assert (
        writer.submit(
            f"{again}/change", writer.get(again), do=f"remove:works:{work.id}"
        ).status_code
        == 303
    )
    assert "清洗酸洗槽" not in words(writer.get(again))
    assert writer.get(second).status_code == 200
    writer.submit(
        f"{again}/change", writer.get(again), do=f"remove:works:{second.rpartition('=')[2]}"
    )
    assert writer.publish(again).status_code == 303
    until(lambda: work.id not in office.station.door.works, 20)


def test_a_work_the_station_would_refuse_is_told_beside_its_field(writer: Writer) -> None:
    draft = writer.copy()
    path = add_work(writer, draft)
    writer.save(path, title="一" * 13, scene="！", lines__tools="……")
    page = words(writer.get(f"{path}&checked=1"))
    assert "有 13 个字，最多 12 个字" in page
    assert "没有能读出来的字" in page
