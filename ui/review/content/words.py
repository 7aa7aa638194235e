"""Which texts config/texts/review-content.toml has to hold, and which of them have named places:
the words of the pages about content.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.model.content import Family

_SECTIONS: Mapping[str, str] = {
    "family": " ".join(Family),
    "content": """title new_post take_in drafts own shipped version effective review_by stale
        posts taken open edit copy nothing_own back draft_line unnamed not_yours
        not_yours_hint speech withdrawn""",
    "state": "down coming waiting well held_up unheard",
    "pack": """edit copy export export_hint versions published with_product compare old new
        compare_do posts works provenance in_use again again_done withdraw withdrawn
        withdrawn_done not_withdrawn station_down""",
    "withdraw": "title lead shipped people none keep do",
    "copy": "title heading lead owned do none",
    "compare": "title between same count before after added removed",
    "import": "title lead file do none foreign_drawing bad_photo unknown",
    "new": "title lead name name_hint into into_new do title_needed pack_title provenance",
    "draft": """title pack pack_hint missing well preview publish discard discard_sure discarded
        add_post add_drill add_work up down remove saved_by works arrange""",
    "part": """pack about drill questions scenarios emergency lines work save next saved
        autosaved autosave_failed meanwhile mine theirs add_step add_question
        add_scenario add_card add_same add_line add_basis step question scenario card
        same choices_hint basis no_basis hear reading unheard""",
    "field": """title effective_on review_on provenance accident_list basis lines standard
        clause note preparation skills tools surroundings think look point call target
        dwell_s family text choices answer scene accident_types prevention response
        improvement actions phone certificates inspection posts works drill more_drills
        steps questions scenarios emergency order id part same_lines about same_as sign
        always precedence drills limits at_least at_most work_order""",
    "sign": "none bleeding caught electric fire burn poison struck vehicle",
    "hint": "think look point call dwell_s scene phone certificates improvement",
    "spot": """title lead upload upload_do choose tap radius save none change has has_not edit
        needed no_photo outside saved gone types large""",
    "preview": "title lead of question step part emergency previous next",
    "publish": """title faults warnings changes no_changes all_new notes do lead overtaken follow
        mend_first changed_since station_down declined done went_on at""",
}

KEYS = frozenset(f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys.split())

_PLACES: Mapping[str, str] = {
    "content.version": "version",
    "content.effective": "day",
    "content.review_by": "day",
    "content.posts": "count works",
    "content.taken": "posts",
    "content.draft_line": "at name",
    "state.coming": "done total",
    "state.held_up": "reason",
    "state.unheard": "reason",
    "pack.export_hint": "photos",
    "pack.published": "at name",
    "pack.again_done": "now version",
    "pack.withdrawn": "at name",
    "pack.withdrawn_done": "title",
    "pack.not_withdrawn": "reason",
    "withdraw.people": "count",
    "copy.title": "posts",
    "copy.owned": "title",
    "compare.between": "new old",
    "compare.count": "count",
    "import.foreign_drawing": "name",
    "import.bad_photo": "name reason",
    "import.unknown": "field",
    "new.pack_title": "post",
    "draft.missing": "count",
    "draft.saved_by": "at name",
    "part.meanwhile": "name",
    "part.step": "number",
    "part.question": "number",
    "part.scenario": "number",
    "part.card": "number",
    "part.same": "number",
    "preview.of": "at count",
    "preview.question": "number",
    "preview.step": "number",
    "preview.part": "number",
    "preview.emergency": "number",
    "publish.faults": "count",
    "publish.warnings": "count",
    "publish.changes": "count",
    "publish.overtaken": "version",
    "publish.follow": "version",
    "publish.declined": "reason",
    "publish.done": "title version",
    "publish.at": "number",
}

PLACES: Mapping[str, frozenset[str]] = {
    key: frozenset(names.split()) for key, names in _PLACES.items()
}
"""The named places of the texts that have any."""
