"""Facts as a station records them: whole checks, and one of every kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from kiosk.journal.entries import Moment
from kiosk.model.content import Part
from kiosk.model.levels import DrillLevel
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import PermitFault
from kiosk.records import facts as f

DAY = date(2026, 11, 23)
STATION = "st-0001"
MOMENT = Moment(
    "2026-11-23T00:01:02.345Z", "a734ee19-2670-4efd-b413-0893189af220", 123_456_789, True
)
PHOTO, THUMBNAIL = b"a photo, as far as a digest can tell", b"its thumbnail"
STROKE = tuple(number for point in range(40) for number in (20 * point, 200 + point, 16 * point))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def still() -> Moment:
    """Return the time of a clock that stands still."""
    return MOMENT


def passed_check(
    check: str, worker: str = "1001", day: date = DAY, shift: str = "早班"
) -> Iterator[f.AnyFact]:
    """Yield the facts of a check that passed, in order, about as many as an ordinary post has."""
    yield f.CheckOpened(check, worker, digest(worker.encode()), day, shift, 12345)
    yield f.PostChosen(check, "welder", "demo", "2026.1", digest(b"pack"))
    yield f.WorksChosen(check, ("hot-work",))
    yield f.QuestionAnswered(check, "welder-q1", 2, True)
    for number in range(1, 8):
        yield f.StepCalled(check, "start", f"step-{number}", 5200, number % 2)
    for part in Part:
        photo, thumbnail = digest(PHOTO), digest(THUMBNAIL)
        yield f.PhotoTaken(
            check, part, photo, thumbnail, 1, (), {"mean": 112.5, "sharpness": 48.25}, "f0" * 8
        )
        yield f.ConfirmationMade(
            check, part, f.Answer.OK, ("焊钳完好", "回路线接牢", "气瓶间距大于五米"), photo
        )
    yield f.CheckSigned(check, "我已确认安全条件，遵章作业。", (STROKE,))
    yield f.CheckClosed(check, f.Outcome.PASSED)


def one_of_each_kind() -> tuple[f.AnyFact, ...]:
    """Return a journal's worth of facts in which every kind occurs."""
    photo, thumbnail = digest(PHOTO), digest(THUMBNAIL)
    return (
        f.StationStarted("0.1.0", {"demo": "2026.1"}),
        f.PackPublished("demo", "2026.1", digest(b"pack")),
        f.PackWithdrawn("demo", "2026.1", "1003"),
        f.WorkerChanged("1001"),
        f.CardAssigned("c1", "1001"),
        f.CheckRefused("c2", ("unknown_card",)),
        *passed_check("check-1"),
        f.CardNoted("c1", "1001", DAY, "早班", CheckPolicy.FIRST_OF_SHIFT),
        f.CheckOpened("check-2", "1001", "c1", DAY, "中班", 7),
        f.PostChosen("check-2", "welder", "demo", "2026.1", "", DrillLevel.EXAM, "welder-q2", True),
        f.WorksChosen("check-2", ("hot-work", "height")),
        f.PermitShown(
            "check-2", "height", "general-industry", "all", "2026-7", datetime(2026, 11, 23, 18)
        ),
        f.PermitShown("check-2", "hot-work", "general-industry", "all", "2026-8"),
        f.WorkRefused("check-2", "hot-work", PermitFault.EXPIRED),
        f.PhotoMissed("check-2", Part.TOOLS, "摄像头离线"),
        f.PhotoTaken("check-2", Part.TOOLS, photo, thumbnail, 2, ("dark",)),
        f.ConfirmationMade("check-2", Part.TOOLS, f.Answer.NOT_OK, ("焊钳完好",), photo, "broken"),
        f.DangerFound("danger-1", "check-2", "tools", "焊钳绝缘破损", photo),
        f.AbnormalReported("check-2", "step-3", "smell"),
        f.CheckClosed("check-2", f.Outcome.FAILED, ("not_ok:tools",)),
        f.CheckReleased("check-2", "2001", "c9", "replaced"),
        f.ReviewDecided("check-2", "2001", f.Verdict.REJECTED, "照片太暗", photo),
        f.ReviewDecided("check-2", "2001", f.Verdict.ACCEPTED),
        f.CrewOpened(
            "crew-1",
            "1001",
            "c1",
            "焊接班",
            DAY,
            "夜班",
            7,
            "welder",
            "demo",
            "2026.1",
            digest(b"pack"),
        ),
        f.MemberJoined("crew-1", "member-1", "1001", "c1", DAY, "夜班", "welder"),
        f.MemberJoined("crew-1", "member-2", "1002", "c2", DAY, "夜班", "welder"),
        f.MemberJoined("crew-1", "member-3", "1003", "c3", DAY, "夜班", "welder"),
        f.MemberLeftOut("crew-1", "c4", ("unknown_card",)),
        f.CrewGathered("crew-1", "member-3"),
        f.MemberSigned("crew-1", "member-1", "commitment", f.SignedBy.CARD),
        f.MemberSigned("crew-1", "member-2", "commitment", f.SignedBy.STROKES, (STROKE,)),
        f.CheckClosed("member-1", f.Outcome.PASSED),
        f.CheckClosed("member-2", f.Outcome.PASSED),
        f.CheckClosed("member-3", f.Outcome.ABANDONED, ("drawn",)),
        f.CrewClosed("crew-1", f.Outcome.PASSED),
        f.WorkStopped("stop-1", "gas", "1001", "check-2"),
        f.HeadSigned(1, "00" * 32, "aa" * 32, "bb" * 64),
        f.RosterImported("2001", 1, 1),
        f.WorkerDismissed("1001", "2001"),
        f.WorkerErased("1001", "2001", f.ErasureReason.ASKED),
        f.PaperEntered(
            "paper-1",
            "2001",
            "1001",
            "welder",
            ("hot-work",),
            DAY,
            "早班",
            tuple(f.PaperAnswer(part, f.Answer.OK) for part in Part),
            "1001",
            f.PaperCause.POWER,
            "一号柜",
        ),
        f.PaperCorrected(
            "paper-2",
            "2002",
            "1001",
            "welder",
            (),
            DAY,
            "早班",
            tuple(f.PaperAnswer(part, f.Answer.OK) for part in Part),
            "1001",
            f.PaperCause.BROKEN,
            "一号柜",
            photo,
            thumbnail,
            corrects="paper-1",
            why="作业选错了",
        ),
        f.ScenarioProposed(
            *(
                "proposal-1",
                "1001",
                "welder",
                "notice-20",
                "5",
                "配电箱旁",
                "电线破皮",
                photo,
                thumbnail,
            )
        ),
        f.ScenarioProposed(
            "proposal-2", "1001", "welder", "notice-20", "8", "货堆旁边", "有人抽烟"
        ),
        f.ScenarioEdited(
            "proposal-1",
            "2001",
            "配电箱旁电线破皮，湿手碰到",
            ("看电线",),
            ("先断电",),
            "换电线",
            "5",
        ),
        f.ScenarioApproved("proposal-1", "2001"),
        f.ScenarioTold("proposal-1"),
        f.ScenarioRejected("proposal-2", "2001", "看第三行", "known"),
        f.ReadingSet("卡料", ("qia3", "liao4"), "2001"),
        f.RecordingKept("急停灵敏，确认！", "ab" * 32, "2001"),
        f.RecordingKept("焊钳完好，确认！", "cd" * 32, "2001"),
        f.RecordingRemoved("焊钳完好，确认！", "2001"),
        f.MeasureNamed("welder", "看焊钳绝缘", "1001", "2001"),
    )
