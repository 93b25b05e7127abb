"""What is to go wrong, and when."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    RATE_LIMIT = "rate_limit"
    """400 ``rate_limit_error``; nothing is done."""
    STARTING = "starting"
    """503, as while the server starts; nothing is done."""
    STRANGER = "stranger"
    """The session cannot be looked up, so whoever asks is nobody."""
    SLOW = "slow"
    """Done at once, answered after ``seconds``."""
    DIE = "die"
    """The connection is closed without an answer."""
    HANG = "hang"
    """The connection stays open without an answer."""
    HTML = "html"
    """A page with ``status`` in place of the answer."""
    TRUNCATED = "truncated"
    """The first half of the answer."""
    UNKNOWN = "unknown"
    """400 ``unknown``, as when the database does not answer."""
    HALF = "half"
    """The item is changed, writing the modlog fails: 400 ``unknown``."""


class On(StrEnum):
    ANY = "any"
    READ = "read"
    WRITE = "write"
    """What others can see: everything but GET, and not the account's own affairs below ``/user``."""


@dataclass(frozen=True, slots=True)
class Trouble:
    kind: Kind
    on: On = On.ANY
    path: str = ""
    """Only this path, as in ``/post/remove``; empty for every path. Then also writes below ``/user`` count."""
    skip: int = 0
    """Let so many matching requests through first."""
    times: int = 1
    committed: bool = False
    """Whether what was asked is done all the same; for die, hang, html, truncated and unknown."""
    seconds: float = 0.0
    status: int = 200

    def concerns(self, method: str, path: str) -> bool:
        if self.path and self.path != path:
            return False
        if self.on is On.READ:
            return method == "GET"
        if self.on is On.WRITE:
            return method != "GET" and (bool(self.path) or not path.startswith("/user/"))
        return True

    @property
    def is_before(self) -> bool:
        """Whether the request never reaches its handler."""
        if self.kind in {Kind.RATE_LIMIT, Kind.STARTING}:
            return True
        return self.kind in {Kind.DIE, Kind.HANG, Kind.HTML, Kind.TRUNCATED, Kind.UNKNOWN} and not self.committed


class Troubles:
    """In the order in which they were asked for; of several that concern a request the first one strikes."""

    def __init__(self) -> None:
        self.waiting: list[Trouble] = []

    def add(self, trouble: Trouble) -> None:
        self.waiting.append(trouble)

    def clear(self) -> None:
        self.waiting.clear()

    def strike(self, method: str, path: str) -> Trouble | None:
        """What goes wrong with this request; ``None`` for nothing."""
        for place, trouble in enumerate(self.waiting):
            if not trouble.concerns(method, path):
                continue
            if trouble.skip:
                self.waiting[place] = replace(trouble, skip=trouble.skip - 1)
                continue
            if trouble.times > 1:
                self.waiting[place] = replace(trouble, times=trouble.times - 1)
            else:
                del self.waiting[place]
            return trouble
        return None
