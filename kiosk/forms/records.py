"""Forms from what is on record: reads the journal and finds the photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.forms.annex2 import annex2
from kiosk.forms.annex2_paper import paper_annex2
from kiosk.forms.sheet import Sheet
from kiosk.forms.source import Author, Source
from kiosk.journal.blobs import Photos
from kiosk.records.checks.rows import CheckDetail
from kiosk.records.paper.rows import PaperRow
from kiosk.records.reader import Reading


def names_of(reading: Reading) -> Mapping[str, str]:
    """Return everybody's name by 工号."""
    return {worker.id: worker.name for worker in reading.workers().values()}


def authors_of(reading: Reading) -> Mapping[str, Author]:
    """Return who published each version of the factory's own packs, by its digest."""
    return {row.digest: Author(row.by_worker, row.at) for row in reading.published()}


def annex2_of(detail: CheckDetail, reading: Reading, photos: Photos, source: Source) -> Sheet:
    """Fill Annex 2 from a check and the photos that are still there."""
    digests = {made.photo for made in detail.confirmations if made.photo}
    found = {digest: path for digest in digests if (path := photos.path(digest))}
    files = {digest: str(path.absolute()) for digest, path in found.items()}
    return annex2(detail, files, source.of_check(detail.row), clock_ok=clock_ok(detail, reading))


def annex2_of_paper(versions: Sequence[PaperRow], photos: Photos, source: Source) -> Sheet:
    """Fill Annex 2 from a paper form that was entered later, all its versions oldest first, and its
    photo where it is still there.
    """
    path = photos.path(versions[-1].photo)
    return paper_annex2(versions, str(path.absolute()) if path else "", source)


def clock_ok(detail: CheckDetail, reading: Reading) -> bool:
    """Return whether the clock was right when the check was opened and when it was closed."""
    seqs = [seq for seq in (detail.row.seq_opened, detail.row.seq_closed) if seq]
    return all(entry.clock_ok for seq in seqs for entry in reading.entries(after=seq - 1, limit=1))
