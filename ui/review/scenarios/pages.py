"""事故假想: what workers proposed at the station, made into rows of Annex 1, approved, and taken
into the drill.
"""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.permissions import may_approve, may_manage
from kiosk.commands.protocol import Command, Declined, StationDownError
from kiosk.flow.door import Door
from kiosk.records.scenarios.commands import ApproveScenario, EditScenario, RejectScenario
from kiosk.records.scenarios.rows import ProposalRow, ProposalState
from ui.review.access.sessions import own, who
from ui.review.content.room import Room
from ui.review.content.store import DraftError
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.people.access import guard
from ui.review.scenarios import step as step
from ui.review.scenarios.form import Columns, Wrong, columns_of, faults, typed, why_not
from ui.review.sender import SendCommand
from ui.review.wording import name_of


def open_proposals() -> int:
    """Count what still waits for somebody: of the person who is signed in, if they may handle
    it.
    """
    if not may_manage(own()):
        return 0
    waiting = (ProposalState.PROPOSED, ProposalState.EDITED)
    return sum(len(reading().proposals(state)) for state in waiting)


class Proposals:
    """The list of proposed scenes and the page of each.

    `content` is where drafts are; None where none are written.
    """

    def __init__(self, pages: Pages, send: SendCommand, door: Door, content: Room | None) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._send = send
        self._door = door
        self._content = content

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("proposals", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/proposals", "index", self.index)
        at = "/proposals/<proposal_id>"
        routes.add_url_rule(at, "proposal", self.proposal)
        routes.add_url_rule(f"{at}/edit", "edit", self.edit, methods=["POST"])
        routes.add_url_rule(f"{at}/approve", "approve", self.approve, methods=["POST"])
        routes.add_url_rule(f"{at}/reject", "reject", self.reject, methods=["POST"])
        routes.add_url_rule(f"{at}/step", "step", self.step, methods=["POST"])
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def index(self) -> str:
        """Show them by state; at first those that wait for who is signed in."""
        every = reading().proposals()
        asked = request.args.get("state", "")
        usual = ProposalState.EDITED if may_approve(own()) else ProposalState.PROPOSED
        counts = {state: sum(row.state is state for row in every) for state in ProposalState}
        state = ProposalState(asked) if asked in list(ProposalState) else usual
        return render_template(
            "proposals.html",
            rows=[row for row in every if row.state is state],
            state=state,
            counts=counts,
            names=_name,
            type_of=self._type,
        )

    def proposal(self, proposal_id: str) -> str:
        """Show one."""
        row = _found(proposal_id)
        return self._page(row, columns_of(row))

    def edit(self, proposal_id: str) -> AnyResponse:
        """Save the columns of Annex 1."""
        row, columns = _found(proposal_id), typed(request.form)
        codes = frozenset(code for code, _ in self._types(row))
        wrong = next(faults(columns, codes), None)
        if wrong is not None:
            return make_response(self._page(row, columns, self._sentence(wrong)), 422)
        command = EditScenario(
            who().worker,
            row.id,
            request.form.get("edited_at", ""),
            columns.accident_type,
            columns.scene,
            columns.prevention,
            columns.response,
            columns.improvement,
        )
        return self._carried(command, row, "saved", columns)

    def approve(self, proposal_id: str) -> AnyResponse:
        """Approve it as it stands on the page."""
        row = _found(proposal_id)
        command = ApproveScenario(who().worker, row.id, request.form.get("edited_at", ""))
        return self._carried(command, row, "approved")

    def reject(self, proposal_id: str) -> AnyResponse:
        """Do not take it over."""
        row = _found(proposal_id)
        cause, reason = (
            request.form.get("cause", ""),
            " ".join(request.form.get("reason", "").split()),
        )
        if wrong := why_not(cause, reason, self._door.reasons.not_adopted):
            return make_response(
                self._page(row, columns_of(row), self._say(f"proposals.{wrong}")), 422
            )
        command = RejectScenario(
            who().worker, row.id, request.form.get("edited_at", ""), cause, reason
        )
        return self._carried(command, row, "rejected")

    def step(self, proposal_id: str) -> AnyResponse:
        """Add it to the drill, in a draft, and go there."""
        row = _found(proposal_id)
        if self._content is None or row.state is not ProposalState.APPROVED:
            abort(404)
        try:
            draft = step.add(self._content, row)
        except DraftError as error:
            return make_response(self._page(row, columns_of(row), str(error)), 422)
        if draft is None:
            return make_response(
                self._page(row, columns_of(row), self._say("proposals.no_post")), 422
            )
        flash(self._say("proposals.to_draft"), "good")
        return redirect(self._of_draft(draft.id, row), 303)

    def _of_draft(self, draft_id: str, row: ProposalRow) -> str:
        """Return the address of its step in a draft."""
        at = f"item-{step.id_of(row)}"
        return url_for("content.part", draft_id=draft_id, kind="drill", item=row.post, _anchor=at)

    def _carried(
        self, command: Command, row: ProposalRow, said: str, columns: Columns | None = None
    ) -> AnyResponse:
        try:
            reply = self._send(command)
        except StationDownError:
            return self._refused(row, columns, self._say("proposals.station_down"), 503)
        if isinstance(reply, Declined):
            return self._refused(
                row, columns, self._say("proposals.declined", reason=reply.reason), 409
            )
        flash(self._say(f"proposals.{said}"), "good")
        return redirect(url_for("proposals.proposal", proposal_id=row.id), 303)

    def _refused(
        self, row: ProposalRow, columns: Columns | None, problem: str, status: int
    ) -> Response:
        newest = _found(row.id)
        return make_response(self._page(newest, columns or columns_of(newest), problem), status)

    def _sentence(self, wrong: Wrong) -> str:
        more: dict[str, Any] = {"most": wrong.most} if wrong.what == "too_long" else {}
        return self._say(
            f"proposals.{wrong.what}", field=self._say(f"proposals.{wrong.field}"), **more
        )

    def _page(self, row: ProposalRow, columns: Columns, problem: str = "") -> str:
        found = step.Whereabouts()
        if self._content is not None and row.state is ProposalState.APPROVED:
            found = step.whereabouts(self._content, row)
        return render_template(
            "proposal.html",
            row=row,
            columns=columns,
            problem=problem,
            name=_name,
            type_of=self._type,
            types=self._types(row),
            causes=self._door.reasons.not_adopted,
            typed=request.form,
            may_approve=may_approve(own()),
            has_drafts=self._content is not None,
            found=found,
            draft_url=self._of_draft(found.draft.id, row) if found.draft else "",
        )

    def _types(self, row: ProposalRow) -> list[tuple[str, str]]:
        """Return the types of accident of the list that the proposal was made with."""
        named = self._door.accidents.named(row.accident_list) if self._door.accidents else None
        return [(kind.code, kind.name) for kind in named.types] if named else []

    def _type(self, row: ProposalRow) -> str:
        return dict(self._types(row)).get(row.accident_type, row.accident_type)


def _found(proposal_id: str) -> ProposalRow:
    return reading().proposal(proposal_id) or abort(404)


def _name(worker_id: str) -> str:
    return name_of(workers(), worker_id)
