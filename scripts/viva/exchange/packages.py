"""Zip files in memory, the same bytes for the same files."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from viva.offline import archive


def packed(files: Mapping[str, bytes], first: str | None = None) -> bytes:
    """The files as a zip; `first` comes first and is not compressed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        archive.write(path, files, first)
        return path.read_bytes()
