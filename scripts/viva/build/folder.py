"""A staged course on disk: for engines that know nothing of viva."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from viva.base import files
from viva.base.reader import FRONT_MATTER, front_matter
from viva.build import printed, stage
from viva.build.edition import UNREAD, Edition
from viva.course.pages import with_room

DOCS = "docs"


def write(edition: Edition, folder: Path, beside: bool = False) -> None:
    """Write docs and data of a course under an empty folder; `beside`, as `Edition.beside` says.

    Files that need no change are linked where the system can, for a course may hold large ones.
    """
    source, placed = edition.course.layout.docs, edition.beside() if beside else edition
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and not _is_hidden(name):
            _copy(placed, path, name, folder / DOCS / name)
    for name, text in stage.pages(placed):
        fields = front_matter(text, name).data or {}
        files.put(folder / DOCS / name, printed.page(_page(placed, name, text), fields))
    for name, text in stage.files(edition).items():
        files.put(folder / DOCS / name, text)


def nav(edition: Edition) -> Any:
    """The navigation for an engine's settings, with every self-check in its place."""
    return printed.nav(stage.nav(edition, edition.settings.nav))


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _copy(edition: Edition, path: Path, name: str, target: Path) -> None:
    page = edition.course.pages.get(name)
    if page is not None:
        broken = edition.is_broken(page)
        text = (page.body or UNREAD) if broken else page.text
        files.put(target, printed.page(_page(edition, name, text), page.meta))
    else:
        files.copy(path, target)


def _page(edition: Edition, path: str, text: str) -> str:
    """A page with its front matter as it was, and its text staged."""
    found = FRONT_MATTER.match(text)
    head = found[0] if found else ""
    if not head:
        return stage.markdown(edition, path, with_room(text))
    return head + stage.markdown(edition, path, text[len(head) :])

