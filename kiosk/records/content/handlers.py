"""Publishing: a manuscript becomes the newest version of a pack, all of it or nothing.

The slow part (`prepare`: looking through it, writing, forcing it onto the disk) is done outside the
door's loop; the part that decides (`record`: is it still the next version? then a rename and an
entry) inside of it. A power cut before the entry leaves a folder that nobody names.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Declined, Recorded, Reply
from kiosk.journal.errors import StorageError
from kiosk.journal.log import Journal
from kiosk.journal.storage import make_folder, storage_errors, sync_folder
from kiosk.model.content import Pack
from kiosk.model.lists import AccidentLists
from kiosk.model.manuscript import Manuscript, next_version
from kiosk.packs.advice import Known, advice
from kiosk.packs.archive import find_version, keep_shipped, picture_of_before
from kiosk.packs.pack import read_pack
from kiosk.packs.pictures import Pictures, is_name, jpeg_trouble, pictures_of
from kiosk.packs.problems import PackError
from kiosk.packs.shelf import Shelf, clash, laid_over, load_shelf
from kiosk.packs.writing import plain, write_pack
from kiosk.records.content.commands import KeepPicture, PictureKept, PublishPack, WithdrawPack
from kiosk.records.content.facts import PackPublished, PackWithdrawn
from kiosk.records.reader import Reading

NOT_ALLOWED = Declined("没有权限：内容由安全员或负责人发布")
_INCOMING = ".incoming"
_KEPT = ".pictures"
_MOST_KEPT = 400
_MOST_NAMED = 5


class Prepared(msgspec.Struct, frozen=True):
    """A version that lies ready, complete and sound, in a folder of its own."""

    pack: Pack
    folder: Path
    by: str
    based_on: str
    after: int
    """The number of the newest publication's entry when it was looked through."""


