"""Every write: beside its place first, then renamed, so that nobody ever finds half a file."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from viva.base.refused import Refused

READABLE = 0o644
"""What a web server needs; the umask of whoever builds does not count."""


def write(path: Path, content: str | bytes) -> None:
    """Put text (UTF-8, lines as given) or bytes into a file: all of it, or nothing.

    Folders above it are made, a link is followed, the file keeps its mode. Raises `Refused`, with
    what to do, where the file may not be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    real = path.resolve()
    try:
        if real.exists() and not os.access(real, os.W_OK):
            raise Refused("file is read-only, so it was not changed (allow writing first)", path)
        real.parent.mkdir(parents=True, exist_ok=True)
        _replace(real, data)
    except OSError as error:
        raise Refused(f"file could not be written: {error.strerror}", path) from error


def _replace(path: Path, data: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else READABLE
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
