"""The wheel is complete: outside any checkout it starts, checks and builds a course."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
MADE = {".pyc", ".pot"}
"""What nothing that is installed reads: compiled code, and the template of the catalogues."""
OURS = "from viva.cli import main; main(prog_name='viva')"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds, and nothing of this checkout."""
    where = tmp_path_factory.mktemp("wheel")
    source = where / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    (source / "scripts").mkdir()
    _copy(ROOT / "scripts/viva", source / "scripts/viva")
    wheel = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(where)]
    subprocess.run([*PIP, *wheel, str(source)], check=True)
    (built,) = where.glob("*.whl")
    target = where / "installed"
    flags = ["--no-deps", "--no-index", "--no-compile", "--target", str(target)]
    subprocess.run([*PIP, "install", *flags, str(built)], check=True)
    return target


def _copy(source: Path, target: Path) -> None:
    """Only what is written, not what Python keeps beside it."""
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def viva(installed: Path, tmp_path_factory: pytest.TempPathFactory):
    """Runs the installed viva in a folder outside the checkout."""
    outside = tmp_path_factory.mktemp("desk")
    # Plugins are found by their entry points, and those of the wheel come first on the path.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    clean |= {"PYTHONPATH": str(installed)}

    def run(*arguments: str, inside: str = "") -> subprocess.CompletedProcess[str]:
        code, *rest = arguments if arguments[0].startswith("import") else (OURS, *arguments)
        return subprocess.run(
            [sys.executable, "-c", code, *rest],
            cwd=outside / inside,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )

    run.desk = outside  # type: ignore[attr-defined]
    return run


def test_everything_that_is_not_python_is_in_the_wheel(installed):
    def others(folder: Path) -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in MADE
        }

    missing = others(ROOT / "scripts/viva") - others(installed / "viva")
    assert not missing


def test_a_new_course_checks_and_builds_outside_any_checkout(viva, installed):
    where = viva("import viva; print(viva.__file__)").stdout
    assert Path(where).is_relative_to(installed)
    made = viva("new", "course", "ecg")
    assert made.returncode == 0, made.stderr
    checked = viva("check", "--strict", "--info", inside="ecg")
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr
    built = viva("build", inside="ecg")
    assert (built.returncode, built.stderr) == (0, "Built. Open site/index.html in a browser.\n")
    site = viva.desk / "ecg/site"
    for name in (
        "assets/site/mark.svg",
        "assets/site/app/icon-512.png",
        "assets/site/app/maskable-512.png",
        "assets/viva/vendor/minisearch/minisearch.js",
        "assets/viva/search-data.js",
        "assets/site/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        "downloads/ecg-offline.zip",
        "downloads/ecg.epub",
        "sw.js",
    ):
        assert (site / name).is_file(), name
    _loads_only_what_is_there(site)


def _loads_only_what_is_there(site: Path) -> None:
    """Every script, style and picture of every page lies in the site; every question is there."""
    asked = set()
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        asked |= set(re.findall(r'<viva-question[^>]*\stype="([\w-]+)"', html))
        for address in re.findall(r'<(?:script|link|img)\b[^>]*?\s(?:src|href)="([^"#?]+)', html):
            assert not re.match(r"(?:https?:)?//", address), f"{page.name}: {address}"
            assert (page.parent / address).is_file(), f"{page.name}: {address}"
    assert len(asked) >= 6, asked
