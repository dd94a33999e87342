"""A built site, its files, and where its downloads are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from viva.base.words import ENGLISH, Words

FOLDER = "downloads"
ZIP, BOOKS = "-offline.zip", (".epub", ".pdf")

Content = bytes | Path
"""What is in a file, or where it lies: a site may be larger than the memory."""
BLOCK = 1 << 20


def blocks(content: Content) -> Iterator[bytes]:
    """The content, a piece after the other."""
    with BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def size(content: Content) -> int:
    """How many bytes there are."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def text(content: Content) -> str:
    """The content of a file of text."""
    return b"".join(blocks(content)).decode()


@dataclass(frozen=True)
class Target:
    """A built site and the name that its downloads begin with."""

    site: Path
    name: str
    page: str = "offline.html"
    """The page that tells of the downloads."""
    words: Words = ENGLISH

    @property
    def folder(self) -> Path:
        """Where the downloads of the site are."""
        return self.site / FOLDER

    def file(self, ending: str) -> Path:
        """The download of one kind, whether it is there or not."""
        return self.folder / f"{self.name}{ending}"


    def downloads(self) -> list[Path]:
        """The downloads that are there."""
        made = (ZIP, *BOOKS)
        return [self.file(ending) for ending in made if self.file(ending).is_file()]


def target_of(site: Path, page: str, words: Words = ENGLISH) -> Target | None:
    """A site that was built with its downloads; it knows its name by its zip."""
    packed = sorted((site / FOLDER).glob(f"*{ZIP}"))
    whole = packed and (site / page).is_file()
    return Target(site, packed[0].name.removesuffix(ZIP), page, words) if whole else None


def contents(site: Path) -> dict[str, Content]:
    """Every file of a site that its pages may ask for, by its path; the downloads are apart."""
    return {
        name.as_posix(): site / name
        for name in (path.relative_to(site) for path in sorted(site.rglob("*")))
        if (site / name).is_file() and _is_asked_for(name)
    }


def _is_asked_for(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.parts[0] != FOLDER and name.suffix != ".map"
