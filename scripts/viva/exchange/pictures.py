"""Figures for other systems: as pixels, in the state that a question shows, so that no label tells.

The address of a figure may name a state (`front.svg#unlabelled`). The file itself would show its
first state, labels and all: so an SVG leaves as a picture of its state, never as a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange.losses import no_figure
from viva.paper.content import Picture
from viva.paper.pdf import INCH, as_png

AS_THEY_ARE = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
PNG = b"\x89PNG\r\n\x1a\n"
Places = tuple[tuple[tuple[float, float], ...], ...]
Size = tuple[int, int]


@dataclass(frozen=True)
class File:
    """A picture by its name in a package. Its size is known where it is a PNG."""

    name: str
    content: bytes

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        assert self.content.startswith(PNG), self.name
        width, height = (int.from_bytes(self.content[at : at + 4]) for at in (16, 20))
        return width, height


class Pictures:
    """The pictures of an export, each made once."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self.made: dict[tuple[str, Places, bool, Size | None], File] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """Every picture that was asked for, by its name."""
        return {file.name: file.content for file in self.made.values()}

    def get(self, src: str) -> File | None:
        """A picture under docs/, as its address says; None where there is none."""
        path = self._path(src)
        drawn = path.suffix.lower() not in AS_THEY_ARE
        return self._kept(src, drawn) if path.is_file() else None

    def drawn(self, src: str, places: Places = (), within: Size | None = None) -> File:
        """A figure as a PNG, with the outlines and letters of places in it."""
        if not self._path(src).is_file():
            raise no_figure(src)
        return self._kept(src, True, places, within)

    def _kept(self, src: str, drawn: bool, places: Places = (), within: Size | None = None) -> File:
        key = (src, places, drawn, within)
        if key not in self.made:
            content = self._png(src, places, within) if drawn else self._path(src).read_bytes()
            self.made[key] = File(self._name(src, bool(places), drawn), content)
        return self.made[key]

    def _path(self, src: str) -> Path:
        return self.docs / src.partition("#")[0]

    def _png(self, src: str, places: Places, within: Size | None) -> bytes:
        picture = Picture(src, "", places=places)
        try:
            drawn = as_png(picture, self.docs)
            if within is None:
                return drawn
            pairs = zip(within, File("", drawn).size, strict=True)
            smaller = min(most / pixels for most, pixels in pairs)
            return as_png(picture, self.docs, INCH * smaller) if smaller < 1 else drawn
        except RuntimeError as error:  # what typst says of a picture that it cannot read
            said = say(
                "{file} cannot be drawn: {error} (save it as SVG or PNG)",
                file=src, error=str(error),
            )
            raise Refused(said) from None

    def _name(self, src: str, placed: bool, drawn: bool) -> str:
        """A name without folders, which no other picture of the export has."""
        path, _, state = src.partition("#")
        stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(filter(None, (Path(path).stem, state))))
        ending = ".png" if drawn else Path(path).suffix.lower()
        name = f"{stem}{'-places' if placed else ''}"
        taken = self.files
        numbers = ("", *(f"-{n}" for n in range(2, len(taken) + 3)))
        return next(one for n in numbers if (one := f"{name}{n}{ending}") not in taken)
