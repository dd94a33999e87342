"""Everything of the MRI reader that is made from the volume, as files in `docs/assets/mri`."""

from __future__ import annotations

import os
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from figures.mri.image import imaged
from figures.mri.pack import Made, Stack, grey, outlined, scripts
from figures.mri.states import STATES
from figures.mri.stills import stills
from figures.tissue.volume import Volume, volume

FOLDER = Path(__file__).resolve().parents[3] / "docs/assets/mri"
Job = tuple[Path, str, int]


def outputs(source: Path) -> dict[Path, bytes]:
    """The bytes of each file by its path, from the meshes in a folder."""
    made = stacks(source)
    return {FOLDER / name: content for name, content in (scripts(made) | stills(made)).items()}


def stacks(source: Path) -> dict[str, Stack]:
    """Every slice of every state, on all processors."""
    volume(source)  # fills the cache before many read it
    jobs = [(source, name, number) for name, state in STATES.items() for number in state.slices]
    found: dict[str, dict[int, Made]] = defaultdict(dict)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for (_, name, number), made in zip(jobs, pool.map(one, jobs, chunksize=4), strict=True):
            found[name][number] = made
    return dict(found)


def one(job: Job) -> Made:
    """One slice of one state."""
    source, name, number = job
    slice_ = imaged(_volume(source), number, STATES[name])
    return Made({key: grey(shown) for key, shown in slice_.shown.items()},
                outlined(slice_.middle))


@cache
def _volume(source: Path) -> Volume:
    return volume(source)
