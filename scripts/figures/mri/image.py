"""A slice as both sequences show it, as grey values from 0 to 255, without noise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.ndimage import gaussian_filter

from figures.mri.findings import ACROSS, DOWN, QF, Fractions, down, fatty, torn, water
from figures.mri.relaxation import SEQUENCES, TISSUES
from figures.mri.states import THICKNESS, State, height
from figures.mri.texture import grain, streaks
from figures.tissue.compose import compose
from figures.tissue.grid import COLUMNS, FINER
from figures.tissue.parts import muscles
from figures.tissue.pose import posed
from figures.tissue.section import NAME, Section
from figures.tissue.volume import Volume

SHARES = (-1 / 3, 0, 1 / 3)  # of the thickness: a slice is the mean of three planes
LEAN = (772, 806)  # mm: the femur is shifted below, and not at its head
GAMMA = 0.9
TISSUE_OF = {
    "hamstring-origin": "tendon", "psoas-tendon": "tendon", "organ": "prostate", "stool": "bowel",
    "cavernosum": "cavernous tissue",
}


@dataclass(frozen=True)
class Slice:
    """Grey values by sequence, as `float` planes, and the section in its middle."""

    shown: Mapping[str, np.ndarray]
    middle: Section


@dataclass(frozen=True)
class Mixture:
    """What the three planes of a slice have in common: shares of tissue, and their signal."""

    base: Mapping[str, np.ndarray]
    muscle: np.ndarray
    quadratus: np.ndarray
    gluteus: np.ndarray
    fat: np.ndarray
    marrow: np.ndarray
    seams: np.ndarray


def imaged(volume: Volume, number: int, state: State) -> Slice:
    """The slice of that number in a state."""
    planes = [section(volume, height(number) + share * THICKNESS, state) for share in SHARES]
    mixture, middle = _mixed(planes), planes[1]
    fat, red, wet = _shares(number, state, mixture, middle)
    return Slice({name: _shown(number, name, mixture, fat, red, wet) for name in SEQUENCES}, middle)


def section(volume: Volume, z: float, state: State) -> Section:
    """The plane at height z in a state."""
    shift = state.shift * float(np.interp(z, LEAN, (1, 0)))
    return torn(posed(compose(volume, z, state.shrink), state.rotation, shift), state)


@cache
def brightness(sequence: str) -> np.ndarray:
    """The signal of each label."""
    table = np.zeros(64)
    for label, name in NAME.items():
        tissue = TISSUE_OF.get(name, "muscle" if name in muscles() else name)
        table[label] = SEQUENCES[sequence].signal(TISSUES[tissue])
    return table


def _mixed(planes: list[Section]) -> Mixture:
    def share(*names: str) -> np.ndarray:
        return _mean([each.mask(*names) for each in planes])

    return Mixture(
        {name: _mean([brightness(name)[each.labels] for each in planes]) for name in SEQUENCES},
        share(*muscles()), share(QF), share("gluteus-maximus"), share("fat"), share("marrow"),
        _mean([_seams(each) for each in planes]))


def _mean(fine: list[np.ndarray]) -> np.ndarray:
    return np.mean([down(each) for each in fine], axis=0)


def _seams(each: Section) -> np.ndarray:
    """Thin fat between neighbours, and less of it at every border."""
    return each.mask(*muscles()) * (0.55 * np.exp(-(each.margin / 0.9) ** 2)
                                 + 0.25 * np.exp(-(each.depth / 0.5) ** 2))


def _shares(number: int, state: State, mixture: Mixture, middle: Section
            ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fat in muscle, red marrow in marrow, and water, as shares of each pixel."""
    noise = grain(number, COLUMNS)
    depth = middle.depth[::FINER, ::FINER]
    fibres = streaks(depth, noise.fine, 12)
    coarse = streaks(depth, gaussian_filter(noise.fine, 0.9), 22)
    parts = Fractions(mixture.muscle, mixture.quadratus, mixture.fat, fibres, noise.soft)
    fat = (np.clip(0.05 + 0.035 * np.maximum(fibres, -0.6), 0, 1) * mixture.muscle
           + np.clip(0.04 + 0.26 * np.maximum(coarse - 0.45, 0), 0, 0.75) * mixture.gluteus
           + fatty(state, parts) + mixture.seams)
    return np.clip(fat, 0, 0.9), _red(middle, mixture, noise.soft), water(middle, state, parts)


def _red(middle: Section, mixture: Mixture, soft: np.ndarray) -> np.ndarray:
    """Blood-forming marrow: most in the pelvis, some in the shaft, patchy."""
    share = 0.07 * soft + 0.10 * (middle.z < 800) * down(middle.apart["femur"] < 0)
    share += 0.45 * down(middle.apart["hip-bone"] < 0) + 0.2 * down(middle.apart["sacrum"] < 0)
    return mixture.marrow * np.clip(share, 0, 1)


def _shown(number: int, key: str, mixture: Mixture, fat: np.ndarray, red: np.ndarray,
           wet: np.ndarray) -> np.ndarray:
    """Grey values of one sequence: fat, marrow and water mixed in, then grain, coil, blur."""
    sequence, noise = SEQUENCES[key], grain(number, COLUMNS)
    signal = {name: sequence.signal(tissue) for name, tissue in TISSUES.items()}
    seen = (mixture.base[key] + fat * (signal["fat"] - signal["muscle"])
            + red * (signal["red marrow"] - signal["marrow"]))
    seen = seen * (1 - wet) + wet * signal["oedema"]
    septa = np.exp(-(noise.net / 0.07) ** 2) * mixture.fat
    seen *= 1 + (-0.16 if key == "t1" else 0.35) * septa
    seen *= 1 + 0.03 * mixture.fat * noise.soft + 0.05 * mixture.marrow * (noise.fine + noise.soft)
    seen = gaussian_filter(seen * _coil(), 0.55)
    return np.clip(seen / sequence.white, 0, 1) ** GAMMA * 255


def _coil() -> np.ndarray:
    """A surface coil shines brightest near the skin."""
    return (1.10 - 0.16 * np.exp(-((ACROSS + 80) / 85) ** 2 - ((DOWN + 60) / 62) ** 2)
            + 0.0006 * (DOWN + 60))
