"""The barest page: `start PORT`. Flask and waitress, nothing else."""

from __future__ import annotations

import sys

import waitress
from flask import Flask


def main(port: str) -> None:
    """Serve until killed."""
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        return "<!doctype html><title>班前站</title>"

    waitress.serve(app, host="127.0.0.1", port=int(port), _quiet=True)


if __name__ == "__main__":
    main(sys.argv[1])
