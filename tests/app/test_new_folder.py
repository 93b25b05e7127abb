"""Several files at once: all of them, or none, and nothing of anybody else's is touched."""

import stat

import pytest

from bot.app.new_folder import CannotWrite, NewFile, refuse, write

FILES = [NewFile("secret", b"s", is_secret=True), NewFile("rules/lists/a.txt", b"a"), NewFile("config.yaml", b"c")]


class Interrupted(BaseException):
    """Stands for Ctrl-C."""


def interrupt(_staging):
    raise Interrupted


def contents(folder):
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_all_files_are_there_and_nothing_else(tmp_path):
    write(tmp_path / "new" / "bot", FILES, force=False)
    assert contents(tmp_path / "new" / "bot") == {"secret": b"s", "rules/lists/a.txt": b"a", "config.yaml": b"c"}


def test_secrets_are_for_their_owner_alone(tmp_path):
    write(tmp_path, FILES, force=False)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert (tmp_path / "config.yaml").stat().st_mode & stat.S_IRUSR


def test_the_check_sees_the_files_before_they_are_in_place(tmp_path):
    shown = []
    write(tmp_path, FILES, lambda staging: shown.append((contents(staging), contents(tmp_path).keys())), force=False)
    ((staged, there),) = shown
    assert staged["config.yaml"] == b"c"
    assert "config.yaml" not in there


def test_what_is_interrupted_leaves_no_trace(tmp_path):
    with pytest.raises(Interrupted):
        write(tmp_path / "new" / "bot", FILES, interrupt, force=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", range(len(FILES)))
def test_an_interruption_between_two_files_takes_all_back(tmp_path, place):
    (tmp_path / "config.yaml").write_bytes(b"old")
    (tmp_path / "rules").mkdir()
    before = contents(tmp_path)

    def take_one_away(staging):
        (staging / FILES[place].path).unlink()

    with pytest.raises(CannotWrite):
        write(tmp_path, FILES, take_one_away, force=True)
    assert contents(tmp_path) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.yaml", "rules"]


def test_what_is_there_is_not_overwritten(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"mine")
    with pytest.raises(CannotWrite, match=r"config\.yaml is there already\. Cure: .*--force"):
        write(tmp_path, FILES, force=False)
    assert contents(tmp_path) == {"config.yaml": b"mine"}


def test_with_force_only_the_files_themselves_are_overwritten(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"mine")
    (tmp_path / "warden.db").write_bytes(b"memory")
    write(tmp_path, FILES, force=True)
    assert contents(tmp_path)["config.yaml"] == b"c"
    assert contents(tmp_path)["warden.db"] == b"memory"


def test_a_link_is_replaced_and_what_it_leads_to_left_alone(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    folder = tmp_path / "bot"
    folder.mkdir()
    (folder / "secret").symlink_to(elsewhere)
    with pytest.raises(CannotWrite, match="there already"):
        write(folder, FILES, force=False)
    write(folder, FILES, force=True)
    assert elsewhere.read_bytes() == b"mine"
    assert not (folder / "secret").is_symlink()


def test_a_dangling_link_is_in_the_way_too(tmp_path):
    (tmp_path / "secret").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite, match="there already"):
        refuse(tmp_path, ["secret"], force=False)


@pytest.mark.parametrize("force", [False, True])
def test_no_folder_is_entered_by_a_link(tmp_path, force):
    (tmp_path / "elsewhere").mkdir()
    folder = tmp_path / "bot"
    folder.mkdir()
    (folder / "rules").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="no ordinary folder"):
        write(folder, FILES, force=force)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_in_the_place_of_a_file(tmp_path):
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(CannotWrite, match="is a folder"):
        write(tmp_path, FILES, force=True)


def test_a_folder_that_everybody_can_write_into_is_refused(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(CannotWrite, match="chmod o-w"):
        write(tmp_path, FILES, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "bot").touch()
    with pytest.raises(CannotWrite, match="is no folder"):
        write(tmp_path / "bot", FILES, force=False)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="Cure"):
        write(tmp_path / "file" / "bot", FILES, force=False)


def test_no_secret_shows_itself():
    assert "hunter2" not in repr(NewFile("password", b"hunter2", is_secret=True))
