"""What may be a 工号: it goes into records for ever, into addresses of pages and onto the command
line.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.model.writing import FILLERS

_SIGNS = re.compile(r"[\w.-]{1,32}")
_RESIDENT_ID = re.compile(r"\d{17}[\dXx]|\d{15}")
_PHONE = re.compile(r"1[3-9]\d{9}")


def trouble_with_id(worker_id: str) -> str:
    """Return what keeps a text from being somebody's 工号 (Chinese); empty when nothing does."""
    if not _SIGNS.fullmatch(worker_id) or FILLERS & set(worker_id):
        return "只能有字母、数字、汉字、“.”和“-”，最多 32 个，中间没有空格"
    if unicodedata.normalize("NFKC", worker_id) != worker_id:
        return "有全角的字母或数字，请改成半角"
    if not worker_id[0].isalnum():
        return "要以字母、数字或汉字开头"
    if _RESIDENT_ID.fullmatch(worker_id) or _PHONE.fullmatch(worker_id):
        return "会写进记录，不能用身份证号或手机号，请另编工号"
    return ""
