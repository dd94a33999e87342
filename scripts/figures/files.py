"""Made files: data as bytes, and which files differ from what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any


def as_json(data: Any, indent: int | None = None) -> bytes:
    """Plain data as JSON; in an indented file each point stays on one line."""
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    text = POINT.sub(r"[\1, \2]", text) if indent else text
    return (text + "\n").encode()


POINT = re.compile(r"\[\s*([\d.-]+),\s*([\d.-]+)\s*\]")


def stale(made: dict[Path, bytes]) -> list[Path]:
    """The files that are missing or differ from what was made."""
    return [path for path, content in made.items()
            if not path.exists() or path.read_bytes() != content]


def write(made: dict[Path, bytes]) -> None:
    """Writes the files that differ."""
    for path in stale(made):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[path])
