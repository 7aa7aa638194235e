"""What the documents say exists, and what exists is said."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kiosk.cli.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "systemd/README.md"]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command: click.Command = main.commands[name]
    assert command.help
    assert f"`kiosk {name}`" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_architecture_names_folders_that_exist() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = text.split("## Where things are")[1].split("##")[0]
    for path in re.findall(r"`((?:kiosk|devices|ui|sync|config|systemd)(?:/[\w/.]*)?)`", table):
        assert (ROOT / path).exists(), path
