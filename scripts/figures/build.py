"""Everything that is made from the bone model, as files."""

from __future__ import annotations

from pathlib import Path

from figures import atlas, axial, diagrams, posterior, provocation, strides
from figures.distance import Space
from figures.hip import seat
from figures.motion import NEUTRAL
from figures.slice import cut

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs/assets/figures"
ANATOMY = ROOT / "docs/assets/anatomy"


def outputs() -> dict[Path, bytes]:
    """The bytes of each file by its path."""
    space = Space(seat(atlas.mean()))
    drawn = {"posterior": posterior.figure(space), "axial-neutral": axial.neutral(cut(space, NEUTRAL)),
             "long-stride": strides.figure(space), "ifi-test": provocation.figure(),
             "treatment-ladder": diagrams.treatment_ladder(),
             "diagnostic-pathway": diagrams.diagnostic_pathway()}
    return {FIGURES / f"{name}.svg": text.encode() for name, text in drawn.items()}
