"""What disease does to quadratus femoris in a section: water, fat, and a gap filled with fluid."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter

from figures.mri.states import State
from figures.tissue.grid import COLUMNS, FINER, XX, YY, X, Y
from figures.tissue.section import LABEL, Section

QF = "quadratus-femoris"
ACROSS, DOWN = X[None], Y[:, None]  # mm of each pixel of an image
SHAPE = (COLUMNS, COLUMNS)
NARROWEST, JUNCTION, RUPTURE = 762.0, 766.0, 762.0  # heights at which each finding is centred
GAP = 4.5  # mm: half the width of a tear


@dataclass(frozen=True)
class Fractions:
    """How much of each pixel is what, from 0 to 1, and the streaks along its fibres."""

    muscle: np.ndarray
    quadratus: np.ndarray
    fat: np.ndarray
    streaks: np.ndarray
    soft: np.ndarray


def torn(section: Section, state: State) -> Section:
    """The section with a gap in quadratus femoris near the femur, full of fluid."""
    if not state.tear:
        return section
    muscle = section.mask(QF) & (XX < -20)
    if muscle.sum() < 300:
        return section
    along = XX[0][np.flatnonzero(muscle.any(0))]
    middle = along.min() + 0.42 * (along.max() - along.min())
    half = GAP * np.exp(-((section.z - RUPTURE) / 9) ** 4) - 0.6
    ragged = 1.3 * np.sin(YY / 1.7 + section.z / 3) + 0.8 * np.sin(YY / 0.8)
    gap = muscle & (np.abs(XX - middle + ragged + 0.25 * (YY + 50)) < half)
    return replace(section, labels=np.where(gap, LABEL["fluid"], section.labels).astype(np.uint8))


def water(section: Section, state: State, parts: Fractions) -> np.ndarray:
    """The share of oedema in each pixel."""
    wet = np.zeros(SHAPE)
    if state.oedema:
        wet += state.oedema * _compressed(section, parts)
    if state.strain:
        wet += state.strain * _strained(section, parts)
    if state.tear:
        wet += state.tear * _bled(section, parts)
    return np.clip(wet, 0, 1)


def fatty(state: State, parts: Fractions) -> np.ndarray:
    """The share of fat that has replaced quadratus femoris."""
    if not state.fat:
        return np.zeros(SHAPE)
    return parts.quadratus * np.clip(
        state.fat + 0.15 * parts.streaks + 0.12 * parts.soft, 0, 0.9)


def _compressed(section: Section, parts: Fractions) -> np.ndarray:
    """Oedema of the belly, strongest where the space is narrow, fading beyond the muscle."""
    x, y = narrowest(section)
    near = np.hypot((ACROSS - x) / 1.5, DOWN - y)
    belly = parts.quadratus * np.clip(
        np.exp(-(near / 13) ** 2) + 0.16 + 0.15 * parts.streaks, 0, 1)
    return _at(section, NARROWEST, 14) * (belly + _around(parts, near, 13, 0.6))


def _strained(section: Section, parts: Fractions) -> np.ndarray:
    """Feathery oedema where muscle becomes tendon, behind the femur."""
    x, y = _junction(parts)
    near = np.hypot((ACROSS - x) / 1.7, DOWN - y)
    feathers = parts.quadratus * np.clip(
        1.15 * np.exp(-(near / 9) ** 2) * (0.62 + 0.42 * parts.streaks) + 0.04, 0, 1)
    return _at(section, JUNCTION, 12) * (feathers + _around(parts, near, 12, 0.6))


def _bled(section: Section, parts: Fractions) -> np.ndarray:
    """Oedema of the stumps and of the fat around them."""
    x, y = _middle(parts, 0.42)
    near = np.hypot((ACROSS - x) / 1.6, DOWN - y)
    stumps = parts.quadratus * np.clip(
        0.9 * np.exp(-(near / 13) ** 2) * (0.7 + 0.35 * parts.streaks) + 0.12, 0, 1)
    return _at(section, RUPTURE, 12) * (stumps + _around(parts, near, 14, 0.8))


def _around(parts: Fractions, near: np.ndarray, reach: float, most: float) -> np.ndarray:
    """Oedema in the fat along the muscle: it does not stop at the border."""
    close = np.clip(1.5 * gaussian_filter(parts.quadratus, 3.2), 0, 1)
    uneven = np.clip(0.75 + 0.3 * parts.soft, 0, 1)
    return most * close * parts.fat * np.exp(-(near / reach) ** 2) * uneven


def _at(section: Section, centre: float, reach: float) -> float:
    return float(np.exp(-((section.z - centre) / reach) ** 2))


def narrowest(section: Section) -> tuple[float, float]:
    """The middle of the gap between ischium and femur, in mm."""
    hip, femur = section.apart["hip-bone"], section.apart["femur"]
    both = np.where((hip > 0) & (femur > 0) & (YY > -75) & (XX < -30),
                    hip + femur + np.abs(hip - femur), 99)
    row, column = np.unravel_index(np.argmin(both), both.shape)
    return float(XX[row, column]), float(YY[row, column])


def _junction(parts: Fractions) -> tuple[float, float]:
    return _middle(parts, 0, 13)


def _middle(parts: Fractions, share: float, inwards: float = 0) -> tuple[float, float]:
    """A point of the muscle: this share of its width, and so many mm, from its femoral end."""
    right = parts.quadratus * (ACROSS < -20)
    columns = np.flatnonzero(right.sum(0) > 1)
    if not len(columns):
        return -115.0, -50.0
    along = X[columns]
    x = along.min() + share * (along.max() - along.min()) + inwards
    strip = right * (np.abs(ACROSS - x) < 4)
    weights = strip if strip.sum() > 1 else right
    return float(x), float((DOWN * weights).sum() / weights.sum())


def down(fine: np.ndarray) -> np.ndarray:
    """Fine pixels averaged to the pixels of an image."""
    return fine.reshape(COLUMNS, FINER, COLUMNS, FINER).mean((1, 3))
