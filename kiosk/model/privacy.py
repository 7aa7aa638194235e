"""What an enterprise promises the people whose data its station keeps (个人信息保护法 第十七条)."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to turn to, and how long data is kept.

    What is empty or 0 is left open on the notice, to be written in by hand.
    """

    contact: Annotated[str, msgspec.Meta(max_length=40)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=40)] = ""
    photo_kept_days: Annotated[int, msgspec.Meta(ge=0, le=36500)] = 0
    record_kept_months: Annotated[int, msgspec.Meta(ge=0, le=1200)] = 0
