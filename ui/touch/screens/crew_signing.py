"""The end of a crew's check: the tiles of those who have signed, a finger's signature, and ending
without the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import crew_stages as c
from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_signing import signer
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Back, EndCrew, Go, SignByHand, SignMember
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.crew_people import check_of, name_of, names_of, what_is_signed
from ui.touch.screens.picture import Button, Screen, Tile, Timer, spoken, spoken_lines, touch

MOST_TOUCHED = 10
"""How many names can be large enough for a finger, all at once, on the smallest screen."""


def signing_off(stage: c.SigningOff, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Read the commitment to all, and show who has signed it."""
    check, crew = check_of(snapshot)
    sentence, ask = texts.say(f"signing.{what_is_signed(check)}"), texts.say("crew.sign_off")
    signed = sum(member.signed for member in crew.members)
    total = len(crew.members) - bool(crew.drawn)
    drawn = next((member for member in crew.members if member.check == crew.drawn), None)
    by_hand = Button(texts.say("crew.by_hand"), touch(SignByHand()), "plain", "pen")
    return Screen(
        template="crew",
        scene=f"signing_off:{check.id}",
        signal=signal(snapshot.state),
        headline=ask,
        label=texts.say("crew.signed", done=signed, total=total),
        advice=texts.say("crew.drawn", name=name_of(snapshot.state, drawn.worker))
        if drawn
        else sentence,
        icon="card",
        phase="drawn" if drawn else "",
        people=tuple(_signers(snapshot.state, crew, texts)),
        timer=None if stage.until_s is None else Timer(stage.until_s, door.crew.close_s),
        buttons=(
            *(() if _touchable(crew) else (by_hand,)),
            Button(texts.say("crew.end"), touch(Go()), "plain", "next"),
        ),
        speech=spoken(sentence, ask, texts.say("crew.draw") if drawn else ""),
        tone="card",
        cue=f"signing_off:{check.id}:{signed}",
    )


def _touchable(crew: Crew) -> bool:
    return len(crew.members) <= MOST_TOUCHED


def _signers(state: State, crew: Crew, texts: Texts) -> Iterator[Tile]:
    for member in crew.members:
        name = name_of(state, member.worker)
        if member.check == crew.drawn:
            yield Tile(name, "drawn", texts.say("left_out_short.drawn"))
        elif member.signed:
            yield Tile(name, "signed")
        else:
            yield Tile(
                name, "still", touch=touch(SignMember(member.check)) if _touchable(crew) else ""
            )


def picking(snapshot: Snapshot, texts: Texts) -> Screen:
    """Return the screen that asks who wants to sign with a finger."""
    check, crew = check_of(snapshot)
    question = texts.say("crew.signer")
    return Screen(
        template="choosing",
        scene=f"picking_signer:{check.id}",
        signal=signal(snapshot.state),
        headline=question,
        icon="pen",
        phase="names",
        choices=tuple(
            Button(
                name_of(snapshot.state, member.worker), touch(SignMember(member.check)), "choice"
            )
            for member in crew.due
        ),
        buttons=(Button(texts.say("crew.back"), touch(Back()), "plain", "back"),),
        speech=spoken(question),
    )


def signing_member(stage: c.SigningMember, snapshot: Snapshot, texts: Texts) -> Screen:
    """Return the screen on which one member signs, by name; the commitment was read to all."""
    check, crew = check_of(snapshot)
    sentence, sign_here = (
        texts.say(f"signing.{what_is_signed(check)}"),
        texts.say("signing.sign_here"),
    )
    return Screen(
        template="signing",
        scene=f"signing_member:{stage.member}",
        signal=signal(snapshot.state),
        headline=sentence,
        label=name_of(snapshot.state, signer(crew, stage).worker),
        advice=sign_here,
        icon="pen",
        buttons=(Button(texts.say("crew.back"), touch(Back()), "plain", "back"),),
        speech=spoken(sign_here),
    )


def ending(snapshot: Snapshot, texts: Texts) -> Screen:
    """Return the screen that asks once more before those who have not signed are left behind."""
    check, crew = check_of(snapshot)
    question, wait, end = (texts.say(f"crew.{key}") for key in ("ending", "wait", "end_now"))
    return Screen(
        template="choosing",
        scene=f"ending_crew:{check.id}",
        signal=signal(snapshot.state),
        headline=question,
        label=names_of(snapshot.state, crew.due, texts),
        icon="people",
        choices=(
            Button(wait, touch(Back()), "choice", "clock"),
            Button(end, touch(EndCrew()), "choice", "next"),
        ),
        speech=(*spoken(question), *spoken_lines((wait, end))),
    )
