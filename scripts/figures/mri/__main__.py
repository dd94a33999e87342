"""`BP3D=folder python -m figures.mri` makes the reader's files; `--check` compares them."""

from __future__ import annotations

import argparse
import sys

from figures.mri.build import FOLDER, outputs
from figures.mri.same import alike
from figures.tissue.volume import VARIABLE, source


def main() -> int:
    """Writes what has changed, or with `--check` names it; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m figures.mri", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    check = parser.parse_args().check
    folder = source()
    if folder is None:
        print(f"{FOLDER.name}: left as it is (name the meshes: make figures {VARIABLE}=folder)")
        return 0
    changed = {path: content for path, content in outputs(folder).items()
               if not path.exists() or not alike(path.name, path.read_bytes(), content)}
    for path, content in changed.items():
        if check:
            print(f"{path.relative_to(FOLDER)}: differs from what the model gives")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
