"""Which texts config/texts/review-proposals.toml has to hold, and which have named places: the
words of the pages of 事故假想.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.records.scenarios.rows import ProposalState

_SECTIONS: Mapping[str, str] = {
    "proposal_state": " ".join(ProposalState),
    "proposals": """title about none none_hint open by station_down declined no_photo back said type
        scene prevention response improvement lines_hint improvement_hint edited_by decided_by save
        saved empty too_long approve approve_hint approve_sure approved not_yours_to_approve
        edit_first reject reject_why reject_heard reject_more reject_seen say_more reason_too_long
        rejected reason told not_told step step_hint again in_draft to_draft published no_post
        photo""",
}

KEYS = frozenset(f"{section}.{key}" for section, keys in _SECTIONS.items() for key in keys.split())

PLACES: Mapping[str, frozenset[str]] = {
    "proposals.open": frozenset({"count"}),
    "proposals.by": frozenset({"name", "at"}),
    "proposals.edited_by": frozenset({"name", "at"}),
    "proposals.decided_by": frozenset({"name", "at"}),
    "proposals.declined": frozenset({"reason"}),
    "proposals.empty": frozenset({"field"}),
    "proposals.too_long": frozenset({"field", "most"}),
    "proposals.published": frozenset({"pack", "version"}),
}
