"""Annex 1 of 豫应急办〔2023〕33号: 一线岗位安全风险事故假想参考表, one of a post with all its
scenarios, or blank.
"""

from __future__ import annotations

from kiosk.forms.accidents import ticks
from kiosk.forms.sheet import AnyBlock, Band, Sheet, Space, Text
from kiosk.forms.source import Source
from kiosk.model.content import Pack, Post

_LEAST_MM = 46.0
"""Of a row that is filled in by hand."""


def annex1(post: Post, pack: Pack, source: Source) -> Sheet:
    """Fill Annex 1 for a post.

    Its scenarios are numbered, so that the rows can be read together.
    """
    say, scenarios = source.say, post.scenarios
    codes = (*post.accident_types, *(code for each in scenarios for code in each.accident_types))
    at_post = (
        [Text(say("annex1.at_post") + source.sentence(post.inspection))] if post.inspection else []
    )
    prevention = _texts([source.sentence(each.prevention) for each in scenarios], source)
    response = _texts([source.counted(each.response) for each in scenarios], source)
    return Sheet(
        title=say("annex1.title"),
        corner=say("annex1.corner"),
        lead=source.lead(post),
        body=(
            Band(say("annex1.types"), (ticks(codes, source, pack.accident_list),)),
            Band(say("annex1.scene"), (_texts([each.scene for each in scenarios], source),)),
            Band(say("annex1.prevention"), ((*at_post, *prevention),)),
            Band(say("annex1.response"), (response,)),
            Band(
                say("annex1.improvement"),
                (_texts([each.improvement for each in scenarios], source),),
            ),
            Text(source.written(pack)),
            Text(source.basis((*pack.basis, *post.basis)), size_pt=9),
        ),
        foot=source.content(pack),
    )


def blank_annex1(source: Source) -> Sheet:
    """Return Annex 1 to fill in by hand."""
    say = source.say
    rows = ("scene", "prevention", "response", "improvement")
    return Sheet(
        title=say("annex1.title"),
        corner=say("annex1.corner"),
        lead=say("form.blank_lead", company=source.company),
        body=(
            Band(say("annex1.types"), (ticks((), source),)),
            *(Band(say(f"annex1.{row}"), ((Space(_LEAST_MM),),)) for row in rows),
            Text(say("form.written_blank")),
        ),
    )


def _texts(texts: list[str], source: Source) -> tuple[AnyBlock, ...]:
    """Return one paragraph a scenario; one without such a text has no line."""
    return tuple(
        Text(source.say("annex1.scene_number", number=number) + text)
        for number, text in enumerate(texts, start=1)
        if text
    )
