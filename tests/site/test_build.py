"""Same input, same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path


def test_two_builds_are_the_same_byte_for_byte(site, build_course, tmp_path):
    assert _digests(build_course(tmp_path / "again")) == _digests(site)


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
