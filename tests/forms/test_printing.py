"""What keeps a form from being printed is said in a sentence, with what to do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli.main import main
from kiosk.forms.printing import FormError, printed
from kiosk.forms.sheet import Font, Picture, Sheet, Text
from tests.fakes.desk import Desk
from tests.fakes.forms import CONFIG
from tests.fakes.paper import Paper
from tests.forms.test_annex2 import a_hot_work

SHEET = Sheet("样张", (Text("内容"),))


def test_a_missing_font_names_the_debian_package(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"nowhere\.ttf.*apt install fonts-first"):
        printed([SHEET], [Font(str(tmp_path / "nowhere.ttf"), "fonts-first")])


def test_a_damaged_font_names_the_debian_package(tmp_path: Path) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(b"no font")
    with pytest.raises(FormError, match=r"字体 .*不能用.*fonts-first"):
        printed([SHEET], [Font(str(font), "fonts-first")])


def test_what_takes_too_long_is_ended() -> None:
    began_s = time.monotonic()
    with pytest.raises(FormError, match="没有画完"):
        printed([SHEET], deadline_s=0.001)
    assert time.monotonic() - began_s < 30


def test_what_is_higher_than_a_page_is_said() -> None:
    with pytest.raises(FormError, match="样张: 有一项比一页还高"):
        printed([Sheet("样张", (Picture(height_mm=400),))])


class TestCommand:
    @pytest.mark.parametrize(
        "kind", ["annex1", "risk-card", "emergency-card", "layout", "stickers", "privacy", "blank"]
    )
    def test_forms_of_content_need_no_data_folder(self, kind: str, tmp_path: Path) -> None:
        out = tmp_path / "form.pdf"
        done = CliRunner().invoke(
            main, ["export", kind, "--config", str(CONFIG / "kiosk.toml"), "--out", str(out)]
        )
        assert done.exit_code == 0, done.output
        assert str(out) in done.output
        assert "示例机械厂" in Paper(out.read_bytes()).text

    def test_annex_2_of_a_check_and_of_a_day(self, desk: Desk, tmp_path: Path) -> None:
        check = a_hot_work(desk)
        desk.a_check()
        out = tmp_path / "annex2.pdf"
        for chosen in (["--check", check], ["--day", "2026-11-24"]):
            done = CliRunner().invoke(
                main, ["export", "annex2", "--data", str(desk.folder), *chosen, "--out", str(out)]
            )
            assert done.exit_code == 0, done.output
            paper = Paper(out.read_bytes())
            assert "李四（A002）" in paper.text
            assert len(paper.photos()) == 4

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["annex2"], "用 --data 指明数据文件夹"),
            (["annex1", "--of", "diving"], "没有 'diving'"),
            (["blank", "--of", "welder"], "没有 'welder'"),
        ],
    )
    def test_what_cannot_be_done_is_a_sentence(
        self, arguments: list[str], said: str, tmp_path: Path
    ) -> None:
        done = CliRunner().invoke(main, ["export", *arguments, "--out", str(tmp_path / "x.pdf")])
        assert done.exit_code == 1
        assert said in done.output
        assert "Traceback" not in done.output
        assert not (tmp_path / "x.pdf").exists()

    def test_an_unknown_check_is_a_sentence(self, desk: Desk, tmp_path: Path) -> None:
        arguments = [
            "export",
            "annex2",
            "--data",
            str(desk.folder),
            "--check",
            "c9",
            "--out",
            str(tmp_path / "x"),
        ]
        done = CliRunner().invoke(main, arguments)
        assert (done.exit_code, "没有这次检查：c9" in done.output) == (1, True)
