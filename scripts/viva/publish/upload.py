"""What changed goes to a place, pages after what they need, and nothing of others is changed.

A list at the place says what viva made there. While files are on their way a second list says what
they will be, so that a run that was cut off is taken up by the next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from viva.base.files.made import LIST, Made, digest, parsed
from viva.base.refused import Refused
from viva.base.words import row, say

COMING = ".viva-coming"
WORKER = "sw.js"
NAMED = 5
"""How many files of others are named."""


class Place(Protocol):
    """A folder somewhere else. What it refuses is `Refused`."""

    name: str

    def sizes(self, folders: Collection[str]) -> Mapping[str, int]:
        """The files in these folders, by their path from the place, with their sizes."""

    def read(self, name: str) -> bytes | None:
        """What a file holds; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, whole or not at all."""

    def remove(self, name: str) -> None:
        """Take a file away."""


@dataclass(frozen=True)
class Brought:
    """What an upload did."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def bring(place: Place, site: Mapping[str, bytes]) -> Brought:
    """Make the place hold the site: what is new or changed is written, what viva made and the site
    has no more is deleted. Refuses before anything is written where a file is not viva's."""
    before, coming = _listed(place, LIST), _listed(place, COMING)
    there = place.sizes({_folder(name) for name in (*site, *before, *coming)})
    known = {name: {before.get(name, ""), coming.get(name, "")} for name in (*before, *coming)}
    now = {name: digest(content) for name, content in site.items()}
    kept = {name for name, content in site.items() if before.get(name) == now[name]
            and there.get(name) == len(content) and name not in coming}  # fmt: skip
    fresh = [name for name in site if name not in kept]
    same = {name for name in fresh if name in there and place.read(name) == site[name]}
    _prove(place, [name for name in fresh if name in there and name not in same], known)
    gone = [name for name in known if name not in site and name in there]
    removed = [name for name in gone if _is_ours(place, name, known)]
    todo = sorted((name for name in fresh if name not in same), key=_order)
    if todo or removed or before != now:
        _change(place, {name: site[name] for name in todo}, removed, now)
    return Brought(tuple(todo), tuple(removed), len(site) - len(todo))


def _change(
    place: Place, todo: Mapping[str, bytes], removed: Collection[str], now: Mapping[str, str]
) -> None:
    listing = Made(dict(now)).listing().encode()
    place.write(COMING, listing)
    for name, content in todo.items():
        place.write(name, content)
    for name in removed:
        place.remove(name)
    place.write(LIST, listing)
    place.remove(COMING)


def _listed(place: Place, name: str) -> dict[str, str]:
    content = place.read(name)
    if content is None:
        return {}
    made = parsed(content.decode("utf-8", "replace"))
    if made is None:
        said = say(
            "{server}: {file} is not what viva writes there (choose another folder)",
            server=place.name, file=name,
        )
        raise Refused(said)
    return dict(made.files)


def _prove(place: Place, names: Collection[str], known: Mapping[str, Collection[str]]) -> None:
    others = [name for name in names if not _is_ours(place, name, known)]
    if others:
        named = row([*others[:NAMED], *["…"] * (len(others) > NAMED)])
        said = say(
            "{server}: viva did not make {files}, or it was changed since, so nothing was "
            "written (rename it there, or choose another folder)",
            server=place.name, files=named,
        )
        raise Refused(said)


def _is_ours(place: Place, name: str, known: Mapping[str, Collection[str]]) -> bool:
    """Whether a file is as viva wrote it."""
    content = place.read(name) if name in known else None
    return content is not None and digest(content) in known[name]


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _order(name: str) -> tuple[int, str]:
    """What pages need comes before them, and the worker, which tells browsers, at the end."""
    return (2 if name == WORKER else 1 if name.endswith(".html") else 0, name)
