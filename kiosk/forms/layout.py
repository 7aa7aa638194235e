"""定置图 sheets: where everything of a smallest unit belongs (整理、整顿), with squared paper for
the drawing.
"""

from __future__ import annotations

from kiosk.forms.sheet import Board, Grid, Sheet, Text
from kiosk.forms.source import Source
from kiosk.model.enterprise import Item, Unit, Workshop

_COLUMNS = ("item", "place", "quantity", "responsible", "period")
_SHARES = (3.0, 4.0, 1.6, 2.2, 2.2)
_LEAST_ROWS = 10
"""Blank rows make up for what is not listed yet."""


def layout_sheet(workshop: Workshop, unit: Unit, source: Source) -> Sheet:
    """Return the sheet of a unit."""
    say = source.say
    nobody = say("layout.nobody")
    names = [source.by_name(each) if each else nobody for each in (unit.responsible, unit.deputy)]
    rows = [_row(item, source) for item in unit.items]
    blank = [("",) * len(_COLUMNS)] * max(0, _LEAST_ROWS - len(rows))
    return Sheet(
        title=say("layout.title"),
        lead=say("layout.lead", company=source.company, workshop=workshop.title, unit=unit.title),
        body=(
            Text(say("layout.people", name=names[0], deputy=names[1])),
            Text(say("layout.drawing")),
            Board(110),
            Grid(
                tuple(say(f"layout.{column}") for column in _COLUMNS), _SHARES, tuple(rows + blank)
            ),
        ),
        foot=say("layout.foot"),
    )


def _row(item: Item, source: Source) -> tuple[str, ...]:
    responsible = source.by_name(item.responsible) if item.responsible else ""
    return (item.name, item.place, item.quantity, responsible, item.period)
