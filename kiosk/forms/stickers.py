"""Numbered stickers for the targets of a post's drills, to be put where the hand points."""

from __future__ import annotations

from kiosk.forms.sheet import Sheet, Sticker, Stickers
from kiosk.forms.source import Source
from kiosk.model.content import Drill, Post, Step


def sticker_sheet(post: Post, source: Source) -> Sheet:
    """Return a sticker for each target of a post.

    Several steps at one spot share one, that of the first step.
    """
    stickers = tuple(
        _sticker(number, drill, step, post, source)
        for number, (drill, step) in enumerate(_targets(post), start=1)
    )
    return Sheet(
        title=source.say("stickers.title"),
        lead=source.say("stickers.lead", company=source.company, post=post.title),
        body=(Stickers(stickers),),
    )


def _targets(post: Post) -> list[tuple[Drill, Step]]:
    first: dict[object, tuple[Drill, Step]] = {}
    for drill in (post.drill, *post.more_drills):
        for step in drill.steps:
            if step.target is not None:
                spot = (step.target.photo, step.target.x, step.target.y)
                first.setdefault(spot, (drill, step))
    return list(first.values())


def _sticker(number: int, drill: Drill, step: Step, post: Post, source: Source) -> Sticker:
    code = source.say(
        "stickers.code",
        post=post.title,
        number=number,
        point=step.point,
        call=step.call,
        post_id=post.id,
        step_id=step.id,
    )
    about = source.say("stickers.about", post=post.title, drill=drill.title, point=step.point)
    return Sticker(number, about, step.call, code)
