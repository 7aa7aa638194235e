"""Drains a journal to the county: entries first, then the photos that the county wants.

Nothing is remembered between requests but what the county holds, so a drain can end after any of
them and the next one goes on from there. In memory are one batch and one photo.
"""

from __future__ import annotations

import hashlib

import msgspec

from kiosk.journal.entries import genesis
from sync.link import Link
from sync.outcomes import End, Events, Outcome
from sync.progress import Progress
from sync.protocol import (
    MAX_ENTRIES,
    Batch,
    GiveUp,
    Held,
    Message,
    PhotoRefused,
    Rewind,
    State,
    Stored,
    Trouble,
    TryAgain,
    Wanted,
    left_of_pause_s,
    next_batch,
    pause_s,
)
from sync.sentences import say
from sync.source import Source


def drain(source: Source, link: Link, progress: Progress, events: Events) -> Outcome:
    """Copy to the county what it lacks, as far as that goes now; trouble is an outcome and is
    written into `progress`.
    """
    run = _Run(source, link, progress, events)
    try:
        if events.sign_head is not None:
            # Before the head is read, so that the signature goes out with what it signs.
            events.sign_head()
        run.send_entries(run.ask_head())
        run.send_photos()
        # Once more at the end: what counts is what the county holds now, photos included.
        run.ask_head()
    except _HaltedError as halted:
        return run.halted(halted.trouble)
    progress.finished()
    return run.outcome(End.DONE)


def drain_for(
    window_s: float, source: Source, link: Link, progress: Progress, events: Events
) -> Outcome:
    """Drain, and after trouble that passes drain again, within a window of this many seconds;
    honours a stored pause.

    The head is signed once.
    """
    ends_s = events.monotonic() + window_s
    entries_sent = photos_sent = 0
    while True:
        # By the wall clock, which outlives a restart; the window is monotonic.
        pause = left_of_pause_s(progress.standing().retry_at_s, events.now().timestamp())
        if events.monotonic() + pause > ends_s:
            return Outcome(
                End.TRY_AGAIN, progress.standing().trouble, None, entries_sent, photos_sent
            )
        if events.stop.wait(pause):
            return Outcome(End.STOPPED, "", None, entries_sent, photos_sent)
        outcome = drain(source, link, progress, events)
        # A signature is an entry: one a try would never let the county catch up.
        events = msgspec.structs.replace(events, sign_head=None)
        entries_sent += outcome.entries_sent
        photos_sent += outcome.photos_sent
        if outcome.end is not End.TRY_AGAIN:
            return msgspec.structs.replace(
                outcome, entries_sent=entries_sent, photos_sent=photos_sent
            )


def ask_state(link: Link) -> State | Trouble:
    """Ask the county what it knows of this station."""
    return link.ask("GET", "state", State)


_MOST_PHOTOS_AN_ENTRY = 8


