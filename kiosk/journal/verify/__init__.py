"""Proving that nothing was changed: the chain, the photos it names, the tables made from it, the
people it knows, and how the database itself is built.

Reads only, so the station may go on working. The chain is walked page by page without holding on to
any state of the database; only comparing the tables does that, at the end. Memory does not grow
with the journal: the rebuilt tables go to a temporary file of SQLite's when they no longer fit its
cache.

What it cannot find: entries that neither a signature nor a receipt covers yet, rewritten or cut off
together with their rows. And somebody who may read the station's key and delete its receipts can
rewrite everything: then only the county itself can tell, or who has written down an earlier head.
"""

from kiosk.journal.verify.heads import Witnesses
from kiosk.journal.verify.report import Bad, Progress, Report
from kiosk.journal.verify.run import verify

__all__ = ["Bad", "Progress", "Report", "Witnesses", "verify"]
