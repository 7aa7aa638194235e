"""Registering a card by holding it to the station's reader, and finding out in which form cards are
printed.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from devices.card_reader import FORMS, Card, CardNumberError, parse, projections
from kiosk.commands.protocol import Declined, Reply, StationDownError
from kiosk.records.people.commands import (
    AskCard,
    AwaitCard,
    CardAwaited,
    CardCommand,
    CardPurpose,
    CardStage,
    StopAwaitingCard,
)
from kiosk.rosters.columns import tidy
from ui.review.access.sessions import who
from ui.review.journal import reading
from ui.review.pages import Pages
from ui.review.people.access import found, guard
from ui.review.people.card_form import CardForm
from ui.review.sender import SendCommand


class PeopleCards:
    """The pages that wait for a card."""

    def __init__(self, pages: Pages, send: SendCommand, card_form: CardForm) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._send = send
        self._card_form = card_form

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("people_cards", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/people/of/<worker:worker_id>/card", "choose", self.choose)
        routes.add_url_rule(
            "/people/of/<worker:worker_id>/card", "begin", self.begin, methods=["POST"]
        )
        routes.add_url_rule("/people/of/<worker:worker_id>/card/<awaited>", "wait", self.wait)
        routes.add_url_rule("/people/format", "format", self.format)
        routes.add_url_rule("/people/format", "read", self.read, methods=["POST"])
        routes.add_url_rule("/people/format/<awaited>", "compare", self.compare)
        routes.add_url_rule("/people/format/<awaited>/use", "use", self.use, methods=["POST"])
        routes.add_url_rule("/people/card/<awaited>/live", "live", self.live)
        routes.add_url_rule("/people/card/<awaited>/stop", "stop", self.stop, methods=["POST"])
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def choose(self, worker_id: str) -> str:
        """Show the choice whether the card is one more or replaces the others."""
        worker = found(worker_id)
        return render_template(
            "card_choose.html", worker=worker, cards=reading().cards_held().get(worker_id, 0)
        )

    def begin(self, worker_id: str) -> AnyResponse:
        """Begin to await the card at the station."""
        purpose = request.form.get("purpose", "")
        if purpose not in (CardPurpose.ADD, CardPurpose.REPLACE):
            return self._pages.problem("bad_request", 400)
        reply = self._ask(AwaitCard(who().worker, CardPurpose(purpose), found(worker_id).id))
        if isinstance(reply, str):
            flash(reply, "bad")
            return redirect(url_for("people_cards.choose", worker_id=worker_id), 303)
        return redirect(
            url_for("people_cards.wait", worker_id=worker_id, awaited=reply.awaited), 303
        )

    def wait(self, worker_id: str, awaited: str) -> str:
        """Show the page that waits for the card, with the name of its holder."""
        worker = found(worker_id)
        back = url_for("people.person", worker_id=worker_id)
        again = url_for("people_cards.choose", worker_id=worker_id)
        return self._waiting(self._say("card.for", name=worker.name), awaited, back, again)

    def live(self, awaited: str) -> Response:
        """Return the waiting page's middle as it is now."""
        return make_response(render_template("_card.html", card=self._look(awaited), **_ways()))

    def stop(self, awaited: str) -> AnyResponse:
        """Await the card no longer."""
        self._ask(StopAwaitingCard(who().worker, awaited))
        return redirect(_inside(request.form.get("back", "")), 303)

    def format(self) -> str:
        """Show which form cards are printed in, as far as it is known."""
        return render_template("card_format.html", form=self._card_form.read())

    def read(self) -> AnyResponse:
        """Begin to await a card at the station whose number is only read."""
        reply = self._ask(AwaitCard(who().worker, CardPurpose.NUMBER))
        if isinstance(reply, str):
            flash(reply, "bad")
            return redirect(url_for("people_cards.format"), 303)
        return redirect(url_for("people_cards.compare", awaited=reply.awaited), 303)

    def compare(self, awaited: str) -> str:
        """Compare what the reader said with what is printed; until the card is there, wait for
        it.
        """
        card = self._look(awaited)
        here = url_for("people_cards.format")
        if card.stage is not CardStage.DONE or not card.form:
            return self._waiting(self._say("format.title"), awaited, here, here)
        typed = tidy(request.args.get("printed", ""))[:40]
        read = Card(card.form, card.number)
        return render_template(
            "card_compare.html",
            awaited=awaited,
            typed=typed,
            matches=matches(typed, read) if typed else [],
            narrower=narrower(typed, read) if typed else "",
        )

    def use(self, awaited: str) -> AnyResponse:
        """Keep the form that was found."""
        form = request.form.get("form", "")
        if form not in FORMS:
            return self._pages.problem("bad_request", 400)
        self._card_form.write(form)
        flash(self._say("format.used", form=form), "good")
        return redirect(url_for("people_cards.format", seen=awaited), 303)

    def _waiting(self, title: str, awaited: str, back: str, again: str) -> str:
        return render_template(
            "card_wait.html",
            title=title,
            awaited=awaited,
            card=self._look(awaited),
            back=back,
            again=again,
        )

    def _look(self, awaited: str) -> CardAwaited:
        reply = self._ask(AskCard(who().worker, awaited[:60]))
        return (
            CardAwaited(awaited, CardStage.REFUSED, reason=reply)
            if isinstance(reply, str)
            else reply
        )

    def _ask(self, command: CardCommand) -> CardAwaited | str:
        """Send a command; return the card's fate, or why nothing came of it."""
        try:
            reply: Reply = self._send(command)
        except StationDownError:
            return self._say("people.station_down")
        if isinstance(reply, CardAwaited):
            return reply
        return self._say(
            "people.declined", reason=reply.reason if isinstance(reply, Declined) else ""
        )


def matches(typed: str, read: Card) -> list[str]:
    """Return the forms in which `typed` is the number of the card that was read, as the door will
    look for it.
    """
    known = set(projections(read))
    return [form for form in FORMS if _as(form, typed) in known]


def narrower(typed: str, read: Card) -> str:
    """Return the form to write instead when the print has more bits than the reader tells; empty
    when that is not so.
    """
    wider = (_as(form, typed) for form in FORMS)
    return (
        read.form if any(card is not None and read in projections(card) for card in wider) else ""
    )


def _as(form: str, typed: str) -> Card | None:
    try:
        return parse(form, typed)
    except CardNumberError:
        return None


def _ways() -> Mapping[str, str]:
    return {
        "back": _inside(request.args.get("back", "")),
        "again": _inside(request.args.get("again", "")),
    }


def _inside(target: str) -> str:
    """Return a path of the pages about people, whatever was asked for."""
    harmless = target.startswith("/people") and target.isprintable() and "\\" not in target
    return target if harmless else "/people"
