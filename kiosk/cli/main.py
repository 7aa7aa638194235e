"""The command line: `kiosk COMMAND`.

Each command loads only what it needs, so that the station starts quickly.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.errors import Commands
from kiosk.cli.options import (
    CONFIG_FOLDER,
    config_option,
    county_config_option,
    data_option,
    loaded,
    port_option,
    settings_of,
)
from kiosk.processes.telling import tell

if TYPE_CHECKING:
    from datetime import datetime

_FORMS = (
    "annex1",
    "annex2",
    "risk-card",
    "emergency-card",
    "layout",
    "stickers",
    "privacy",
    "blank",
)


def _print_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        from kiosk.cli.version import version_line

        tell(version_line())
        context.exit()


@click.group(cls=Commands)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print version, commit, Python and data format.",
)
def main() -> None:
    """Banqian 班前: the pre-shift station at the workshop door."""


@main.command()
@config_option
@data_option
@port_option
@click.option(
    "--emergency",
    type=click.Path(path_type=Path, file_okay=False),
    show_default="DATA/emergency",
    help="The folder for the emergency page, which the screen's browser opens from the disk.",
)
def station(config: Path, data: Path, port: int | None, emergency: Path | None) -> None:
    """Run the station: devices, journal, touch screen."""
    gc.disable()  # nothing that is loaded is garbage; `serve_station` switches it on again
    from kiosk.processes.station import serve_station

    settings, place = loaded(config, data, emergency)
    serve_station(settings, place, port)


@main.command()
@config_option
@data_option
@port_option
def review(config: Path, data: Path, port: int | None) -> None:
    """Run the supervisor's pages."""
    from kiosk.processes.review import serve_review

    settings, place = loaded(config, data)
    serve_review(settings, place, port)


@main.command()
@config_option
@data_option
@click.argument("worker")
@click.option("--remove", is_flag=True, help="Take the password away instead.")
def password(config: Path, data: Path, worker: str, remove: bool) -> None:
    """Set, renew or take away a password for the supervisor's pages: prompted for, or the first
    line of standard input.
    """
    from kiosk.cli.password import PasswordRefusedError, remove_password, set_password

    _, place = loaded(config, data)
    try:
        remove_password(place, worker) if remove else set_password(place, worker)
    except PasswordRefusedError as error:
        tell(f"kiosk password: {error}", err=True)
        sys.exit(1)


@main.command()
@config_option
@data_option
@click.option("--window-s", default=0.0, help="How long to keep trying; 0 for one try.")
@click.option("--county", metavar="URL", help="Copy there instead of where the settings say.")
def sync(config: Path, data: Path, window_s: float, county: str | None) -> None:
    """Copy new entries and wanted photos to the county."""
    from kiosk.processes.sync import sync_now

    settings, place = loaded(config, data)
    sys.exit(sync_now(settings, place, window_s, county))


@main.command()
@county_config_option
@data_option
@port_option
def county(config: Path, data: Path, port: int | None) -> None:
    """Run the county's reference receiver."""
    from kiosk.processes.county import serve_county

    serve_county(config, data, port)


@main.command()
@county_config_option
@data_option
@click.argument("station")
@click.argument("name")
@click.argument("public_key")
def enrol(config: Path, data: Path, station: str, name: str, public_key: str) -> None:
    """Make a station known to the county by its public key (`kiosk identity` prints it)."""
    from kiosk.processes.county import enrol_station

    enrol_station(config, data, station, name, public_key)


@main.command()
@config_option
@data_option
def identity(config: Path, data: Path) -> None:
    """Print the station's public key and fingerprint, for its enrolment at the county."""
    from sync.identity import open_identity

    own = open_identity(data, settings_of(config).station.id)
    tell(f"{own.station} {own.public_key}\n{own.fingerprint}")


@main.command()
@click.option(
    "--walk", is_flag=True, help="Go through one check without a human and print each stage."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the data here; else temporary.",
)
@click.option(
    "--port",
    default=8080,
    show_default=True,
    help="Of the touch screen; the others follow it. 0: any.",
)
def demo(walk: bool, data: Path | None, port: int) -> None:
    """Run the whole product on simulated devices."""
    from kiosk.demo.run import run

    sys.exit(run(CONFIG_FOLDER / "demo.toml", data, port, walk))


@main.command()
@click.argument("workers", metavar="[WORKER]...", nargs=-1)
@click.option("--raw", metavar="HEX", help="Send these bytes down the reader's wire instead.")
@click.option("--url", default="http://127.0.0.1:8080", show_default=True, help="The running demo.")
def tap(workers: tuple[str, ...], raw: str | None, url: str) -> None:
    """Hold sample workers' cards to the reader of a running demo, one after the other."""
    from kiosk.demo.tapping import tap as tap_card

    if bool(workers) == (raw is not None):
        raise click.UsageError("give a 工号 (or several) or --raw HEX")
    sys.exit(max(tap_card(url, worker, raw) for worker in workers or (None,)))


@main.command()
@config_option
@data_option
def verify(config: Path, data: Path) -> None:
    """Check the whole journal, its photos and its projections."""
    from kiosk.cli.verify import verify_data

    sys.exit(verify_data(settings_of(config).station.id, data))


@main.command()
@config_option
@data_option
def doctor(config: Path, data: Path) -> None:
    """Check devices, disk, clock, audio, content and the county; print what is wrong and what to do
    about it.
    """
    from kiosk.cli.doctor import examine

    settings, place = loaded(config, data)
    sys.exit(examine(settings, place))


@main.command()
@config_option
@data_option
def content(config: Path, data: Path) -> None:
    """Print for each post and hazardous work how many steps name a standard, which accident types
    lack a scenario, a card or a step, and what is longer than it should be.
    """
    from kiosk.cli.content import tell_content

    sys.exit(tell_content(*loaded(config, data)))


@main.command()
@config_option
@data_option
def render(config: Path, data: Path) -> None:
    """Render every sentence that the station can speak, ahead; interrupted, it goes on where it
    was.
    """
    from kiosk.cli.render import render_all

    sys.exit(render_all(*loaded(config, data)))


@main.command("import")
@config_option
@data_option
@click.argument("roster", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_roster(config: Path, data: Path, roster: Path) -> None:
    """Add or replace people and cards from a roster file (see config/sample/people.toml)."""
    from kiosk.cli.import_ import import_people

    settings_of(config)
    sys.exit(import_people(roster, data))


@main.command()
@config_option
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=(
        "The folder of journal and photos; annex2 needs it, the others take people's names from it."
    ),
)
@click.argument("kind", type=click.Choice(_FORMS))
@click.option(
    "--of", "subject", default="", metavar="ID", help="Only this post, unit or work; else all."
)
@click.option("--check", default="", metavar="ID", help="annex2: of this check.")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="annex2: of all hazardous works of a day."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The PDF file."
)
def export(
    config: Path,
    data: Path | None,
    kind: str,
    subject: str,
    check: str,
    day: datetime | None,
    out: Path,
) -> None:
    """Print forms as PDF: the notice's annexes, cards, layout sheets, stickers, the privacy notice,
    blanks.
    """
    from kiosk.cli.export import Wanted
    from kiosk.cli.export import export as export_forms
    from kiosk.forms.choosing import Kind

    wanted = Wanted(Kind(kind), subject, check, day.date() if day else None)
    export_forms(settings_of(config), config, data, wanted, out)


def run() -> None:
    """Run as the program: the process is ours alone."""
    # sqlite-utils imports numpy when it can be found, at 60 ms and 15 MB; only the camera's child
    # process needs it.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    main()


if __name__ == "__main__":
    run()
