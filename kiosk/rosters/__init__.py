"""People as a spreadsheet: the template to fill in, the present list, and a filled-in sheet read
back with every fault named.

A sheet comes from outside. It is unpacked and parsed in a child process with limits of memory and
time (`kiosk.rosters.child`), and nothing of it is believed before each cell was looked at
(`kiosk.rosters.rows`). Words a person reads are Chinese.
"""

from __future__ import annotations

from kiosk.rosters.changes import Change, Changes, compare
from kiosk.rosters.draft import Draft, Level, PostRule, Problem, Rules, rules_of
from kiosk.rosters.reading import MOST_UPLOAD_BYTES, read_sheet
from kiosk.rosters.writing import MIME_TYPE, write_people, write_template

__all__ = [
    "MIME_TYPE",
    "MOST_UPLOAD_BYTES",
    "Change",
    "Changes",
    "Draft",
    "Level",
    "PostRule",
    "Problem",
    "Rules",
    "compare",
    "read_sheet",
    "rules_of",
    "write_people",
    "write_template",
]
