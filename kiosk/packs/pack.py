"""One content pack: a folder of TOML files and pictures becomes a `Pack`, or a `PackError` that
names everything wrong in it.

pack.toml id, version, dates, provenance, basis, the general lines of 一备三查 posts/<id>.toml one
post (岗位) each works/<id>.toml one hazardous work (危险作业) each targets/ the pictures whose
spots the drills point at
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from kiosk.model.content import (
    Basis,
    EmergencyCard,
    Id,
    Lines,
    Pack,
    Post,
    SameLine,
    Work,
    in_order,
)
from kiosk.model.lists import AccidentLists
from kiosk.packs.checks import Vocabulary, header_faults, post_faults, work_faults
from kiosk.packs.files import Table, digest, picture_trouble, read_table
from kiosk.packs.problems import PackError, Problem, decoded, located
from kiosk.packs.variants import laid_over

T = TypeVar("T", bound=msgspec.Struct)
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """pack.toml."""

    id: Id
    title: Text
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)]
    effective_on: date
    review_on: date
    provenance: Text
    accident_list: Id
    basis: Annotated[tuple[Basis, ...], msgspec.Meta(min_length=1)]
    lines: Lines
    emergency: tuple[EmergencyCard, ...] = ()
    same_lines: tuple[SameLine, ...] = ()
    work_order: tuple[Id, ...] = ()


def read_pack(folder: Path, lists: AccidentLists) -> Pack:
    """Load one pack.

    Raise PackError with all its problems; a file that does not fit its type is checked no further.
    """
    problems: list[Problem] = []
    tables = _tables(folder, problems)
    pictures = _pictures(folder, problems)
    header = _decoded(folder / "pack.toml", tables, Header, problems)
    posts = _all_decoded(folder / "posts", _varied(folder, tables, problems), Post, problems)
    works = _all_decoded(folder / "works", tables, Work, problems)
    known = Vocabulary(
        pictures.keys(),
        _codes(folder / "pack.toml", header, lists, problems),
        frozenset(same.id for same in header.same_lines) if header else None,
        frozenset(drill.id for post in posts.values() for drill in post.more_drills),
    )
    if header is not None:
        problems += located(
            folder / "pack.toml",
            header_faults(header.lines, header.emergency, header.same_lines, known),
        )
    for path, post in posts.items():
        problems += located(path, post_faults(post, known))
    for path, work in works.items():
        problems += located(path, work_faults(work, known))
    problems += _misnamed(posts | works)
    if problems or header is None:
        raise PackError(problems)
    return Pack(
        **msgspec.structs.asdict(header),
        posts=tuple(posts.values()),
        works=in_order(works.values(), header.work_order),
        digest=digest(folder, [*tables, *pictures.values()]),
        folder=str(folder.absolute()),
    )


def _tables(folder: Path, problems: list[Problem]) -> dict[Path, Table]:
    tables = {}
    header, posts, works = (
        folder / "pack.toml",
        _toml_in(folder / "posts"),
        _toml_in(folder / "works"),
    )
    for path in (header, *posts, *works):
        try:
            tables[path] = read_table(path)
        except PackError as error:
            problems += error.problems
    if not posts:
        problems.append(Problem(folder / "posts", "", "no post here; a pack has at least one"))
    elsewhere = {*_toml_in(folder), *_toml_in(folder, "*/**/*.toml")} - {header, *posts, *works}
    problems += [
        Problem(path, "", "has no place here; use posts/ or works/") for path in sorted(elsewhere)
    ]
    return tables


def _toml_in(folder: Path, pattern: str = "*.toml") -> list[Path]:
    return sorted(
        (path for path in folder.glob(pattern) if not path.name.startswith(".")),
        key=lambda path: path.stem,
    )


def _pictures(folder: Path, problems: list[Problem]) -> dict[str, Path]:
    pictures = {path.name: path for path in sorted(folder.glob("targets/[!.]*"))}
    troubles = {path: picture_trouble(path) for path in pictures.values()}
    problems += [Problem(path, "", trouble) for path, trouble in troubles.items() if trouble]
    return pictures


def _varied(folder: Path, tables: dict[Path, Table], problems: list[Problem]) -> dict[Path, Table]:
    """Apply each variant of a post to the post that it varies."""
    varied: dict[Path, Table] = {}
    for path, table in tables.items():
        if "variant_of" not in table:
            varied[path] = table
            continue
        base = tables.get(folder / "posts" / f"{table['variant_of']}.toml")
        if base is None or "variant_of" in base:
            problems.append(
                Problem(path, "variant_of", f"no post of its own: {table['variant_of']!r}")
            )
            continue
        own = {key: value for key, value in table.items() if key != "variant_of"}
        varied[path] = laid_over(base, own)
    return varied


def _all_decoded(
    folder: Path, tables: dict[Path, Table], kind: type[T], problems: list[Problem]
) -> dict[Path, T]:
    structs = {
        path: _decoded(path, tables, kind, problems) for path in tables if path.parent == folder
    }
    return {path: struct for path, struct in structs.items() if struct is not None}


def _decoded(
    path: Path, tables: dict[Path, Table], kind: type[T], problems: list[Problem]
) -> T | None:
    if path not in tables:
        return None
    try:
        return decoded(path, tables[path], kind)
    except PackError as error:
        problems += error.problems
        return None


def _codes(
    path: Path, header: Header | None, lists: AccidentLists, problems: list[Problem]
) -> frozenset[str]:
    """Return the codes of the pack's list of accident types; of all lists when the pack names none
    that is known.
    """
    everything = frozenset(code for known in lists.lists for code in known.codes)
    if header is None:
        return everything
    if header.review_on <= header.effective_on:
        problems.append(
            Problem(
                path,
                "review_on",
                f"expected a day after {header.effective_on}, got {header.review_on}",
            )
        )
    named = lists.named(header.accident_list)
    if named is None:
        names = ", ".join(known.id for known in lists.lists)
        problems.append(
            Problem(
                path, "accident_list", f"no list {header.accident_list!r}; expected one of {names}"
            )
        )
    return named.codes if named else everything


def _misnamed(items: dict[Path, Post | Work]) -> Iterator[Problem]:
    for path, item in items.items():
        if item.id != path.stem:
            yield Problem(
                path, "id", f"expected {path.stem!r} like the file's name, got {item.id!r}"
            )
