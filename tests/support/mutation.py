"""Mutations of real files for the fuzzers: structure, types and bytes, by a seeded chance."""

from __future__ import annotations

import copy
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SECONDS = float(os.environ.get("VIVA_FUZZ_SECONDS", "15"))
SEED = int(os.environ.get("VIVA_FUZZ_SEED", "0"))
FOUND = Path(os.environ.get("VIVA_FUZZ_FOUND", ".cache/fuzz"))
"""Where a finding is kept, with its seed: it is an input, and no file of the project."""

ODD: tuple[Any, ...] = (
    "", " ", "x", "0", "-1", "1e999", "nan", "true", "no", "~", "[]", "{}", "null", "ä", "中文", "🦴", "é",
    "a" * 300, "../" * 40 + "x", "/etc/passwd", "https://example.org/a.png", "a\x00b", "a\u200fb", "<b>x</b>",
    "{{ 7*7 }}", "{% raw %}", "[@x]", "[viva: x]", "[viva references]", "$$x$$", "# h", "- a\n- b", "```\nx",
    "|a|b|\n|-|-|", "!!! note\n    x", "*a*b*", "&amp;", "%s", "\\", "'", '"', "2026-13-45", "2026-11-22",
    None, True, False, 0, -1, 1.5, 10**40, [], {}, [[]], [None], {"a": {"b": []}}, ["x", "x"],
)  # fmt: skip
WORDS = (
    " #1", "<ULN", " <b>x</b>", "!x ", "&x ", "*", "4*10^9/L", "a_b_c", "`x", "$x$", "|", "\\", "\n\n- x", "\n1. x",
    "\n> x", "\n# x", "\n```\nx\n```", "[x](y)", "![x](y.svg)", "[@x]", "[^1]", "&nbsp;", "{x}", "{: .x}", "==x==",
    "\u202e", "\u200b", "é", "中", "🦴", ": ", "--", "'", '"', "%", "\t", "    x", "<!-- x -->", "</div>", "https://e.org",
)  # fmt: skip
"""What a text may hold besides its words."""
NASTY = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"\t", b"\r", b"{", b"[", b"&a ", b"*a ", b"!!x ", b"---\n", b"%", b"`")


def rounds(name: str) -> Iterator[tuple[int, random.Random]]:
    """A chance for each round until the time is up; the seed of each names it for ever."""
    print(f"\n{name}: seed {SEED}, {SECONDS:g} s (again: VIVA_FUZZ_SEED={SEED} make fuzz)")
    end = time.monotonic() + SECONDS
    number = SEED
    while time.monotonic() < end:
        yield number, random.Random(number)
        number += 1
    print(f"{name}: {number - SEED} rounds")


def mutated(data: Any, chance: random.Random) -> Any:
    """Data with one to three places changed in structure or type."""
    made = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        made = _changed(made, chance)
    return made


def reworded(data: Any, chance: random.Random) -> Any:
    """Data in which one to three texts hold something odd, and everything else is as it was."""
    made = copy.deepcopy(data)
    texts = [(parent, key) for parent, key in _places(made) if isinstance(parent[key], str)]
    for parent, key in chance.choices(texts, k=chance.randint(1, 3)) if texts else ():
        at = chance.randrange(len(parent[key]) + 1)
        parent[key] = f"{parent[key][:at]}{chance.choice(WORDS)}{parent[key][at:]}"
    return made


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every container with every key of it."""
    found: list[tuple[Any, Any]] = []
    if isinstance(data, dict):
        found += [(data, key) for key in data]
    elif isinstance(data, list):
        found += [(data, number) for number in range(len(data))]
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found += _places(value)
    return found


def _changed(data: Any, chance: random.Random) -> Any:
    places = _places(data)
    if not places:
        return chance.choice(ODD)
    parent, key = chance.choice(places)
    how = chance.randrange(7)
    if how == 0:
        parent[key] = copy.deepcopy(chance.choice(ODD))
    elif how == 1:
        del parent[key]
    elif how == 2:
        other, name = chance.choice(places)
        parent[key] = copy.deepcopy(other[name])
    elif how == 3:
        parent[key] = [copy.deepcopy(parent[key])]
    elif how == 4:
        parent[key] = {chance.choice(("id", "text", "x")): copy.deepcopy(parent[key])}
    elif how == 5 and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(parent[key]))
    elif isinstance(parent, dict) and isinstance(key, str):
        parent[key + chance.choice(("s", "", "x"))] = parent.pop(key)
    return data


def torn(raw: bytes, chance: random.Random) -> bytes:
    """Bytes with a few of them changed, lost, doubled or moved."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(raw) + 1), chance.randint(1, 30)
        how = chance.randrange(5)
        if how == 0:
            raw = raw[:at] + raw[at + length :]
        elif how == 1:
            raw = raw[:at] + chance.choice(NASTY) + raw[at:]
        elif how == 2:
            raw = raw[:at] + raw[at : at + length] * 2 + raw[at + length :]
        elif how == 3:
            raw = raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
        else:
            lines = raw.split(b"\n")
            chance.shuffle(lines[: chance.randint(0, len(lines))])
            number = chance.randrange(len(lines))
            lines[number] = b" " * chance.randint(0, 3) + lines[number]
            raw = b"\n".join(lines)
    return raw


def keep(fuzzer: str, seed: int, name: str, content: str | bytes) -> str:
    """Save a finding; returns how to see it again."""
    folder = FOUND / f"{fuzzer}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    (folder / name).write_bytes(raw)
    return f"{folder / name} (again: VIVA_FUZZ_SEED={seed} VIVA_FUZZ_SECONDS=1 pytest tests/fuzz -k {fuzzer})"


def as_json(data: Any) -> str:
    """Data as JSON, which is YAML too."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)
