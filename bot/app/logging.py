"""What the operator reads: one line an event, JSON when nobody is watching, and never a secret."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from bot.http.secret import Secret

HIDDEN = "(hidden)"
SECRET_KEYS = re.compile(r"passw|secret|token|totp|jwt|authorization|cookie|api_?key", re.IGNORECASE)
_SHAPES = re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.?[A-Za-z0-9_-]*|(?<=Bearer )\S+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LIBRARIES = ("httpx", "httpcore", "apscheduler", "uvicorn", "alembic", "stamina", "watchfiles", "urllib3", "asyncio")
_FAILURES = re.compile(r"fail|broken|refused|void|cut_short|given_up|drift")

_known: set[str] = set()


def hide(secret: Secret) -> None:
    """From now on this value is in no line, whatever it stands in."""
    value = secret.reveal()
    if len(value) >= 4:
        _known.add(value)


def configure(level: str, form: str, stream: TextIO = sys.stderr) -> None:
    """Set up structlog and the standard library's logging. ``form`` is ``auto``, ``console`` or ``json``."""
    as_json = form == "json" or (form == "auto" and not stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *([structlog.processors.JSONRenderer()] if as_json else [_on_one_line, _console(stream)]),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else "WARNING")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class StructlogJournal:
    """Implements ``bot.engine.ports.Journal``: events of failures are warnings, all others information."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("warden")

    def event(self, name: str, /, **facts: object) -> None:
        tell = self._log.warning if _FAILURES.search(name) else self._log.info
        tell(name, **facts)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: hides values of telling keys, known secrets, and what has a secret's shape."""
    return {key: _redacted(key, value) for key, value in event.items()}


def _redacted(key: str, value: Any) -> Any:
    if isinstance(value, Secret) or (SECRET_KEYS.search(key) and isinstance(value, str | bytes)):
        return HIDDEN
    return _hidden(value)


def _hidden(value: Any) -> Any:
    match value:
        case str():
            return _without_secrets(value)
        case Mapping():
            return {_without_secrets(str(key)): _redacted(str(key), inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_hidden(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            return _without_secrets(str(value))


def _without_secrets(text: str) -> str:
    for secret in _known:
        text = text.replace(secret, HIDDEN)
    return _SHAPES.sub(HIDDEN, text)


def _on_one_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What an author wrote can begin no line of its own, and steer no terminal."""
    exception = event.pop("exception", None)
    flat = {key: _flat(value) for key, value in event.items()}
    return flat if exception is None else flat | {"exception": exception}


def _flat(value: Any) -> Any:
    match value:
        case str():
            return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
        case dict():
            return {_flat(key): _flat(inner) for key, inner in value.items()}
        case list():
            return [_flat(inner) for inner in value]
        case _:
            return value


def _console(stream: TextIO) -> Processor:
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
