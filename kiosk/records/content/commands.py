"""What a supervisor may ask the station about packs.

`by` is the 工号 of who is signed in; the station judges whether that suffices.
"""

from __future__ import annotations

import msgspec

from kiosk.model.manuscript import Manuscript


class PublishPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="publish_pack"):
    """Make a manuscript the newest version of its pack.

    `pictures` are those its drills point at, name to digest: kept before (`KeepPicture`), or of a
    pack in use. `based_on` is the version the manuscript was made from, empty for a pack that is
    new: when another is the newest by now, nothing is published.
    """

    by: str
    manuscript: Manuscript
    pictures: dict[str, str] = {}
    based_on: str = ""


class KeepPicture(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="keep_picture"):
    """Keep a photo of a target (a JPEG) for a pack that will be published; records nothing."""

    by: str
    jpeg: bytes


class WithdrawPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="withdraw_pack"):
    """Take a pack of the factory's own out of use; `version` is its newest, as the sender has seen
    it.
    """

    by: str
    pack: str
    version: str


PackCommand = PublishPack | KeepPicture | WithdrawPack


class PictureKept(msgspec.Struct, frozen=True, tag="picture_kept"):
    """The photo is on the station's disk, under this digest."""

    digest: str


class ContentState(msgspec.Struct, frozen=True):
    """Which content the door uses, and which is on its way."""

    in_use: dict[str, str] = {}
    """Pack to version."""
    coming: dict[str, str] = {}
    """What will be in use once its sentences are spoken and nobody is in a check; empty mostly."""
    sentences: tuple[int, int] = (0, 0)
    """Of what is coming: rendered, and to render."""
    troubles: tuple[str, ...] = ()
    """What of the factory's own cannot be used, in sentences."""
    held_up: str = ""
    """Why what is coming cannot be spoken yet; the station tries again."""
    unheard: str = ""
    """Which sentence of what is in use stays without sound."""
