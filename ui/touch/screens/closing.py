"""The end of a check: the commitment and signature, the outcome, and a supervisor's release."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import stages as s
from kiosk.flow.badge import may_check_too
from kiosk.flow.door import Door
from kiosk.flow.outcome import failures
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Back, Go
from kiosk.model.expiry import Ending, endings
from kiosk.model.outcome import Outcome
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.confirming import reason_choices
from ui.touch.screens.permit import not_today
from ui.touch.screens.picture import Button, Screen, Timer, spoken, spoken_lines, touch
from ui.touch.screens.proposing import offer
from ui.touch.screens.reasons import sentence_of

_COMMA = "，"
_TOLD_DAYS = 30
"""How many days before a certificate ends its holder is reminded at the door; supervisors see it 60
days ahead.
"""


def signing(_stage: s.Signing, snapshot: Snapshot, _door: Door, texts: Texts) -> Screen:
    """Read the commitment aloud and ask for the signature under it; who has something not in order
    signs the account.
    """
    check = snapshot.state.check
    assert check is not None
    what = "account" if failures(check) else "commitment"
    sentence, sign_here = texts.say(f"signing.{what}"), texts.say("signing.sign_here")
    return Screen(
        template="signing",
        scene=f"signing:{what}",
        signal=signal(snapshot.state),
        headline=sentence,
        label=texts.say(f"signing.title_{what}"),
        advice=sign_here,
        icon="pen",
        speech=spoken(sentence, sign_here),
    )


def closed(stage: s.Closed, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return how the check ended: passed is green with the name, failed is red with the reason and
    the next step.
    """
    match stage.outcome:
        case Outcome.PASSED:
            return _passed(stage, snapshot, door, texts)
        case Outcome.FAILED:
            return _failed(stage, snapshot, door, texts)
    headline, advice = texts.say("closed.abandoned"), texts.say("closed.abandoned_next")
    return Screen(
        template="abandoned",
        scene=f"closed:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=advice,
        icon="clock",
        timer=_timer(stage, door.timings.passed_s),
        buttons=_understood(texts),
        speech=spoken(headline, advice),
        tone="missed",
    )


def _passed(stage: s.Closed, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    headline, worker = texts.say("closed.passed"), snapshot.state.worker
    ending = _ends_soon(snapshot.state)
    barred = tuple(_barred(snapshot.state, door, texts))
    wish = texts.say("closed.passed_wish" if ending is None else "closed.passed_renew")
    advice = wish if ending is None else _ending_sentence(ending, texts)
    wished = not barred or ending is not None  # 平安回家 makes room for what may not be done
    return Screen(
        template="passed",
        scene=f"closed:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        label=worker.name if worker else "",
        advice=_COMMA.join((*barred, *((advice,) if wished else ()))),
        icon="yes",
        timer=_timer(stage, door.timings.passed_s),
        buttons=offer(snapshot.state, door, texts),
        speech=spoken(headline, *barred, *((wish,) if wished else ())),
        tone="passed",
    )


def _barred(state: State, door: Door, texts: Texts) -> Iterator[str]:
    """Yield which works may not be done all the same: their permits did not hold."""
    check = state.check
    works = door.works
    for work in check.refused if check else ():
        if check and work not in (check.works or ()) and work in works:
            yield not_today(works[work].title, texts)


def _ends_soon(state: State) -> Ending | None:
    """Return what the worker has to renew first, once it is a month away; the worker has just been
    let in, so it still holds.
    """
    if state.worker is None or state.today is None:
        return None
    found = endings([state.worker], state.today)
    return next((one for one in found if 0 <= one.left_days <= _TOLD_DAYS), None)


def _ending_sentence(ending: Ending, texts: Texts) -> str:
    about = ending.kind or texts.say("closed.passed_card")
    if not ending.left_days:
        return texts.say("closed.passed_ending_today", about=about)
    return texts.say("closed.passed_ending", about=about, days=ending.left_days)


def _failed(stage: s.Closed, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    headline, see = texts.say("closed.failed"), texts.say("closed.failed_next")
    reasons = tuple(filter(None, (sentence_of(reason, door, texts) for reason in stage.reasons)))[
        :2
    ]
    return Screen(
        template="refused",
        scene=f"closed:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        lines=reasons,
        advice=see,
        label=texts.say("closed.failed_release"),
        icon="no",
        timer=_timer(stage, door.timings.failed_s),
        buttons=_understood(texts),
        speech=spoken(headline, *reasons, see),
        tone="failed",
    )


def releasing(stage: s.Releasing, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks the supervisor why the worker is let in, or whether the card was
    for a check of their own.
    """
    question, own = texts.say("releasing.question"), texts.say("releasing.own_check")
    own_too = may_check_too(door, stage)
    worker = snapshot.state.worker
    reasons = door.reasons.release
    return Screen(
        template="choosing",
        scene=f"releasing:{stage.check}",
        signal=signal(snapshot.state),
        headline=question,
        label=texts.say("releasing.for_worker", name=worker.name) if worker else "",
        icon="door",
        choices=reason_choices(reasons),
        buttons=(
            Button(texts.say("aside.back"), touch(Back()), "plain", "back"),
            *((Button(own, touch(Go()), "plain", "person"),) if own_too else ()),
        ),
        timer=_timer(stage, door.timings.side_s),
        speech=(
            *spoken(question),
            *spoken_lines(tuple(reason.text for reason in reasons)),
            *spoken(own if own_too else ""),
        ),
        tone="card",
    )


def released(stage: s.Released, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that says that the worker may go in on the supervisor's word. It is not a
    pass and not green.
    """
    headline, advice = texts.say("releasing.released"), texts.say("releasing.released_next")
    return Screen(
        template="released",
        scene=f"released:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        label=texts.say("releasing.by", name=stage.by.name),
        advice=advice,
        icon="door",
        timer=_timer(stage, door.timings.passed_s),
        buttons=_understood(texts),
        speech=spoken(headline, advice),
        tone="card",
    )


def _understood(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.say("closed.understood"), touch(Back())),)


def _timer(stage: s.Stage, total_s: float) -> Timer | None:
    return None if stage.until_s is None else Timer(stage.until_s, total_s)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say, but the reasons of a failure."""
    keys = (
        *("signing.commitment", "signing.account", "signing.sign_here"),
        *(
            "closed.passed",
            "closed.passed_wish",
            "closed.passed_renew",
            "closed.failed",
            "closed.failed_next",
        ),
        *("closed.abandoned", "closed.abandoned_next"),
        *(
            "releasing.question",
            "releasing.own_check",
            "releasing.released",
            "releasing.released_next",
        ),
    )
    yield from (texts.say(key) for key in keys)
    yield from (reason.text for reason in door.reasons.release)
