"""Refused cards and stop-works as the day's page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.model.people import Worker
from ui.review.checks.incidents import Incident, Kind
from ui.review.wording import Wording, name_of


class IncidentLine(msgspec.Struct, frozen=True):
    """An incident, worded. `check` is empty when it did not happen during one."""

    kind: Kind
    at: str
    name: str
    crew: str
    why: str
    check: str
    times: int


def incident_lines(
    incidents: Iterable[Incident], people: Mapping[str, Worker], wording: Wording
) -> tuple[IncidentLine, ...]:
    """Return incidents in words."""
    return tuple(_line(incident, people, wording) for incident in incidents)


def _line(incident: Incident, people: Mapping[str, Worker], wording: Wording) -> IncidentLine:
    worker = people.get(incident.worker)
    return IncidentLine(
        kind=incident.kind,
        at=incident.at,
        name=name_of(people, incident.worker) or wording.say(f"incident.nobody_{incident.kind}"),
        crew=worker.crew if worker else "",
        why="；".join(_why(incident.kind, reason, wording) for reason in incident.reasons),
        check=incident.check,
        times=incident.times,
    )


def _why(kind: Kind, reason: str, wording: Wording) -> str:
    return wording.reason("stop_work", reason) if kind is Kind.STOPPED else wording.ground(reason)
