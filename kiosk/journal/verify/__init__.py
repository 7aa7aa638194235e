"""Proving that nothing was changed: the chain, the photos it names, and the tables made from it.

Reads only, so the station may go on working. The chain is walked page by page without holding on to any state of the database; only
comparing the tables does that, at the end. Memory does not grow with the journal: the rebuilt tables go to a temporary
file of SQLite's when they no longer fit its cache.

What it cannot find: that the newest entries were cut off together with their rows. Only who has seen a later head (the county, a
signed head) can tell.
"""

from kiosk.journal.verify.report import Bad, Progress, Report
from kiosk.journal.verify.run import verify

__all__ = ["Bad", "Progress", "Report", "verify"]
