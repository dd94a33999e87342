"""What readers can take along: the files in `downloads/`, and the list of them on `offline.html`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from viva.offline import archive

PAGE = "offline.html"
FOLDER = "downloads"
ZIP = "-offline.zip"
HERE = re.compile(r"<!-- downloads -->(?:.*?<!-- /downloads -->)?", re.DOTALL)
UNPACKED = "<p>You are reading the unpacked folder: you have the whole course already.</p>"
LATER = "<p>The files to download are made when the course is built with <code>make</code>.</p>"
KINDS = {
    ZIP: ("The whole course as a folder", "a zip file to unpack"),
}


@dataclass(frozen=True)
class Target:
    """A built site and the name that its downloads begin with."""

    site: Path
    name: str

    @property
    def folder(self) -> Path:
        """Where the downloads of the site are."""
        return self.site / FOLDER

    def file(self, ending: str) -> Path:
        """The download of one kind, whether it is there or not."""
        return self.folder / f"{self.name}{ending}"


def target_of(site: Path) -> Target | None:
    """A site that was built with its downloads; it knows its name by its zip."""
    packed = sorted((site / FOLDER).glob(f"*{ZIP}"))
    return Target(site, packed[0].name.removesuffix(ZIP)) if packed else None


def pack(target: Target) -> None:
    """Write the zip of the site: everything that a reader can open, in one folder."""
    files = contents(target.site)
    files[PAGE] = fill(files[PAGE].decode(), UNPACKED).encode()
    archive.write(
        target.file(ZIP), {f"{target.name}/{name}": data for name, data in files.items()}
    )


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


def list_on_page(target: Target) -> None:
    """Put the list of all downloads that are there on the page that tells of them."""
    page = target.site / PAGE
    html = f'<ul class="viva-downloads">{"".join(_items(target))}</ul>'
    page.write_text(fill(page.read_text("utf-8"), html), "utf-8", newline="\n")


def fill(page: str, html: str) -> str:
    """The page with the list in its place; a list that was there before gives way."""
    return HERE.sub(lambda _: f"<!-- downloads -->{html}<!-- /downloads -->", page)


def _items(target: Target) -> Iterator[str]:
    for ending, (title, kind) in KINDS.items():
        file = target.file(ending)
        if file.is_file():
            href = escape(str(PurePosixPath(FOLDER, file.name)))
            told = f"{kind}, {megabytes(file.stat().st_size)}"
            yield f'<li><a href="{href}" download>{title}</a> ({told})</li>'


def megabytes(size: int) -> str:
    """A size as people read it: `2.3 MB`."""
    return f"{max(size / 1e6, 0.1):.1f} MB"
