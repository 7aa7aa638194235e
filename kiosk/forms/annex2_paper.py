"""Annex 2 of a paper form that was entered later, stamped 补录."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec.structs import replace

from kiosk.forms.annex2 import about_works, answered
from kiosk.forms.sheet import AnyBlock, Band, Picture, Sheet, Text
from kiosk.forms.source import Source
from kiosk.model.content import Part
from kiosk.model.rules import titles_of
from kiosk.records.paper.rows import PaperRow

_HEAVY_PT = 0.3
_PHOTO_MM = (144.0, 204.0)
"""A portrait A4 as large as the row allows."""


def paper_annex2(versions: Sequence[PaperRow], photo: str, source: Source) -> Sheet:
    """Fill Annex 2 from what was entered: of its versions, oldest first, the last; with what was
    corrected and the paper's own photo.

    `photo` is the photo's file, empty when it is no longer there. The four photos of a check there
    are none of: the paper itself is the evidence, and it says where it lies.
    """
    source = replace(source, titles=titles_of(source.door.rule_sets))
    say, row = source.say, versions[-1]
    return Sheet(
        title=say("annex2.title"),
        corner=say("annex2.corner"),
        lead=_lead(row, source),
        body=(
            *about_works(row.post, row.works, source),
            Band(say("annex2.four"), tuple(_part(part, row, source) for part in Part)),
            Band(say("annex2.sign"), (_signed(versions, source),)),
            *_photo(row, photo, source),
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
    if row.photo:
        return (Text(heading, weight_pt=_HEAVY_PT), Text(source.say("paper.see_photo")))
    missing = source.say("missing.photo", reason=source.say("missing.on_paper"))
    return (Text(heading, weight_pt=_HEAVY_PT), Text(missing))


def _signed(versions: Sequence[PaperRow], source: Source) -> tuple[AnyBlock, ...]:
    say, first, row = source.say, versions[0], versions[-1]
    entered = say(
        "paper.entered",
        name=source.name(first.by_worker),
        by=first.by_worker,
        at=source.moment(first.at),
        cause=say(f"cause.{row.cause}"),
    )
    lines = (
        say("paper.signed", name=source.name(row.signed_by), worker=row.signed_by),
        entered,
        *(_correction(before, after, source) for before, after in itertools.pairwise(versions)),
        say("paper.kept", kept_at=row.kept_at),
        say("signed.hash", hash=row.short_hash),
    )
    return (*(Text(line) for line in lines), Text(say("paper.not_a_pass"), weight_pt=_HEAVY_PT))


def _correction(before: PaperRow, after: PaperRow, source: Source) -> str:
    return source.say(
        "paper.corrected",
        name=source.name(after.by_worker),
        by=after.by_worker,
        at=source.moment(after.at),
        why=after.why,
        seq=before.seq,
        hash=before.short_hash,
    )


def _photo(row: PaperRow, photo: str, source: Source) -> tuple[Band, ...]:
    if not row.photo:
        return ()
    why = source.say("missing.damaged" if photo else "missing.gone")
    picture = Picture(photo, source.say("missing.photo", reason=why), *_PHOTO_MM)
    return (Band(source.say("paper.photo"), ((picture,),)),)
