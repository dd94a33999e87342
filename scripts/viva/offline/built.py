"""A built site, its files, and where its downloads are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
    language: str = ""
    """That of a translation, whose site lies in a folder of this name; its books lie beside all."""
    translations: tuple[Target, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the downloads of the site are."""
        return self.site / FOLDER

    def file(self, ending: str) -> Path:
        """The download of one kind, whether it is there or not."""
        apart = f"-{self.language}" if self.language and ending != ZIP else ""
        return self.folder / f"{self.name}{apart}{ending}"

    @property
    def assets(self) -> str:
        """The folder of what its pages show, from the root of the site."""
        return posixpath.join(self.language, "assets/")

    @property
    def to_books(self) -> str:
        """The way from the folder of the downloads to the site in this language."""
        return posixpath.join("..", self.language, "")

    def way(self, name: str) -> str:
        """The way from the page that tells of the downloads to another file of the site."""
        return posixpath.relpath(name, posixpath.dirname(self.page) or ".")

    def downloads(self) -> list[Path]:
        """The downloads that are there, in every language."""
        made = dict.fromkeys(
            one.file(ending) for one in (self, *self.translations) for ending in (ZIP, *BOOKS)
        )
        return [path for path in made if path.is_file()]

    def translated(self, languages: Mapping[str, Words]) -> Target:
        """With the translations that are in the site, each with its page in its own words."""
        pages = {one: posixpath.join(one, self.page) for one in languages}
        there = [one for one, page in pages.items() if (self.site / page).is_file()]
        found = (Target(self.site, self.name, pages[one], languages[one], one) for one in there)
        return replace(self, translations=tuple(found))


def target_of(
    site: Path, page: str, words: Words = ENGLISH, languages: Mapping[str, Words] | None = None
) -> Target | None:
    """A site that was built with its downloads; it knows its name by its zip."""
    packed = sorted((site / FOLDER).glob(f"*{ZIP}"))
    if not packed or not (site / page).is_file():
        return None
    return Target(site, packed[0].name.removesuffix(ZIP), page, words).translated(languages or {})


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