class _HaltedError(Exception):
    """Ends a drain before its end; `trouble` is None when it was asked to stop."""

    def __init__(self, trouble: Trouble | None) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class _Run:
    """One drain under way."""

    def __init__(self, source: Source, link: Link, progress: Progress, events: Events) -> None:
        self._source = source
        self._link = link
        self._progress = progress
        self._events = events
        self._held: Held | None = None
        self._rewound = False
        self._entries_sent = 0
        self._photos_sent = 0
        self._photo_troubles: list[str] = []

    def ask_head(self) -> Held:
        return self._confirmed(self._ask("GET", "head", Held))

    def send_entries(self, held: Held) -> None:
        """Send the entries up to the head of this moment; what is recorded meanwhile goes the next
        time.
        """
        total, _ = self._source.head()
        first = held.seq
        self._moved(held.seq - first, total - first, "entries")
        while held.seq < total:
            held = self._confirmed(self._send_batch(held.seq))
            self._moved(held.seq - first, total - first, "entries")

    def send_photos(self) -> None:
        """Offer every photo the county wants, once.

        An entry names a few: a county that wants more than the journal can name wants for ever.
        """
        total = self._held.photos_missing if self._held else 0
        most = self._source.head()[0] * _MOST_PHOTOS_AN_ENTRY
        offered, last = 0, ""
        while wanted := self._ask("GET", f"wanted?after={last}", Wanted).photos:
            if wanted[-1] <= last or offered + len(wanted) > most:
                raise _HaltedError(TryAgain(say("contradicts_itself")))
            for digest in wanted:
                self._send_photo(digest)
                offered += 1
                self._moved(offered, max(total, offered), "photos")
            last = wanted[-1]

    def halted(self, trouble: Trouble | None) -> Outcome:
        if trouble is None:
            return self.outcome(End.STOPPED)
        now_s = self._events.now().timestamp()
        if isinstance(trouble, TryAgain):
            failures = self._progress.standing().failures + 1
            pause = pause_s(failures, self._events.chance(), trouble.asked_s)
            self._progress.failed(trouble.why, now_s + pause)
            return self.outcome(End.TRY_AGAIN, trouble.why)
        why = trouble.why if isinstance(trouble, GiveUp) else say("contradicts_itself")
        self._progress.failed(why, now_s)
        return self.outcome(End.GAVE_UP, why)

    def outcome(self, end: End, why: str = "") -> Outcome:
        return Outcome(
            end, why, self._held, self._entries_sent, self._photos_sent, tuple(self._photo_troubles)
        )

    def _ask(self, method: str, path: str, expected: type[Message]) -> Message:
        if self._events.stop.is_set():
            raise _HaltedError(None)
        answer = self._link.ask(method, path, expected)
        if isinstance(answer, Trouble):
            raise _HaltedError(answer)
        return answer

    def _send_batch(self, after: int) -> Held:
        if self._events.stop.is_set():
            raise _HaltedError(None)
        batch = next_batch(self._source.entries(after, MAX_ENTRIES))
        answer = self._link.ask(
            "POST", "entries", Held, msgspec.json.encode(batch), "application/json"
        )
        # Once a drain: two answers that contradict each other would go on for ever.
        if isinstance(answer, Rewind) and not self._rewound:
            self._rewound = True
            return answer.held
        if isinstance(answer, Trouble):
            raise _HaltedError(answer)
        # A success that does not hold what was just sent.
        if answer.seq < batch.entries[-1].seq:
            raise _HaltedError(TryAgain(say("contradicts_itself")))
        self._entries_sent += len(batch.entries)
        return answer

    def _send_photo(self, digest: str) -> None:
        if self._events.stop.is_set():
            raise _HaltedError(None)
        photo = self._source.photo(digest)
        # Checked here as well: a card that rots must not cost the uplink a refusal each night.
        if photo is None or hashlib.sha256(photo).hexdigest() != digest:
            why = say("photo_lost") if photo is None else say("photo_damaged")
            self._photo_troubles.append(f"{digest}: {why}")
            return
        answer = self._link.ask(
            "PUT", f"photos/{digest}", Stored, photo, "application/octet-stream"
        )
        if isinstance(answer, Stored):
            self._photos_sent += 1
        elif isinstance(answer, PhotoRefused):
            self._photo_troubles.append(f"{digest}: {answer.why}")
        else:
            raise _HaltedError(answer)

    def _confirmed(self, held: Held) -> Held:
        """Accept what the county says it holds only where it is a stretch of this very journal."""
        own_seq, own_hash = self._hash_at(held.seq)
        if (own_seq, own_hash) != (held.seq, held.hash):
            self._show_own(own_seq)
            name = "county_differs" if own_seq == held.seq else "county_ahead"
            raise _HaltedError(GiveUp(say(name, seq=held.seq, own=own_seq)))
        self._held = held
        self._progress.confirmed(held, self._events.now().timestamp())
        return held

    def _show_own(self, seq: int) -> None:
        """Send the entry that the county holds another of, so that it sees the fork too and raises
        its alarm.

        Whatever it answers, the drain is over.
        """
        if seq and (own := self._source.entries(seq - 1, 1)):
            batch = msgspec.json.encode(Batch(tuple(own)))
            self._link.ask("POST", "entries", Held, batch, "application/json")

    def _hash_at(self, seq: int) -> tuple[int, str]:
        """Return the number and hash of entry `seq`, or of the head where the journal is
        shorter.
        """
        if seq == 0:
            return 0, genesis(self._link.station)
        entries = self._source.entries(seq - 1, 1)
        return (entries[0].seq, entries[0].hash) if entries else self._source.head()

    def _moved(self, done: int, total: int, what: str) -> None:
        self._events.moved(done, total, say(what))
