"""What the documents say exists, and what exists is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kiosk.cli.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "systemd/README.md",
]
TRUE_TO_THE_TREE = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]
"""The documents that speak of the tree as it is; a change log speaks of it as it was."""
DECISIONS = [
    path for path in sorted((ROOT / "docs/decisions").glob("*.md")) if path.name != "README.md"
]
PACKAGES = "kiosk|devices|ui|sync"
FOLDERS = rf"{PACKAGES}|config|systemd|tests|docs|\.ci"


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def named(document: Path, pattern: str) -> list[str]:
    """Return what a document names `in backticks` and matches, but for its blocks of code."""
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.findall(rf"`({pattern})`", text)


def sections(text: str, heading: str) -> Iterator[tuple[str, list[str]]]:
    """Return the title of each section under such a heading, with the lines that are not blank."""
    for section in re.split(rf"^{heading} ", text, flags=re.M)[1:]:
        title, *lines = re.split(r"^#", section, flags=re.M)[0].splitlines()
        yield title, [line for line in lines if line.strip()]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command: click.Command = main.commands[name]
    assert command.help
    assert f"`kiosk {name}`" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=short)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", TRUE_TO_THE_TREE, ids=short)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    paths = named(document, rf"(?:{FOLDERS})/[\w./*-]*")
    assert [path for path in paths if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("document", TRUE_TO_THE_TREE, ids=short)
def test_everything_in_a_module_that_a_document_names_is_there(document: Path) -> None:
    names = named(document, rf"(?:{PACKAGES})(?!\.toml)(?:\.\w+)+(?:\([^`]*\))?")
    assert [name for name in names if not is_defined(name.partition("(")[0])] == []


def is_defined(name: str) -> bool:
    """Return whether a dotted name is a module, or something that a module's own text names."""
    path, parts = ROOT, name.split(".")
    while parts and ((path / parts[0]).is_dir() or (path / f"{parts[0]}.py").is_file()):
        path = path / parts.pop(0)
    module = path / "__init__.py" if path.is_dir() else path.with_name(f"{path.name}.py")
    return not parts or bool(re.search(rf"\b{parts[0]}\b", module.read_text(encoding="utf-8")))


def test_the_architecture_names_folders_that_exist() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = text.split("## Where things are")[1].split("##")[0]
    for path in re.findall(r"`((?:kiosk|devices|ui|sync|config|systemd)(?:/[\w/.]*)?)`", table):
        assert (ROOT / path).exists(), path


class TestRecipes:
    def test_there_is_one_for_each_usual_change(self) -> None:
        titles = [title for title, _ in sections(CONTRIBUTING, "###")]
        for change in ("driver", "stage", "command", "page", "text", "post"):
            assert any(f" {change}" in title for title in titles), change

    def test_each_is_short_and_names_files(self) -> None:
        for title, lines in sections(CONTRIBUTING, "###"):
            assert len(lines) <= 15, title
            assert re.search(rf"`(?:{FOLDERS})/", "\n".join(lines)), title


class TestDecisions:
    @pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem[:4])
    def test_each_has_the_same_form(self, decision: Path) -> None:
        text = decision.read_text(encoding="utf-8")
        head = re.match(r"# (\d+)\. .+\n\n- Status: (.+)\n- Date: (\S+)", text)
        assert head is not None
        assert int(head[1]) == int(decision.name[:4])
        assert re.match(r"accepted|superseded by \d+", head[2])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", head[3])
        headings = re.findall(r"^## (.+)$", text, flags=re.M)
        assert headings == ["Context", "Decision", "Alternatives", "Consequences"]
        assert all(lines for _, lines in sections(text, "##"))
        assert len(text.splitlines()) <= 45

    def test_their_numbers_have_no_gap(self) -> None:
        assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))

    def test_the_index_has_each_with_its_title_and_status(self) -> None:
        index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
        rows = [line for line in index.splitlines() if line.startswith("| [")]
        assert rows == [row_of(path) for path in DECISIONS]


def row_of(decision: Path) -> str:
    title, _, status, *_ = decision.read_text(encoding="utf-8").splitlines()
    number, words = decision.name[:4], title.partition(". ")[2]
    return f"| [{number}]({decision.name}) | {words} | {status.removeprefix('- Status: ')} |"


class TestChanges:
    def test_each_release_names_its_day_and_commit_newest_first(self) -> None:
        titles = re.findall(r"^## (.+)$", CHANGES, flags=re.M)
        assert titles[0] == "Unreleased"
        released = [
            re.match(r"(\d+)\.(\d+)\.(\d+) — (\d{4}-\d\d-\d\d) \([0-9a-f]{7}\)", title)
            for title in titles[1:]
        ]
        versions = [tuple(map(int, each.groups()[:3])) for each in released if each]
        assert len(versions) == len(titles) - 1
        assert versions == sorted(versions, reverse=True)

    def test_a_change_is_new_different_or_mended(self) -> None:
        assert set(re.findall(r"^### (.+)$", CHANGES, flags=re.M)) <= {"Added", "Changed", "Fixed"}
