"""告知牌: the notice to the people whose data a station keeps, with the items of Article 17 of
个人信息保护法.
"""

from __future__ import annotations

from kiosk.forms.sheet import AnyBlock, Band, Sheet, Text
from kiosk.forms.source import Source
from kiosk.model.privacy import Promise

_SIZE_PT = 17.0


def privacy_notice(promise: Promise, county: str, source: Source) -> Sheet:
    """Return the notice for the door; an empty `county` means that nothing leaves the station."""
    say = source.say
    contact = say("privacy.contact_blank")
    if promise.contact or promise.phone:
        contact = say("privacy.contact", contact=promise.contact, phone=promise.phone)
    where = say("privacy.where_county", county=county) if county else say("privacy.where_local")
    rows = (
        ("who", say("privacy.who_text", company=source.company, station=source.station)),
        ("contact_row", contact),
        ("why", say("privacy.why_text")),
        ("what", f"{say('privacy.what_text')}\n{say('privacy.what_not')}"),
        ("where", where),
        ("how_long", _how_long(promise, source)),
        ("rights", f"{say('privacy.rights_text')}\n{say('privacy.discipline')}"),
    )
    body: tuple[AnyBlock, ...] = tuple(
        Band(say(f"privacy.{key}"), ((Text(text, _SIZE_PT),),)) for key, text in rows
    )
    return Sheet(title=say("privacy.title"), lead=say("privacy.lead"), body=body)


def _how_long(promise: Promise, source: Source) -> str:
    if not (promise.photo_kept_days and promise.record_kept_months):
        return source.say("privacy.how_long_blank")
    return source.say(
        "privacy.how_long_text",
        photo_days=promise.photo_kept_days,
        record_months=promise.record_kept_months,
    )
