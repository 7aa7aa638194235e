"""How it is installed: from a checkout alone."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ["kiosk", "devices", "ui", "sync"]


def ended(*command: str) -> subprocess.CompletedProcess[str]:
    """Return how a Python program, started in the checkout, ended."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    [
        [
            "-m",
            "pip",
            "wheel",
            "--no-index",
            "--no-build-isolation",
            "--no-deps",
            ".",
            "--wheel-dir",
        ],
        [
            "-m",
            "pip",
            "install",
            "--no-index",
            "--no-build-isolation",
            "--no-deps",
            ".",
            "--target",
        ],
        ["-m", "hatchling", "build", "--target", "wheel", "--directory"],
        ["-m", "hatchling", "build", "--target", "sdist", "--directory"],
    ],
    ids=["pip wheel", "pip install", "wheel", "sdist"],
)
def test_an_archive_is_refused_in_a_sentence_that_names_the_installation(
    command: list[str], tmp_path: Path
) -> None:
    refused = ended(*command, str(tmp_path))
    said = refused.stdout + refused.stderr
    assert refused.returncode != 0
    assert "run `make setup` in a checkout, or install a station as systemd/README.md says." in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_editable_install_is_the_checkout_and_nothing_else(tmp_path: Path) -> None:
    build = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    built = ended("-c", build, str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.iterdir()
    with ZipFile(wheel) as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist()}
    (path,) = (text for name, text in inside.items() if "/" not in name)
    assert path.strip() == str(ROOT)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in inside)


def test_it_says_its_licence_and_brings_its_types_and_its_command() -> None:
    installed = distribution("banqian")
    assert installed.metadata["License-Expression"] == "Apache-2.0"
    assert [script.name for script in installed.entry_points] == ["kiosk"]
    assert [package for package in PACKAGES if not (ROOT / package / "py.typed").exists()] == []
