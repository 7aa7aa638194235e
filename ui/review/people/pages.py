"""The people: the list, and one person with what can be done."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.flow.door import Door
from kiosk.model.expiry import FOR_EVER
from kiosk.model.people import Worker
from kiosk.records.people.commands import DismissWorker, EraseWorker, UndoRoster, WithdrawCards
from kiosk.records.people.facts import ErasureReason
from kiosk.rosters.columns import tidy
from ui.review.access.sessions import who
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.people.access import found, guard
from ui.review.people.flags import Line, line
from ui.review.sender import SendCommand, Sender

_PAGE = 50


class Show(enum.StrEnum):
    """Which people are listed."""

    ALL = "all"
    LOOK = "look"
    LEFT = "left"


class People:
    """The list of people and the page of each."""

    def __init__(self, pages: Pages, send: SendCommand, door: Door) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._sender = Sender(pages, send)
        self._door = door

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("people", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/people", "everybody", self.everybody)
        routes.add_url_rule("/people/undo", "undo", self.undo, methods=["POST"])
        routes.add_url_rule("/people/of/<worker:worker_id>", "person", self.person)
        routes.add_url_rule(
            "/people/of/<worker:worker_id>/lost", "lost", self.lost, methods=["POST"]
        )
        routes.add_url_rule(
            "/people/of/<worker:worker_id>/leave", "leave", self.leave, methods=["POST"]
        )
        routes.add_url_rule(
            "/people/of/<worker:worker_id>/erase", "erase", self.erase, methods=["POST"]
        )
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def everybody(self) -> str:
        """List people: all who are here, those with something to look into, or those who left."""
        wanted = tidy(request.args.get("q", ""))[:40]
        show = request.args.get("show", Show.ALL)
        cards = reading().cards_held()
        known = (
            worker for worker in workers().values() if worker.name and _matches(worker, wanted)
        )
        lines = [self._line(worker, cards) for worker in known]
        chosen = {
            Show.ALL: [one for one in lines if not one.worker.has_left],
            Show.LOOK: [one for one in lines if one.needs_looking and not one.worker.has_left],
            Show.LEFT: [one for one in lines if one.worker.has_left],
        }
        show = Show(show) if show in list(Show) else Show.ALL
        page = _page_number()
        return render_template(
            "people.html",
            lines=chosen[show][page * _PAGE : (page + 1) * _PAGE],
            counts={key: len(some) for key, some in chosen.items()},
            show=show,
            wanted=wanted,
            page=page,
            more=len(chosen[show]) > (page + 1) * _PAGE,
            undo_until=self._undo_until(),
        )

    def _undo_until(self) -> str:
        """Return the moment (UTC stamp) until which the last import can be undone; empty when it
        cannot, or no longer.
        """
        until = reading().undo_until()
        return until.isoformat() if until and self._pages.now() < until else ""

    def person(self, worker_id: str) -> str:
        """Show a person."""
        worker, cards = found(worker_id), reading().cards_held()
        return render_template(
            "person.html",
            worker=worker,
            line=self._line(worker, cards),
            cards=cards.get(worker_id, 0),
            last=reading().last_let_in().get(worker_id),
            for_ever=FOR_EVER,
            reasons=list(ErasureReason),
            is_me=worker_id == who().worker,
            masked=masked,
        )

    def undo(self) -> AnyResponse:
        """Put back what the last import changed."""
        return self._sender.then(
            UndoRoster(who().worker), self._say("people.undone"), "people.everybody"
        )

    def lost(self, worker_id: str) -> AnyResponse:
        """Withdraw a person's cards."""
        command = WithdrawCards(who().worker, found(worker_id).id)
        return self._sender.then(
            command, self._say("person.lost_done"), "people.person", worker_id=worker_id
        )

    def leave(self, worker_id: str) -> AnyResponse:
        """Mark a person as having left."""
        command = DismissWorker(who().worker, found(worker_id).id)
        return self._sender.then(
            command, self._say("person.leave_done"), "people.person", worker_id=worker_id
        )

    def erase(self, worker_id: str) -> AnyResponse:
        """Forget a person."""
        reason = request.form.get("reason", "")
        if reason not in list(ErasureReason):
            return self._pages.problem("bad_request", 400)
        command = EraseWorker(who().worker, found(worker_id).id, ErasureReason(reason))
        said = self._say("person.erase_done", worker=worker_id)
        if refusal := self._sender.refusal(command):
            return self._sender.told(refusal, "people.person", worker_id=worker_id)
        return self._sender.told(said, "people.everybody", tone="good")

    def _line(self, worker: Worker, cards: Mapping[str, int]) -> Line:
        return line(worker, cards, self._door, self._pages.today(), self._pages.wording)


def masked(number: str) -> str:
    """Return a certificate's number with its middle hidden: it is often that of the resident
    identity card.
    """
    return number if len(number) < 8 else f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def _matches(worker: Worker, wanted: str) -> bool:
    return not wanted or any(
        wanted.casefold() in text.casefold() for text in (worker.id, worker.name, worker.crew)
    )


def _page_number() -> int:
    text = request.args.get("page", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        abort(404)
    return int(text)
