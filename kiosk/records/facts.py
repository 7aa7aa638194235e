"""The bodies of journal entries: everything that can be recorded, as a tagged union.

A fact's tag is its kind, `noun.past_participle`. A fact names a worker by id and a card by keyed hash, never by name or number.
An old fact stays readable for ever: fields are only ever added, with a default.
"""

from __future__ import annotations

from kiosk.model.fact import Fact
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.checks.facts import (
    AbnormalReported,
    CardNoted,
    CheckClosed,
    CheckOpened,
    CheckRefused,
    CheckReleased,
    CheckSigned,
    ConfirmationMade,
    DangerFound,
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
from kiosk.records.content.facts import PackPublished, PackWithdrawn
from kiosk.records.crews.facts import (
    CrewClosed,
    CrewGathered,
    CrewOpened,
    MemberJoined,
    MemberLeftOut,
    MemberSigned,
    SignedBy,
)
from kiosk.records.paper.facts import PaperAnswer, PaperCause, PaperCorrected, PaperEntered
from kiosk.records.people.facts import (
    CardAssigned,
    ErasureReason,
    MeasureNamed,
    RosterImported,
    WorkerChanged,
    WorkerDismissed,
    WorkerErased,
)
from kiosk.records.reviews.facts import ReviewDecided, Verdict
from kiosk.records.scenarios.facts import (
    ScenarioApproved,
    ScenarioEdited,
    ScenarioProposed,
    ScenarioRejected,
    ScenarioTold,
)
from kiosk.records.speech.facts import ReadingSet, RecordingKept, RecordingRemoved
from kiosk.records.station.facts import HeadSigned, StationStarted

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
