"""Text that was said in English and remembers its message."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from viva.base.words.catalogue import Catalogue

if TYPE_CHECKING:
    from viva.base.words import Words

PLACE = re.compile(r"\{(\w+)\}")


class Told(ABC):
    """A value in a message that languages write differently."""

    @abstractmethod
    def told(self, words: Words) -> str:
        """The value as a language writes it."""


class Said(str):
    """English text, and the message with the values that it was made of."""

    message: str
    plural: str
    context: str
    values: Mapping[str, Any]

    def __new__(
        cls,
        text: str,
        message: str = "",
        plural: str = "",
        context: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> Said:
        made = super().__new__(cls, text)
        made.message, made.plural, made.context = message or text, plural, context
        made.values = values or {}
        return made

    def found(self, catalogue: Catalogue) -> str:
        """The message in the language of a catalogue."""
        if self.plural:
            return catalogue.many(self.message, self.plural, self.values["n"])
        return catalogue.one(self.message, self.context)


def filled(message: str, values: Mapping[str, Any], tell: Callable[[Any], str]) -> str:
    """A message with its places filled; braces that name no value stay."""
    if not values:
        return message

    def named(found: re.Match[str]) -> str:
        return tell(values[found[1]]) if found[1] in values else found[0]

    return PLACE.sub(named, message)
