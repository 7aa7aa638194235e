"""Annex 2 of 豫应急办〔2023〕33号: 危险作业现场风险“一备三查”表, filled from one check, or
blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from kiosk.forms.accidents import ticks
from kiosk.forms.sheet import (
    AnyBlock,
    Band,
    Beside,
    Choice,
    Items,
    Picture,
    Sheet,
    Signature,
    Space,
    Text,
    Ticks,
)
from kiosk.forms.source import Source
from kiosk.model.content import Limit, Part, Work
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.rules import titles_of
from kiosk.records.checks.rows import CheckDetail, CheckRow, ConfirmationRow
from kiosk.records.reviews.rows import ReviewRow

_MARKS = {Answer.NOT_OK: "×", Answer.NOT_APPLICABLE: "—"}
_UNMARKED = "·"
_LEAST_MM = 32.0
_HEAVY_PT = 0.3
_LINES_PT = 9.0
_APART = "　　"


def annex2(
    detail: CheckDetail, photos: Mapping[str, str], source: Source, *, clock_ok: bool = True
) -> Sheet:
    """Fill Annex 2 from a check.

    `photos` has the file of each photo that is still there, by digest.
    """
    source = replace(source, titles=source.door.titles_shown(detail.permits))
    say, row = source.say, detail.row
    parts = tuple(_part(part, detail, photos, source) for part in Part)
    return Sheet(
        title=say("annex2.title"),
        corner=say("annex2.corner"),
        lead=_lead(row, source),
        body=(
            _content(detail, source),
            *_dangers(row.post, row.works, source),
            Band(say("annex2.four"), parts),
            Band(say("annex2.sign"), (_signed(detail, source, clock_ok=clock_ok),)),
        ),
        foot=_foot(detail, source),
    )


def blank_annex2(source: Source, work: Work | None = None) -> Sheet:
    """Return Annex 2 to fill in by hand; for a hazardous work, with its check lines to tick."""
    source = replace(source, titles=titles_of(source.door.rule_sets))
    say = source.say
    heading = _of_work(work, source) if work else _blank_heading(source)
    return Sheet(
        title=say("annex2.title"),
        corner=say("annex2.corner"),
        lead=say("form.blank_lead", company=source.company),
        body=(
            *heading,
            Band(
                say("annex2.four"),
                tuple(_blank_part(part, work, source) for part in Part),
                _LEAST_MM if not work else 0,
            ),
            Band(say("annex2.sign"), (_blank_sign(source),)),
        ),
    )


def about_works(post_id: str, work_ids: tuple[str, ...], source: Source) -> tuple[Band, Band, Band]:
    """Return the first three rows: what is done, which accidents are common, and how they come
    about.

    A check without a hazardous work is that of its post.
    """
    titles = [_title(work_id, source) for work_id in work_ids]
    said = source.joined(titles) if titles else _no_work(post_id, source)
    return (
        Band(source.say("annex2.work"), ((Text(said),),)),
        *_dangers(post_id, work_ids, source),
    )


def _title(work_id: str, source: Source) -> str:
    work = source.work(work_id)
    return work.title if work else work_id


def _no_work(post_id: str, source: Source) -> str:
    return source.say("annex2.no_work", post=source.post(post_id))


def _content(detail: CheckDetail, source: Source) -> Band:
    """Return what is done: each work with its permit, then what only the site knows, to be written
    in by hand.
    """
    say, row = source.say, detail.row
    works = [Text(_permitted(work_id, detail, source)) for work_id in row.works]
    refused = [Text(each) for each in _refused(detail, source)]
    if works:
        return Band(say("annex2.work"), ((*works, *refused, *_on_site(row.works, source)),))
    none = "annex2.no_work_left" if refused else "annex2.no_work"
    return Band(say("annex2.work"), ((*refused, Text(say(none, post=source.post(row.post)))),))


def _refused(detail: CheckDetail, source: Source) -> Iterator[str]:
    """Yield which works were not let be done, and why; of several tries of one the last."""
    last = {each.work: each for each in detail.refused_works if each.work not in detail.row.works}
    for work_id, each in last.items():
        why = source.say(f"permit.{each.fault}")
        yield source.say("annex2.work_refused", work=_title(work_id, source), why=why)


def _permitted(work_id: str, detail: CheckDetail, source: Source) -> str:
    """Return a work with the permit that was shown for it, if one was."""
    title = _title(work_id, source)
    shown = next((each for each in reversed(detail.permits) if each.work == work_id), None)
    if shown is None:
        return source.say("annex2.work_alone", work=title)
    return source.say(
        "annex2.work_permitted",
        work=title,
        level=source.level(shown.rule_set, work_id, shown.level),
        number=shown.number,
        until=shown.until[:16].replace("T", " ") or source.say("annex2.ended_before"),
    )


def _on_site(work_ids: Iterable[str], source: Source) -> tuple[AnyBlock, ...]:
    """Return the lines for what the station does not ask: what was measured, where and when."""
    works = source.works(work_ids)
    limits = dict.fromkeys(_limit(limit, source) for work in works for limit in work.limits)
    return (*(Text(limit) for limit in limits), Text(source.say("annex2.on_site")))


def _limit(limit: Limit, source: Source) -> str:
    return source.say("annex2.limit", name=limit.name, allowed=limit.allowed)


def _dangers(post_id: str, work_ids: tuple[str, ...], source: Source) -> tuple[Band, Band]:
    """Return which accidents are common, and how they come about."""
    say, works = source.say, source.works(work_ids)
    post = source.door.known_posts.get(post_id)
    codes = [code for work in works for code in work.accident_types]
    scenes = [_scene(work, len(works), source) for work in works]
    if not work_ids:
        codes = list(post.accident_types) if post else []
        scenes = [each.scene for each in post.scenarios[:1]] if post else []
    return (
        Band(say("annex2.types"), (ticks(codes, source, _list_of(post_id, works, source)),)),
        Band(
            say("annex2.scene"),
            (tuple(Text(scene) for scene in scenes) or (Text(say("annex2.no_scene")),),),
        ),
    )


def _scene(work: Work, how_many: int, source: Source) -> str:
    return (
        source.say("annex2.work_scene", work=work.title, scene=work.scene)
        if how_many > 1
        else work.scene
    )


def _list_of(post_id: str, works: Iterable[Work], source: Source) -> str:
    """Return the name of the list of accident types that the content uses."""
    ids = {work.id for work in works}
    holding = (
        pack
        for pack in source.door.packs
        if pack.post(post_id) or any(work.id in ids for work in pack.works)
    )
    return next((pack.accident_list for pack in holding), "")


def _lead(row: CheckRow, source: Source) -> str:
    say = source.say
    place = source.place_of(row.post)
    post = say("annex2.at_post", post=source.post(row.post))
    if place:
        post = say(
            "form.post_of_unit",
            workshop=place[0].title,
            unit=place[1].title,
            post=source.post(row.post),
        )
    return "\n".join(
        (
            say("form.lead", company=source.company, about=post),
            f"{say('annex2.worker', name=source.name(row.worker), worker=row.worker)}　　"
            f"{say('annex2.when', on=row.shift_on.isoformat(), shift=row.shift)}",
        )
    )


def _part(
    part: Part, detail: CheckDetail, photos: Mapping[str, str], source: Source
) -> tuple[AnyBlock, ...]:
    made = next((each for each in detail.confirmations if each.part is part), None)
    heading = Text(source.say(f"annex2.{part}"), weight_pt=_HEAVY_PT)
    said = _said(made, source) if made else (Text(source.say("answer.none")),)
    return (Beside((heading, *said), _picture(part, made, detail, photos, source)),)


def _said(made: ConfirmationRow, source: Source) -> tuple[AnyBlock, ...]:
    """Return the lines as they were shown, and below them the one answer that was given to all of
    them; a mark stands beside the reason alone.
    """
    lines = Items(_asked(made, source), mark=_UNMARKED, size_pt=_LINES_PT)
    answer = Text(source.say("annex2.whole_page", answer=source.say(f"answer.{made.answer}")))
    if made.answer is Answer.OK or not made.reason:
        return (lines, answer)
    reason = source.reason(str(made.answer), made.reason)
    return (lines, answer, Items((reason,), mark=_MARKS[made.answer]))


def _asked(made: ConfirmationRow, source: Source) -> tuple[str, ...]:
    """Return the lines that were asked, each with those that it stands for."""
    return tuple(
        source.say("annex2.stands_for", line=line.text, others=source.joined(line.stands_for))
        if line.stands_for
        else line.text
        for line in made.asked
    )


def answered(part: Part, answer: Answer | None, reason_id: str, source: Source) -> str:
    """Return a confirmation's title with its answer, and why it is not 符合."""
    title = source.say(f"annex2.{part}")
    said = source.say(f"answer.{answer or 'none'}")
    if answer in (None, Answer.OK) or not reason_id:
        return source.say("annex2.answered", part=title, answer=said)
    reason = source.reason(str(answer), reason_id)
    return source.say("annex2.answered_why", part=title, answer=said, reason=reason)


