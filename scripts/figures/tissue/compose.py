"""Sections from the volume: bone first, then muscles that grow until they nearly touch.

The source leaves gaps between muscles. Each muscle may grow by its own margin; a pixel belongs to
the muscle into which it lies deepest. What the source lacks is laid over that, far to near.
"""

from __future__ import annotations

import numpy as np

from figures.tissue import grid
from figures.tissue.cover import cover
from figures.tissue.grid import XX, YY
from figures.tissue.parts import BONES, muscles, parts
from figures.tissue.section import FIRST_MUSCLE, LABEL, Section
from figures.tissue.skin import skin
from figures.tissue.volume import Volume

THIGHS = 752  # below this height the thighs touch in the midline


def compose(volume: Volume, z: float, thinner: float = 0.0) -> Section:
    """The section at height z; `thinner` takes mm from quadratus femoris on each side."""
    apart = {bone: volume.level(bone, z) for bone in BONES} | {"skin": skin(volume, z)}
    nearest, depth, second = _nearest(volume, z, thinner)
    labels = np.full(XX.shape, LABEL["fat"], np.uint8)
    labels[depth < 0] = nearest[depth < 0]
    cover(labels, volume, z, apart, depth)
    margin = second - depth
    for plane in (labels, margin, depth):
        _mirror(plane)
    _midline(labels, z, apart["skin"])
    return Section(z, labels, margin, depth, apart)


def _nearest(volume: Volume, z: float, thinner: float
             ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The label of the muscle that claims each pixel, its distance, and that of the next."""
    planes = np.array([volume.level(name, z) - parts()[name].grow
                       + (thinner if name == "quadratus-femoris" else 0) for name in muscles()])
    nearest = planes.argmin(axis=0)[None]
    depth = np.take_along_axis(planes, nearest, axis=0)[0]
    np.put_along_axis(planes, nearest, np.inf, axis=0)
    return nearest[0] + FIRST_MUSCLE, depth, planes.min(axis=0)


def _mirror(plane: np.ndarray) -> None:
    """The other side is this one mirrored."""
    middle = round(-grid.FINE_X[0] / grid.STEP)
    width = grid.SIDE - middle
    plane[:, middle:] = plane[:, middle - width:middle][:, ::-1]


def _midline(labels: np.ndarray, z: float, to_skin: np.ndarray) -> None:
    """Skin between the thighs and in the natal cleft."""
    line = (np.abs(XX) < 1.4) & (to_skin < 0)
    cleft = max(0, z - 790) * .5 < YY - 2
    if z < THIGHS:
        labels[line] = LABEL["skin"]
    labels[line & cleft] = LABEL["skin"]
