"""Everything that is made from the bone model, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from figures import (
    atlas,
    captions,
    diagrams,
    hip_tests,
    measure,
    pack,
    plots,
    provocation,
    strides,
    version_angle,
)
from figures.distance import Space
from figures.files import as_json
from figures.hip import seat

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs/assets/figures"
ANATOMY = ROOT / "docs/assets/anatomy"


def outputs() -> dict[Path, bytes]:
    """The bytes of each file by its path."""
    space = Space(seat(atlas.mean()))
    measurements = measure.everything(space)
    texts = captions.captions(measurements)
    hip = as_json(pack.packed(space, measurements))
    return {
        **{FIGURES / f"{name}.svg": drawn.encode()
           for name, drawn in _figures(space, measurements).items()},
        FIGURES / "captions.json": as_json(texts, indent=1),
        # A script, because a page opened from disk may not fetch a file.
        ANATOMY / "hip.js": b"window.hipModel=" + hip,
        ANATOMY / "measurements.json": as_json(measurements),
    }


def _figures(space: Space, measurements: dict[str, Any]) -> dict[str, str]:
    return {
        "version-angle": version_angle.figure(space, measurements),
        "distance-angle": plots.distance_angle(measurements),
        "spread": plots.spread(measurements),
        "long-stride": strides.figure(space),
        "ifi-test": provocation.figure(),
        "hip-tests": hip_tests.figure(),
        "treatment-ladder": diagrams.treatment_ladder(),
        "diagnostic-pathway": diagrams.diagnostic_pathway(),
    }
