"""读音和录音: hearing any sentence as the station will speak it, correcting how a word is read,
playing a foreman's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Command, Declined, StationDownError
from kiosk.journal.blobs import Photos
from kiosk.packs.spoken import too_long
from kiosk.records.speech.commands import (
    Heard,
    HearSentence,
    KeepRecording,
    RemoveRecording,
    SetReading,
)
from kiosk.records.speech.recordings import Recordings
from ui.review.access.sessions import who
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.sender import SendCommand
from ui.review.wording import name_of

MOST_UPLOAD_BYTES = 3 * 1024 * 1024 + 64 * 1024
"""A recording, and what a form puts around it."""
_SHOWN = 120
_DRAFT = re.compile(r"/content/drafts/[\w/-]+(\?[\w=&-]*)?(#[\w-]*)?")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self' blob:; "
        "media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
}


class Group(msgspec.Struct, frozen=True):
    """The sentences of a post; an empty `post` stands for what everybody hears."""

    post: str
    sentences: tuple[str, ...]


class Spoken(msgspec.Struct, frozen=True):
    """What the station speaks, and where the recorded voices lie."""

    groups: Callable[[], Sequence[Group]]
    recordings: Photos


class SpeechPages:
    """The pages of speech."""

    def __init__(self, pages: Pages, send: SendCommand, spoken: Spoken) -> None:
        self._pages = pages
        self._send = send
        self._spoken = spoken

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("speech", __name__)
        routes.add_url_rule("/speech", "index", self.index)
        routes.add_url_rule("/speech/sentence", "sentence", self.sentence)
        routes.add_url_rule("/speech/sound.wav", "sound", self.sound)
        routes.add_url_rule("/speech/heard.wav", "heard", self.heard)
        routes.add_url_rule("/speech/readings", "set_reading", self.set_reading, methods=["POST"])
        routes.add_url_rule("/speech/recordings", "keep", self.keep, methods=["POST"])
        routes.add_url_rule("/speech/recordings/remove", "remove", self.remove, methods=["POST"])
        routes.add_url_rule("/speech/recordings/<digest>.wav", "recording", self.recording)
        routes.after_request(_let_hear_and_record)
        return routes

    def index(self) -> str:
        """Find a sentence: by a word of it, by post, or by writing one."""
        wanted, post = request.args.get("q", "").strip(), request.args.get("post", "")
        groups = self._spoken.groups()
        found = [
            sentence
            for group in groups
            if wanted or group.post == post
            for sentence in group.sentences
            if wanted in sentence
        ]
        return render_template(
            "speech.html",
            q=wanted,
            post=post,
            posts=[group.post for group in groups],
            found=found[:_SHOWN],
            more=max(0, len(found) - _SHOWN),
            recorded={row.text for row in reading().recordings()},
            readings=reading().readings(),
        )

    def sentence(self) -> AnyResponse:
        """Show how a sentence is read."""
        text = " ".join(request.args.get("text", "").split())
        return self._page(text) if text else redirect(url_for("speech.index"))

    def sound(self) -> Response:
        """Send a sentence as the synthesiser speaks it now, or with a reading tried out."""
        heard = self._hear(*(request.args.get(name, "") for name in ("text", "word", "sounds")))
        if isinstance(heard, str):
            abort(404)
        return Response(heard.wav, mimetype="audio/wav")

    def heard(self) -> Response:
        """Send what the door would play for a sentence of a draft; why it cannot be heard, as
        text.
        """
        text = " ".join(request.args.get("text", "").split())
        recordings = Recordings(self._spoken.recordings)
        recordings.know(reading().recordings())
        if clip := recordings.clip(text):
            return send_file(clip.path, mimetype="audio/wav", max_age=0)
        field = request.args.get("field", "").rpartition(".")[2]
        heard = too_long(field, text) or self._hear(text, "", "")
        if isinstance(heard, str):
            return Response(heard, 422, mimetype="text/plain")
        return Response(heard.wav, mimetype="audio/wav")

    def set_reading(self) -> AnyResponse:
        """Try a reading out, or set it; an empty one restores the product's own."""
        text, word, sounds = (
            request.form.get(name, "").strip() for name in ("text", "word", "sounds")
        )
        if request.form.get("do") == "try":
            return self._page(text, word=word, sounds=sounds)
        problem = self._carry(SetReading(who().worker, word, sounds))
        if problem:
            return self._page(text, problem, word, sounds) if text else self._said(problem)
        say = self._pages.wording.say
        flash(
            say("speech.reading_set", word=word)
            if sounds
            else say("speech.reading_gone", word=word)
        )
        return self._back(text)

    def keep(self) -> AnyResponse:
        """Take a recording to the station."""
        text, file = request.form.get("text", ""), request.files.get("wav")
        say = self._pages.wording.say
        content = file.read() if file else b""
        if not content:
            return self._page(text, say("speech.no_file"))
        problem = self._carry(KeepRecording(who().worker, text, content))
        if problem:
            return self._page(text, problem)
        flash(say("speech.kept"))
        return self._back(text)

    def remove(self) -> AnyResponse:
        """Delete a recording."""
        text = request.form.get("text", "")
        problem = self._carry(RemoveRecording(who().worker, text))
        if problem:
            return self._page(text, problem)
        flash(self._pages.wording.say("speech.removed"))
        return self._back(text)

    def recording(self, digest: str) -> Response:
        """Send a recorded voice that is in use."""
        path = self._spoken.recordings.path(digest)
        if path is None or digest not in {row.recording for row in reading().recordings()}:
            abort(404)
        return send_file(path, mimetype="audio/wav", max_age=0)

    def _page(self, text: str, problem: str = "", word: str = "", sounds: str = "") -> Response:
        heard = self._hear(text, *(("", "") if problem else (word, sounds)))
        if isinstance(heard, str) and word and sounds and not problem:
            problem, heard = heard, self._hear(text, "", "")
        recorded = next((row for row in reading().recordings() if row.text == text), None)
        own = [row for row in reading().readings() if row.word in text]
        page = render_template(
            "speech_sentence.html",
            text=text,
            problem=heard if isinstance(heard, str) else problem,
            sounds=() if isinstance(heard, str) else heard.sounds,
            word=word,
            typed=sounds,
            tried=bool(word and sounds and not problem),
            recorded=recorded,
            by=name_of(workers(), recorded.by_worker) if recorded else "",
            own=own,
            back=_from_draft(),
        )
        return make_response(page, 422 if problem else 200)

    def _hear(self, text: str, word: str, sounds: str) -> Heard | str:
        """Return the station's speech, or a sentence that says why there is none."""
        trying = (word, sounds) if word and sounds else ("", "")
        try:
            reply = self._send(HearSentence(who().worker, text, *trying))
        except StationDownError:
            return self._pages.wording.say("speech.station_down")
        if isinstance(reply, Heard):
            return reply
        return (
            reply.reason
            if isinstance(reply, Declined)
            else self._pages.wording.say("speech.station_down")
        )

    def _carry(self, command: Command) -> str:
        """Send a command; return a sentence that says why it was not carried out, empty when it
        was.
        """
        try:
            reply = self._send(command)
        except StationDownError:
            return self._pages.wording.say("speech.station_down")
        return reply.reason if isinstance(reply, Declined) else ""

    def _said(self, problem: str) -> AnyResponse:
        flash(problem)
        return redirect(url_for("speech.index"), 303)

    def _back(self, text: str) -> AnyResponse:
        if not text:
            return redirect(url_for("speech.index"), 303)
        return redirect(url_for("speech.sentence", text=text, back=_from_draft() or None), 303)


def _from_draft() -> str:
    """Return the page of a draft from which somebody came, to go back to it; empty for any other
    address.
    """
    back = request.values.get("back", "")
    return back if _DRAFT.fullmatch(back) else ""


def allow_upload() -> None:
    """Allow a recording of somebody who is signed in to be larger than other forms; runs before
    anything parses the form.
    """
    if request.endpoint == "speech.keep" and current_user.is_authenticated:
        request.max_content_length = MOST_UPLOAD_BYTES


def _let_hear_and_record(answer: Response) -> Response:
    """Set the headers of these pages: they alone play sounds and may ask for the microphone."""
    answer.headers.update(_HEADERS)
    return answer
