"""Looking into pictures at arm's length: in a child process that may be killed and may die."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from importlib.util import find_spec

import msgspec

from bot.domain.picture import Picture
from bot.facts.child import LENGTH, RAPIDOCR

LONGEST = 30.0
"""Seconds for one picture, for a child that hangs; one that works is ended by its own limit long before."""
START = 60.0
"""Seconds for the child to start and load its models."""
LARGEST_ANSWER = 1024 * 1024
"""Bytes."""
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""All that the child is told: a thread for every core would not fit into its memory where there are many."""
CHILD = (sys.executable, "-I", "-m", "bot.facts.child")


class ExtraMissing(Exception):
    """An extra is not installed: which, and the cure."""


def text_reader() -> str | None:
    """What reads the text in pictures on this machine: ``RapidOCR``, or else the path of tesseract."""
    if all(find_spec(each) is not None for each in ("rapidocr", "onnxruntime")):
        return RAPIDOCR
    return shutil.which("tesseract")


class Reader:
    """Looks into pictures, one at a time; may be shared between threads. The child is started when first needed."""

    def __init__(self, *, reads: bool | None = None, longest: float = LONGEST, child: tuple[str, ...] = CHILD) -> None:
        """``reads``: whether text is read too; by default where there is a reader of text.

        Raises ExtraMissing.
        """
        if find_spec("PIL") is None:
            raise ExtraMissing("pictures cannot be opened. Cure: pip install 'lemmy-warden[image]'")
        named = None if reads is False else text_reader()
        if reads and named is None:
            raise ExtraMissing(
                "text in pictures cannot be read. Cure: pip install 'lemmy-warden[ocr]', or install tesseract "
                "(`apt install tesseract-ocr`)"
            )
        self._command = child if named is None else (*child, "--read", named)
        self._longest = longest
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def look(self, content: bytes) -> Picture:
        """What the picture shows; where a look fails, why. Raises nothing."""
        with self._lock:
            if not self._is_ready():
                return Picture(why=("no process could be started to look into the picture",))
            answer = self._exchange(content, self._longest)
        if answer is None:
            return Picture(why=("looking into the picture took too long, or too much memory",))
        try:
            return msgspec.json.decode(answer, type=Picture)
        except msgspec.DecodeError:
            # A picture may have taken the child over; a lie in the right form is not worse than a picture that lies.
            return Picture(why=("looking into the picture gave no answer that makes sense",))

    def close(self) -> None:
        """End the child; a later look starts another."""
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
        """Send a picture, if there is one, and wait for a message; ``None`` when the child has died or was killed."""
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
