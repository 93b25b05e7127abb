"""One request as its handler sees it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec

from bot.sandbox.rates import Class
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Person
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World

Shape = TypeVar("Shape", bound=msgspec.Struct)
RowT = TypeVar("RowT")
_FEW, _MOST, _LAST_PAGE = 10, 50, 100


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    viewer: Person | None
    """``None`` for nobody: no token, a dead one, or that of a banned account."""
    params: Mapping[str, str]
    content: bytes

    def query(self, shape: type[Shape]) -> Shape:
        """The query string. Raises Refusal ``unknown`` for one of another shape, for example Python's ``True``."""
        if any(self.params.get(name, "true") not in {"true", "false"} for name in _booleans(shape)):
            raise _broken("Query deserialize error: provided string was not `true` or `false`")
        try:
            return msgspec.convert(dict(self.params), shape, strict=False)
        except msgspec.ValidationError as error:
            raise _broken(f"Query deserialize error: {error}") from None

    def form(self, shape: type[Shape]) -> Shape:
        """The JSON body; like Lemmy, before it is asked who sent it."""
        try:
            return msgspec.json.decode(self.content, type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise _broken(f"Json deserialize error: {error}") from None

    def me(self) -> Person:
        """Who is logged in. Raises Refusal for nobody."""
        if self.viewer is None:
            raise Refusal("incorrect_login", 401)
        return self.viewer


class Paged(msgspec.Struct):
    """What all lists are asked with."""

    page: int | None = None
    limit: int | None = None


def page_of(found: Iterable[RowT], asked: Paged, word: str) -> list[RowT]:
    """One page. Raises Refusal ``word`` for a page or limit that Lemmy does not give."""
    limit = _FEW if asked.limit is None else asked.limit
    page = 1 if asked.page is None else asked.page
    if not (1 <= limit <= _MOST and 1 <= page <= _LAST_PAGE):
        raise Refusal(word)
    return list(islice(found, (page - 1) * limit, page * limit))


@dataclass(frozen=True, slots=True)
class Route:
    handle: Callable[[Call], Json]
    class_: Class = Class.MESSAGE


Routes = Mapping[tuple[str, str], Route]
"""By method and path below ``/api/v3``."""


@cache
def _booleans(shape: type[msgspec.Struct]) -> tuple[str, ...]:
    fields = msgspec.structs.fields(shape)
    return tuple(each.encode_name for each in fields if _is_boolean(each.type))


def _is_boolean(type_: Any) -> bool:
    return type_ is bool or bool in getattr(type_, "__args__", ())


def _broken(message: str) -> Refusal:
    return Refusal("unknown", message=message)
