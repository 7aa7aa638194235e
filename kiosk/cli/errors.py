"""A command that cannot do what it was asked ends with a sentence and a status."""

from __future__ import annotations

import errno

import click

from kiosk.processes.telling import tell

_PORT_TAKEN = "端口已经有程序在用，请用 --port 换一个端口，或者先停掉那个程序"


class Commands(click.Group):
    """Ends with a sentence instead of a traceback: status 2 for wrong settings, 1 for what cannot
    be done now.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        # The tuples are made, and their modules loaded, only once something went wrong.
        except _wrong_settings() as error:
            status, why = 2, str(error)
        except _refusals() as error:
            status, why = 1, str(error)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            status, why = 1, _PORT_TAKEN
        tell(f"kiosk: {why}", err=True)
        return ctx.exit(status)


def _wrong_settings() -> tuple[type[Exception], ...]:
    from devices import SettingsError as DeviceSettingsError
    from kiosk.packs import PackError
    from kiosk.settings import SettingsError
    from sync.county.errors import SettingsError as CountySettingsError
    from ui.texts import TextsError

    return (SettingsError, DeviceSettingsError, PackError, CountySettingsError, TextsError)


def _refusals() -> tuple[type[Exception], ...]:
    from kiosk.commands.protocol import StationDownError
    from kiosk.forms.choosing import UnknownSubjectError
    from kiosk.forms.printing import FormError
    from kiosk.journal.errors import JournalError
    from sync.errors import SyncError

    return (FormError, JournalError, StationDownError, SyncError, UnknownSubjectError)
