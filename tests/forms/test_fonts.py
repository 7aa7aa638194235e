"""Rare characters: on the paper in whatever font has them, to be found and copied, and lines as
wide as they are measured.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from kiosk.forms.fonts import FONTS, glyphs
from kiosk.forms.printing import FormError, printed
from kiosk.forms.sheet import Align, Band, Choice, Font, Grid, Sheet, Text, Ticks
from kiosk.model.glyphs import Glyphs
from tests.fakes.paper import Paper

EVERYDAY = "张三 ABC 20261130-007 √×—□■①％℃≥±·“”、。"
BEYOND_GB_2312 = "镕喆堃䶮㛃𬭎𫖮m²O₂☑"
RAREST = "𠅤㴪𠀸"
NOWHERE = "\ue000\U0002ebf0\U000323b0"


def fonts_in(pdf: bytes) -> set[str]:
    """Return the names of the fonts that are embedded, each with a subset's prefix."""
    names = set(re.findall(rb"/BaseFont /([A-Z]{6}\+\S+)", pdf))
    assert names == set(re.findall(rb"/BaseFont /(\S+)", pdf))
    assert len(re.findall(rb"/FontFile2 ", pdf)) == len(re.findall(rb"/Type /FontDescriptor", pdf))
    return {name.decode().partition("+")[2] for name in names}


def a_sheet(text: str) -> Sheet:
    return Sheet("样张", (Text(text, size_pt=14),))


class TestNames:
    def test_whatever_is_on_a_form_is_drawn_and_can_be_found(self) -> None:
        paper = Paper(printed([a_sheet(EVERYDAY + BEYOND_GB_2312 + RAREST)]))
        assert "".join(EVERYDAY.split()) + BEYOND_GB_2312 + RAREST in paper.text
        assert "〓" not in paper.text

    def test_a_form_embeds_the_fonts_it_needs_and_no_other(self) -> None:
        assert fonts_in(printed([a_sheet(EVERYDAY)])) == {"BousungEG-Light-GB"}
        assert fonts_in(printed([a_sheet(f"镕{RAREST}")])) == {
            "BousungEG-Light-GB",
            "UMingCN-0",
            "HanaMinA",
            "HanaMinB",
        }

    def test_no_character_is_drawn_as_nothing(self) -> None:
        """Fonts have empty outlines for some characters they list."""
        signs = "℃ǎǐⅣⅰńɡ²₂☑" + BEYOND_GB_2312 + RAREST
        page = pypdfium2.PdfDocument(printed([a_sheet(signs)]))[0].get_textpage()
        start = page.get_text_range().index(signs[0])
        boxes = [page.get_charbox(start + place) for place in range(len(signs))]
        drawn = [right - left > 1 and top - bottom > 1 for left, bottom, right, top in boxes]
        assert [sign for sign, is_drawn in zip(signs, drawn, strict=True) if not is_drawn] == []

    def test_it_stands_in_every_part_of_a_form(self) -> None:
        name = "李𠅤"
        sheet = Sheet(
            f"{name}的样张",
            (
                Ticks((Choice(f"甲{name}", ticked=True), Choice("乙" * 60 + name, ticked=False))),
                Band(name, ((Text("内容", align=Align.CENTRE),),)),
                Grid(("姓名",), (1.0,), ((name,),)),
            ),
            lead=name,
            foot=name,
            stamp=name,
        )
        assert Paper(printed([sheet])).text.count(name) == 8

    @pytest.mark.parametrize("sign", NOWHERE)
    def test_what_no_font_has_is_a_mark_and_never_left_out(self, sign: str) -> None:
        assert "甲〓乙" in Paper(printed([a_sheet(f"甲{sign}乙")])).text

    def test_a_wish_for_a_variant_is_no_character(self) -> None:
        assert "甲葛乙" in Paper(printed([a_sheet("甲葛\U000e0100\ufe00乙")])).text


class TestLines:
    def test_a_line_of_several_fonts_breaks_where_it_is_full(self) -> None:
        text = "张𠅤三㛃李𬭎" * 40
        document = pypdfium2.PdfDocument(printed([a_sheet(text)]))
        page = document[0].get_textpage()
        lines = page.get_text_range().replace("\r", "").split("\n")
        body = [line for line in lines if "𠅤" in line]
        assert "".join(body) == text
        assert {len(line) for line in body[:-1]} == {35}  # 14 pt in 174 mm

    def test_what_is_centred_stands_in_the_middle(self) -> None:
        def left(text: str) -> float:
            sheet = Sheet("样张", (Text(text, size_pt=30, align=Align.CENTRE),))
            page = pypdfium2.PdfDocument(printed([sheet]))[0].get_textpage()
            box: tuple[float, ...] = page.get_charbox(page.get_text_range().index(text[0]))
            return box[0]

        assert left("张㐀张") == pytest.approx(left("张三张"), abs=1)


class TestMachines:
    def test_a_font_that_is_not_there_is_named_where_it_is_needed(self, tmp_path: Path) -> None:
        fonts = (*FONTS[:2], Font(str(tmp_path / "HanaMinA.ttf"), "fonts-hanazono"))
        assert "张镕" in Paper(printed([a_sheet("张镕")], fonts)).text
        with pytest.raises(FormError, match=r"HanaMinA\.ttf.*apt install fonts-hanazono"):
            printed([a_sheet("张𠅤㴪")], fonts)

    def test_what_the_import_says_of_a_character_is_what_the_paper_shows(self) -> None:
        known = glyphs()
        text = EVERYDAY + BEYOND_GB_2312 + RAREST + NOWHERE
        assert known.absent == ()
        assert known.lacking(text) == tuple(NOWHERE)
        assert Paper(printed([a_sheet(text)])).text.count("〓") == len(NOWHERE)

    def test_only_what_is_installed_counts(self, tmp_path: Path) -> None:
        gone = Font(str(tmp_path / "gone.ttf"), "fonts-gone")
        known = glyphs((FONTS[0], gone))
        assert known.absent == ("fonts-gone",)
        assert known.lacking("张㛃") == ("㛃",)

    def test_without_fontconfig_nothing_is_known_but_that(self, tmp_path: Path) -> None:
        assert glyphs(query=str(tmp_path / "fc-query")) == Glyphs(absent=("fontconfig",))

    def test_a_file_that_is_no_font_is_not_counted(self, tmp_path: Path) -> None:
        (tmp_path / "x.ttf").write_bytes(b"no font")
        known = glyphs((FONTS[0], Font(str(tmp_path / "x.ttf"), "fonts-x")))
        assert known.absent == ("fontconfig",)
