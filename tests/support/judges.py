"""Programs of others that judge what is exchanged. Some lie in tests/judges with their licences, some
have an environment of their own, and some may not be kept here: these are fetched, for the long matrix."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/judges"
CACHE = ROOT / ".cache/judges"
PYTHON = ROOT / ".venv-judges/bin/python"


def asked(script: str, *arguments: Path | str) -> Any:
    """What a script of tests/judges prints, run where the judges in Python are."""
    assert PYTHON.is_file(), "the judges are not installed here (type: make .venv-judges/.ready)"
    command = [str(PYTHON), str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def fetched(package: str) -> Path:
    """The folder with the listed files of a package of npm, which are as they were when listed."""
    listed = json.loads((HERE / "fetched.json").read_text("utf-8"))
    (known,) = (one for one in listed if one["package"] == package)
    folder = CACHE / f"{package.replace('/', '-')}-{known['version']}"
    if not all((folder / name).is_file() for name in known["files"]):
        _fetch(f"{package}@{known['version']}", known["files"], folder)
    for name, digest in known["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    return folder


def _fetch(package: str, names: list[str], folder: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip(f"{package} may not be kept here, and there is no npm to fetch it with")
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    subprocess.run(command, check=True, capture_output=True)
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        for name in names:
            content = archive.extractfile(f"package/{name}")
            assert content is not None
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.read())
    packed.unlink()
