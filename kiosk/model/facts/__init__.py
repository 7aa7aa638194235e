"""The bodies of journal entries: everything that can be recorded, as a tagged union.

A fact's tag is its kind, `noun.past_participle`. A fact names a worker by id and a card by keyed hash, never by name or number.
An old fact stays readable for ever: fields are only ever added, with a default.
"""

from __future__ import annotations

from kiosk.model.facts.base import Fact
from kiosk.model.facts.check import (
    AbnormalReported,
    Answer,
    CardNoted,
    CheckClosed,
    CheckOpened,
    CheckRefused,
    CheckReleased,
    CheckSigned,
    ConfirmationMade,
    DangerFound,
    Outcome,
    PermitShown,
    PhotoMissed,
    PhotoTaken,
    PostChosen,
    QuestionAnswered,
    StepCalled,
    WorkRefused,
    WorksChosen,
    WorkStopped,
)
from kiosk.model.facts.content import (
    PackPublished,
    PackWithdrawn,
    ReadingSet,
    RecordingKept,
    RecordingRemoved,
    ScenarioApproved,
    ScenarioEdited,
    ScenarioProposed,
    ScenarioRejected,
    ScenarioTold,
)
from kiosk.model.facts.crew import (
    CrewClosed,
    CrewGathered,
    CrewOpened,
    MemberJoined,
    MemberLeftOut,
    MemberSigned,
    SignedBy,
)
from kiosk.model.facts.people import (
    CardAssigned,
    ErasureReason,
    MeasureNamed,
    RosterImported,
    WorkerChanged,
    WorkerDismissed,
    WorkerErased,
)
from kiosk.model.facts.review import (
    PaperAnswer,
    PaperCause,
    PaperCorrected,
    PaperEntered,
    ReviewDecided,
    Verdict,
)
from kiosk.model.facts.station import HeadSigned, StationStarted

__all__ = [
    "AbnormalReported",
    "Answer",
    "AnyFact",
    "CardAssigned",
    "CardNoted",
    "CheckClosed",
    "CheckOpened",
    "CheckRefused",
    "CheckReleased",
    "CheckSigned",
    "ConfirmationMade",
    "CrewClosed",
    "CrewGathered",
    "CrewOpened",
    "DangerFound",
    "ErasureReason",
    "Fact",
    "HeadSigned",
    "MeasureNamed",
    "MemberJoined",
    "MemberLeftOut",
    "MemberSigned",
    "Outcome",
    "PackPublished",
    "PackWithdrawn",
    "PaperAnswer",
    "PaperCause",
    "PaperCorrected",
    "PaperEntered",
    "PermitShown",
    "PhotoMissed",
    "PhotoTaken",
    "PostChosen",
    "QuestionAnswered",
    "ReadingSet",
    "RecordingKept",
    "RecordingRemoved",
    "ReviewDecided",
    "RosterImported",
    "ScenarioApproved",
    "ScenarioEdited",
    "ScenarioProposed",
    "ScenarioRejected",
    "ScenarioTold",
    "SignedBy",
    "StationStarted",
    "StepCalled",
    "Verdict",
    "WorkRefused",
    "WorkStopped",
    "WorkerChanged",
    "WorkerDismissed",
    "WorkerErased",
    "WorksChosen",
    "kind_of",
]

AnyFact = (
    StationStarted
    | CheckRefused
    | CardNoted
    | CheckOpened
    | PostChosen
    | WorksChosen
    | PermitShown
    | WorkRefused
    | QuestionAnswered
    | StepCalled
    | AbnormalReported
    | PhotoTaken
    | PhotoMissed
    | ConfirmationMade
    | DangerFound
    | CheckSigned
    | CheckClosed
    | CheckReleased
    | CrewOpened
    | MemberJoined
    | MemberLeftOut
    | CrewGathered
    | MemberSigned
    | CrewClosed
    | WorkStopped
    | ReviewDecided
    | PaperEntered
    | PaperCorrected
    | WorkerChanged
    | CardAssigned
    | RosterImported
    | WorkerDismissed
    | WorkerErased
    | MeasureNamed
    | PackPublished
    | PackWithdrawn
    | ReadingSet
    | RecordingKept
    | RecordingRemoved
    | ScenarioProposed
    | ScenarioEdited
    | ScenarioApproved
    | ScenarioRejected
    | ScenarioTold
    | HeadSigned
)


def kind_of(fact: Fact) -> str:
    """Give a fact's kind, such as "check.opened"."""
    tag = fact.__struct_config__.tag
    assert isinstance(tag, str)
    return tag
