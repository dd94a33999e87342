"""`python -m figures` writes every figure and mesh; `--check` compares them with what is there."""

from __future__ import annotations

import argparse
import sys

from figures.build import ROOT, outputs


def main() -> int:
    """Writes the outputs, or with `--check` says which of them differ; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m figures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    check = parser.parse_args().check
    made = outputs()
    if not check:
        for path, content in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return 0
    stale = [path for path, content in made.items()
             if not path.exists() or path.read_bytes() != content]
    for path in stale:
        print(f"{path.relative_to(ROOT)}: differs from what the model gives (run make figures)")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
