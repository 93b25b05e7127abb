"""Starting, stopping, and the process of its own."""

import os
import signal
import socket
import subprocess
import sys
from datetime import datetime

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests import unencrypted
from tests.paths import CHECKOUT


def test_a_process_of_its_own_names_its_address_first():
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--seed", "demo", "--password", "sesame"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip()
            form = {"username_or_email": "warden", "password": "sesame"}
            answer = unencrypted.post(f"{address}/api/v3/user/login", json=form, timeout=20)
            assert answer.json()["jwt"]
        finally:
            os.kill(process.pid, signal.SIGINT)
        assert process.wait(20) == 0


def test_a_port_that_is_taken_is_an_error():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        Sandbox(World(), port=taken.getsockname()[1])


def test_it_says_what_it_is(sandbox):
    software = unencrypted.get(f"{sandbox.address}/nodeinfo/2.1").json()["software"]
    assert software == {"name": "lemmy", "version": "0.19.20"}


def test_its_time_can_be_moved(sandbox):
    before = sandbox.get("/site").headers["date"]
    now = datetime.fromisoformat(sandbox.do("clock", seconds=86_400)["now"])
    after = sandbox.get("/site").headers["date"]
    assert before != after
    assert now.strftime("%d %b") in after
