"""A module of the touch screen and all that it imports, as one script: a page opened from a file
may load no modules.
"""

from __future__ import annotations

import re

from ui.touch.drawing import HERE

_IMPORT = re.compile(r'^import (\{ [\w, ]+ \}) from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function (\w+))", re.MULTILINE)


def one_script(name: str) -> str:
    """Return the script of a module; each module that it needs is a function's scope of its own."""
    made: dict[str, str] = {}
    _make(name, made)
    return '"use strict";\n' + "".join(made.values())


def _make(name: str, made: dict[str, str]) -> None:
    if name in made:
        return
    source = (HERE / "static" / f"{name}.js").read_text(encoding="utf-8")
    for _, other in _IMPORT.findall(source):
        _make(other, made)
    exported = ", ".join(_EXPORT.findall(source))
    inside = _EXPORT.sub("", _IMPORT.sub(lambda m: f"const {m[1]} = {_variable(m[2])};", source))
    made[name] = f"const {_variable(name)} = (() => {{\n{inside}return {{ {exported} }};\n}})();\n"


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
