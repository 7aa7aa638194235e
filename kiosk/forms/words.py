"""Which texts config/texts/forms.toml has to hold, and which of them have named places to fill
in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.model.content import Part
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.paper.facts import PaperCause
from kiosk.records.reviews.facts import Verdict

_SECTIONS: Mapping[str, Iterable[str]] = {
    "form": (
        *(
            "lead",
            "post",
            "post_of_unit",
            "blank_lead",
            "content",
            "basis",
            "by_procedure",
            "joined",
        ),
        *("sentence_end", "list_end"),
    ),
    "accident": ("choice", "others", "other"),
    "annex1": (
        *("corner", "title", "types", "scene", "prevention", "response", "improvement"),
        *("at_post", "scene_number", "written_by"),
    ),
    "annex2": (
        *(
            "corner",
            "title",
            "work",
            "types",
            "scene",
            "four",
            "sign",
            "no_work",
            "no_scene",
            "work_scene",
        ),
        *(
            "at_post",
            "worker",
            "when",
            "stands_for",
            "answered",
            "answered_why",
            "blank_not_ok",
            "blank_not_applicable",
        ),
        *("blank_worker", "blank_guard", "blank_time", "content_changed", "clock_wrong"),
        *Part,
    ),
    "answer": (*Answer, "none"),
    "missing": ("photo", "not_taken", "camera_silent", "unknown", "gone", "damaged", "on_paper"),
    "signed": (
        *(
            "by",
            "commitment",
            "account",
            "nobody",
            "at",
            "open",
            "result",
            "result_why",
            "released",
        ),
        *("review", "review_why", "hash", "foot", "foot_open"),
    ),
    "outcome": Outcome,
    "verdict": Verdict,
    "part": Part,
    "why": ("part", "abnormal", "stop_work", "timeout", "left", "power"),
    "paper": (
        *("stamp", "entered", "corrected", "signed", "kept", "not_a_pass", "foot"),
        *("photo", "see_photo"),
    ),
    "cause": PaperCause,
    "risk_card": (
        *(
            "title",
            "types",
            "risks",
            "measures",
            "inspection",
            "certificates",
            "people",
            "response",
        ),
        *(
            "responsible",
            "responsible_deputy",
            "responsible_blank",
            "no_certificate",
            "response_of",
            "call",
        ),
    ),
    "emergency": ("title", "of_post", "phone", "on_site", "by_plan"),
    "layout": (
        *(
            "title",
            "lead",
            "people",
            "drawing",
            "item",
            "place",
            "quantity",
            "responsible",
            "period",
        ),
        *("foot", "nobody"),
    ),
    "stickers": ("title", "lead", "about", "code"),
    "privacy": (
        *(
            "title",
            "lead",
            "who",
            "who_text",
            "contact_row",
            "contact",
            "contact_blank",
            "why",
            "why_text",
            "what",
        ),
        *(
            "what_text",
            "what_not",
            "where",
            "where_local",
            "where_county",
            "how_long",
            "how_long_text",
        ),
        *("how_long_blank", "rights", "rights_text", "discipline"),
    ),
}

KEYS = frozenset(f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys)

PLACES: Mapping[str, frozenset[str]] = {
    key: frozenset(places.split())
    for key, places in {
        "form.lead": "company about",
        "form.post": "post",
        "form.post_of_unit": "workshop unit post",
        "form.blank_lead": "company",
        "form.content": "title version effective_on",
        "form.basis": "basis",
        "accident.choice": "number name",
        "accident.others": "names",
        "accident.other": "name list",
        "annex1.scene_number": "number",
        "annex2.no_work": "post",
        "annex2.work_scene": "work scene",
        "annex2.at_post": "post",
        "annex2.worker": "name worker",
        "annex2.when": "on shift",
        "annex2.stands_for": "line others",
        "annex2.answered": "part answer",
        "annex2.answered_why": "part answer reason",
        "annex2.content_changed": "seen now",
        "missing.photo": "reason",
        "signed.by": "name worker what",
        "signed.at": "at",
        "signed.result": "outcome",
        "signed.result_why": "outcome reasons",
        "signed.released": "name reason at",
        "signed.review": "verdict name at",
        "signed.review_why": "verdict name at comment",
        "signed.hash": "hash",
        "signed.foot": "station first last hash",
        "signed.foot_open": "station first",
        "why.part": "part reason",
        "why.abnormal": "reason",
        "why.stop_work": "reason",
        "paper.entered": "name by at cause",
        "paper.corrected": "name by at why seq hash",
        "paper.signed": "name worker",
        "paper.kept": "kept_at",
        "paper.foot": "station seq hash",
        "risk_card.responsible": "name",
        "risk_card.responsible_deputy": "name deputy",
        "risk_card.response_of": "title",
        "risk_card.call": "title phone",
        "emergency.of_post": "company post",
        "emergency.phone": "phone",
        "layout.lead": "company workshop unit",
        "layout.people": "name deputy",
        "stickers.lead": "company post",
        "stickers.about": "post drill point",
        "stickers.code": "post number point call post_id step_id",
        "privacy.who_text": "company station",
        "privacy.contact": "contact phone",
        "privacy.where_county": "county",
        "privacy.how_long_text": "photo_days record_months",
    }.items()
}
"""The named places of the texts that have any."""
