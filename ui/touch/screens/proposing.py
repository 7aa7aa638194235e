"""事故假想: the type of accident by its picture, where, what happens, a photo, and everything once
more before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from kiosk.flow import proposal_stages as p
from kiosk.flow.door import Door
from kiosk.flow.proposing import accident_types, may_propose, may_retake, page_of, tellers, words
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import (
    Back,
    ChooseAccident,
    ChooseWord,
    Discard,
    Go,
    Later,
    NoPhoto,
    Propose,
    TakePhotoNow,
)
from kiosk.model.content import reason_of
from kiosk.model.scenes import Decided, Scenes, Word, scene
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.choosing import post_tile
from ui.touch.screens.picture import Button, Screen, Timer, Utterance, spoken, spoken_lines, touch

_PICTURED = "notice-20"
"""The list of accident types that there are pictograms of; those of another list are found by their
mapping.
"""


def offer(state: State, door: Door, texts: Texts) -> tuple[Button, ...]:
    """Return the button by which somebody begins a proposal, where it is the moment for it."""
    if not may_propose(door, state) and not tellers(door, state):
        return ()
    return (Button(texts.say("proposing.begin"), touch(Propose()), "plain", "idea"),)


def of_proposal(stage: p.OfProposal, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Draw the screen of one of these stages."""
    match stage:
        case p.Naming():
            return _naming(stage, snapshot, door, texts)
        case p.Proposing():
            return _choosing(stage, snapshot, door, texts)
        case p.Posing() | p.TakingScene() | p.Telling():
            return _telling(stage, snapshot, door, texts)
        case p.Proposed():
            return _ended("sent", "yes", stage, snapshot, door, texts)
        case p.Dropped():
            return _ended("dropped", "none", stage, snapshot, door, texts)


