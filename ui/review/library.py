"""The packs there are: shipped, published and of old; and what the door makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.model.content import Pack
from kiosk.model.lists import AccidentLists
from kiosk.packs.archive import find_version
from kiosk.packs.shelf import Shelf, laid_over, load_shelf, load_version
from kiosk.records.content.rows import PublishedRow


class Library(msgspec.Struct, frozen=True):
    """Packs by where they come from. `folder` holds the factory's own; `door` has the shipped content."""

    folder: Path
    door: Door
    lists: AccidentLists
    published: Sequence[PublishedRow] = ()
    shelf: Shelf = Shelf()
    withdrawn: tuple[Pack, ...] = ()
    """Packs of the factory's own that are out of use, as they were last."""

    def renewed(self, published: Sequence[PublishedRow]) -> Library:
        """Give the library with what is published now."""
        newest = {row.pack: row for row in published}
        gone = [load_version(self.folder, row, self.lists) for row in newest.values() if row.withdrawn_at]
        shelf = load_shelf(self.folder, published, self.lists)
        return replace(self, published=published, shelf=shelf, withdrawn=tuple(pack for pack in gone if pack))

    @property
    def shipped(self) -> tuple[Pack, ...]:
        """Give the packs that came with the product."""
        return self.door.packs

    @property
    def present(self) -> Door:
        """Give the door as the station has it: the factory's own packs over the shipped ones."""
        return replace(self.door, packs=laid_over(self.shipped, self.shelf.packs))

    def with_pack(self, pack: Pack) -> Door:
        """Give the door as it would be with this pack."""
        others = [own for own in self.shelf.packs if own.id != pack.id and not _share(own, pack)]
        return replace(self.door, packs=laid_over(self.shipped, [pack, *others]))

    def newest(self, pack_id: str) -> Pack | None:
        """Give a pack as it is in use or would be, the factory's own before the shipped one; else as it was last."""
        packs = (*self.shelf.packs, *self.shipped, *self.withdrawn)
        return next((pack for pack in packs if pack.id == pack_id), None)

    def newest_version(self, pack_id: str) -> str:
        """Give the version that publishing follows, as the station judges it; empty for a pack that is new."""
        versions = [row.version for row in self.published if row.pack == pack_id]
        shipped = [pack.version for pack in self.shipped if pack.id == pack_id]
        return (versions or shipped or [""])[-1]

    def version(self, pack_id: str, version: str) -> Pack | None:
        """Give a version of a pack."""
        for row in self.published:
            if (row.pack, row.version) == (pack_id, version):
                return load_version(self.folder, row, self.lists)
        return next((pack for pack in self.shipped if (pack.id, pack.version) == (pack_id, version)), None)

    def of_check(self, pack_id: str, version: str, digest: str) -> Pack | None:
        """Give the content that a check was made with, as its record names it."""
        return find_version(self.folder, pack_id, version, digest, self.lists)

    def owner_of(self, post_id: str) -> Pack | None:
        """Give the pack of the factory's own that has a post."""
        return next((pack for pack in self.shelf.packs if pack.post(post_id)), None)


def picture_files(pack: Pack, names: frozenset[str]) -> dict[str, Path]:
    """Give the files of a pack's pictures by their names."""
    if not pack.folder:
        return {}
    files = {name: Path(pack.folder) / "targets" / name for name in names}
    return {name: file for name, file in files.items() if file.is_file()}


def digests_of(files: dict[str, Path]) -> dict[str, str]:
    """Give the digests of pictures by their names."""
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def _share(one: Pack, other: Pack) -> bool:
    return bool(
        {post.id for post in one.posts} & {post.id for post in other.posts}
        or {work.id for work in one.works} & {work.id for work in other.works}
    )
