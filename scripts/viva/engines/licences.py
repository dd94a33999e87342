"""The licences of what a theme brings of others' work: its own, its icons', its scripts'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path, PurePosixPath

ENDING = ".txt"
NAMES = r"(?:LICEN[SC]E|NOTICE)(?:\.(?:txt|md))?"
LICENCE = re.compile(rf"^(?:[^,\n]*/)?{NAMES}(?=,)", re.IGNORECASE | re.MULTILINE)
"""The paths of licences in the record of an installed package, which has ten thousand lines."""
SEARCH = {"lunr", "lunr-languages"}
"""Zensical brings a search of its own."""


def of_theme(package: str) -> dict[str, str]:
    """The licence of each part of a theme, by the part's name."""
    return dict(sorted({**dict(_of_package(package)), **dict(_of_scripts(package))}.items()))


def _of_package(package: str) -> Iterator[tuple[str, str]]:
    found = metadata.distribution(package)
    for place in map(PurePosixPath, LICENCE.findall(found.read_text("RECORD") or "")):
        name = f"{package} {found.version}"
        if ".icons" in place.parts:
            name = f"{place.parent.name} icons"
        elif "assets" in place.parts:
            name = f"{package}, scripts"
        yield name, Path(str(found.locate_file(place))).read_text("utf-8")


def _of_scripts(package: str) -> Iterator[tuple[str, str]]:
    for file in (resources.files("viva.engines") / "texts").iterdir():
        name = file.name.removesuffix(ENDING)
        if name != file.name and not (package == "zensical" and name in SEARCH):
            yield name, file.read_text("utf-8")
