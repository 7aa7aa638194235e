"""Reading an uploaded sheet: what its first bytes say here, the rest in a child with limits."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec

from kiosk.model.people import Roster
from kiosk.rosters.child import DAMAGED, Answer, Understood
from kiosk.rosters.draft import Draft, Problem, Rules
from kiosk.uploads.limits import bounds

MOST_UPLOAD_BYTES = 8 * 1024 * 1024
"""20,000 people with three certificates each take 2 MB."""
_MOST_UNPACKED_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 400
_MEMORY_MB = 768
_CPU_S = 60
_PATIENCE_S = 90
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of a compound file (MS-CFB 2.2): .xls, .et, and an .xlsx with a password."""


def read_sheet(path: Path, rules: Rules) -> Draft:
    """Read a file somebody uploaded.

    A file that cannot be used at all is a draft with one problem, of row 0.
    """
    reason = _refused(path)
    if not reason:
        answer = _ask_child(path, rules)
        if isinstance(answer, Understood):
            return (
                answer.draft
                if answer.draft.rows
                else _of(answer.draft, "表里只有列名，没有人员，请填写后再上传")
            )
        reason = answer if isinstance(answer, str) else answer.reason
    return _unusable(reason)


def _of(draft: Draft, reason: str) -> Draft:
    return _unusable(reason) if not draft.errors else draft


def _unusable(reason: str) -> Draft:
    return Draft(Roster(()), problems=(Problem(0, "", reason),), errors=1)


def _refused(path: Path) -> str:
    """Return why a file is not even opened; empty when it is."""
    size = path.stat().st_size
    if size == 0:
        return "文件是空的，请重新选择"
    if size > MOST_UPLOAD_BYTES:
        return f"文件太大，最多 {MOST_UPLOAD_BYTES // 2**20} MB；请去掉图片，只留名单"
    with path.open("rb") as file:
        first = file.read(len(_OLE))
    if first == _OLE:
        return "这是旧版 .xls（或 WPS 的 .et，或加了密码的文件），请去掉密码，另存为 .xlsx 再上传"
    if not first.startswith(b"PK"):
        return "这不是 .xlsx 表格，请用模板填写；CSV 和文本请先在 Excel 或 WPS 里另存为 .xlsx"
    return _refused_archive(path)


def _refused_archive(path: Path) -> str:
    """Look at the archive's own list: of what Excel and WPS write, `zipfile` never unpacks more of
    a part than that says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return DAMAGED
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        return "文件解开后太大，不能读取；请把名单复制到新的模板里再上传"
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        return DAMAGED
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        return "这不是 .xlsx 表格（例如是 .ods 或压缩包），请另存为 .xlsx 再上传"
    return ""


def _ask_child(path: Path, rules: Rules) -> Answer | str:
    command = [sys.executable, "-m", "kiosk.rosters.child", str(path)]
    try:
        done = subprocess.run(
            command,
            input=msgspec.msgpack.encode(rules),
            capture_output=True,
            timeout=_PATIENCE_S,
            preexec_fn=bounds(_MEMORY_MB, _CPU_S),
            check=False,
        )
        answer: Answer = msgspec.msgpack.decode(done.stdout, type=Answer)
        return answer
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        return "文件太大或太复杂，不能读取；请把名单复制到新的模板里再上传"
