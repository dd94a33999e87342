"""A folder of what was made before by content hash: safe to share, to corrupt and to delete."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import re
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from viva.base import files
from viva.base.refused import Refused

KEEP_SECONDS = 14 * 24 * 3600
ENTRY = re.compile(r"[0-9a-f]{32}")


def content_key(*parts: str | bytes) -> str:
    """A hash of all parts, each set apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


@functools.cache
def program() -> str:
    """A hash of this program as far as it is loaded: other code may give other results."""
    modules = [module for name, module in sys.modules.items() if name.startswith("viva.")]
    paths = sorted(str(module.__file__) for module in modules)
    return content_key(*(Path(path).read_bytes() for path in paths))


@functools.cache
def installed() -> str:
    """What changes when a package is installed, updated or removed."""
    folder = sysconfig.get_path("purelib")
    return f"{sys.version} {folder} {Path(folder).stat().st_mtime_ns}"


class Cache:
    """Bytes by key. A damaged entry counts as absent; a folder that refuses writing as empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str, make: Callable[[], str]) -> str:
        """The stored text, or the one that `make` gives, which is then stored."""
        stored = self.load(key)
        if stored is not None:
            return stored.decode("utf-8")
        text = make()
        self.store(key, text.encode())
        return text

    def load(self, key: str) -> bytes | None:
        """What is stored, exactly as it was stored."""
        try:
            raw = self._path(key).read_bytes()
        except OSError:
            return None
        checksum, _, body = raw.partition(b"\n")
        return body if checksum == hashlib.sha256(body).hexdigest().encode() else None

    def has(self, key: str) -> bool:
        """Whether anything is stored, sound or not."""
        return self._path(key).is_file()

    def store(self, key: str, body: bytes) -> None:
        """Written in place, at half the cost of renaming: half an entry is a damaged one."""
        with contextlib.suppress(Refused):
            checksum = hashlib.sha256(body).hexdigest().encode()
            files.put(self._path(key), checksum + b"\n" + body)

    def _path(self, key: str) -> Path:
        return self.folder / key[:32]

    def tidy(self) -> None:
        """Forget entries that have not been written for two weeks."""
        oldest = time.time() - KEEP_SECONDS
        with contextlib.suppress(OSError, Refused):
            for path in self.folder.iterdir():
                # The folder may be one in which an author keeps more than ours.
                if ENTRY.fullmatch(path.name) and path.stat().st_mtime < oldest:
                    files.remove(path)
