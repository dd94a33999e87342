"""Everything that is made from the bone model, as files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from figures import (
    atlas,
    axial,
    captions,
    deep_gluteal,
    diagrams,
    measure,
    pack,
    plots,
    posterior,
    provocation,
    regions,
    strides,
    version_angle,
)
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
    measurements = measure.everything(space)
    neutral = cut(space, NEUTRAL)
    hotspots = {"posterior": regions.of_posterior(space),
                "axial-neutral": regions.of_section(neutral)}
    texts = captions.captions(measurements, hotspots)
    hip = _json(pack.packed(space, measurements))
    return {
        **{FIGURES / f"{name}.svg": drawn.encode()
           for name, drawn in _figures(space, measurements).items()},
        FIGURES / "captions.json": _json(texts, indent=1),
        # A script, because a page opened from disk may not fetch a file.
        ANATOMY / "hip.js": b"window.hipModel=" + hip,
        ANATOMY / "measurements.json": _json(measurements),
    }


def _figures(space: Space, measurements: dict[str, Any]) -> dict[str, str]:
    neutral, impinged = cut(space, NEUTRAL), cut(space, measure.IMPINGED)
    return {
        "posterior": posterior.figure(space),
        "axial-neutral": axial.neutral(neutral),
        "axial-impinged": axial.impinged(impinged),
        "axial-pair": axial.pair(neutral, impinged),
        "deep-gluteal": deep_gluteal.figure(space),
        "version-angle": version_angle.figure(space, measurements),
        "distance-angle": plots.distance_angle(measurements),
        "spread": plots.spread(measurements),
        "long-stride": strides.figure(space),
        "ifi-test": provocation.figure(),
        "treatment-ladder": diagrams.treatment_ladder(),
        "diagnostic-pathway": diagrams.diagnostic_pathway(),
    }


def _json(data: Any, indent: int | None = None) -> bytes:
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    text = POINT.sub(r"[\1, \2]", text) if indent else text
    return (text + "\n").encode()


POINT = re.compile(r"\[\s*([\d.-]+),\s*([\d.-]+)\s*\]")  # kept on one line in an indented file
