"""How it is installed: from a checkout alone, by two locks for Linux, with every licence named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ["kiosk", "devices", "ui", "sync"]
MACHINES = [
    {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": machine,
        "python_version": version,
        "python_full_version": f"{version}.2",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for machine, version in product(["x86_64", "aarch64"], ["3.11", "3.12", "3.13"])
]


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


def locked(name: str) -> list[Requirement]:
    """Return what a lock asks for."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [Requirement(line) for line in re.findall(r"^([a-z0-9].*?) *\\?$", text, re.MULTILINE)]


def asked(requirements: list[str]) -> list[Requirement]:
    return [Requirement(requirement) for requirement in requirements]


STATION, DEVELOPERS = locked("requirements.lock"), locked("requirements-dev.lock")
WANTED = asked(PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["install"])
WANTED_BY_DEVELOPERS = asked(PROJECT["dependency-groups"]["dev"])


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


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_is_for_linux_alone(lock: str) -> None:
    """pip parses every marker: Debian 13's fails at `platform_release` on most kernels' names."""
    elsewhere = [
        MACHINES[0] | {"sys_platform": other, "platform_system": system}
        for other, system in [
            ("win32", "Windows"),
            ("darwin", "Darwin"),
            ("emscripten", "Emscripten"),
        ]
    ]
    for requirement in locked(lock):
        marker = requirement.marker
        assert marker is not None, requirement
        assert "platform_release" not in str(marker)
        assert not any(marker.evaluate(machine) for machine in elsewhere), requirement


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_everything_locked_has_a_version_and_a_digest(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9].*\n(?:    .*\n)*", text, re.MULTILINE)
    assert len(entries) == len(locked(lock))
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [(WANTED, STATION), (WANTED_BY_DEVELOPERS, DEVELOPERS)],
    ids=["station", "developers"],
)
@pytest.mark.parametrize(
    "machine",
    MACHINES,
    ids=lambda machine: f"{machine['platform_machine']} {machine['python_version']}",
)
def test_a_lock_has_one_version_of_what_is_asked_for(
    wanted: list[Requirement], lock: list[Requirement], machine: dict[str, str]
) -> None:
    held = [entry for entry in lock if entry.marker is None or entry.marker.evaluate(machine)]
    versions = {entry.name: str(entry.specifier).removeprefix("==") for entry in held}
    assert len(versions) == len(held)
    for requirement in wanted:
        if requirement.marker is None or requirement.marker.evaluate(machine):
            assert requirement.specifier.contains(versions[requirement.name]), requirement


def test_a_station_gets_no_developers_tool() -> None:
    """The developers' lock comes on top: what is in both would have to agree for ever."""
    station, developers = ({entry.name for entry in lock} for lock in (STATION, DEVELOPERS))
    assert {requirement.name for requirement in WANTED_BY_DEVELOPERS} <= developers
    assert station & developers == set()


@pytest.mark.parametrize(
    ("target", "installed"),
    [
        ("setup", False),
        ("demo", False),
        ("walk", False),
        ("lint", True),
        ("test", True),
        ("bench", True),
    ],
)
def test_who_develops_alone_gets_the_developers_lock(target: str, installed: bool) -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "VENV=/nowhere", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "bash .ci/setup" in planned.stdout
    assert ("requirements-dev.lock" in planned.stdout) is installed


@pytest.mark.parametrize(("ci", "shown"), [("true", True), ("", False)])
def test_continuous_integration_shows_what_took_longest(ci: str, shown: bool) -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "VENV=/nowhere", f"CI={ci}", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("--durations=25" in planned.stdout) is shown


def test_the_page_of_licences_names_exactly_what_a_station_is_installed_with() -> None:
    """Fails when a dependency came or went, or has another version: run `make licences`."""
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    wheels, debian = (
        re.findall(r"^\| (\S+) \| (\S+) \| \S.* \|$", table, re.MULTILINE)[1:]
        for table in page.split("## From Debian")
    )
    assert wheels == [(entry.name, str(entry.specifier).removeprefix("==")) for entry in STATION]
    listed = (ROOT / ".ci/debian-packages.txt").read_text(encoding="utf-8").splitlines()
    assert [name for name, _ in debian] == [line for line in listed if line and line[0] != "#"]