def _naming(stage: p.Naming, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    question = texts.say("proposing.who")
    return Screen(
        template="in_vain",
        scene=f"naming:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=question,
        advice=texts.say("proposing.who_may"),
        icon="card",
        timer=Timer(stage.until_s, door.timings.proposing_s) if stage.until_s is not None else None,
        buttons=(Button(texts.say("proposing.discard"), touch(Discard())),),
        speech=spoken(question),
        tone="card",
    )


def _choosing(stage: p.Proposing, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    said = stage.said
    if not said.post:
        choices = tuple(post_tile(door.posts[post], door) for post in stage.posts)
        return _asked("post", stage, choices, snapshot, texts)
    if not said.accident_type:
        return _asked(
            "type", stage, _accidents(stage, door, texts), snapshot, texts, phase="accident"
        )
    choices = tuple(
        Button(word.text, touch(ChooseWord(word.id)), "choice") for word in words(door, said)
    )
    kind = _name(said, door)
    label = f"{kind} {said.where}" if said.where else kind
    what = "what" if said.where else "where"
    return _asked(what, stage, choices, snapshot, texts, label=label, icon=_icon(said, door))


def _asked(
    what: str,
    stage: p.Proposing,
    choices: tuple[Button, ...],
    snapshot: Snapshot,
    texts: Texts,
    **more: Any,
) -> Screen:
    question = texts.say(f"proposing.{what}")
    labels = tuple(choice.label for choice in choices if choice.icon != "next")
    return Screen(
        template="choosing",
        scene=f"proposing:{stage.said.proposal}:{what}:{stage.page}",
        signal=signal(snapshot.state),
        headline=question,
        choices=choices,
        buttons=_leaving(stage, texts),
        speech=(*spoken(question), *spoken_lines(labels)),
        tone="card",
        **({"icon": "idea"} | more),
    )


def _leaving(stage: p.Proposing, texts: Texts) -> tuple[Button, ...]:
    discard = Button(texts.say("proposing.discard"), touch(Discard()), "plain", "no")
    said = stage.said
    first = (not said.accident_type and len(stage.posts) < 2) or not said.post
    return (
        (discard,)
        if first
        else (discard, Button(texts.say("aside.back"), touch(Back()), "plain", "back"))
    )


def _accidents(stage: p.Proposing, door: Door, texts: Texts) -> tuple[Button, ...]:
    shown, more = page_of(door, stage)
    pack = door.pack_of(stage.said.post)
    tiles = tuple(
        Button(
            kind.name,
            touch(ChooseAccident(kind.code)),
            "choice",
            _icon_of(kind.code, pack.accident_list, door),
        )
        for kind in shown
    )
    return (
        (*tiles, Button(texts.say("proposing.others"), touch(Later()), "choice", "next"))
        if more
        else tiles
    )


def _icon_of(code: str, of_list: str, door: Door) -> str:
    mapped: tuple[str, ...] = (code,)
    if of_list != _PICTURED:
        mapped = door.accidents.mapped(code, of_list, _PICTURED) if door.accidents else ()
    return f"accident-{mapped[0]}" if mapped else "warn"


def _icon(said: p.Said, door: Door) -> str:
    return _icon_of(said.accident_type, door.pack_of(said.post).accident_list, door)


def _name(said: p.Said, door: Door) -> str:
    known = accident_types(door, said.post)
    return next(
        (kind.name for kind in known if kind.code == said.accident_type), said.accident_type
    )


def _telling(
    stage: p.Posing | p.TakingScene | p.Telling, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    """Show what was said beside the picture.

    It is one scene until the photo is there, so that nothing interrupts the reading.
    """
    said = stage.said
    kind = _name(said, door)
    shown: dict[str, Any] = {
        "template": "telling",
        "signal": signal(snapshot.state),
        "headline": scene(said.where, said.what),
        "advice": kind,
        "icon": _icon(said, door),
    }
    if isinstance(stage, p.Telling):
        return Screen(**shown, **_before_sending(stage, door, texts))
    photo_s = door.timings.listen_s + door.timings.countdown_s
    counting = isinstance(stage, p.Posing) and stage.until_s is not None
    hint = texts.say("proposing.show_it" if counting else "confirming.taking")
    return Screen(
        **shown,
        scene=f"posing:{said.proposal}:{stage.attempt}",
        phase="counting" if counting else "taking",
        timer=Timer(stage.until_s, photo_s) if counting and stage.until_s is not None else None,
        label=hint,
        buttons=_posing_buttons(texts) if counting else (),
        speech=spoken(texts.say("proposing.show_it")),
    )


def _posing_buttons(texts: Texts) -> tuple[Button, ...]:
    return (
        Button(texts.say("aside.back"), touch(Back()), "plain", "back"),
        Button(texts.say("proposing.no_photo"), touch(NoPhoto()), "plain", "none"),
        Button(texts.say("confirming.take_now"), touch(TakePhotoNow()), "main", "camera"),
    )


def _before_sending(stage: p.Telling, door: Door, texts: Texts) -> dict[str, Any]:
    said = stage.said
    send = texts.say("proposing.send_it")
    again = "confirming.retake" if stage.attempt else "proposing.take_one"
    retake = Button(texts.say(again), touch(TakePhotoNow()), "plain", "camera")
    return {
        "scene": f"telling:{said.proposal}:{stage.attempt}",
        "phase": "answering",
        "photo": stage.photo,
        "faults": tuple(texts.say(f"fault.{fault}") for fault in stage.faults),
        "label": texts.say("proposing.without_photo"),
        "choices": (retake,) if may_retake(door, stage) else (),
        "buttons": (
            Button(texts.say("proposing.discard"), touch(Discard()), "plain", "no"),
            Button(texts.say("proposing.send"), touch(Go()), "main", "yes"),
        ),
        "timer": Timer(stage.until_s, door.timings.proposing_s)
        if stage.until_s is not None
        else None,
        "speech": spoken(said.where, said.what, send),
        "tone": "shutter" if stage.photo else "card",
    }


def _ended(
    how: str, icon: str, stage: p.Proposed | p.Dropped, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    headline, advice = texts.say(f"proposing.{how}"), texts.say(f"proposing.{how}_next")
    return Screen(
        template="on_record",
        scene=f"{how}:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=advice,
        icon=icon,
        phase=how,
        timer=Timer(stage.until_s, door.timings.passed_s) if stage.until_s is not None else None,
        buttons=(Button(texts.say("closed.understood"), touch(Back())),),
        speech=spoken(headline, advice),
        tone="card",
    )


def decided(told: Decided, door: Door, texts: Texts) -> tuple[str, tuple[Utterance, ...]]:
    """Return what was decided of a proposal: as it is shown, and as it is spoken.

    Nobody is named.
    """
    scene_of_it = scene(told.where, told.what)
    yours = (texts.say("proposing.yours"), told.where, told.what)
    if told.adopted:
        shown = texts.say("proposing.adopted", scene=scene_of_it)
        return shown, spoken(*yours, texts.say("proposing.thanks"))
    known = reason_of(door.reasons.not_adopted, told.cause)
    why = known.text if known else ""
    shown = texts.say("proposing.not_adopted", scene=scene_of_it, why=why)
    return shown, spoken(
        *yours, texts.say("proposing.this_time"), why, texts.say("proposing.again")
    )


_SPOKEN = (
    *(
        "who",
        "post",
        "type",
        "where",
        "what",
        "show_it",
        "send_it",
        "yours",
        "thanks",
        "this_time",
        "again",
    ),
    *("sent", "sent_next", "dropped", "dropped_next"),
)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say; nothing where nobody is asked."""
    if door.scenes is None or door.accidents is None:
        return
    yield from (texts.say(f"proposing.{key}") for key in _SPOKEN)
    lists = {pack.accident_list for pack in door.packs}
    yield from (
        kind.name for known in door.accidents.lists if known.id in lists for kind in known.types
    )
    yield from (word.text for word in _every_word(door.scenes))
    yield from (reason.text for reason in door.reasons.not_adopted)


def _every_word(scenes: Scenes) -> Iterator[Word]:
    of_types = chain.from_iterable((*(each.where or ()), *(each.what or ())) for each in scenes.of)
    return chain(scenes.where, scenes.what, of_types)
