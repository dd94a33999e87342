"""`python -m figures` writes every figure and mesh; `--check` compares them with what is there.

The figures in `docs/assets/tissue` are made when the environment variable BP3D names a folder with
the meshes of BodyParts3D; otherwise they stay as they are, and a line says so.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from figures import build
from figures.build import ROOT
from figures.files import stale, write
from figures.tissue.build import FOLDER
from figures.tissue.build import outputs as tissue_outputs
from figures.tissue.meshes import SourceError
from figures.tissue.volume import source


def main() -> int:
    """Writes the outputs, or with `--check` says which of them differ; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m figures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    check = parser.parse_args().check
    try:
        made = build.outputs() | _tissue()
    except SourceError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if not check:
        write(made)
        return 0
    differing = stale(made)
    for path in differing:
        print(f"{path.relative_to(ROOT)}: differs from what the model gives (run make figures)")
    return 1 if differing else 0


def _tissue() -> dict[Path, bytes]:
    """The figures from BodyParts3D, where its meshes are at hand."""
    folder = source()
    if folder:
        return tissue_outputs(folder)
    kept = ", ".join(sorted(path.name for path in FOLDER.glob("*.svg")))
    print(f"BP3D names no folder of meshes: left as they are in {FOLDER.relative_to(ROOT)}: {kept}")
    return {}


if __name__ == "__main__":
    sys.exit(main())
