"""One process at a time on one store, however the last one ended."""

import os
import signal
import subprocess
import sys

import pytest

from bot.store.errors import StoreInUse, StoreUnusable
from bot.store.lock import hold
from tests.paths import CHECKOUT

HOLDER = "import sys, time; from bot.store.lock import hold\nwith hold(sys.argv[1]): print('held', flush=True); time.sleep(60)"


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/warden.db"


@pytest.fixture
def holder(url):
    """Another process that holds the store."""
    arguments = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_with_what_where_and_the_cure(holder, url, tmp_path):
    with pytest.raises(StoreInUse) as refused, hold(url):
        pass
    assert str(refused.value) == (
        f"{tmp_path}/warden.db is in use by another Warden (process {holder.pid}); two at once would act twice. "
        f"Cure: let that one work, or stop it first (`kill {holder.pid}`), or name another file in `store`"
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_kernel_lets_go_when_the_holder_dies(holder, url, how):
    holder.send_signal(how)
    holder.wait()
    with hold(url) as lock:
        assert lock.read_text() == str(os.getpid())


def test_a_paused_holder_still_holds(holder, url):
    holder.send_signal(signal.SIGSTOP)
    with pytest.raises(StoreInUse), hold(url):
        pass


def test_it_is_free_again_after_the_block(url):
    for _ in range(2):
        with hold(url):
            pass
    with pytest.raises(ZeroDivisionError), hold(url):
        raise ZeroDivisionError
    with hold(url) as lock:
        assert lock.name == "warden.db.lock"


def test_within_one_process_too(url):
    with hold(url), pytest.raises(StoreInUse, match=rf"process {os.getpid()}"), hold(url):
        pass


def test_stores_do_not_disturb_each_other(url, tmp_path):
    with hold(url), hold(f"sqlite:///{tmp_path}/other.db") as lock:
        assert lock.exists()


def test_the_same_file_by_another_name_is_the_same_store(url, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "link.db").symlink_to(tmp_path / "warden.db")
    monkeypatch.chdir(tmp_path)
    names = [
        "sqlite:///warden.db",
        f"sqlite:///{tmp_path}/link/../{tmp_path.name}/warden.db",
        f"sqlite:///{tmp_path}/link.db",
    ]
    with hold(url):
        for name in names:
            with pytest.raises(StoreInUse), hold(name):
                pass


def test_a_holder_that_has_not_written_its_number_yet_is_nameless(url):
    with hold(url) as lock:
        lock.write_text("")
        with pytest.raises(StoreInUse, match=r"another process.*\(end it\)"), hold(url):
            pass


@pytest.mark.parametrize("place", ["nowhere/warden.db", "folder"])
def test_where_nothing_can_be_locked_it_is_said(tmp_path, place):
    (tmp_path / "folder.lock").mkdir()
    with (
        pytest.raises(StoreUnusable, match=r"\.lock cannot be locked: .*Cure: mend"),
        hold(f"sqlite:///{tmp_path}/{place}"),
    ):
        pass


def test_an_address_that_is_no_file_is_refused():
    with pytest.raises(StoreUnusable, match="is not a place for a database"), hold("postgresql://db/warden"):
        pass
