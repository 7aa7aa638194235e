"""What a support call asks first."""

from __future__ import annotations

import platform
import re
import subprocess
import sys


def test_it_names_version_commit_python_and_data_format() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "kiosk", "--version"], capture_output=True, text=True, check=True
    )
    found = re.fullmatch(
        r"banqian (\S+)，提交 ([0-9a-f]{7,40}\+?|不明.*)，Python (\S+)，数据格式 (\d+)（\w+）\n",
        told.stdout,
    )
    assert found, told.stdout
    assert found[3] == platform.python_version()
    assert int(found[4]) > 16
