"""People, their cards, and who answers for which measure."""

from __future__ import annotations

import enum

from kiosk.model.fact import Fact


class ErasureReason(enum.StrEnum):
    """Why a worker's personal data was erased (个人信息保护法 第四十七条); a code, so that no name
    gets into the journal.
    """

    ASKED = "asked"
    PURPOSE_ENDED = "purpose_ended"
    MISTAKE = "mistake"


class WorkerChanged(Fact, frozen=True, tag="worker.changed"):
    """A worker was added, changed or erased in the roster; the personal data itself stays out of
    the journal.

    `digest` (hex, keyed with the station's card secret) holds the roster to what it was then; empty
    in old facts.
    """

    worker: str
    digest: str = ""


class CardAssigned(Fact, frozen=True, tag="card.assigned"):
    """A card (by keyed hash) belongs to a worker from now on; with an empty `worker`, to nobody any
    more.
    """

    card: str
    worker: str
    by: str = ""


class RosterImported(Fact, frozen=True, tag="roster.imported"):
    """A supervisor took over a spreadsheet of people, or took one back; what changed follows, entry
    by entry.

    `before` (hex, keyed with the station's card secret) holds what is kept of the people as they
    were to what was kept then; empty in old facts.
    """

    by: str
    workers: int
    cards: int
    undone: bool = False
    before: str = ""


class WorkerDismissed(Fact, frozen=True, tag="worker.dismissed"):
    """A worker left (离职), as a supervisor says."""

    worker: str
    by: str


class WorkerErased(Fact, frozen=True, tag="worker.erased"):
    """A worker's name, certificates and cards were forgotten, by whom and why; the 工号 stays in
    the entries there are.
    """

    worker: str
    by: str
    reason: ErasureReason


class MeasureNamed(Fact, frozen=True, tag="measure.named"):
    """A worker answers for a measure of a post (到岗到人) from now on; with an empty `worker`,
    nobody any more.
    """

    post: str
    measure: str
    worker: str
    by: str
    deputy: str = ""
