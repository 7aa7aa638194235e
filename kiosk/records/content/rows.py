"""What pages get to see of the factory's content: what was published, how words are read, whose voice is played."""

from __future__ import annotations

import msgspec


class PublishedRow(msgspec.Struct, frozen=True):
    """A version of a pack, published; with when and by whom the pack was taken out of use since, empty when it was not."""

    seq: int
    at: str
    pack: str
    version: str
    digest: str
    by_worker: str
    withdrawn_at: str = ""
    withdrawn_by: str = ""
