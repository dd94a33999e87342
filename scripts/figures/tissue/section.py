"""A section of the hip: what each pixel of a plane is, and how far it lies from bone and skin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from figures.tissue.parts import muscles

TISSUES = ("air", "fat", "cortex", "marrow", "cartilage", "tendon", "nerve", "artery", "vein",
           "skin", "fluid", "organ", "urine", "capsule", "cavernosum", "stool", "hamstring-origin",
           "psoas-tendon")
FIRST_MUSCLE = 20
LABEL = ({name: index for index, name in enumerate(TISSUES)}
         | {name: FIRST_MUSCLE + index for index, name in enumerate(muscles())})
NAME = {label: name for name, label in LABEL.items()}


@dataclass(frozen=True)
class Section:
    """A plane at height `z`, on the pixels of `grid.XX` and `grid.YY`.

    labels: the number in `LABEL` of what the pixel is
    margin: mm by which the pixel is nearer to its own muscle than to the next
    depth: distance to the edge of its muscle, negative inside
    apart: distance to `hip-bone`, `femur`, `sacrum` and `skin`, negative inside
    """

    z: float
    labels: np.ndarray
    margin: np.ndarray
    depth: np.ndarray
    apart: Mapping[str, np.ndarray]

    def mask(self, *names: str) -> np.ndarray:
        """Where the named structures are."""
        return np.isin(self.labels, [LABEL[name] for name in names])