def _picture(
    part: Part,
    made: ConfirmationRow | None,
    detail: CheckDetail,
    photos: Mapping[str, str],
    source: Source,
) -> Picture:
    """Return the confirmation's photo.

    Why there is none is said in its place; the child may yet find the file damaged.
    """
    digest = made.photo if made else ""
    if digest in photos:
        return Picture(photos[digest], _missing("damaged", source))
    if digest:
        return Picture("", _missing("gone", source))
    missed = [each.reason for each in detail.missed if each.part is part]
    if missed:
        known = missed[-1] == "camera_silent"
        reason = source.say("missing.camera_silent") if known else missed[-1]
        return Picture("", source.say("missing.photo", reason=reason))
    return Picture("", _missing("unknown" if made else "not_taken", source))


def _missing(why: str, source: Source) -> str:
    return source.say("missing.photo", reason=source.say(f"missing.{why}"))


def _signed(detail: CheckDetail, source: Source, *, clock_ok: bool) -> tuple[AnyBlock, ...]:
    texts = tuple(Text(line) for line in (_signer(detail, source), *_end(detail, source)))
    blocks = (*texts, *_notes(detail.row, source, clock_ok=clock_ok))
    guard = _guard(source) if detail.row.works else ()
    signed = (Beside(blocks, Signature(detail.strokes)),) if detail.strokes else blocks
    return (*signed, *guard)


