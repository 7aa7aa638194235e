"""Templates, compiled once for all tests: an app compiles its own, and most tests have one."""

from __future__ import annotations

from flask import Flask
from jinja2 import FileSystemBytecodeCache

_COMPILED = FileSystemBytecodeCache()


def quick(app: Flask) -> Flask:
    """Return the app; what it compiles from now on is there for the next."""
    app.jinja_env.bytecode_cache = _COMPILED
    return app
