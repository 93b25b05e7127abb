"""Reading pages at arm's length."""

from importlib.util import find_spec

import msgspec

from bot.domain.destination import Page
from bot.facts.worker import CHILD, LONGEST, ExtraMissing, NoAnswer, Worker


class Unreadable(Exception):
    """Why a page could not be read, for moderators."""


class PageReader:
    """Reads pages, one at a time; may be shared between threads."""

    def __init__(self, *, longest: float = LONGEST, child: tuple[str, ...] = CHILD) -> None:
        """Raises ExtraMissing."""
        if find_spec("selectolax") is None:
            raise ExtraMissing("pages cannot be read. Cure: pip install 'lemmy-warden[links]'")
        self._worker = Worker((*child, "--pages"), longest)

    def read(self, content: bytes, charset: str) -> Page:
        """``charset`` as the server says it, or empty. Raises Unreadable."""
        message = charset.encode("ascii", "replace") + b"\n" + content
        try:
            return msgspec.json.decode(self._worker.answer(message), type=Page)
        except NoAnswer as why:
            raise Unreadable(f"reading the page {why}") from None
        except msgspec.DecodeError:
            raise Unreadable("reading the page gave no answer that makes sense") from None

    def close(self) -> None:
        """End the child; a later page starts another."""
        self._worker.close()
