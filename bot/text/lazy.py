"""Values that are made when they are first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class lazy(Generic[Made]):  # noqa: N801 - used as a decorator
    """``functools.cached_property`` as it is since Python 3.12: without a lock, which takes longer than to make most of
    what is made here. Two threads may make the same value twice."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, of: object, _: type | None = None) -> Made:
        made = self._make(of)
        setattr(of, self._name, made)
        return made