def _guard(source: Source) -> tuple[AnyBlock, ...]:
    """Return the line on which the guardian signs by hand."""
    return (Space(3), Text(source.say("annex2.blank_guard")))


def _signer(detail: CheckDetail, source: Source) -> str:
    if not detail.strokes:
        return source.say("signed.nobody")
    what = source.say(f"signed.{'account' if detail.commitment == 'account' else 'commitment'}")
    worker = detail.row.worker
    return source.say("signed.by", name=source.name(worker), worker=worker, what=what)


def _end(detail: CheckDetail, source: Source) -> Iterable[str]:
    say, row = source.say, detail.row
    if row.outcome is None or row.closed_at is None:
        yield say("signed.open")
        return
    yield say("signed.at", at=source.moment(row.closed_at))
    outcome = _outcome(row.outcome, row.reasons, source)
    yield f"{outcome}{_APART}{say('signed.hash', hash=detail.short_hash)}"
    if row.released_by:
        reason = source.reason("release", row.release_reason or "")
        at = source.moment(row.released_at) if row.released_at else ""
        yield say("signed.released", name=source.name(row.released_by), reason=reason, at=at)
    for review in detail.reviews:
        if not review.photo:
            yield _review(review, source)


def _outcome(outcome: Outcome, reasons: tuple[str, ...], source: Source) -> str:
    said = source.say(f"outcome.{outcome}")
    if not reasons:
        return source.say("signed.result", outcome=said)
    why = source.joined(source.ended(code) for code in reasons)
    return source.say("signed.result_why", outcome=said, reasons=why)


def _review(review: ReviewRow, source: Source) -> str:
    given = {
        "verdict": source.say(f"verdict.{review.verdict}"),
        "name": source.name(review.by_worker),
        "at": source.moment(review.at),
    }
    if not review.comment:
        return source.say("signed.review", **given)
    return source.say("signed.review_why", **given, comment=review.comment)


def _notes(row: CheckRow, source: Source, *, clock_ok: bool) -> Iterable[AnyBlock]:
    if not clock_ok:
        yield Text(source.say("annex2.clock_wrong"))
    if row.post in source.door.known_posts:
        pack = source.door.pack_of(row.post)
        if pack.digest != row.pack_digest:
            yield Text(
                source.say("annex2.content_changed", seen=row.pack_version, now=pack.version)
            )


def _foot(detail: CheckDetail, source: Source) -> str:
    row = detail.row
    if row.seq_closed is None:
        return source.say("signed.foot_open", station=source.station, first=row.seq_opened)
    return source.say(
        "signed.foot",
        station=source.station,
        first=row.seq_opened,
        last=row.seq_closed,
        hash=detail.short_hash,
    )


def _of_work(work: Work, source: Source) -> tuple[Band, ...]:
    said = (Text(source.say("annex2.blank_permit", work=work.title)), *_on_site((work.id,), source))
    return (Band(source.say("annex2.work"), (said,)), *_dangers("", (work.id,), source))


def _blank_heading(source: Source) -> tuple[Band, ...]:
    say = source.say
    return (
        Band(say("annex2.work"), ((Space(16),),)),
        Band(say("annex2.types"), (ticks((), source),)),
        Band(say("annex2.scene"), ((Space(18),),)),
    )


def _blank_part(part: Part, work: Work | None, source: Source) -> tuple[AnyBlock, ...]:
    say = source.say
    lines: tuple[AnyBlock, ...] = (
        (Items(work.lines.texts(part), mark="□"),) if work else (Space(16),)
    )
    answers = (say("answer.ok"), say("annex2.blank_not_ok"), say("annex2.blank_not_applicable"))
    title = Text(say(f"annex2.{part}"), weight_pt=_HEAVY_PT)
    return (title, *lines, Ticks(tuple(Choice(answer, ticked=False) for answer in answers)))


def _blank_sign(source: Source) -> tuple[AnyBlock, ...]:
    say = source.say
    lines = (say("annex2.blank_worker"), say("annex2.blank_guard"), say("annex2.blank_time"))
    return tuple(block for line in lines for block in (Space(3), Text(line)))
