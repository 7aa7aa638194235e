"""Reading what workers proposed for Annex 1 (事故假想)."""

from __future__ import annotations

from kiosk.journal.reader import Connected
from kiosk.model.scenes import Decided
from kiosk.records.scenarios.rows import ProposalRow, ProposalState


class Proposals(Connected):
    """Proposed scenes."""

    def proposals(self, state: ProposalState | None = None, limit: int = 200) -> list[ProposalRow]:
        """Return what workers proposed for Annex 1 (事故假想), newest first: of one state, or
        all.
        """
        of_state = "" if state is None else "WHERE state = ?"
        values = (limit,) if state is None else (state, limit)
        return self._typed(
            ProposalRow, f"SELECT * FROM proposal {of_state} ORDER BY seq DESC LIMIT ?", *values
        )

    def proposal(self, proposal_id: str) -> ProposalRow | None:
        """Return one of them."""
        return next(
            iter(self._typed(ProposalRow, "SELECT * FROM proposal WHERE id = ?", proposal_id)), None
        )

    def decided(self, worker_id: str) -> tuple[Decided, ...]:
        """Return the worker's proposals that were decided and that they have not been told of;
        oldest first.
        """
        query = """SELECT id AS proposal, place AS "where", what, state = 'approved' AS adopted,
            cause, reason
            FROM proposal WHERE worker = ? AND state IN ('approved', 'rejected') AND told = 0
            ORDER BY seq"""
        return tuple(self._typed(Decided, query, worker_id))
