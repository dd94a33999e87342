"""The data of a large course in parts, so that a page loads those of the modules that it needs.

What every page knows of such a course is an outline: the modules, and of each the ids of what is
asked there. The rest comes when something of its part was answered or is to be asked
(`theme/assets/viva/study/course.js`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

WHOLE = 300_000
"""From so many characters of questions and cards on, about 800 of them, a course comes in parts."""
PART = 60_000
"""A part has the modules, in their order, that hold about so many characters, one at least."""


@dataclass(frozen=True)
class Parted:
    """A course's data: what every page knows, and what comes in parts."""

    outline: Mapping[str, Any]
    parts: tuple[Mapping[str, Any], ...]


def parted(course: Mapping[str, Any]) -> Parted | None:
    """The data in parts; None where the course is small enough to come as one file."""
    places = _places(course)
    sizes = {name: _size(things) for name, things in places.items()}
    if sum(sizes.values()) < WHOLE:
        return None
    numbers = dict(_numbered(sizes))
    kept = {name: value for name, value in course.items() if name not in ("questions", "cards")}
    told = [{**one, "objectives": _ids(one["objectives"])} for one in course["modules"]]
    listed = [_place(name, numbers[name], things) for name, things in places.items()]
    parts = tuple(_parts(course, places, numbers))
    return Parted({**kept, "modules": told, "places": listed}, parts)


def _ids(things: Iterable[Mapping[str, Any]]) -> list[str]:
    return [one["id"] for one in things]


Things = Mapping[str, list[dict[str, Any]]]
"""Questions and cards, by these two names."""


def _places(course: Mapping[str, Any]) -> dict[str, Things]:
    """What is asked by the module, or other page, to which it belongs."""
    names = [one["id"] for one in course["modules"]]
    names += [card["module"] for card in course["cards"]]
    found: dict[str, Things] = {name: {"questions": [], "cards": []} for name in names}
    for kind in ("questions", "cards"):
        for one in course[kind]:
            found[one["module"]][kind].append(one)
    return found


def _numbered(sizes: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The number of the part in which each place comes."""
    number, filled = 0, 0
    for name, size in sizes.items():
        if filled > PART:
            number, filled = number + 1, 0
        filled += size
        yield name, number


def _size(things: Things) -> int:
    return sum(len(json.dumps(one, ensure_ascii=False)) for kind in things.values() for one in kind)


def _place(name: str, part: int, things: Things) -> dict[str, Any]:
    """The ids of a place: a step with that of its case, cards by their deck."""
    decks: dict[str, list[str]] = {}
    for card in things["cards"]:
        decks.setdefault(card["deck"], []).append(card["id"])
    asked = [
        [one["id"], one["of"]] if "of" in one else one["id"] for one in things["questions"]
    ]
    found = {"id": name, "part": part, "questions": asked, "cards": decks}
    return {name: value for name, value in found.items() if value not in ([], {})}


def _parts(
    course: Mapping[str, Any], places: Mapping[str, Things], numbers: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    objectives = {one["id"]: one["objectives"] for one in course["modules"]}
    for _, group in groupby(places, lambda name: numbers[name]):
        names = list(group)
        yield {
            "questions": _all(places[name]["questions"] for name in names),
            "cards": _all(places[name]["cards"] for name in names),
            "objectives": _all(objectives.get(name, []) for name in names),
        }


def _all(lists: Iterable[list[Any]]) -> list[Any]:
    return [one for listed in lists for one in listed]
