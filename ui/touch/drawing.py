"""What the templates of the touch screen need, for pages and files alike."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from kiosk.flow.touches import Abnormal, Emergency
from ui.texts import Texts
from ui.touch.screens.picture import touch
from ui.touch.typesetting import breaths

HERE = Path(__file__).parent


def dress(
    environment: Environment,
    texts: Texts,
    station: str,
    reader_at: str = "below",
    time_zone: str = "",
) -> None:
    """Add what every template uses to an environment."""
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["breaths"] = breaths
    environment.globals.update(
        say=texts.say,
        station=station,
        reader_at=reader_at,
        time_zone=time_zone,
        always={"emergency": touch(Emergency()), "abnormal": touch(Abnormal())},
    )


def without_a_server(texts: Texts, station: str) -> Environment:
    """Return the environment of pages that no server draws."""
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    dress(environment, texts, station)
    return environment
