"""Refuse every archive: Banqian runs from its checkout, where config/ stands next to the code."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REFUSED = (
    "Banqian cannot be installed from a wheel or an sdist, as they lack its config/: run"
    " `make setup` in a checkout, or install a station as systemd/README.md says."
)


class OnlyEditable(BuildHookInterface[Any]):
    """What hatchling calls before it builds anything."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Raise SystemExit with the reason, unless the build is the editable install."""
        if version != "editable":
            raise SystemExit(REFUSED)
