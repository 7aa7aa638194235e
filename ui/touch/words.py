"""Which sentences config/texts has to hold, and which of them have named places to fill in.

Where the product has a list (the grounds of a refusal, the faults of a photo), its members are the
keys, so that a new member without a sentence is found at start and not at the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from devices import KINDS
from devices.camera import Fault
from kiosk.flow.confirm import BLIND
from kiosk.flow.crew_gathering import LEFT_OUT
from kiosk.model.content import Family, Part, Sign
from kiosk.model.eligibility import Ground
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer
from kiosk.model.people import Role
from kiosk.model.rules import PermitFault

_SECTIONS: Mapping[str, Iterable[str]] = {
    "frame": (
        *("emergency", "abnormal", "replay", "more", "title", "still_here"),
        *(
            "clock_wrong",
            "old_content",
            "preparing",
            "reconnecting",
            "starting",
            "enable_sound",
            "no_speaker",
            "out_of_use",
            "no_camera",
            "stale",
            "stale_line",
        ),
    ),
    "offline": KINDS,
    "part": (*Part, "scene"),
    "answer": Answer,
    "beat": ("think", "look", "point", "call"),
    "waiting": (
        "swipe",
        "reader_away",
        "in_vain_see",
        "expected",
        "arrived",
        "missing",
        "unbroken",
    ),
    "refused": ("headline",),
    "enrolling": ("now", "for_worker", "number", "cancel", "done", "done_next", "refused"),
    "ground": Ground,
    "see": Ground,
    "on_record": (
        *("passed", "failed", "released", "once_more", "understood"),
        *("advice_passed", "advice_failed", "advice_released"),
    ),
    "not_asked": ("done", "off", "advice", "anyway", "supervising", "how_to_release"),
    "level": DrillLevel,
    "choosing": ("post", "works", "no_work", "chosen"),
    "permit": (
        *(
            "of",
            "level",
            "number",
            "same",
            "is_same",
            "again",
            "half_day",
            "hour",
            "none",
            "ended",
            "back",
            "done",
            "delete",
            "later",
        ),
        *(
            "today",
            "tomorrow",
            "after_tomorrow",
            "day",
            "hours",
            "clock",
            "refused",
            "see",
            "go_on",
        ),
    ),
    "permit_fault": PermitFault,
    "asking": (*Family, "wrong", "again"),
    "calling": (
        *("confirm", "on_picture", "open_quote", "close_quote"),
        *("blind", "blind_call", "compare", "go_on", "rehearsal"),
    ),
    "confirming": (
        *("look_here", "take_now", "taking", "retake", "all_right", "no_photo", "limit"),
    ),
    "fault": Fault,
    "retake": BLIND,
    "reasoning": ("not_ok", "not_applicable", "back"),
    "signing": (
        "commitment",
        "account",
        "title_commitment",
        "title_account",
        "sign_here",
        "clear",
        "done",
    ),
    "closed": (
        *(
            "passed",
            "passed_wish",
            "passed_ending",
            "passed_ending_today",
            "passed_renew",
            "passed_card",
        ),
        *("failed", "failed_next", "failed_release", "abandoned", "abandoned_next"),
        *("part", "abnormal", "stop_work", "understood"),
    ),
    "releasing": ("question", "for_worker", "own_check", "released", "by", "released_next"),
    "crew": (
        *(
            "who",
            "question",
            "alone",
            "together",
            "post",
            "back",
            "gather",
            "singly",
            "begin",
            "cancel",
        ),
        *(
            "sign_off",
            "by_hand",
            "signer",
            "end",
            "ending",
            "wait",
            "end_now",
            "signed",
            "draw",
            "drawn",
        ),
        *(
            "passed",
            "passed_some",
            "failed",
            "left_drawn",
            "left_unsigned",
            "left_out",
            "names",
            "others",
        ),
        *("too_few", "cancelled", "left_out_of"),
    ),
    "left_out": LEFT_OUT,
    "left_out_short": (*Ground, *LEFT_OUT),
    "proposing": (
        *(
            "begin",
            "who",
            "who_may",
            "post",
            "type",
            "others",
            "where",
            "what",
            "discard",
            "show_it",
            "no_photo",
            "take_one",
        ),
        *("without_photo", "send_it", "send", "sent", "sent_next", "dropped", "dropped_next"),
        *("adopted", "not_adopted", "yours", "thanks", "this_time", "again"),
    ),
    "sign": Sign,
    "aside": (
        *("what_happened", "others", "nothing", "site_phone", "site_address", "assembly_point"),
        "stop_work",
        "back",
        "abnormal",
        "unsafe",
        "stopped",
        "stopped_thanks",
        "stopped_next",
    ),
    "notice": (
        *("misread", "busy", "work_refused", "too_soon", "missed", "touch_the_target"),
        *(
            "retake_first",
            "sign_again",
            "still_there",
            "preparing",
            "number_first",
            "proposal_dropped",
        ),
        *("crew_twice", "crew_too_few", "crew_drawn", "crew_late"),
    ),
    "error": ("bad_touch", "foreign", "too_many", "too_large", "not_found", "broken"),
    "demo": (
        *("title", "open", "close", "cards", "unknown_card", "camera", "plugs", "unplug", "plug"),
        *("lamps", "red", "yellow", "green", "buzzer", "door", "buttons", "confirm", "abnormal"),
        *(
            "scene_normal",
            "scene_dark",
            "scene_covered",
            "scene_blurred",
            "scene_frozen",
            "scene_lost",
        ),
        *("plug_card_reader", "plug_camera"),
        *(f"note_{ground}" for ground in Ground),
        *(f"role_{role}" for role in Role),
    ),
}

KEYS = frozenset(f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys)

PLACES: Mapping[str, frozenset[str]] = {
    "frame.preparing": frozenset({"done", "total"}),
    "waiting.unbroken": frozenset({"days"}),
    "enrolling.for_worker": frozenset({"name"}),
    "ground.certificate_missing": frozenset({"about"}),
    "ground.certificate_expired": frozenset({"about"}),
    "choosing.chosen": frozenset({"count"}),
    "calling.rehearsal": frozenset({"drill"}),
    "confirming.limit": frozenset({"name", "allowed"}),
    "permit.of": frozenset({"work"}),
    "permit.day": frozenset({"month", "day"}),
    "permit.hours": frozenset({"first", "last"}),
    "permit.clock": frozenset({"hour"}),
    "permit.refused": frozenset({"work"}),
    "closed.passed_ending": frozenset({"about", "days"}),
    "closed.passed_ending_today": frozenset({"about"}),
    "closed.part": frozenset({"part", "reason"}),
    "closed.abnormal": frozenset({"reason"}),
    "closed.stop_work": frozenset({"reason"}),
    "crew.who": frozenset({"crew", "count"}),
    "crew.signed": frozenset({"done", "total"}),
    "crew.drawn": frozenset({"name"}),
    "crew.left_drawn": frozenset({"names"}),
    "crew.left_unsigned": frozenset({"names"}),
    "crew.left_out": frozenset({"names"}),
    "crew.names": frozenset({"names", "count"}),
    "crew.left_out_of": frozenset({"name", "reason"}),
    "releasing.for_worker": frozenset({"name"}),
    "releasing.by": frozenset({"name"}),
    "proposing.adopted": frozenset({"scene"}),
    "proposing.not_adopted": frozenset({"scene", "why"}),
    "demo.unplug": frozenset({"device"}),
    "demo.plug": frozenset({"device"}),
}
"""The named places of the sentences that have any."""
