"""Zip files that are the same, byte for byte, whenever and wherever the same files are packed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from viva.base import files
from viva.offline import built
from viva.offline.built import Content

EARLIEST = (1980, 1, 1, 0, 0, 0)
UNIX = 3
PLAIN_FILE = 0o100644
PACKED = {".woff2", ".png", ".jpg", ".jpeg", ".webp"}


def write(target: Path, contents: Mapping[str, Content], first: str | None = None) -> None:
    """Pack the files into a zip of a folder that is being made."""
    files.put(target, packed(contents, first))


def packed(contents: Mapping[str, Content], first: str | None = None) -> bytes:
    """The files in the order of their names; `first` comes first and is not compressed."""
    names = sorted(contents, key=lambda name: (name != first, name))
    return streamed(((name, contents[name]) for name in names), first)


def streamed(contents: Iterable[tuple[str, Content]], first: str | None = None) -> bytes:
    """The files in their order, each gone before the next is made; `first` is not compressed."""
    made = io.BytesIO()
    with ZipFile(made, "w", compresslevel=9) as book:
        for name, content in contents:
            entry = _entry(name, name == first)
            entry.file_size = built.size(content)
            with book.open(entry, "w") as into:
                for block in built.blocks(content):
                    into.write(block)
    return made.getvalue()


def is_ours(path: Path, top: str) -> bool:
    """Whether a zip was packed here, with all its files in one folder."""
    try:
        with ZipFile(path) as packed:
            found = packed.infolist()
    except (OSError, BadZipFile, ValueError):
        return False
    return bool(found) and all(
        one.filename.startswith(top) and one.date_time == EARLIEST for one in found
    )


def _entry(name: str, stored: bool) -> ZipInfo:
    entry = ZipInfo(name, EARLIEST)
    entry.create_system = UNIX
    entry.external_attr = PLAIN_FILE << 16
    small = Path(name).suffix in PACKED
    entry.compress_type = ZIP_STORED if stored or small else ZIP_DEFLATED
    return entry
