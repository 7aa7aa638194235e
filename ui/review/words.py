"""Which texts config/texts/review.toml has to hold, and which of them have named places to fill in.

Where the product has a list (outcomes, faults of a photo), its members are the keys, so that a new member without a text is found
at start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from devices.camera import Fault
from kiosk.flow.crew_gathering import LEFT_OUT
from kiosk.forms.choosing import Kind as Form
from kiosk.model.content import Part
from kiosk.model.eligibility import Ground
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.rules import PermitFault
from kiosk.records.paper.facts import PaperCause
from kiosk.records.reviews.facts import Verdict
from ui.review.checks.incidents import Kind
from ui.review.people.mastery import Knows

_SECTIONS: Mapping[str, Iterable[str]] = {
    "frame": ("content", "title", "sign_out", "skip", "past_review"),
    "sign_in": (
        *("title", "lead", "worker", "password", "submit", "wrong", "wait", "expired", "draft_kept"),
        *("closed", "forgotten"),
    ),
    "days": ("today", "long", "previous", "next", "choose", "go"),
    "weekday": [f"d{number}" for number in range(1, 8)],
    "tally": ("expected", "arrived", "missing", "missing_who"),
    "list": (
        *(
            "title",
            "filters",
            "all",
            "unreviewed",
            "not_passed",
            "unfinished",
            "older",
            "newest",
            "live",
            "lost",
            "released",
        ),
        *(
            "empty_all",
            "empty_all_hint",
            "empty_past",
            "empty_unreviewed",
            "empty_not_passed",
            "empty_unfinished",
        ),
        *("photo_of", "no_photo"),
    ),
    "incident": ("title", *Kind, *(f"nobody_{kind}" for kind in Kind), "times", "more"),
    "ground": Ground,
    "outcome": (*Outcome, "open"),
    "verdict": (*Verdict, "none"),
    "part": Part,
    "answer": (*Answer, "none"),
    "fault": Fault,
    "flag": ("no_photo", "not_applicable", "wrong"),
    "no_photo": ("camera_silent",),
    "why": (
        "part",
        "abnormal",
        "stop_work",
        "timeout",
        "left",
        "power",
        *("not_signed", "drawn", "too_few", "cancelled"),
    ),
    "crew": ("mark", "title", "leader", "drawn", "left_out", "card_of", "signed", "unsigned", "unknown"),
    "left_out": LEFT_OUT,
    "stage": (
        *(
            *("gathering", "signing_off", "picking_signer", "signing_member", "ending_crew"),
            "choosing_post",
            "choosing_works",
            "showing_permit",
            "refused_work",
            "asking",
            "calling",
            "listening",
            "counting",
            "taking",
        ),
        *("answering", "reasoning", "signing"),
    ),
    "permit": ("title", "number", "until", "ended", "refused", *PermitFault),
    "level": DrillLevel,
    "mastery": (
        *("title", "about", "known", "missed_count", "nobody", "no_post", "back", "drills", "last", *Knows),
        *(f"level_{level}" for level in DrillLevel),
    ),
    "check": (
        *("back", "photos", "questions", "steps", "dangers", "abnormal", "release", "released_by", "reviews"),
        *(
            "signature",
            "signed_commitment",
            "signed_account",
            "not_signed",
            "signature_of",
            "record",
            "worker",
        ),
        *("shift", "opened", "closed", "lasted", "took", "entries", "entry_range", "hash", "content"),
        *("content_changed", "clock_wrong", "right", "wrong", "right_is", "dwell", "misses", "nothing"),
        *("reason", "retaken", "no_photo", "not_yet", "open_now", "enlarge", "stale", "level"),
    ),
    "photo": (
        *("close", "previous", "next", "earlier", "accept", "reject", "verdict_accepted", "verdict_rejected"),
    ),
    "review": (
        *(
            "title",
            "comment",
            "comment_hint",
            "comment_label",
            "needed",
            "too_long",
            "recorded",
            "again",
            "own",
            "next",
        ),
        *("all_done", "day_done", "of_photo", "meanwhile", "station_down", "declined", "stale"),
    ),
    "suggestion": (
        *(f"check_{number}" for number in range(1, 6)),
        *(f"photo_{number}" for number in range(1, 5)),
    ),
    "forms": (
        *("title", "back", "all", "blanks", "open", "open_hint", "preview_of", "no_works", "failed", "busy"),
        *("print", "print_annex2"),
    ),
    "paper": (
        *("title", "about", "new", "none", "stamp", "of_day", "not_a_pass", "whose", "worker", "post", "day"),
        *(
            "shift",
            "works",
            "reason",
            "the_paper",
            "signed_by",
            "the_worker",
            "kept_at",
            "kept_hint",
            "cause",
        ),
        *("entered_by", "choose", "submit", "recorded", "needs_answers", "needs_person", "needs_paper"),
        *(f"needs_reason_{part}" for part in Part),
        *("unreadable", "future", "station_down", "declined"),
        *("photo", "photo_choose", "photo_other", "photo_drop", "photo_about", "photo_large"),
        *("photo_large_of", "correct", "correct_about", "why", "why_label", "why_hint", "needs_why"),
        *("submit_correction", "corrected", "corrected_by", "corrected_mark", "holds_no_more", "to_newest"),
        *("versions", "version_entered", "version_corrected", "outdated", "holds"),
    ),
    "paper_cause": PaperCause,
    "form": [kind.replace("-", "_") for kind in Form],
    "form_about": [kind.replace("-", "_") for kind in Form],
    "speech": (
        *(
            "nav",
            "title",
            "about",
            "find",
            "go",
            "write",
            "hear",
            "posts",
            "general",
            "nothing",
            "more",
            "own_voice",
        ),
        *(
            "dictionary",
            "forget",
            "back",
            "back_to_draft",
            "as_spoken",
            "tried",
            "own_reading",
            "correct",
            "correct_how",
        ),
        *("word", "sounds", "try", "set", "reading_set", "reading_gone", "voice_about", "recorded_by"),
        *("remove", "record", "record_again", "stop", "denied", "unreadable", "file", "keep", "no_file"),
        *("kept", "removed", "station_down"),
    ),
    "problem": (
        *(
            "not_found",
            "not_found_hint",
            "not_allowed",
            "people_only",
            "bad_request",
            "too_large",
            "unreadable",
        ),
        *("unreadable_hint", "broken", "broken_hint", "home"),
    ),
}

KEYS = frozenset(f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys)

PLACES: Mapping[str, frozenset[str]] = {
    "crew.title": frozenset({"crew", "count"}),
    "crew.leader": frozenset({"name"}),
    "crew.card_of": frozenset({"name"}),
    "paper.declined": frozenset({"reason"}),
    "paper.photo_about": frozenset({"most_mb"}),
    "paper.photo_large": frozenset({"most_mb"}),
    "paper.photo_large_of": frozenset({"name"}),
    "forms.preview_of": frozenset({"name"}),
    "sign_in.wait": frozenset({"minutes"}),
    "days.long": frozenset({"month", "day", "weekday"}),
    "list.photo_of": frozenset({"part"}),
    "incident.times": frozenset({"count"}),
    "incident.more": frozenset({"count"}),
    "ground.blocked": frozenset({"about"}),
    "ground.certificate_missing": frozenset({"about"}),
    "ground.certificate_expired": frozenset({"about"}),
    "flag.not_applicable": frozenset({"part", "why"}),
    "flag.wrong": frozenset({"count"}),
    "why.part": frozenset({"part", "reason"}),
    "why.abnormal": frozenset({"reason"}),
    "why.stop_work": frozenset({"reason"}),
    "frame.past_review": frozenset({"pack", "day"}),
    "mastery.known": frozenset({"count", "total"}),
    "mastery.missed_count": frozenset({"count"}),
    "mastery.drills": frozenset({"count"}),
    "mastery.last": frozenset({"day"}),
    "permit.number": frozenset({"number"}),
    "permit.until": frozenset({"month", "day", "hour"}),
    "permit.refused": frozenset({"work", "why"}),
    "check.level": frozenset({"level"}),
    "check.released_by": frozenset({"name", "reason"}),
    "check.signature_of": frozenset({"name"}),
    "check.entry_range": frozenset({"first", "last"}),
    "check.took": frozenset({"minutes", "seconds"}),
    "check.right_is": frozenset({"answer"}),
    "check.dwell": frozenset({"seconds"}),
    "check.misses": frozenset({"count"}),
    "check.reason": frozenset({"reason"}),
    "check.retaken": frozenset({"count"}),
    "check.enlarge": frozenset({"part"}),
    "review.too_long": frozenset({"most"}),
    "review.recorded": frozenset({"verdict"}),
    "review.of_photo": frozenset({"part"}),
    "review.meanwhile": frozenset({"name", "verdict"}),
    "review.declined": frozenset({"reason"}),
    "speech.more": frozenset({"count"}),
    "speech.own_reading": frozenset({"word", "sounds"}),
    "speech.reading_set": frozenset({"word"}),
    "speech.reading_gone": frozenset({"word"}),
    "speech.recorded_by": frozenset({"name", "day"}),
}
"""The named places of the texts that have any."""
