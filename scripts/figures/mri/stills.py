"""Single slices for pages and questions: whole, cut to the space, side by side, with a mark.

A still is written in WebP with its noise. What it shows in life is in `SIZES`, in mm, so that a
question can measure in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from figures.mri.pack import Made, Stack, webp, whole
from figures.mri.relaxation import SEQUENCES
from figures.mri.states import MUSCLE, SLICES
from figures.tissue.contours import polygon
from figures.tissue.grid import PIXEL

QUALITY = 50
ENLARGED = 2
SEED = 1  # of the noise
GAP = 6  # pixels between pictures side by side
INK = 255
Box = tuple[int, int, int, int]
WHOLE: Box = (0, 0, 320, 320)
CLOSE: Box = (56, 104, 264, 248)  # pixels: left, top, right, bottom of the part round the space


@dataclass(frozen=True)
class View:
    """One slice, or a part of it; `mark` names a structure that an arrow points to."""

    state: str
    number: int
    sequence: str
    box: Box = WHOLE
    mark: str | None = None


@dataclass(frozen=True)
class Still:
    """Views beside each other, so many in a row, lettered when there is more than one.

    stack: to be scrolled through, so without gaps and letters
    """

    views: tuple[View, ...]
    columns: int = 1
    stack: bool = False


def _four(sequence: str, *states: str) -> Still:
    return Still(tuple(View(state, 17, sequence, CLOSE) for state in states), 2)


def _stack(state: str, sequence: str, numbers: Iterable[int], box: Box, columns: int) -> Still:
    views = tuple(View(state, number, sequence, box) for number in numbers)
    return Still(views, columns, stack=True)


STILLS: Mapping[str, Still] = {
    "plate": Still(tuple(View("normal", number, sequence) for sequence in SEQUENCES
                         for number in (2, 8, 12, 17)), 4),
    "space-normal": Still((View("normal", 17, "t1", CLOSE),)),
    "space-narrowed": Still((View("narrowed", 17, "t1", CLOSE),)),
    "narrowed-both": Still((View("narrowed", 17, "t1", CLOSE),
                            View("narrowed", 17, "stir", CLOSE)), 2),
    "levels": Still(tuple(View("normal", number, "t1") for number in (3, 8, 17, 26)), 2),
    "states-stir": _four("stir", "strain", "normal", "narrowed", "tear"),
    "states-t1": _four("t1", "narrowed", "strain", "normal", "atrophy"),
    "turned": Still((View("normal", 17, "t1", CLOSE), View("turned+30", 17, "t1", CLOSE)), 2),
    "mark-origin": Still((View("normal", 17, "t1", CLOSE, mark="hamstring-origin"),)),
    "mark-behind": Still((View("normal", 14, "stir", CLOSE, mark="sciatic-nerve"),)),
    "stack-normal": _stack("normal", "t1", range(SLICES), WHOLE, 6),
    "stack-oedema": _stack("narrowed", "stir", range(9, 21), CLOSE, 4),
    "stack-tear": _stack("tear", "stir", MUSCLE, CLOSE, 4),
}


def stills(stacks: Mapping[str, Stack]) -> dict[str, bytes]:
    """The bytes of every still, by file name."""
    return {f"slices/{name}.webp": webp(np.asarray(_sheet(stacks, still)), QUALITY)
            for name, still in STILLS.items()}


def size(box: Box) -> tuple[float, float]:
    """How wide and high a view is in life, in mm."""
    left, top, right, bottom = box
    return round((right - left) * PIXEL, 1), round((bottom - top) * PIXEL, 1)


def placed(point: Iterable[float], box: Box) -> tuple[float, float]:
    """A point of a slice, in mm, as shares of a view's width and height."""
    x, y = point
    width, height = size(box)
    return (round((x - box[0] * PIXEL) / width, 4), round((y - box[1] * PIXEL) / height, 4))


def _sheet(stacks: Mapping[str, Stack], still: Still) -> Image.Image:
    pictures = [_view(stacks, view) for view in still.views]
    if len(pictures) > 1 and not still.stack:
        for picture, letter in zip(pictures, "ABCDEFGH", strict=False):
            _letter(picture, letter)
    (width, height), gap = pictures[0].size, 0 if still.stack else GAP
    rows = -(-len(pictures) // still.columns)
    sheet = Image.new("L", ((width + gap) * still.columns - gap, (height + gap) * rows - gap), INK)
    for place, picture in enumerate(pictures):
        row, column = divmod(place, still.columns)
        sheet.paste(picture, (column * (width + gap), row * (height + gap)))
    return sheet


def _view(stacks: Mapping[str, Stack], view: View) -> Image.Image:
    noisy = Image.fromarray(_noisy(_grey(stacks, view), view.sequence)).crop(view.box)
    if view.box == WHOLE:
        picture = noisy
    else:
        picture = noisy.resize([ENLARGED * side for side in noisy.size], Image.Resampling.LANCZOS)
    if view.mark:
        _arrow(picture, whole(stacks, view.state, view.number)[view.mark], view.box)
    return picture


def _grey(stacks: Mapping[str, Stack], view: View) -> np.ndarray:
    """The slice of the state itself: stacks hold whole slices, whatever differs from their base."""
    slice_: Made = stacks[view.state][view.number]
    return slice_.grey[view.sequence]


def _noisy(grey: np.ndarray, sequence: str) -> np.ndarray:
    """Grey values with the noise of a scanner (Rician)."""
    scanner, random = SEQUENCES[sequence], np.random.default_rng(SEED)
    strength = scanner.noise / scanner.white * 255
    real, other = (random.standard_normal(grey.shape) * strength for _ in range(2))
    return np.clip(np.hypot(grey + real, other), 0, 255).round().astype(np.uint8)


def _arrow(picture: Image.Image, path: str, box: Box) -> None:
    """An arrow whose tip lies in the middle of a structure's largest part."""
    inside = max(polygon(path).geoms if hasattr(polygon(path), "geoms") else [polygon(path)],
                 key=lambda part: part.area).representative_point()
    share = placed((inside.x, inside.y), box)
    tip = np.array(share) * picture.size
    pen, unit = ImageDraw.Draw(picture), np.array([0.8, 0.6])
    side = np.array([-unit[1], unit[0]])
    tail = tip + unit * 46
    for ink, wide in ((0, 7), (INK, 3)):
        pen.line([*tip, *tail], fill=ink, width=wide)
        head = [tip - unit * (wide - 3) / 2, *(tip + unit * (13 + wide / 2) + s * side * (4 + wide)
                                               for s in (-1, 1))]
        pen.polygon([tuple(corner) for corner in head], fill=ink)


def _letter(picture: Image.Image, letter: str) -> None:
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, 25, 25], fill=0)
    pen.text((7, 2), letter, fill=INK, font_size=20)
