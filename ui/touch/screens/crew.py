"""The check of a whole crew: offering it, and gathering.

What lies between gathering and signing off is as in any check.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.flow import crew_stages as c
from kiosk.flow.crew_gathering import LEFT_OUT, TOLD
from kiosk.flow.crew_members import Crew, LeftOut
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Back, ChoosePost, Go, Together
from kiosk.model.eligibility import Ground, Refusal
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.arriving import reason_of_refusal
from ui.touch.screens.crew_ended import ended
from ui.touch.screens.crew_people import check_of, name_of
from ui.touch.screens.crew_signing import ending, picking, signing_member, signing_off
from ui.touch.screens.picture import Button, Screen, Tile, Timer, spoken, spoken_lines, touch


def of_crew(stage: c.OfCrew, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Draw a stage that only the check of a crew has."""
    match stage:
        case c.OfferingCrew():
            return _offering(stage, snapshot, door, texts)
        case c.Gathering():
            return _gathering(stage, snapshot, door, texts)
        case c.SigningOff():
            return signing_off(stage, snapshot, door, texts)
        case c.PickingSigner():
            return picking(snapshot, texts)
        case c.SigningMember():
            return signing_member(stage, snapshot, texts)
        case c.EndingCrew():
            return ending(snapshot, texts)
        case c.CrewEnded():
            return ended(stage, snapshot, door, texts)


def _offering(stage: c.OfferingCrew, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks the leader: alone or all together, and then for which post."""
    back = Button(texts.say("crew.back"), touch(Back()), "plain", "back")
    asked = Screen(
        template="choosing",
        scene="offering_crew",
        signal=signal(snapshot.state),
        icon="people",
        label=stage.read.worker.crew if stage.read.worker else "",
        buttons=(back,),
        tone="card",
    )
    if stage.posts:
        posts = [door.posts[post] for post in stage.posts]
        question = texts.say("crew.post")
        return replace(
            asked,
            scene="offering_crew:post",
            headline=question,
            choices=tuple(
                Button(post.title, touch(ChoosePost(post.id)), "choice") for post in posts
            ),
            speech=(*spoken(question), *spoken_lines(tuple(post.title for post in posts))),
        )
    question, alone, together = (
        texts.say(f"crew.{key}") for key in ("question", "alone", "together")
    )
    return replace(
        asked,
        headline=question,
        choices=(
            Button(alone, touch(Go()), "choice", "person"),
            Button(together, touch(Together()), "choice", "people"),
        ),
        speech=(*spoken(question), *spoken_lines((alone, together))),
    )


def _gathering(stage: c.Gathering, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show who is expected and who has come.

    Who is left out is told why, aloud, as often as the card is presented.
    """
    check, crew = check_of(snapshot)
    gather, singly = texts.say("crew.gather"), texts.say("crew.singly")
    telling = snapshot.state.notice == TOLD
    told = next((each for each in crew.left_out if telling and each.card == stage.told), None)
    shown = Screen(
        template="crew",
        scene=f"gathering:{check.id}",
        signal=signal(snapshot.state),
        headline=gather,
        label=door.posts[check.post].title,
        advice=singly,
        icon="card",
        people=tuple(_expected(snapshot.state, crew, texts)),
        timer=None if stage.until_s is None else Timer(stage.until_s, door.crew.window_s),
        buttons=(
            Button(texts.say("crew.cancel"), touch(Back()), "plain", "no"),
            Button(texts.say("crew.begin"), touch(Go()), "main", "yes"),
        ),
        speech=spoken(gather, singly),
        tone="card",
        cue=f"gathering:{check.id}:{len(crew.members)}",
    )
    return shown if told is None else _telling(shown, told, stage, snapshot.state, texts)


def _telling(
    shown: Screen, told: LeftOut, stage: c.Gathering, state: State, texts: Texts
) -> Screen:
    sentences = tuple(_sentences_of(told.reasons[0], texts))
    reason = "，".join(sentences)
    notice = texts.say("crew.left_out_of", name=name_of(state, told.worker), reason=reason)
    return replace(
        shown,
        notice=notice if told.worker else reason,
        scene=f"{shown.scene}#left_out:{stage.refusals}",
        speech=spoken(*sentences),
        tone="missed",
        cue=f"{shown.scene}:{stage.refusals}",
    )


def _expected(state: State, crew: Crew, texts: Texts) -> Iterator[Tile]:
    """Yield everybody in the same order from the first card to the last, so that nobody's tile
    moves.
    """
    out = {each.worker: each for each in crew.left_out}
    for worker in state.people.values():
        if crew.member_of(worker.id):
            yield Tile(worker.name, "in")
        elif worker.id in out:
            yield Tile(worker.name, "out", _short(out[worker.id], texts))
        else:
            yield Tile(worker.name, "away")


def _short(left: LeftOut, texts: Texts) -> str:
    return texts.say(f"left_out_short.{left.reasons[0].partition(':')[0]}")


def _sentences_of(code: str, texts: Texts) -> Iterator[str]:
    """Yield why somebody is left out, and whom to see.

    Why a worker is blocked is nobody else's business.
    """
    ground, _, about = code.partition(":")
    if ground in LEFT_OUT:
        yield texts.say(f"left_out.{ground}")
    else:
        yield reason_of_refusal(Refusal(Ground(ground), about), texts)
        yield texts.say(f"see.{ground}")


def sentences(texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say, but what others say as well."""
    keys = (
        *(
            "question",
            "alone",
            "together",
            "post",
            "gather",
            "singly",
            "sign_off",
            "signer",
            "ending",
            "wait",
        ),
        *("end_now", "draw", "passed", "passed_some", "failed", "others", "too_few", "cancelled"),
    )
    yield from (texts.say(f"crew.{key}") for key in keys)
    yield from (texts.say(f"left_out.{reason}") for reason in LEFT_OUT)
