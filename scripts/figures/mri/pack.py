"""What the reader loads: scripts of pictures and outlines, a few slices each, and an index.

Scripts, because a page on a disk may fetch nothing else; pictures as `data:` in them, because a
browser lets nobody read the pixels of a picture from a disk. A state keeps only what differs from
its base: boxes of pictures, and single outlines (an empty path where a structure has gone).
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from figures.mri.outlines import MEASURED, outlines, polygon
from figures.mri.relaxation import SEQUENCES
from figures.mri.spaces import spaces
from figures.mri.states import APEX, LEVELS, ROTATIONS, SLICES, STATES, State
from figures.mri.words import LEVEL_WORDS, NAMES
from figures.tissue.grid import COLUMNS, PIXEL

QUALITY = 55
BLOCK = 6  # slices to a script
DIFFERS = 3  # grey values from which a pixel counts as another
MOVES = 0.5  # mm by which an outline that nothing is measured from must differ
AROUND = 6  # pixels kept around what differs
CREDIT = "BodyParts3D, © The Database Center for Life Science; changed. CC BY-SA 4.0"
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Made:
    """One slice of one state: whole numbers of grey by sequence, and the paths of its outlines."""

    grey: Mapping[str, np.ndarray]
    paths: Mapping[str, str]


Stack = Mapping[int, Made]


def scripts(stacks: Mapping[str, Stack]) -> dict[str, bytes]:
    """The bytes of every script, by name."""
    files = {"index.js": _script("mriIndex", index(stacks))}
    for name in stacks:
        for block in sorted({number // BLOCK for number in stacks[name]}):
            for kind, content in _block(stacks, name, block).items():
                files[f"{name}-{kind}-{block}.js"] = _part(f"{name}-{kind}-{block}", content)
    return files


def index(stacks: Mapping[str, Stack]) -> dict[str, Any]:
    """What the reader knows from the start: sizes, names, states, and the measured spaces."""
    return {
        "credit": CREDIT, "pixels": COLUMNS, "pixel": PIXEL, "slices": SLICES, "block": BLOCK,
        "apex": APEX, "levels": list(LEVELS), "rotations": list(ROTATIONS), "names": NAMES,
        "words": LEVEL_WORDS,
        "noise": {name: round(each.noise / each.white * 255, 1)
                  for name, each in SEQUENCES.items()},
        "states": {name: _state(STATES[name], stack) for name, stack in stacks.items()},
    }


def grey(shown: np.ndarray) -> np.ndarray:
    """Grey values as bytes."""
    return np.round(shown).astype(np.uint8)


def outlined(section: Any) -> dict[str, str]:
    """The paths of a section, in the order in which they are drawn."""
    found = outlines(section)
    return {name: found[name] for name in NAMES if name in found}


def whole(stacks: Mapping[str, Stack], name: str, number: int) -> dict[str, str]:
    """All outlines of a slice of a state, those of its base where it says nothing."""
    state, stack = STATES[name], stacks[name]
    if number in stack:
        return dict(stack[number].paths)
    return whole(stacks, state.base, number) if state.base else {}


def _state(state: State, stack: Stack) -> dict[str, Any]:
    measured = {number: spaces(stack[number].paths) for number in LEVELS if number in stack}
    return {
        "title": state.title, "base": state.base, "rotation": state.rotation,
        "range": [min(state.shown), max(state.shown)],
        "blocks": sorted({number // BLOCK for number in stack}),
        "spaces": {number: {name: {"mm": space.mm, "ends": space.ends}
                            for name, space in found.items()}
                   for number, found in measured.items()},
    }


def _block(stacks: Mapping[str, Stack], name: str, block: int) -> dict[str, dict[int, Any]]:
    """Of a few slices, the pictures by sequence and the outlines, as far as they differ."""
    base = STATES[name].base
    numbers = [number for number in sorted(stacks[name]) if number // BLOCK == block]
    found: dict[str, dict[int, Any]] = {kind: {} for kind in (*SEQUENCES, "outlines")}
    for number in numbers:
        made = stacks[name][number]
        under = _under(stacks, base, number)
        for sequence, shown in made.grey.items():
            box = _box(shown, under.grey[sequence] if under else None)
            if box:
                found[sequence][number] = [*box, _picture(shown, box)]
        found["outlines"][number] = _changed(made.paths, under.paths if under else {})
    return found


def _under(stacks: Mapping[str, Stack], base: str | None, number: int) -> Made | None:
    if base is None:
        return None
    return stacks[base].get(number) or _under(stacks, STATES[base].base, number)


def _box(shown: np.ndarray, under: np.ndarray | None) -> Box | None:
    """Left, top, width and height of what differs from the slice below; all without one."""
    if under is None:
        return 0, 0, COLUMNS, COLUMNS
    rows, columns = np.nonzero(np.abs(shown.astype(int) - under) >= DIFFERS)
    if not len(rows):
        return None
    top, left = max(0, rows.min() - AROUND), max(0, columns.min() - AROUND)
    bottom, right = rows.max() + AROUND + 1, columns.max() + AROUND + 1
    return (int(left), int(top), int(min(right, COLUMNS) - left),
            int(min(bottom, COLUMNS) - top))


def _picture(shown: np.ndarray, box: Box) -> str:
    left, top, width, height_ = box
    return base64.b64encode(webp(shown[top:top + height_, left:left + width], QUALITY)).decode()


def webp(shown: np.ndarray, quality: int) -> bytes:
    """A picture in WebP."""
    file = io.BytesIO()
    Image.fromarray(shown).save(file, "webp", quality=quality, method=6)
    return file.getvalue()


def _changed(paths: Mapping[str, str], under: Mapping[str, str]) -> dict[str, str]:
    """What differs from the outlines below; a path that has gone is empty."""
    changed = {name: text for name, text in paths.items() if _differs(name, text, under)}
    return changed | {name: "" for name in under if name not in paths}


def _differs(name: str, text: str, under: Mapping[str, str]) -> bool:
    if name in MEASURED or name not in under:
        return under.get(name) != text
    return bool(polygon(text).hausdorff_distance(polygon(under[name])) > MOVES)


def _script(variable: str, content: Any) -> bytes:
    return f"/* {CREDIT} */\nwindow.{variable}={_json(content)};\n".encode()


def _part(name: str, content: Any) -> bytes:
    return (f"/* {CREDIT} */\n(window.mriParts??={{}})[{json.dumps(name)}]="
            f"{_json(content)};\n").encode()


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
