"""How bright a tissue is: relaxation times at 3.0 T and the two sequences.

Measured times come from two papers whose abstracts were seen: muscle, subcutaneous fat, marrow of
the fourth lumbar vertebra and prostate from de Bazelaire 2004 (six volunteers), the T2 of cartilage
from Pai 2008 (ten volunteers). All others, and every proton density, are the authors' estimates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log

BAZELAIRE, PAI, ESTIMATE = "debazelaire2004", "pai2008", "estimate"


@dataclass(frozen=True)
class Tissue:
    """T1 and T2 in ms, proton density from 0 to 1, and where the two times come from."""

    t1: float
    t2: float
    density: float
    source: str = ESTIMATE


TISSUES: Mapping[str, Tissue] = {
    "muscle": Tissue(898, 29, 0.82, BAZELAIRE),
    "fat": Tissue(382, 68, 0.95, BAZELAIRE),
    "red marrow": Tissue(586, 49, 0.80, BAZELAIRE),
    "prostate": Tissue(1597, 74, 0.82, BAZELAIRE),
    "cartilage": Tissue(1200, 36, 0.75, PAI),  # its T1 is an estimate
    "marrow": Tissue(400, 68, 0.82),
    "air": Tissue(1, 1, 0),
    "cortex": Tissue(500, 0.6, 0.12),
    "tendon": Tissue(600, 5, 0.5),
    "capsule": Tissue(800, 14, 0.55),
    "nerve": Tissue(1100, 60, 0.70),
    "artery": Tissue(1600, 40, 0.05),  # most of its blood has left the slice
    "vein": Tissue(1700, 150, 0.35),
    "skin": Tissue(950, 34, 0.65),
    "fluid": Tissue(3000, 600, 1.0),
    "urine": Tissue(3800, 1000, 1.0),
    "bowel": Tissue(1000, 50, 0.70),
    "cavernous tissue": Tissue(1500, 110, 0.85),
    "oedema": Tissue(1500, 90, 0.9),
}


@dataclass(frozen=True)
class Sequence:
    """A sequence: its name, its times in ms, its noise, and the signal that is shown white."""

    name: str
    signal: Callable[[Tissue], float]
    times: Mapping[str, float]
    noise: float
    white: float


def spin_echo(repetition: float, echo: float) -> Callable[[Tissue], float]:
    """The signal of a spin echo."""
    return lambda tissue: (tissue.density * (1 - exp(-repetition / tissue.t1))
                           * exp(-echo / tissue.t2))


def inversion_recovery(repetition: float, echo: float, inversion: float
                       ) -> Callable[[Tissue], float]:
    """The magnitude of a spin echo that an inversion precedes."""
    return lambda tissue: (
        tissue.density * exp(-echo / tissue.t2)
        * abs(1 - 2 * exp(-inversion / tissue.t1) + exp(-repetition / tissue.t1)))


def null_time(tissue: Tissue, repetition: float) -> float:
    """The inversion time at which a tissue gives no signal."""
    return tissue.t1 * log(2 / (1 + exp(-repetition / tissue.t1)))


T1 = {"repetition": 500.0, "echo": 10.0}
STIR = {"repetition": 4500.0, "echo": 30.0, "inversion": 240.0}  # a little short of fat's null
SEQUENCES: Mapping[str, Sequence] = {
    "t1": Sequence("T1", spin_echo(**T1), T1, 0.012, 0.70),
    "stir": Sequence("STIR", inversion_recovery(**STIR), STIR, 0.008, 0.42),
}
