"""Options of most commands: where the settings are and where the data is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.settings import Settings

CONFIG_FOLDER = Path(__file__).parent.parent.parent / "config"
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=CONFIG_FOLDER / "kiosk.toml",
    show_default="config/kiosk.toml",
    help="The settings file.",
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder of journal, photos and keys.",
)
port_option = click.option(
    "--port", type=int, default=None, help="Listen here instead of where the settings say."
)
county_config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=CONFIG_FOLDER / "county.toml",
    show_default="config/county.toml",
    help="The county's settings file.",
)


def loaded(config: Path, data: Path, emergency: Path | None = None) -> tuple[Settings, Place]:
    """Return the settings, and where they, the data and the emergency page are.

    Raise SettingsError.
    """
    from kiosk.paths import Place

    return settings_of(config), Place(config.parent, data, emergency)


def settings_of(config: Path) -> Settings:
    """Return the settings. Raise SettingsError."""
    from kiosk.settings import load

    return load(config)
