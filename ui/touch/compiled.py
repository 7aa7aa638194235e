"""Compiled templates, kept from one start to the next: compiling those of the first page is a tenth of a start."""

from __future__ import annotations

import contextlib
import pickle
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps them in a folder where nobody else may write. What cannot be read or kept is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read one; Jinja sees to it that it was made of the present source."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one. A full disk is no reason not to show it."""
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)
