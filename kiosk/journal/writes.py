"""What an entry does to a table: a statement with its values."""

from __future__ import annotations

import msgspec

Write = tuple[str, tuple[str | int, ...]]


def insert(table: str, *values: str | int) -> tuple[Write]:
    """Give the statement that adds a row."""
    return ((f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values),)


def json_text(value: object) -> str:
    """Write what a column holds as a JSON array."""
    return msgspec.json.encode(value).decode()
