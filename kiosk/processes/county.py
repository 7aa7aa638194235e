"""`kiosk county`: the reference receiver as a process, and making stations known to it."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import msgspec

from kiosk.journal.storage import make_own_folder, open_own
from kiosk.packs.toml import TomlError, read_toml
from kiosk.processes.telling import tell
from kiosk.settings import SettingsError
from sync.county.access import hash_password
from sync.county.enrolling import enrol
from sync.county.server import serve
from sync.county.settings import CountySettings
from sync.county.store import Store
from sync.county.wording import load_wording
from sync.identity import fingerprint

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SHIPPED = Path(__file__).parents[2] / "config"
"""Lists and packs that come with the code: a county's server has no others."""
PASSWORD_FILE = "pages-password"
FIRST_PASSWORD_FILE = "first-password"
"""Where a password is written that no terminal could show."""


def county_settings(config: Path, data: Path, port: int | None = None) -> CountySettings:
    """Read the county's settings, `{data}` replaced and the password of the pages found, empty as
    long as there is none.

    Raise SettingsError.
    """
    try:
        table = read_toml(config)
    except TomlError as error:
        raise SettingsError(f"{config}: {error}") from error
    located = {key: _located(value, data) for key, value in table.items()}
    if not located.get("password_hash"):
        located["password_hash"] = _kept_hash(data)
    if port is not None:
        located["port"] = port
    try:
        return msgspec.convert(located, CountySettings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{config}: {error}") from error


def new_password(data: Path) -> str:
    """Make a new password for the pages and keep its hash; return the password, which is kept
    nowhere.
    """
    password = _made_up()
    _keep(data / PASSWORD_FILE, hash_password(password))
    return password


def serve_county(config: Path, data: Path, port: int | None) -> None:
    """Run the receiver until SIGTERM; the first start makes the password of its pages."""
    settings = county_settings(config, data, port)
    if not settings.password_hash:
        _give_first_password(data)
        settings = county_settings(config, data, port)
    tell(f"县级系统 http://{settings.host}:{settings.port}/")
    serve(settings, load_wording(SHIPPED))


def enrol_station(config: Path, data: Path, station: str, name: str, public_key: str) -> None:
    """Make a station known by its public key (hex), and print the fingerprint to compare.

    Raise EnrolmentError.
    """
    settings = county_settings(config, data)
    store = Store.open(settings.database)
    try:
        enrol(store, station, name, public_key, settings.photos)
        known = store.station(station)
    finally:
        store.close()
    if known is not None:
        tell(f"已登记 {known.name}（{station}），指纹 {fingerprint(known.public_key)}")


def _give_first_password(data: Path) -> None:
    """Show it on a terminal only: what a service prints is kept in the system's journal, for others
    to read.
    """
    if sys.stdout.isatty():
        tell(f"县级系统网页密码（只显示这一次）：{new_password(data)}")
        return
    password = _made_up()
    told = data / FIRST_PASSWORD_FILE
    _keep(told, password + "\n")  # before its hash: interrupted here, the next run starts over
    _keep(data / PASSWORD_FILE, hash_password(password))
    tell(f"县级系统网页密码在 {told.absolute()}，只有运行本程序的用户能读；记下后请删除这个文件")


def _made_up() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def _keep(path: Path, secret: str) -> None:
    """Write a file that nobody but its owner may read, whole or not at all."""
    make_own_folder(path.parent)
    temporary = path.with_name(f".{path.name}")
    temporary.unlink(missing_ok=True)
    with open(temporary, "x", opener=open_own) as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _kept_hash(data: Path) -> str:
    kept = data / PASSWORD_FILE
    return kept.read_text() if kept.exists() else ""


def _located(value: object, data: Path) -> object:
    return value.replace("{data}", str(data.absolute())) if isinstance(value, str) else value
