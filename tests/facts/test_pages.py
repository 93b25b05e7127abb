"""Pages are read in a process that may die of them."""

import sys
from pathlib import Path

import pytest

from bot.domain.destination import Page
from bot.facts import pages
from bot.facts.pages import PageReader, Unreadable
from bot.facts.worker import ExtraMissing

HTML = "<title>A page</title>".encode("utf-16-be")


@pytest.fixture
def reader():
    opened = PageReader()
    yield opened
    opened.close()


def test_a_page_is_read_in_another_process(reader, monkeypatch):
    monkeypatch.setenv("WARDEN_PASSWORD", "hunter2")
    assert reader.read(HTML, "utf-16-be") == Page("A page")
    child = reader._worker._child.pid
    assert b"hunter2" not in Path(f"/proc/{child}/environ").read_bytes()
    assert reader.read(b"", "ünknown") == Page()
    assert reader._worker._child.pid == child


def test_a_page_that_takes_too_much_work_ends_the_process_and_not_us(reader):
    # Depth costs the parser its square.
    with pytest.raises(Unreadable, match="too long, or too much memory"):
        reader.read(b"<div>" * 400_000, "")
    assert reader.read(HTML, "utf-16-be") == Page("A page")


@pytest.mark.parametrize("says", ["b'no json'", "b'[1]'", "b'{\"title\": 1}'"])
def test_what_makes_no_sense_is_no_page(says):
    program = f"import struct, sys\nfor each in (b'ready', {says}):\n sys.stdout.buffer.write(struct.pack('>I', len(each)) + each)\nsys.stdout.flush()\nsys.stdin.read()"
    reader = PageReader(child=(sys.executable, "-c", program))
    with pytest.raises(Unreadable, match="no answer that makes sense"):
        reader.read(HTML, "")
    reader.close()


def test_a_process_that_cannot_start_is_told():
    with pytest.raises(Unreadable, match="no process"):
        PageReader(child=("/nowhere/python",)).read(HTML, "")


def test_without_the_extra_its_name_is_told(monkeypatch):
    monkeypatch.setattr(pages, "find_spec", lambda _name: None)
    with pytest.raises(ExtraMissing, match=r"lemmy-warden\[links\]"):
        PageReader()
