"""What is known of a check line besides its text stays with it, whatever is done to the lines."""

from __future__ import annotations

import io
from pathlib import Path

from msgspec.structs import replace

from kiosk.model.content import Line, Lines
from kiosk.packs import load_pack
from kiosk.packs.bundling import bundle
from tests.fakes.office import Office
from tests.fakes.visitor import token_on, words
from tests.fakes.waiting import until
from tests.ui.content.writer import Writer

SHIPPED = Path("config/packs/henan-small-factory")
TOLD = Line("班前会开过", "briefed", ("9", "3"))


def taken_in(writer: Writer) -> str:
    """Import a pack whose post says a line in other words; returns its draft's path."""
    shipped = load_pack(SHIPPED)
    post = shipped.post("grinder")
    assert post is not None
    told = replace(post, lines=Lines(preparation=("看过", TOLD, "走过")))
    pack = replace(
        shipped,
        id="own-lines",
        posts=(told,),
        works=(),
        emergency=(),
        same_lines=shipped.same_lines,
    )
    drawn = {file.name: file.read_bytes() for file in (SHIPPED / "targets").iterdir()}
    answer = writer.post(
        "/content/import",
        data={"csrf_token": token_on(writer.get("/content/import"))},
        files={"file": ("a.zip", io.BytesIO(bundle(pack, drawn)), "application/zip")},
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("/")[0]


def test_a_line_keeps_what_is_known_of_it_when_it_is_edited_moved_and_others_go(
    office: Office, writer: Writer
) -> None:
    draft = taken_in(writer)
    path = f"{draft}/edit/lines?item=grinder"
    assert writer.save(path, lines__preparation=["看过", "交底过", "走过"]).status_code == 303
    assert writer.save(path, do="up:lines.preparation:1").status_code == 303
    assert writer.save(path, do="add:lines.preparation:").status_code == 303
    assert writer.form(path)["lines.preparation"] == ["交底过", "看过", "走过", ""]
    assert writer.save(path, do="remove:lines.preparation:1").status_code == 303
    assert writer.save(path).status_code == 303
    assert "briefed" not in words(writer.get(path))

    answer = writer.publish(draft)
    assert answer.status_code == 303, words(answer)
    until(lambda: office.station.door.pack_of("grinder").id == "own-lines", 20)

    lines = office.station.door.posts["grinder"].lines
    assert lines.preparation == (Line("交底过", "briefed", ("9", "3")), "走过")


def test_what_is_too_long_is_shown_and_published_all_the_same(
    office: Office, writer: Writer
) -> None:
    draft = taken_in(writer)
    path = f"{draft}/edit/lines?item=grinder"
    writer.save(path, lines__preparation=["看过", "一二三四五六七八九十一二三", "走过"])

    assert "有 13 个字，最好不超过 12 个字" in words(writer.get(path))
    assert "处偏长" in words(writer.get(f"{draft}/publish"))
    answer = writer.publish(draft)
    assert answer.status_code == 303, words(answer)


def test_a_card_gets_the_sign_by_which_it_is_found(office: Office, writer: Writer) -> None:
    draft = taken_in(writer)
    path = f"{draft}/edit/emergency?item=grinder"
    assert writer.save(path, emergency__0__sign="fire").status_code == 303

    assert writer.form(path)["emergency.0.sign"] == "fire"
    answer = writer.publish(draft)
    assert answer.status_code == 303, words(answer)
    until(lambda: office.station.door.pack_of("grinder").id == "own-lines", 20)
    assert office.station.door.posts["grinder"].emergency[0].sign == "fire"
