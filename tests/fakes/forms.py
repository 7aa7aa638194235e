"""What forms are filled from: the real words, lists and enterprise, a small door."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.flow.door import Door
from kiosk.forms.source import Source
from kiosk.packs import load_accident_lists, load_enterprise
from kiosk.processes.forms import FORMS
from tests.fakes.content import a_door
from ui.texts import load_texts

CONFIG = Path(__file__).parent.parent.parent / "config"


def a_source(door: Door | None = None, **names: str) -> Source:
    """Return what forms are filled from: the real words and lists, a small door."""
    return Source(
        door=door or a_door(),
        lists=load_accident_lists(CONFIG / "lists/accident-types.toml"),
        enterprise=load_enterprise(CONFIG / "sample/enterprise.toml"),
        station="一号车间东门",
        company="示例机械厂",
        zone=ZoneInfo("Asia/Shanghai"),
        say=load_texts(CONFIG / "texts/forms.toml", FORMS).say,
        names=names,
    )
