"""A pack as one file from anybody: whatever it is, it is taken apart or refused in a sentence."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs import load_pack
from kiosk.packs.bundling import bundle, without_photos
from kiosk.uploads.children import Limits
from kiosk.uploads.pack import LIMITS, MOST_PACK_KB, PackFileError, taken_apart
from kiosk.uploads.pack_child import answer
from tests.fakes.hostile_packs import PARSED, UNPACKED, WHOLE, a_zip, header, hostile
from tests.fakes.waiting import until

HENAN = Path(__file__).parents[3] / "config/packs/henan-small-factory"
QUICK = Limits(memory_mb=160, cpu_s=2, wall_s=30, answer_kb=16384)
"""Less time than in earnest: most of these files take all there is."""
MOST_S = 35.0


def refusal(data: bytes, limits: Limits = QUICK) -> str:
    """Return why a file is refused; empty when it is not."""
    began_s = time.monotonic()
    try:
        taken_apart(data, limits)
    except PackFileError as error:
        sentence = str(error)
        assert re.search("[。，：”]|再导入$|内容包$", sentence)
        assert not re.search(r"Error|Traceback|[a-z]{3,} [a-z]{3,}", sentence), sentence
        assert len(sentence) < 500
        return sentence
    finally:
        assert time.monotonic() - began_s < MOST_S
    return ""


@pytest.mark.parametrize("name", [*PARSED, *UNPACKED])
def test_a_pack_that_is_made_to_do_harm_is_refused_in_a_sentence(name: str) -> None:
    data, part = hostile(name)
    said = refusal(data)
    assert part in said
    assert bool(said) is bool(part)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_whatever_bytes_of_a_sound_pack_are_changed_there_is_an_answer(data: st.DataObject) -> None:
    sound = bytearray(a_zip({**WHOLE, "targets/a.svg": b"<svg/>"}))
    for _ in range(data.draw(st.integers(1, 8))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    assert msgspec.msgpack.encode(answer(bytes(sound)))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="a.=[]{}\"'\\#,\n 9-:TZ+_eExX", max_size=60))
def test_whatever_a_file_says_there_is_an_answer(text: str) -> None:
    assert msgspec.msgpack.encode(answer(header(text)))


def test_a_file_beyond_measure_is_not_even_opened() -> None:
    assert f"最多 {MOST_PACK_KB} KB" in refusal(bytes(MOST_PACK_KB * 1024 + 1))


def test_what_went_out_comes_in_as_it_was() -> None:
    pack = load_pack(HENAN)
    pictures = {file.name: file.read_bytes() for file in HENAN.glob("targets/*.svg")}
    taken = taken_apart(bundle(pack, pictures))
    assert taken.table == without_photos(pack)
    assert (taken.unknown, taken.photos) == ((), {})
    assert set(taken.drawings) == set(pictures)


def test_the_folder_of_a_pack_comes_in_with_its_variants_and_photos() -> None:
    files = {
        f"any name/{file.relative_to(HENAN).as_posix()}": file.read_bytes()
        for file in sorted(HENAN.rglob("*.*"))
    }
    taken = taken_apart(a_zip({**files, "any name/targets/own.jpg": b"\xff\xd8\xff"}))
    came, went = msgspec.convert(taken.table, Manuscript), manuscript_of(load_pack(HENAN))
    assert (set(came.posts), set(came.works)) == (set(went.posts), set(went.works))
    assert replace(came, posts=went.posts, works=went.works) == went
    assert taken.photos == {"own.jpg": b"\xff\xd8\xff"}


def test_what_nobody_knows_is_named_and_left_out() -> None:
    colours = b"id = 'a'\n" + b"".join(b"c%d = 1\n" % number for number in range(1000))
    taken = taken_apart(a_zip({**WHOLE, "posts/a.toml": colours + b"x" * 10_000 + b" = 1"}))
    assert taken.unknown[0] == "posts[0].c0"
    assert len(taken.unknown) == 10
    assert "c0" not in taken.table["posts"][0]


def test_two_at_once_are_both_answered() -> None:
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda data=data: said.append(refusal(data)))
        for data in (a_zip(), header("x = " + "9" * 5000), header("a." * 16_000 + "a = 1"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(sentence) for sentence in said) == [False, True, True]


def test_the_child_that_takes_a_pack_apart_runs_within_its_limits() -> None:
    heavy = threading.Thread(target=refusal, args=(header("a." * 16_000 + "a = 1"), LIMITS))
    heavy.start()
    try:
        limits = until(lambda: _limits_of("kiosk.uploads.pack_child"), 10)
    finally:
        heavy.join()
    assert re.search(
        rf"Max address space +{LIMITS.memory_mb << 20} +{LIMITS.memory_mb << 20} ", limits
    )
    assert re.search(rf"Max cpu time +{LIMITS.cpu_s} +{LIMITS.cpu_s} ", limits)
    assert re.search(r"Max file size +0 ", limits)


def _limits_of(module: str) -> str:
    """Return the limits of our child that runs a program, once it has any; empty before."""
    for thread in Path("/proc/self/task").iterdir():
        for child in (thread / "children").read_text().split():
            process = Path("/proc") / child
            try:
                limits = (process / "limits").read_text()
                if module in (process / "cmdline").read_text() and "unlimited" not in limits[:200]:
                    return limits
            except OSError:
                continue
    return ""
