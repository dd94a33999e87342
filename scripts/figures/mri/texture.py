"""Grain: fibres of muscle, septa of fat, the patchiness of marrow. The same at every run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

LEVELS = 40
SEED = 7


@dataclass(frozen=True)
class Grain:
    """Noise fields of one level, each with a standard deviation of 1."""

    fine: np.ndarray
    soft: np.ndarray
    net: np.ndarray


@cache
def grain(level: int, side: int) -> Grain:
    """The noise of a level, smooth from one level to the next."""
    return Grain(*(field[level % LEVELS] for field in _fields(side)))


@cache
def _fields(side: int) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(SEED)
    widths = ((0.7, 0.7, 0.7), (1, 9, 9), (1, 3.5, 9))
    return tuple(_unit(gaussian_filter(
        random.standard_normal((LEVELS, side, side)).astype(np.float32), width))
        for width in widths)


def streaks(depth: np.ndarray, noise: np.ndarray, steps: int) -> np.ndarray:
    """Noise drawn out along the borders of a muscle, faint where no direction prevails.

    depth: mm outside the muscle, negative inside; both of one shape.
    """
    rows, columns, coherence = _along(depth)
    drawn = noise.astype(float).copy()
    for sign in (1, -1):
        _follow(rows, columns, noise, drawn, sign, steps)
    return (drawn - drawn.mean()) / drawn.std() * coherence


def _along(depth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The direction in which depth changes least, and from 0 to 1 how much it prevails."""
    down, across = np.gradient(gaussian_filter(depth, 2))
    inside = (depth < 0) * 1.0
    xx, xy, yy = (gaussian_filter(product * inside, 9)
                  for product in (across * across, across * down, down * down))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2
    coherence = np.hypot(xx - yy, 2 * xy) / np.maximum(xx + yy, 1e-6)
    return np.sin(angle), np.cos(angle), np.clip(0.25 + 1.1 * coherence, 0, 1)


def _follow(rows: np.ndarray, columns: np.ndarray, noise: np.ndarray, drawn: np.ndarray,
            sign: int, steps: int) -> None:
    """Adds to each pixel the noise met on the way along the direction field."""
    y, x = np.mgrid[:len(rows), :len(rows)].astype(float)
    step_y, step_x = rows * sign, columns * sign
    for _ in range(steps):
        y, x = y + step_y, x + step_x
        here = [y, x]
        next_y, next_x = (map_coordinates(part, here, order=1, mode="nearest")
                          for part in (rows, columns))
        turn = np.where(next_y * step_y + next_x * step_x < 0, -1, 1)
        step_y, step_x = next_y * turn, next_x * turn
        drawn += map_coordinates(noise, here, order=1, mode="nearest")


def _unit(field: np.ndarray) -> np.ndarray:
    return field / field.std()
