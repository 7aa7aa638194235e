"""The county's settings, typed."""

from __future__ import annotations

from typing import Annotated

import msgspec

from sync.county.projecting import Photos


class CountySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings of the county's receiver."""

    host: str = "127.0.0.1"
    """It speaks plain HTTP: let it listen on loopback, behind a server that owns TLS."""
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8300
    """0 takes any free port."""
    public_url: str = ""
    """The address that stations are given, such as `https://county.example`; they sign it.

    Empty: as the request says, or nginx on this machine for it.
    """
    database: str
    """`sqlite:////folder/county.db` or `postgresql+psycopg://user@host/name`."""
    objects: str
    """A folder for photos, or `s3://bucket/prefix`."""
    photos: Photos = Photos.ALL
    """Which photos are wanted of a station enrolled from now on."""
    password_hash: str
    """The result of `hash_password` for the password of the pages."""
    threads: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    connections: Annotated[int, msgspec.Meta(ge=10)] = 1000
    body_limit_mb: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    channel_timeout_s: Annotated[int, msgspec.Meta(ge=1)] = 20
    """A connection without traffic for this long is closed."""
