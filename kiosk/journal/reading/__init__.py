"""Reading a journal while the station writes it: lists, one check in full, counts, and what is to be copied out."""

from __future__ import annotations

from kiosk.journal.reading.attendance import Attendance
from kiosk.journal.reading.chain import Chain
from kiosk.journal.reading.checks import Checks
from kiosk.journal.reading.content import Content
from kiosk.journal.reading.papers import Papers
from kiosk.journal.reading.people import People
from kiosk.journal.reading.proposals import Proposals


class Reading(Chain, Checks, Attendance, Papers, Proposals, People, Content):
    """A journal open for reading only, usable from any thread. Made by `Reading.open`; each base reads one subject.

    Every method sees one state of the journal, and lets go of it before it returns: a reader that holds on to an old state keeps
    the write-ahead log from being emptied.
    """
