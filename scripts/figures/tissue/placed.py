"""Structures that the source lacks, placed by eye from published descriptions.

Each table has a row a level: z, centre x and y, half axes along and across, and the angle of the
long axis from x in degrees. All in mm in the source's frame, before the tuberosity is moved.
"""

from __future__ import annotations

import numpy as np

from figures.tissue import grid
from figures.tissue.place import moved

_NERVE = (
    (845, -48, -36, 7.5, 3.4, 20), (825, -62, -30, 7, 3.0, 20), (810, -73, -31, 6.5, 2.8, 25),
    (795, -84, -36, 6, 2.6, 30), (785, -89, -38.5, 5.6, 2.5, 8), (775, -90, -38.5, 5.4, 2.6, 8),
    (765, -88, -38.5, 5.2, 2.7, 10), (755, -86.5, -38, 5.0, 2.8, 10), (745, -88, -41, 4.8, 3.0, 10),
    (730, -87, -47, 4.6, 3.1, 0), (700, -84, -49, 4.4, 3.2, 0))
_SEMIMEMBRANOSUS_TENDON = (
    (756, -68.0, -46.5, 5.0, 2.2, 62), (750, -65, -46.5, 5.6, 2.0, 50),
    (740, -60, -49, 6.5, 1.6, 30), (725, -56, -52, 7, 1.3, 15), (700, -52, -53, 7, 1.0, 10))
_CONJOINT_TENDON = (
    (758, -63.5, -37.5, 5.5, 3.0, -20), (750, -62.5, -37, 5.0, 2.6, -10),
    (740, -61.5, -37, 4.2, 1.8, 0), (725, -62, -38, 3.8, 1.2, 90), (700, -63, -40, 3.5, 0.9, 90))


def _table(rows: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """The rows from below up, moved with the tuberosity."""
    table = np.array(rows, float)
    table[:, [1, 2, 0]] = moved(table[:, [1, 2, 0]])
    return table[np.argsort(table[:, 0])]


def _sciatic() -> np.ndarray:
    """The nerve, about 12 mm from the hamstring tendon at the level of the tuberosity."""
    nerve = _table(_NERVE)
    nerve[:, 1] -= 7.5 * np.exp(-((nerve[:, 0] - 762) / 30) ** 2)
    nerve[:, 2] -= 1.0 * np.exp(-((nerve[:, 0] - 758) / 22) ** 2)
    return nerve


SCIATIC_NERVE = _sciatic()
HAMSTRING_TENDONS = (_table(_SEMIMEMBRANOSUS_TENDON), _table(_CONJOINT_TENDON))


def ellipse(table: np.ndarray, z: float) -> np.ndarray | None:
    """About how far each pixel lies outside, in mm; nothing where the structure does not reach."""
    if not table[0, 0] <= z <= table[-1, 0]:
        return None
    x, y, along, across, angle = (np.interp(z, table[:, 0], column) for column in table.T[1:])
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    dx, dy = grid.XX - x, grid.YY - y
    radius = np.hypot((dx * cos + dy * sin) / along, (dy * cos - dx * sin) / across)
    return (radius - 1) * across
