"""Spoiling a copy of the shipped pack, and what loading it then says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.packs import PackError

CONFIG = Path(__file__).parents[3] / "config"
SHIPPED = CONFIG / "packs" / "henan-small-factory"
WELDER = "posts/welder.toml"
PRESS = "posts/press-operator.toml"
VARIANT = "posts/press-operator-rigid-clutch.toml"


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first `old` in a file of the pack."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(load: Callable[[], object], folder: Path) -> list[str]:
    """Return the lines of the error, with the paths relative to the pack."""
    with pytest.raises(PackError) as caught:
        load()
    return [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]
