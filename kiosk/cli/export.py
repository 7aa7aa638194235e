"""`kiosk export`: forms as PDF files, filled from content and records, or blank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.forms.choosing import Kind, content_sheets
from kiosk.forms.printing import FormError, printed
from kiosk.forms.records import annex2_of, authors_of, names_of
from kiosk.forms.sheet import Sheet
from kiosk.forms.source import Source
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door, load_shipped
from kiosk.processes.forms import forms_source
from kiosk.processes.telling import tell
from kiosk.records.reader import Reading
from kiosk.settings import Settings


class Wanted(msgspec.Struct, frozen=True):
    """What to print: a kind of form, and of what. Empty is everything of its kind."""

    kind: Kind
    subject: str = ""
    """A post, unit or work by its id."""
    check: str = ""
    day: date | None = None


def export(settings: Settings, config: Path, data: Path | None, wanted: Wanted, out: Path) -> None:
    """Write a PDF. Raise FormError, PackError, JournalError and UnknownSubjectError."""
    sheets = _sheets(settings, config, data, wanted)
    if not sheets:
        raise FormError("没有可打印的内容")
    paper = printed(sheets)
    try:
        out.write_bytes(paper)
    except OSError as error:
        raise FormError(f"{out} 写不进去：{error.strerror}") from error
    tell(f"{out}：{len(sheets)} 份，{len(paper) / 1024:.0f} kB")


def _sheets(settings: Settings, config: Path, data: Path | None, wanted: Wanted) -> list[Sheet]:
    place = Place(config.parent, data or Path())
    if data is None:
        if wanted.kind is Kind.ANNEX2:
            raise FormError(
                "附件2从记录里填，请用 --data 指明数据文件夹；空表用 kiosk export blank"
            )
        source = forms_source(settings, place, load_shipped(settings, place))
        return content_sheets(
            wanted.kind, wanted.subject, source, settings.privacy, settings.county.url
        )
    with Reading.open(data) as reading:
        door, names = load_door(settings, place), names_of(reading)
        source = replace(forms_source(settings, place, door, names), authors=authors_of(reading))
        if wanted.kind is not Kind.ANNEX2:
            return content_sheets(
                wanted.kind, wanted.subject, source, settings.privacy, settings.county.url
            )
        return list(_records(reading, Photos(data / PHOTOS), source, wanted))


def _records(reading: Reading, photos: Photos, source: Source, wanted: Wanted) -> Iterable[Sheet]:
    """Yield one check, or all of a day that named a hazardous work, in their order."""
    if not wanted.check and not wanted.day:
        raise FormError("请用 --check 指明一次检查，或用 --day 指明一天")
    ids = [wanted.check] if wanted.check else _with_works(reading, wanted.day)
    for check_id in ids:
        detail = reading.check(check_id)
        if detail is None:
            raise FormError(f"没有这次检查：{check_id}")
        yield annex2_of(detail, reading, photos, source)


def _with_works(reading: Reading, day: date | None) -> list[str]:
    rows = reading.checks(day, limit=10_000)
    return [row.id for row in reversed(rows) if row.works and row.outcome is not None]
