"""When a file of questions last changed, for systems that take only what is newer."""

from __future__ import annotations

import subprocess
from pathlib import Path


def changed(path: Path) -> int:
    """Seconds since 1970: the file's last commit, or its own time where Git does not know it so."""
    committed = _git(path, "log", "-1", "--format=%ct")
    if committed.isdecimal() and not _git(path, "status", "--porcelain"):
        return int(committed)
    return int(path.stat().st_mtime)


def _git(path: Path, *words: str) -> str:
    """What Git says of a file; nothing where there is no Git."""
    command = ("git", "-C", str(path.parent), *words, "--", path.name)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
