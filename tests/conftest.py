"""What tests of every kind share: the course, built once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def build_course() -> Callable[[Path], Path]:
    """Build the course strictly into a folder, as `mkdocs build --strict` does, and return it."""

    def build(target: Path) -> Path:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return target

    return build


@pytest.fixture(scope="session")
def site(build_course: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built course."""
    return build_course(tmp_path_factory.mktemp("course") / "site")
