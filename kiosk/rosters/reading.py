"""Reading an uploaded sheet: what its first bytes say here, the rest in a child with limits."""

from __future__ import annotations

import msgspec

from kiosk.model.people import Roster
from kiosk.rosters.draft import Draft, Problem, Rules
from kiosk.uploads.answers import Refused
from kiosk.uploads.children import Limits, ask

MOST_UPLOAD_BYTES = 8 * 1024 * 1024
"""20,000 people with three certificates each take 2 MB."""
_LIMITS = Limits(memory_mb=768, cpu_s=60, wall_s=90, answer_kb=16384)
_TOO_COMPLEX = "文件太大或太复杂，不能读取；请把名单复制到新的模板里再上传"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of a compound file (MS-CFB 2.2): .xls, .et, and an .xlsx with a password."""


class SheetJob(msgspec.Struct, frozen=True):
    """What the child is asked."""

    file: bytes
    rules: Rules


def read_sheet(file: bytes, rules: Rules) -> Draft:
    """Read a file somebody uploaded.

    A file that cannot be used at all is a draft with one problem, of row 0.
    """
    if reason := _refused(file):
        return _unusable(reason)
    job = msgspec.msgpack.encode(SheetJob(file, rules))
    answer = ask("kiosk.rosters.child", job, Draft, _LIMITS, otherwise=_TOO_COMPLEX)
    if isinstance(answer, Refused):
        return _unusable(answer.reason)
    if not answer.rows and not answer.errors:
        return _unusable("表里只有列名，没有人员，请填写后再上传")
    return answer


def _unusable(reason: str) -> Draft:
    return Draft(Roster(()), problems=(Problem(0, "", reason),), errors=1)


def _refused(file: bytes) -> str:
    """Return why a file is not even opened; empty when it is."""
    if not file:
        return "文件是空的，请重新选择"
    if len(file) > MOST_UPLOAD_BYTES:
        return f"文件太大，最多 {MOST_UPLOAD_BYTES // 2**20} MB；请去掉图片，只留名单"
    if file.startswith(_OLE):
        return "这是旧版 .xls（或 WPS 的 .et，或加了密码的文件），请去掉密码，另存为 .xlsx 再上传"
    if not file.startswith(b"PK"):
        return "这不是 .xlsx 表格，请用模板填写；CSV 和文本请先在 Excel 或 WPS 里另存为 .xlsx"
    return ""
