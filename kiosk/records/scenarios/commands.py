"""What a supervisor may ask the station to record of a scene that a worker proposed (事故假想).

`by` is the 工号 of who is signed in.

`edited_at` is that of the row as it was shown (empty for one nobody has edited): who acts on an
older state is told so.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from kiosk.model.content import Id, Sentence
from kiosk.model.lists import Code

MOST_LINES = 12
MOST_REASON = 30
ANOTHER_CAUSE = "other"
"""The reason of the short list that says nothing by itself: something has to be written with it."""
Scene = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Improvement = Annotated[str, msgspec.Meta(max_length=120)]
Lines = Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=MOST_LINES)]


class EditScenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="edit_scenario"):
    """Write the columns of Annex 1 for what was proposed."""

    by: str
    proposal: str
    edited_at: str
    accident_type: Code
    scene: Scene
    prevention: Lines
    response: Lines
    improvement: Improvement = ""


class ApproveScenario(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="approve_scenario"
):
    """Approve it as it was last edited; for the main responsible person alone."""

    by: str
    proposal: str
    edited_at: str


class RejectScenario(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="reject_scenario"
):
    """Do not take it over, and say why: `cause` is the id of a reason of the short list, `reason`
    what may be written with it.
    """

    by: str
    proposal: str
    edited_at: str
    cause: Id
    reason: Annotated[str, msgspec.Meta(max_length=MOST_REASON)] = ""


ScenarioCommand = EditScenario | ApproveScenario | RejectScenario
