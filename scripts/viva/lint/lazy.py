"""A property that is computed once, when it is first asked for.

functools.cached_property takes a lock each time until Python 3.12, which is half of what most of
the rules take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):
    """Replaces itself in the instance by the value that the method returns."""

    def __init__(self, method: Callable[[Any], T]) -> None:
        self.method, self.name = method, method.__name__
        self.__doc__ = method.__doc__

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> T:
        value = self.method(instance)
        instance.__dict__[self.name] = value
        return value
