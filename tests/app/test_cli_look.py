"""``warden look``."""

import json

import pytest

from bot.app import exits
from bot.app.cli import run
from bot.facts import reader
from tests.facts import drawn

KEYS = ["file", "text_screenshot", "certain", "words", "why"]


@pytest.fixture
def files(tmp_path):
    (tmp_path / "page.png").write_bytes(drawn.stored(drawn.page()))
    (tmp_path / "photo.jpg").write_bytes(drawn.stored(drawn.noise(), "JPEG"))
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "folder").mkdir()
    return [str(tmp_path / name) for name in ("page.png", "photo.jpg", "notes.txt", "folder", "nowhere")]


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_line_a_file(files, capsys):
    assert run(["look", *files, "--json", "--no-ocr"]) == exits.FINE
    seen = lines(capsys)
    assert [list(each) for each in seen] == [KEYS] * len(files)
    assert [each["file"] for each in seen] == files
    assert [each["text_screenshot"] for each in seen] == ["yes", "no", "unknown", "unknown", "unknown"]
    assert [each["certain"] for each in seen] == [True, True, False, False, False]
    assert [each["words"] for each in seen] == [None] * len(files)
    assert [each["why"][0] for each in seen[2:]] == [
        "the file is no picture of a known kind",
        "the file cannot be read: Is a directory",
        "the file cannot be read: No such file or directory",
    ]


@pytest.mark.skipif(reader.text_reader() is None, reason="neither the extra `ocr` nor tesseract is installed")
def test_words_are_counted_where_text_is_read(files, capsys):
    assert run(["look", *files[:2], "--json"]) == exits.FINE
    page, photo = lines(capsys)
    assert page["words"] > 100
    assert photo["words"] == 0


def test_people_are_told_the_reasons(files, capsys):
    assert run(["look", *files[:3], "--no-ocr"]) == exits.FINE
    page, photo, notes = capsys.readouterr().out.splitlines()
    assert "page.png: yes (" in page
    assert "photo.jpg: no (" in photo
    assert notes.endswith("notes.txt: unknown (the file is no picture of a known kind)")


def test_hashes_are_printed_as_a_list_takes_them(files, capsys):
    assert run(["look", files[1], files[2], "--hash"]) == exits.FINE
    name, digits, none = capsys.readouterr().out.splitlines()
    assert name == f"# {files[1]}"
    assert len(bytes.fromhex(digits)) == 32
    assert none == f"# {files[2]} has no hash: the file is no picture of a known kind"


def test_without_the_extra_its_name_is_told(files, capsys, monkeypatch):
    monkeypatch.setattr(reader, "find_spec", lambda _name: None)
    assert run(["look", *files]) == exits.MISUSE
    assert capsys.readouterr().err == ("warden: pictures cannot be opened. Cure: pip install 'lemmy-warden[image]'\n")


def test_no_file_is_misuse(capsys):
    assert run(["look"]) == exits.MISUSE
    assert "PICTURE" in capsys.readouterr().err
