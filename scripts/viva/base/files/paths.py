"""What paths mean, on every system: links, letters, one folder under two names."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path


def real(path: Path) -> Path:
    """Where a path leads when every link is followed, whether there is anything or not."""
    return Path(os.path.realpath(path))


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it; both are `real`."""
    return any(is_same(above, folder) for above in (path, *path.parents))


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, on systems too that do not tell `Docs` from `docs`."""
    if _plain(one) == _plain(other):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _plain(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
