"""Whatever a command prints of the outside is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli.main import main
from kiosk.cli.verify import verify_data
from kiosk.processes.telling import tell

NAME = "[/x] [red]\x1b[31m\u202e"
SEEN = r"[/x] [red]\x1b[31m\u202e"


@pytest.mark.parametrize("err", [False, True])
def test_it_is_no_markup_and_steers_no_terminal(
    capsys: pytest.CaptureFixture[str], err: bool
) -> None:
    tell(f"{NAME}\n第二行", err=err)
    told = capsys.readouterr()
    assert (told.err if err else told.out) == f"{SEEN}\n第二行\n"


def test_a_folder_without_a_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_data("test-0001", tmp_path / NAME) == 1
    assert f"{SEEN}：没有日志" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["import", "{file}"],
        ["export", "--config", "{file}", "blank", "--out", "{file}.pdf"],
        ["render", "--config", "{file}"],
        ["county", "--config", "{file}"],
        ["doctor", "--config", "{file}"],
    ],
    ids=lambda command: command[0],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, command: list[str]) -> None:
    """Their folders and what is written in them come from outside."""
    folder = tmp_path / NAME.replace("/", "")
    folder.mkdir()
    file = folder / "file.toml"
    file.write_text("[station]\nname = 5\nid = '[/x]'\n", encoding="utf-8")
    words = [word.format(file=file) for word in command]
    told = CliRunner().invoke(main, [*words, *_data(command, tmp_path)])
    assert told.exit_code in (1, 2), (told.output, told.exception)
    assert isinstance(told.exception, SystemExit)
    assert r"[x] [red]\x1b[31m\u202e" in told.output
    assert "\x1b" not in told.output


def _data(command: list[str], tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path)] if command[0] != "export" else []
