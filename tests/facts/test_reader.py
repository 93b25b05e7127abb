"""The child that opens pictures may be killed, may die and may lie: the parent goes on."""

import os
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.facts import reader as module
from bot.facts.reader import ExtraMissing, Reader, text_reader
from tests.e2e.conftest import until
from tests.facts import drawn
from tests.facts.installed import TESSERACT, needs_rapidocr, needs_tesseract

PAGE = drawn.stored(drawn.page())


@pytest.fixture
def reader():
    reader = Reader(reads=False)
    yield reader
    reader.close()


@pytest.fixture
def behaving():
    """A function that makes a reader whose child says it is ready and then does as a program says with each picture."""
    made = []

    def make(program):
        made.append(Reader(reads=False, longest=0.5, child=(sys.executable, "-c", _whole(program))))
        return made[-1]

    yield make
    for each in made:
        each.close()


def _whole(program):
    start = """
        import os, struct, sys, time
        def say(content): os.write(1, struct.pack(">I", len(content)) + content)
        say(b"ready")
        while head := sys.stdin.buffer.read(4):
            content = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
    """
    return textwrap.dedent(start) + textwrap.indent(textwrap.dedent(program), "    ")


def test_pictures_are_looked_into_in_another_process(reader):
    assert reader.look(PAGE).answer == "yes"
    first = reader._worker._child.pid
    assert first != os.getpid()
    assert reader.look(drawn.stored(drawn.noise())).answer == "no"
    assert reader._worker._child.pid == first


def test_the_child_knows_nothing_of_our_environment(reader, monkeypatch):
    monkeypatch.setenv("WARDEN_PASSWORD", "hunter2")
    reader.look(PAGE)
    assert b"hunter2" not in Path(f"/proc/{reader._worker._child.pid}/environ").read_bytes()


def test_the_child_is_bound_in_memory_and_writes_no_file(reader):
    reader.look(PAGE)
    rows = Path(f"/proc/{reader._worker._child.pid}/limits").read_text().splitlines()
    limits = {row[:26].strip(): row[26:].split()[:2] for row in rows}
    assert limits["Max address space"] == [str(768 * 1024 * 1024)] * 2
    assert limits["Max file size"] == ["0", "0"]


def test_a_child_that_died_is_replaced(reader):
    reader.look(PAGE)
    reader._worker._child.kill()
    reader._worker._child.wait()
    assert reader.look(PAGE).answer == "yes"


@pytest.mark.parametrize(
    "program",
    [
        "time.sleep(60)",
        "os._exit(1)",
        "os.abort()",
        "os.write(1, b'x')\nos._exit(0)",
        "os.write(1, struct.pack('>I', 2**32 - 1))\ntime.sleep(60)",
        "while True: pass",
        "bytes(10**12)",
    ],
)
def test_whatever_the_child_does_there_is_an_answer(program, behaving):
    reader = behaving(program)
    began = time.monotonic()
    seen = reader.look(PAGE)
    assert (seen.answer, seen.certain) == ("unknown", False)
    assert "took too long, or too much memory" in seen.why[0]
    assert time.monotonic() - began < 20


def test_work_without_end_is_ended_by_the_child_itself(behaving):
    reader = behaving("from bot.facts import child\nchild.CPU = 1\nchild._allow_cpu()\nwhile True: pass")
    reader._longest = 60
    assert "took too long" in reader.look(PAGE).why[0]


def test_an_answer_that_makes_no_sense_is_none(behaving):
    reader = behaving("say(b'{]')")
    reader._longest = 60
    assert reader.look(PAGE).why == ("looking into the picture gave no answer that makes sense",)


def test_a_child_that_cannot_start_is_told():
    reader = Reader(reads=False, child=("/nowhere/python",))
    assert "no process" in reader.look(PAGE).why[0]
    reader.close()


def test_many_pictures_can_wait_for_one_child(reader):
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(reader.look, [PAGE, drawn.stored(drawn.noise())] * 4))
    assert [each.answer for each in seen] == ["yes", "no"] * 4


@pytest.mark.parametrize(("missing", "extra", "how"), [("PIL", "image", {}), ("rapidocr", "ocr", {"reads": True})])
def test_a_missing_extra_is_named(missing, extra, how, monkeypatch):
    hide(monkeypatch, missing)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ExtraMissing, match=rf"Cure: pip install 'lemmy-warden\[{extra}\]'"):
        Reader(**how)


@needs_rapidocr
def test_text_is_read_where_that_is_installed():
    assert text_reader() == "RapidOCR"
    assert "by RapidOCR" in looked_at_once().why[0]


@needs_tesseract
def test_without_rapidocr_tesseract_reads_it(monkeypatch):
    hide(monkeypatch, "rapidocr")
    assert text_reader() == TESSERACT
    assert "by tesseract" in looked_at_once().why[0]


def test_without_either_no_text_is_read(monkeypatch):
    hide(monkeypatch, "rapidocr")
    monkeypatch.setenv("PATH", "/nowhere")
    assert text_reader() is None
    assert looked_at_once().words is None


def looked_at_once():
    reader = Reader()
    seen = reader.look(PAGE)
    reader.close()
    assert seen.answer == "yes"
    return seen


def hide(monkeypatch, name):
    found = module.find_spec
    monkeypatch.setattr(module, "find_spec", lambda each: None if each == name else found(each))


def test_what_the_child_has_started_ends_with_it(behaving):
    reader = behaving("import subprocess\nsubprocess.Popen(['sleep', '60'])\nsay(b'{}')")
    reader.look(PAGE)
    child = reader._worker._child.pid
    (started,) = Path(f"/proc/{child}/task/{child}/children").read_text().split()
    reader.close()
    until(lambda: not is_running(started))


def is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