class Publishing:
    """Publishes packs into a folder. `shipped` are the packs that came with the product."""

    def __init__(
        self,
        journal: Journal,
        reading: Reading,
        folder: Path,
        shipped: tuple[Pack, ...],
        lists: AccidentLists,
    ) -> None:
        self._journal = journal
        self._reading = reading
        self._folder = folder
        self._shipped = shipped
        self._lists = lists
        self._kept = Pictures(folder / _KEPT)

    def sweep(self) -> None:
        """Remove what a power cut left half-written. Raise StorageError."""
        with storage_errors():
            shutil.rmtree(self._folder / _INCOMING, ignore_errors=True)
            self._kept.sweep(_MOST_KEPT)

    def keep_shipped(self) -> None:
        """Keep the shipped packs for the day when an update has replaced them.

        Raise StorageError.
        """
        keep_shipped(self._folder, self._shipped, self._folder / _INCOMING)

    def shelf(self) -> Shelf:
        """Load what is published and sound."""
        return load_shelf(self._folder, self._reading.published(), self._lists)

    def packs_with(self, pack_id: str, version: str, digest: str) -> Iterator[tuple[Pack, ...]]:
        """Yield the packs the door may have had when this version of a pack was in use."""
        yield self._shipped
        others = [pack for pack in self.shelf().packs if pack.id != pack_id]
        yield laid_over(self._shipped, others)
        found = find_version(self._folder, pack_id, version, digest, self._lists)
        if found is not None:
            yield laid_over(
                self._shipped, [found, *(pack for pack in others if not clash(found, [pack]))]
            )

    def keep(self, command: KeepPicture) -> Reply:
        """Keep a picture."""
        if not may_manage(self._journal.people.get(command.by)):
            return NOT_ALLOWED
        if trouble := jpeg_trouble(command.jpeg):
            return Declined(trouble)
        try:
            with storage_errors():
                kept = PictureKept(self._kept.keep(command.jpeg))
                self._kept.sweep(_MOST_KEPT)
                return kept
        except StorageError as error:
            return Declined(str(error))

    def withdraw(self, command: WithdrawPack) -> Reply:
        """Take a pack out of use; where the journal's writer runs."""
        if not may_manage(self._journal.people.get(command.by)):
            return NOT_ALLOWED
        rows = [row for row in self._reading.published() if row.pack == command.pack]
        if not rows or rows[-1].withdrawn_at:
            return Declined("这个内容包没有在用")
        if rows[-1].version != command.version:
            return Declined(f"已经有人发布了 {rows[-1].version} 版，请看过再停用")
        try:
            return Recorded(
                self._journal.append([PackWithdrawn(command.pack, command.version, command.by)])
            )
        except StorageError as error:
            return Declined(str(error))

    def prepare(self, command: PublishPack) -> Prepared | Declined:
        """Look through a manuscript and write it; takes its time, on any thread."""
        if not may_manage(self._journal.people.get(command.by)):
            return NOT_ALLOWED
        if objection := self._objection(command):
            return Declined(objection)
        pictures = self._pictures(command.manuscript, command.pictures)
        if isinstance(pictures, Declined):
            return pictures
        try:
            with storage_errors():
                return self._written(command, pictures)
        except StorageError as error:
            return Declined(str(error))

    def record(self, prepared: Prepared) -> Reply:
        """Make what lies ready the newest version; where the journal's writer runs."""
        try:
            overtaken = self._reading.last_published() != prepared.after
            if overtaken and (objection := self._in_the_way(prepared.pack, prepared.based_on)):
                return Declined(objection)
            with storage_errors():
                self._put_in_place(prepared)
            pack = prepared.pack
            return Recorded(
                self._journal.append(
                    [PackPublished(pack.id, pack.version, pack.digest, prepared.by)]
                )
            )
        except StorageError as error:
            return Declined(str(error))
        finally:
            shutil.rmtree(prepared.folder.parent, ignore_errors=True)

    def _objection(self, command: PublishPack) -> str:
        found = advice(
            msgspec.to_builtins(plain(command.manuscript)),
            Known(command.pictures, {each.id: each.codes for each in self._lists.lists}),
        )
        if found:
            lines = [f"{key}：{what}" for key, what in list(found.items())[:_MOST_NAMED]]
            return "；".join(lines)
        if odd := [name for name in command.pictures if not is_name(name)]:
            return f"照片名“{odd[0]}”不能用，只能有小写字母、数字和横线"
        return self._overtaken(command.manuscript.id, command.based_on)

    def _in_the_way(self, pack: Pack, based_on: str) -> str:
        return self._overtaken(pack.id, based_on) or clash(pack, self.shelf().packs)

    def _overtaken(self, pack_id: str, based_on: str) -> str:
        newest = self._newest(pack_id)
        if newest == based_on:
            return ""
        if not newest:
            return f"没有 {pack_id} 的 {based_on} 版，请从现有的内容重新复制"
        origin = f"{based_on} 版" if based_on else "头"
        return (
            f"已经有人发布了 {newest} 版，这份草稿是从{origin}写的。"
            "请先比较两份内容，再决定怎么发布"
        )

    def _newest(self, pack_id: str) -> str:
        """Return the newest version of a pack: of the factory's own, else the shipped one; empty
        when there is none.
        """
        versions = [row.version for row in self._reading.published() if row.pack == pack_id]
        shipped = [pack.version for pack in self._shipped if pack.id == pack_id]
        return (versions or shipped or [""])[-1]

    def _next(self, pack_id: str) -> str:
        versions = [row.version for row in self._reading.published() if row.pack == pack_id]
        shipped = [pack.version for pack in self._shipped if pack.id == pack_id]
        return next_version((*versions, *shipped))

    def _pictures(
        self, manuscript: Manuscript, digests: dict[str, str]
    ) -> dict[str, Path | bytes] | Declined:
        """Find the pictures a manuscript names; those of the shipped packs are copied, not shared:
        an update replaces them.
        """
        own, shipped = pictures_of(self.shelf().packs), pictures_of(self._shipped)
        found: dict[str, Path | bytes] = {}
        for name in sorted(manuscript.pictures):
            digest = digests[name]
            if file := self._kept.path(digest) or own.get(digest):
                found[name] = file
            elif file := shipped.get(digest):
                found[name] = file.read_bytes()
            elif file := picture_of_before(self._folder, manuscript.id, name, digest):
                found[name] = file
            else:
                return Declined(f"班前站没有照片 {name}，请重新上传这张照片")
        return found

    def _written(
        self, command: PublishPack, pictures: dict[str, Path | bytes]
    ) -> Prepared | Declined:
        after = self._reading.last_published()
        manuscript, version = command.manuscript, self._next(command.manuscript.id)
        folder = self._folder / _INCOMING / uuid.uuid4().hex / manuscript.id
        make_folder(folder.parent)
        try:
            write_pack(folder, manuscript, version, pictures)
            pack = read_pack(folder, self._lists)
        except PackError as error:
            shutil.rmtree(folder.parent, ignore_errors=True)
            return Declined(f"内容没有通过检查：{error.problems[0].key} {error.problems[0].what}")
        except OSError:
            shutil.rmtree(folder.parent, ignore_errors=True)
            raise
        if objection := self._in_the_way(pack, command.based_on):
            shutil.rmtree(folder.parent, ignore_errors=True)
            return Declined(objection)
        return Prepared(pack, folder, command.by, command.based_on, after)

    def _put_in_place(self, prepared: Prepared) -> None:
        place = self._folder / prepared.pack.id / prepared.pack.version
        make_folder(place.parent)
        if place.exists():  # a power cut came before its entry: nobody names it
            shutil.rmtree(place)
        prepared.folder.rename(place)
        sync_folder(place.parent)
