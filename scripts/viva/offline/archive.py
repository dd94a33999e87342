"""Zip files that are the same, byte for byte, whenever and wherever the same files are packed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from viva.offline import built
from viva.offline.built import Content

EARLIEST = (1980, 1, 1, 0, 0, 0)
UNIX = 3
PLAIN_FILE = 0o100644
PACKED = {".woff2", ".png", ".jpg", ".jpeg", ".webp"}


def write(target: Path, files: Mapping[str, Content], first: str | None = None) -> None:
    """Pack the files in the order of their names; `first` comes first and is not compressed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w", compresslevel=9) as packed:
        for name in sorted(files, key=lambda name: (name != first, name)):
            content = files[name]
            entry = _entry(name, name == first)
            entry.file_size = built.size(content)
            with packed.open(entry, "w") as into:
                for block in built.blocks(content):
                    into.write(block)


def _entry(name: str, stored: bool) -> ZipInfo:
    entry = ZipInfo(name, EARLIEST)
    entry.create_system = UNIX
    entry.external_attr = PLAIN_FILE << 16
    small = Path(name).suffix in PACKED
    entry.compress_type = ZIP_STORED if stored or small else ZIP_DEFLATED
    return entry
