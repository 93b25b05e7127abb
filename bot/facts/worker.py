"""A child process in which strangers' bytes are opened: it may be killed and may die."""

import os
import signal
import subprocess
import sys
import threading

from bot.facts.child import LENGTH

LONGEST = 30.0
"""Seconds for one message, for a child that hangs; one that works is ended by its own limit long before."""
START = 60.0
"""Seconds for the child to start and load its models."""
LARGEST_ANSWER = 1024 * 1024
"""Bytes."""
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""All that the child is told: a thread for every core would not fit into its memory where there are many."""
CHILD = (sys.executable, "-I", "-m", "bot.facts.child")


class ExtraMissing(Exception):
    """An extra is not installed: which, and the cure."""


class NoAnswer(Exception):
    """The child gave none: what it took, for moderators."""


class Worker:
    """Answers one message at a time; may be shared between threads. The child is started when first needed."""

    def __init__(self, command: tuple[str, ...], longest: float = LONGEST) -> None:
        """``longest`` is in seconds."""
        self._command = command
        self._longest = longest
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def answer(self, content: bytes) -> bytes:
        """What the child says to the message. Raises NoAnswer."""
        with self._lock:
            if not self._is_ready():
                raise NoAnswer("failed: no process could be started for it")
            answer = self._exchange(content, self._longest)
        if answer is None:
            raise NoAnswer("took too long, or too much memory")
        return answer

    def close(self) -> None:
        """End the child; a later message starts another."""
        with self._lock:
            self._end()

    def _is_ready(self) -> bool:
        if self._child is not None and self._child.poll() is None:
            return True
        self._end()
        try:
            # Not our environment: it may hold passwords, which who parses hostile bytes must not know.
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        except OSError:
            return False
        return self._exchange(None, START) == b"ready"

    def _exchange(self, content: bytes | None, seconds: float) -> bytes | None:
        """Send a message, if there is one, and wait for one; ``None`` when the child has died or was killed."""
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        watchdog = threading.Timer(seconds, _kill, (child,))
        watchdog.start()
        try:
            if content is not None:
                child.stdin.write(LENGTH.pack(len(content)) + content)
                child.stdin.flush()
            head = child.stdout.read(LENGTH.size)
            length = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else LARGEST_ANSWER + 1
            answer = child.stdout.read(length) if length <= LARGEST_ANSWER else b""
            complete = len(answer) == length
        except OSError:
            complete, answer = False, b""
        finally:
            watchdog.cancel()
        if not complete:
            self._end()
        return answer if complete else None

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        _kill(child)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except OSError:
                continue


def _kill(child: subprocess.Popen[bytes]) -> None:
    """With what it has started: it leads a group of its own."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
