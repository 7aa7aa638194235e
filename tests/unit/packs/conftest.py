"""A copy of the shipped pack to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.packs.spoiling import CONFIG


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack, with the lists next to it."""
    shutil.copytree(CONFIG / "lists", tmp_path / "lists")
    shutil.copytree(CONFIG / "packs", tmp_path / "packs")
    return tmp_path / "packs" / "henan-small-factory"
