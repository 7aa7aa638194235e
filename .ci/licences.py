"""Print docs/licences.md: what a station is installed with, and the licence each package states."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from platform import freedesktop_os_release

ROOT = Path(__file__).parents[1]
DOC = Path("/usr/share/doc")

# Read by a person: the package is not on every machine, or states its licence in free words.
BY_HAND = {
    "adafruit-lgpio": "Unlicense",
    "espeak-ng": "GPL-3.0-or-later",
    "fontconfig": "HPND-sell-variant",
    "fonts-arphic-gbsn00lp": "Arphic-1999",
    "fonts-arphic-uming": "Arphic-1999",
    "lgpio": "Unlicense",
    "python3": "PSF-2.0",
    "python3-venv": "PSF-2.0",
}
REMEDY = "and write it into .ci/licences.py"
LONGEST_NAME = 40

PAGE = """\
# What is installed with it

Banqian itself is under the Apache License 2.0 ([LICENSE](../LICENSE)). `make licences` writes this
page from `requirements.lock` and `.ci/debian-packages.txt`; each licence is named as its package
names it. A wheel may carry libraries of others: their licences lie beside its own, in
`.venv/lib/python3.*/site-packages/*.dist-info/`. What a Debian package depends on is not listed:
`/usr/share/doc/*/copyright` on the station says it.

## From PyPI

| package | version | licence |
|---|---|---|
{wheels}

## From Debian

Versions are those of {release}.

| package | version | licence |
|---|---|---|
{debian}
"""


def wheel_licence(name: str) -> str:
    """Return the licence that an installed package states; raise SystemExit if it states none."""
    if name in BY_HAND:
        return BY_HAND[name]
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        raise SystemExit(f"{name} is not installed here: read its licence, {REMEDY}") from None
    if stated["License-Expression"]:
        return stated["License-Expression"]
    field = stated["License"] or ""
    if 0 < len(field) <= LONGEST_NAME:  # some put the whole text where the name belongs
        return field
    for classifier in stated.get_all("Classifier", []):
        if classifier.startswith("License ::"):
            return str(classifier.split(" :: ")[-1])
    raise SystemExit(f"{name} names no licence: read it, {REMEDY}")


def debian_licence(name: str) -> str:
    """Return the licence of a Debian package; raise SystemExit if its copyright file names none."""
    if name in BY_HAND:
        return BY_HAND[name]
    text = (DOC / name / "copyright").read_text(encoding="utf-8")
    found = re.search(r"^Files:\s*\*\n(?:(?!Files:).+\n)*?License:[ \t]*(.+)$", text, re.MULTILINE)
    if not found:
        raise SystemExit(f"{DOC / name / 'copyright'} names no licence: read it, {REMEDY}")
    return found[1]


def debian_version(name: str) -> str:
    """Return the installed version of a Debian package."""
    return subprocess.check_output(["dpkg-query", "-W", "-f=${Version}", name], text=True)


def page() -> str:
    """Return the page."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    listed = (ROOT / ".ci/debian-packages.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in listed if line and not line.startswith("#")]
    release = freedesktop_os_release()["PRETTY_NAME"]
    wheels = [
        f"| {name} | {version} | {wheel_licence(name)} |"
        for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE)
    ]
    debian = [f"| {name} | {debian_version(name)} | {debian_licence(name)} |" for name in packages]
    return PAGE.format(wheels="\n".join(wheels), release=release, debian="\n".join(debian))


if __name__ == "__main__":
    sys.stdout.write(page())
