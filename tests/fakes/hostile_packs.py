"""Content packs that are made to do harm, each with a part of the sentence that refuses it."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping

WHOLE = {"pack.toml": b"id = 'x'", "posts/a.toml": b"id = 'a'"}
COMPLEX, WRONG, DAMAGED, LONG, DEEP = "太复杂", "写法有误", "已损坏", "数太长", "套得太深"


def a_zip(files: Mapping[str, bytes] = WHOLE, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return written.getvalue()


def header(text: str | bytes) -> bytes:
    """Return a pack whose pack.toml says this."""
    return a_zip({"pack.toml": text.encode() if isinstance(text, str) else text})


DOTTED = header("a." * 200_000 + "a = 1")
"""The file of the report: 530 bytes, and 15 GB in the pages before they had a child for it."""

PARSED: dict[str, tuple[bytes, str]] = {
    "dotted key": (DOTTED, COMPLEX),
    "dotted key, few enough to fit": (header("a." * 16_000 + "a = 1"), COMPLEX),
    "dotted key, quoted": (header("'a'." * 100_000 + "a = 1"), COMPLEX),
    "dotted key, blanks": (header("a . " * 100_000 + "a = 1"), COMPLEX),
    "dotted table": (header("[" + "a." * 200_000 + "a]"), COMPLEX),
    "dotted list of tables": (header("[[" + "a." * 200_000 + "a]]"), COMPLEX),
    "dotted key in an inline table": (header("x = {" + "a." * 200_000 + "a = 1}"), COMPLEX),
    "many dotted keys": (
        header("\n".join("b." * 100 + f"k{number} = 1" for number in range(100))),
        "",
    ),
    "dotted key in a post": (
        a_zip({**WHOLE, "posts/b.toml": b"a." * 200_000 + b"a = 1"}),
        COMPLEX,
    ),
    "dotted key in a work": (
        a_zip({**WHOLE, "works/b.toml": b"a." * 200_000 + b"a = 1"}),
        COMPLEX,
    ),
    "5000 digits": (header("x = " + "9" * 5000), LONG),
    "5000 digits, negative": (header("x = -" + "9" * 5000), LONG),
    "500,000 digits": (header("x = " + "9" * 500_000), LONG),
    "5000 digits in a text": (header("title = " + "9" * 5000), LONG),
    "4000 digits": (header("title = " + "9" * 4000), ""),
    "4000 digits where a number belongs": (
        a_zip({**WHOLE, "posts/a.toml": b"[[questions]]\nanswer = " + b"9" * 4000}),
        DAMAGED,
    ),
    "hexadecimal, 100,000 digits": (header("title = 0x" + "f" * 100_000), DAMAGED),
    "binary, 400,000 digits": (header("title = 0b" + "1" * 400_000), DAMAGED),
    "float of 400,000 digits": (header("x = 1." + "0" * 400_000), ""),
    "a month 13": (header("effective_on = 2026-13-41"), WRONG),
    "an hour 99": (header("x = 2026-01-01T99:00:00"), WRONG),
    "deep lists": (header("x = " + "[" * 200_000 + "]" * 200_000), DEEP),
    "deep inline tables": (header("x = " + "{a=" * 100_000 + "1" + "}" * 100_000), DEEP),
    "deep lists that never end": (header("x = " + "[" * 500_000), DEEP),
    "deep lists, not too deep to parse": (header("x = " + "[" * 300 + "]" * 300), ""),
    "10,000 keys": (header("".join(f"k{number}=1\n" for number in range(10_000))), ""),
    "tables without end": (header("[[basis]]\n" * 50_000), "太"),
    "a list of empty tables": (header("basis = [" + "{}," * 170_000 + "]"), "太"),
    "300 variants of a large post": (
        a_zip(
            {
                "pack.toml": b"",
                "posts/a.toml": b"questions = [" + b"{}," * 100_000 + b"]",
                **{f"posts/v{number}.toml": b"variant_of = 'a'" for number in range(290)},
            }
        ),
        "太",
    ),
    "variants in a circle": (
        a_zip(
            {
                "pack.toml": b"",
                "posts/a.toml": b"variant_of = 'b'",
                "posts/b.toml": b"variant_of = 'a'",
            }
        ),
        "变型",
    ),
    "a variant of nothing, at length": (
        a_zip({"pack.toml": b"", "posts/a.toml": b"variant_of = '" + b"x" * 400_000 + b"'"}),
        "变型",
    ),
    "unpaired surrogate, escaped": (header('title = "\\ud800"'), WRONG),
    "unpaired surrogate, as bytes": (header(b"title = '\xed\xa0\x80'"), "UTF-8"),
    "beyond Unicode": (header('title = "\\UFFFFFFFF"'), WRONG),
    "UTF-16": (header("id = 'x'".encode("utf-16")), "UTF-8"),
    "a byte order mark": (header("\ufeffid = 'x'"), ""),
    "NUL": (header(b"id = 'x'\0"), "UTF-8"),
    "bytes at random": (header(random.Random(1).randbytes(1000)), "UTF-8"),
    "a text without end": (header("x = '''" + "x" * 500_000), WRONG),
    "quotes without end": (header("x = " + '"' * 500_000), WRONG),
    "backslashes": (header('x = "' + "\\" * 500_000), WRONG),
    "the same key twice": (header("a = 1\na = 2"), WRONG),
    "no text at all": (header(b""), ""),
    "a list instead of a table": (header("lines = [1]"), "应当是一个表"),
    "a table instead of a text": (header("[title]"), "应当是一句话"),
    "a text instead of a list": (header("basis = 'x'"), "应当是一个列表"),
}
"""An empty part: a draft comes of it, whose page says what to mend."""


def truncated(keep: float) -> bytes:
    whole = a_zip()
    return whole[: round(len(whole) * keep)]


def marked(**fields: int) -> bytes:
    """Return a pack whose central directory says something else of its first file."""
    places = {"version": (6, "H"), "flags": (8, "H"), "method": (10, "H"), "size": (24, "I")}
    archive = bytearray(a_zip())
    central = archive.index(b"PK\x01\x02")
    for name, value in fields.items():
        at, form = places[name]
        struct.pack_into(f"<{form}", archive, central + at, value)
        if name in ("flags", "method"):
            struct.pack_into(f"<{form}", archive, at - 2, value)
    return bytes(archive)


def linked() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        entry = zipfile.ZipInfo("pack.toml")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return written.getvalue()


def twice(name: str = "pack.toml") -> bytes:
    """Return a pack with two files of one name: `zipfile` writes a different one, to be renamed."""
    other = "Q" + name[1:]
    return a_zip({**WHOLE, name: b"", other: b""}).replace(other.encode(), name.encode())


UNPACKED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", DAMAGED),
    "garbage": (b"PK\x03\x04 nonsense", DAMAGED),
    "random": (random.Random(2).randbytes(100_000), DAMAGED),
    **{f"cut at {keep:.0%}": (truncated(keep), DAMAGED) for keep in (0.1, 0.5, 0.8, 0.95)},
    "bomb in pack.toml": (lambda: a_zip({"pack.toml": bytes(200 << 20)}), "解开后太大"),
    "bomb in a picture": (
        lambda: a_zip({**WHOLE, "targets/a.png": bytes(200 << 20)}),
        "解开后太大",
    ),
    "bomb in many pictures": (
        lambda: a_zip({**WHOLE, **{f"targets/{n}.png": bytes(8 << 20) for n in range(20)}}),
        "解开后太大",
    ),
    "says to be small": (marked(size=1), DAMAGED),
    "says to be large": (marked(size=0x7FFFFFFF), ""),
    "another packing, bzip2": (a_zip(method=zipfile.ZIP_BZIP2), "压缩方式"),
    "another packing, LZMA": (a_zip(method=zipfile.ZIP_LZMA), "压缩方式"),
    "a packing nobody knows": (marked(method=77), "压缩方式"),
    "needs a newer unpacker": (marked(version=99), DAMAGED),
    "a password": (marked(flags=1), "密码"),
    "patched data": (marked(flags=0x20), DAMAGED),
    "20,000 files": (
        lambda: a_zip({f"posts/a{number}.toml": b"" for number in range(20_000)}),
        "最多 300",
    ),
    "a path upward": (a_zip({**WHOLE, "../../etc/cron.d/x.toml": b""}), "不是内容包的文件"),
    "a path upward, inside": (a_zip({**WHOLE, "posts/../../x.toml": b""}), "不是内容包的文件"),
    "an absolute path": (a_zip({**WHOLE, "/etc/cron.d/x.toml": b""}), "不是内容包的文件"),
    "a path of another system": (a_zip({**WHOLE, "posts\\..\\x.toml": b""}), "不是内容包的文件"),
    "a drive": (a_zip({**WHOLE, "C:/x.toml": b""}), "不是内容包的文件"),
    "a name with a line break": (a_zip({**WHOLE, "posts/a\n.toml": b""}), "不是内容包的文件"),
    "a name without end": (a_zip({**WHOLE, f"posts/{'a' * 60_000}": b""}), "不是内容包的文件"),
    "a program": (a_zip({**WHOLE, "targets/a.exe": b"MZ"}), "不是内容包的文件"),
    "a link": (linked(), "快捷方式"),
    "the same name twice": (twice(), "有两个"),
    "the same post twice": (twice("posts/a.toml"), "有两个"),
    "no pack.toml": (a_zip({"posts/a.toml": b"id = 'a'"}), "没有 pack.toml"),
    "only a folder": (a_zip({"pack/": b""}), "没有 pack.toml"),
    "another archive inside": (a_zip({"inner.zip": a_zip()}), "不是内容包的文件"),
}
"""What takes a second to be made is made when it is needed."""


def hostile(name: str) -> tuple[bytes, str]:
    """Return a file and a part of the sentence that refuses it."""
    made, part = {**PARSED, **UNPACKED}[name]
    return made if isinstance(made, bytes) else made(), part
