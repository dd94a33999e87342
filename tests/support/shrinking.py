"""A finding of a fuzzer made small before it is shown: whatever it does not need is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

Fails = Callable[[Any], bool]
TRIES = 150
DIGITS = re.compile(r"0x[0-9a-f]+|\d+")


def kind(fault: str) -> str:
    """What stays the same of a fault while its input shrinks: the end of its last line, without numbers."""
    lines = [line for line in fault.splitlines() if line.strip()]
    return DIGITS.sub("", lines[-1])[-60:] if lines else ""


def small(given: Any, fault: str, fault_of: Callable[[Any], str], tries: int = TRIES) -> Any:
    """The smallest input found that has the same kind of fault, in so many tries."""
    left, wanted = [tries], kind(fault)

    def fails(smaller: Any) -> bool:
        left[0] -= 1
        return left[0] >= 0 and kind(fault_of(smaller)) == wanted

    return _smaller(given, fails)


def _smaller(given: Any, fails: Fails) -> Any:
    """The same with fewer parts, and each of these smaller."""
    if isinstance(given, bytes):
        data = _data(given)
        if data is not None and fails(_raw(data)):
            return _raw(_smaller(data, lambda less: fails(_raw(less))))
        lines = fewer(given.splitlines(keepends=True), lambda kept: fails(b"".join(kept)))
        whole = b"".join(lines)
        return bytes(fewer(whole, lambda kept: fails(bytes(kept)))) if len(whole) < 400 else whole
    if isinstance(given, str):
        return "".join(fewer(given, lambda kept: fails("".join(kept))))
    if isinstance(given, dict):
        made = dict(fewer(list(given.items()), lambda kept: fails(dict(kept))))
    elif isinstance(given, list):
        made = fewer(given, fails)
    else:
        return given
    for key in made if isinstance(made, dict) else range(len(made)):
        made[key] = _smaller(made[key], lambda part, key=key: fails(_with(made, key, part)))
    return made


def _data(raw: bytes) -> Any:
    """What JSON holds, None if it is none."""
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _raw(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _with(given: Any, key: Any, part: Any) -> Any:
    changed = given.copy()
    changed[key] = part
    return changed


def fewer(parts: Sequence[Any], fails: Fails) -> list[Any]:
    """The parts without which it would not fail, left out by halves, quarters and so on."""
    kept, size = list(parts), len(parts)
    while size:
        at = 0
        while at < len(kept):
            less = kept[:at] + kept[at + size :]
            if len(less) < len(kept) and fails(less):
                kept = less
            else:
                at += size
        size //= 2
    return kept
