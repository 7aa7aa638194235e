"""Reading a journal while the station writes it: lists, one check in full, counts, and what is to
be copied out.
"""

from __future__ import annotations

from kiosk.journal.reading.content import Content
from kiosk.records.chain import Chain
from kiosk.records.checks.attendance import Attendance
from kiosk.records.checks.queries import Checks
from kiosk.records.paper.queries import Papers
from kiosk.records.people.queries import People
from kiosk.records.scenarios.queries import Proposals


class Reading(Chain, Checks, Attendance, Papers, Proposals, People, Content):
    """A journal open for reading only, usable from any thread.

    Made by `Reading.open`; each base reads one subject.

    Every method sees one state of the journal, and releases it before it returns: a reader that
    holds on to an old state keeps the write-ahead log from being emptied.
    """
