"""Text that remembers its message, as JSON and back, for what is kept between two runs."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from viva.base.words import ENGLISH, Letter, Listed, Percent, Quantity, Said, Told
from viva.base.words.said import filled

VALUES: dict[str, type[Any]] = {one.__name__: one for one in (Letter, Listed, Percent, Quantity)}


def data(value: Any) -> Any:
    """A value of a message as JSON: text and numbers as they are, the rest in a list."""
    if isinstance(value, Said):
        values = {name: data(one) for name, one in value.values.items()}
        return ["said", value.message, value.plural, value.context, values]
    if isinstance(value, Told) and type(value).__name__ in VALUES:
        given = {one.name: data(getattr(value, one.name)) for one in fields(value)}  # type: ignore[arg-type]
        return [type(value).__name__, given]
    if isinstance(value, list | tuple):
        return ["row", *map(data, value)]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def value(kept: Any) -> Any:
    """What `data` kept."""
    if not isinstance(kept, list):
        return kept
    name, *rest = kept
    if name == "row":
        return tuple(map(value, rest))
    if name == "said":
        return _said(*rest)
    return VALUES[name](**{field: value(one) for field, one in rest[0].items()})


def _said(message: str, plural: str, context: str, kept: dict[str, Any]) -> Said:
    values = {name: value(one) for name, one in kept.items()}
    text = plural if plural and values["n"] != 1 else message
    return Said(filled(text, values, ENGLISH.tell), message, plural, context, values)
