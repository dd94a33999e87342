"""The signed distance to every part, on the voxels of the volume."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom

from figures.tissue import grid
from figures.tissue.fill import filled
from figures.tissue.meshes import checked
from figures.tissue.parts import Part, parts
from figures.tissue.place import surfaces

FAR = 25.0  # mm; further away does not matter
VARIABLE = "BP3D"  # names the folder of meshes
CACHE = Path(__file__).resolve().parents[3] / ".cache/tissue"


@dataclass(frozen=True, eq=False)
class Volume:
    """`fields[part][level]` is the distance in mm to the part's surface, negative inside."""

    fields: Mapping[str, np.ndarray]

    def level(self, part: str, z: float) -> np.ndarray:
        """The field in the plane at height z, on the pixels of a section."""
        field, k = self.fields[part], z - grid.LOW
        below = min(max(int(np.floor(k)), 0), grid.LEVELS - 2)
        share = k - below
        plane = ((1 - share) * field[below].astype(np.float32)
                 + share * field[below + 1].astype(np.float32))
        return zoom(plane, grid.FINER, order=1, grid_mode=True, mode="nearest")


def source() -> Path | None:
    """The folder of meshes that the environment names, if it names one."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def volume(folder: Path) -> Volume:
    """The volume from the meshes in a folder, after their hashes were checked; kept in a cache."""
    folder = checked(folder)
    return Volume({name: _field(folder, part) for name, part in parts().items()})


def _field(folder: Path, part: Part) -> np.ndarray:
    kept = CACHE / f"{part.name}-{_state(part)}.npy"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        np.save(kept, measured(folder, part))
    return np.load(kept, mmap_mode="r")


def measured(folder: Path, part: Part) -> np.ndarray:
    """The signed distance to one part, in float16."""
    mask = np.zeros(grid.SHAPE, bool)
    for surface in surfaces(folder, part):
        mask |= filled(surface)
    return signed_distance(mask, 0.35 if part.thin else 0.8)


def signed_distance(mask: np.ndarray, smooth: float) -> np.ndarray:
    """Distance to the edge of a mask, negative inside; computed in its box and a margin."""
    out = np.full(mask.shape, FAR, np.float16)
    inside = np.nonzero(mask)
    if not len(inside[0]):
        return out
    box = tuple(slice(max(0, axis.min() - int(FAR / step)), axis.max() + 1 + int(FAR / step))
                for axis, step in zip(inside, grid.SPACING, strict=True))
    part = mask[box]
    apart = (distance_transform_edt(~part, grid.SPACING)
             - distance_transform_edt(part, grid.SPACING))
    apart -= np.sign(apart) * 0.33  # half a voxel: the edge lies between two
    apart = gaussian_filter(apart, [smooth / step for step in grid.SPACING])
    out[box] = np.minimum(apart, FAR)
    return out


def _state(part: Part) -> str:
    """Changes whenever the part's meshes or what is done to them change."""
    code = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes()
                    for name in ("fill", "grid", "place", "volume"))
    treated = repr((part.meshes, part.moved, part.thin)).encode()
    return hashlib.sha256(code + treated).hexdigest()[:12]
