"""A built site, its files, and where its downloads are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = "downloads"
ZIP, BOOKS = "-offline.zip", (".epub", ".pdf")


@dataclass(frozen=True)
class Target:
    """A built site and the name that its downloads begin with."""

    site: Path
    name: str
    page: str = "offline.html"
    """The page that tells of the downloads."""

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


def target_of(site: Path, page: str) -> Target | None:
    """A site that was built with its downloads; it knows its name by its zip."""
    packed = sorted((site / FOLDER).glob(f"*{ZIP}"))
    whole = packed and (site / page).is_file()
    return Target(site, packed[0].name.removesuffix(ZIP), page) if whole else None


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site that its pages may ask for, by its path; the downloads are apart."""
    return {
        name.as_posix(): (site / name).read_bytes()
        for name in (path.relative_to(site) for path in sorted(site.rglob("*")))
        if (site / name).is_file() and _is_asked_for(name)
    }


def _is_asked_for(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.parts[0] != FOLDER and name.suffix != ".map"
