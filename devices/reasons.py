"""Why a device does not work, in the words of the person who has to walk up to it."""

from __future__ import annotations

import errno

DISABLED = "已在设置中停用"
UNPLUGGED = "已断开，请检查插头和线缆"

_WORDS = {
    errno.ENOENT: "没有找到，请检查插头和设置中的路径",
    errno.EACCES: "没有权限打开，请检查设备权限",
    errno.EPERM: "没有权限打开，请检查设备权限",
    errno.EBUSY: "正被其他程序占用",
    errno.EAGAIN: "正被其他程序占用",
    errno.ENOTTY: "不是这种设备，请检查设置中的路径",
    errno.EIO: UNPLUGGED,
    errno.ENODEV: UNPLUGGED,
    errno.ENXIO: UNPLUGGED,
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
}


def why(error: OSError) -> str:
    """Put an operating system's error into Chinese; an uncommon one keeps its number for the
    repairer.
    """
    return _WORDS.get(error.errno or 0) or f"系统错误 {error.errno}：{error.strerror or error}"
