"""Which texts config/texts/review-people.toml has to hold, and which have named places: the words
of the pages about people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.model.expiry import Urgency
from kiosk.model.people import Role, Standing
from kiosk.records.people.facts import ErasureReason

_LISTS: Mapping[str, Iterable[str]] = {
    "erasure": ErasureReason,
    "role": Role,
    "standing": Standing,
    "endings": Urgency,
}
_SECTIONS: Mapping[str, str] = {
    "nav": "checks people label",
    "people": """title search find all look left count empty empty_hint older first import add
        endings coverage format export imported undo undo_sure undo_until undone saved station_down
        declined nobody""",
    "flag": "no_card no_post blocked over within today card_end lacking no_content",
    "person": """back worker crew posts role standing ends_on blocked cards cards_count no_cards
        certificates until for_ever no_certificates last never edit card lost lost_sure lost_done
        leave leave_sure leave_done erase erase_hint erase_why erase_sure erase_done sure more""",
    "edit": """title title_new save certificate kind number until until_hint hint_worker hint_ends
        problem taken other_posts returns""",
    "import": """title step_1 template or_export step_2 file step_3 send sending none preview rows
        new changed same errors notices errors_hint file_refused row listed apply apply_hint again
        discard expired nothing cards stale people shown""",
    "card": """title for has add replace now now_hint left done done_hint refused over again cancel
        back lost""",
    "format": """title lead now none start read type type_hint compare match several use used
        no_match narrow""",
    "endings": "title none left ago today card hint",
    "coverage": """title unchecked since_1 since_7 since_30 all_checked last never no_content
        no_content_ok people no_people no_people_ok measures measures_ok orphans total all_named
        shown""",
    "measures": """title back who deputy nobody choose no_deputy chosen all save saved none_chosen
        gone""",
}

KEYS = frozenset(
    f"{section}.{key}"
    for section, keys in (
        *_LISTS.items(),
        *((name, names.split()) for name, names in _SECTIONS.items()),
    )
    for key in keys
)

_PLACES: Mapping[str, str] = {
    "people.count": "count",
    "people.imported": "changed new",
    "people.undo_until": "at",
    "people.declined": "reason",
    "flag.blocked": "why",
    "flag.over": "what",
    "flag.within": "days what",
    "flag.today": "what",
    "flag.lacking": "kind",
    "flag.no_content": "post",
    "person.cards_count": "count",
    "person.until": "on",
    "person.erase_done": "worker",
    "edit.certificate": "number",
    "edit.taken": "worker",
    "import.rows": "count",
    "import.errors": "count",
    "import.notices": "count",
    "import.row": "row",
    "import.listed": "count",
    "import.apply": "count",
    "import.cards": "count",
    "import.shown": "count",
    "card.for": "name",
    "card.has": "count",
    "card.left": "seconds",
    "format.match": "form",
    "format.use": "form",
    "format.used": "form",
    "format.narrow": "form",
    "endings.left": "days",
    "endings.ago": "days",
    "coverage.last": "on",
    "coverage.people": "count",
    "coverage.orphans": "count",
    "coverage.total": "count",
    "coverage.shown": "count",
}

PLACES = {key: frozenset(names.split()) for key, names in _PLACES.items()}
"""The named places of the texts that have any."""
