"""Printing for the user of a command: the one way, because much of it comes from outside (names,
file names, errors of drivers, a county's sentences) and is text, never markup.
"""

from __future__ import annotations

import click

from kiosk.model.outside import as_text


def tell(text: str, err: bool = False) -> None:
    """Print text; what would steer the terminal is shown as an escape."""
    click.echo(as_text(text), err=err)  # noqa: TID251
