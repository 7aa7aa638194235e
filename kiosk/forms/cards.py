"""What hangs at a post: 岗位风险告知卡 and 应急处置卡."""

from __future__ import annotations

from kiosk.forms.accidents import names
from kiosk.forms.sheet import Align, Band, Choice, Items, Sheet, Space, Text, Ticks
from kiosk.forms.source import Source
from kiosk.model.content import EmergencyCard, Pack, Post

_LARGE_PT = 28.0


def risk_card(post: Post, pack: Pack, source: Source) -> Sheet:
    """Return the card of a post's risks: what can happen, what keeps it from happening, who answers
    for it, and what to do.
    """
    say = source.say
    codes = (
        *post.accident_types,
        *(code for each in post.scenarios for code in each.accident_types),
    )
    risks = tuple(each.scene for each in post.scenarios)
    measures = tuple(dict.fromkeys(line for each in post.scenarios for line in each.prevention))
    response = tuple(_response(card, source) for card in post.emergency)
    inspection = (Band(say("risk_card.inspection"), ((_ticked_off(post.inspection),),)),)
    return Sheet(
        title=say("risk_card.title"),
        lead=source.lead(post),
        body=(
            Band(
                say("risk_card.types"),
                ((Text(source.joined(names(codes, source, pack.accident_list)), size_pt=12),),),
            ),
            Band(say("risk_card.risks"), ((Items(risks),),)),
            Band(say("risk_card.measures"), ((Items(measures),),)),
            *(inspection if post.inspection else ()),
            Band(say("risk_card.certificates"), ((Text(_certificates(post, source)),),)),
            Band(say("risk_card.people"), ((Text(_people(post, source)),),)),
            Band(say("risk_card.response"), (response,)),
            Text(source.basis((*pack.basis, *post.basis)), size_pt=9),
        ),
        foot=source.content(pack),
    )


def emergency_card(card: EmergencyCard, post: Post, source: Source) -> Sheet:
    """Return an emergency card in large print."""
    say = source.say
    phone = (
        (Text(say("emergency.phone", phone=card.phone), 40, 1.0, Align.CENTRE), Space(10))
        if card.phone
        else ()
    )
    return Sheet(
        title=say("emergency.title"),
        lead=say("emergency.of_post", company=source.company, post=post.title),
        body=(
            Space(8),
            Text(card.title, 60, 1.6, Align.CENTRE),
            Space(12),
            Items(card.actions, size_pt=_LARGE_PT, weight_pt=0.6),
            Space(14),
            *phone,
            Text(say("emergency.on_site"), 14),
        ),
        foot=_plan(card, source),
    )


def _plan(card: EmergencyCard, source: Source) -> str:
    standards = [f"{each.standard} {each.clause}".strip() for each in card.basis if each.standard]
    plan = source.say("emergency.by_plan")
    return source.say("form.basis", basis=source.joined([*standards, plan])) if standards else plan


def _ticked_off(lines: tuple[str, ...]) -> Ticks:
    return Ticks(tuple(Choice(line, ticked=False) for line in lines))


def _response(card: EmergencyCard, source: Source) -> Text:
    title = (
        source.say("risk_card.call", title=card.title, phone=card.phone)
        if card.phone
        else source.say("risk_card.response_of", title=card.title)
    )
    return Text(title + source.counted(card.actions))


def _certificates(post: Post, source: Source) -> str:
    return (
        source.joined(post.certificates)
        if post.certificates
        else source.say("risk_card.no_certificate")
    )


def _people(post: Post, source: Source) -> str:
    place = source.place_of(post.id)
    if place is None or not place[1].responsible:
        return source.say("risk_card.responsible_blank")
    unit = place[1]
    if not unit.deputy:
        return source.say("risk_card.responsible", name=source.by_name(unit.responsible))
    return source.say(
        "risk_card.responsible_deputy",
        name=source.by_name(unit.responsible),
        deputy=source.by_name(unit.deputy),
    )
