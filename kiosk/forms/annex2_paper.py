"""Annex 2 of a paper form that was entered later, stamped 补录."""

from __future__ import annotations

from kiosk.forms.annex2 import about_works, answered
from kiosk.forms.sheet import AnyBlock, Band, Sheet, Text
from kiosk.forms.source import Source
from kiosk.journal.rows.papers import PaperRow
from kiosk.model.content import Part

_HEAVY_PT = 0.3


def annex2_of_paper(row: PaperRow, source: Source) -> Sheet:
    """Fill Annex 2 from what was entered. There are no photos: the paper itself is the evidence, and it says where it lies."""
    say = source.say
    return Sheet(
        title=say("annex2.title"),
        corner=say("annex2.corner"),
        lead=_lead(row, source),
        body=(
            *about_works(row.post, row.works, source),
            Band(say("annex2.four"), tuple(_part(part, row, source) for part in Part)),
            Band(say("annex2.sign"), (_signed(row, source),)),
        ),
        foot=say("paper.foot", station=source.station, seq=row.seq, hash=row.short_hash),
        stamp=say("paper.stamp"),
    )


def _lead(row: PaperRow, source: Source) -> str:
    say = source.say
    post = say("annex2.at_post", post=source.post(row.post))
    worker = say("annex2.worker", name=source.name(row.worker), worker=row.worker)
    when = say("annex2.when", on=row.shift_on.isoformat(), shift=row.shift)
    return f"{say('form.lead', company=source.company, about=post)}\n{worker}　　{when}"


def _part(part: Part, row: PaperRow, source: Source) -> tuple[AnyBlock, ...]:
    found = next((each for each in row.answers if each.part is part), None)
    heading = answered(part, found.answer if found else None, found.reason if found else "", source)
    missing = source.say("missing.photo", reason=source.say("missing.on_paper"))
    return (Text(heading, weight_pt=_HEAVY_PT), Text(missing))


def _signed(row: PaperRow, source: Source) -> tuple[AnyBlock, ...]:
    say = source.say
    entered = say(
        "paper.entered",
        name=source.name(row.by_worker),
        by=row.by_worker,
        at=source.moment(row.at),
        cause=say(f"cause.{row.cause}"),
    )
    lines = (
        say("paper.signed", name=source.name(row.signed_by), worker=row.signed_by),
        entered,
        say("paper.kept", kept_at=row.kept_at),
        say("signed.hash", hash=row.short_hash),
    )
    return (*(Text(line) for line in lines), Text(say("paper.not_a_pass"), weight_pt=_HEAVY_PT))
