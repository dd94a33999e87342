"""Killed, crowded or shut out: a real command leaves the author's files alone and one output whole."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

import commands
from sampled import long
from viva.base import files
from viva.cli import main

VIVA = (sys.executable, "-c", "from viva.cli import main; main()")
SURROUNDINGS = os.environ | {"VIVA_BROWSER": "no-such-browser"}
MOMENTS = 30
FLAWED = """\
  - id: sizes
    type: single
    objective: recall-1
    stem: Which of these is not a bone?
    options:
      - {text: 30 mm, why: No.}
      - {text: 10 mm, why: No.}
      - {text: 20 mm, correct: true, why: Yes.}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A course with a site and its downloads in dist/, and files of its author in both."""
    root = tmp_path_factory.mktemp("killed") / "ecg"
    assert CliRunner().invoke(main, ["new", "course", str(root)]).exit_code == 0
    bank = root / "quizzes/recall.yml"
    bank.write_text(bank.read_text("utf-8").rstrip() + "\n" + FLAWED, "utf-8", newline="\r\n")
    for command in ("build", "pack"):
        done = commands.viva(command, cwd=root, env=SURROUNDINGS)
        assert done.returncode == 0, done.stderr
    (root / "site/mine.txt").write_text("mine")
    (root / "dist/mine.txt").write_text("mine")
    return root


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def authors(root: Path) -> dict[str, str]:
    """The files of the author, wherever they are; all else in these folders is viva's."""
    made = ("site/", "dist/", ".cache/", ".viva-")
    own = {name: value for name, value in contents(root).items() if not name.startswith(made)}
    return own | {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in ("dist/mine.txt",)}


def kill_at(root: Path, seconds: float, *words: str) -> bool:
    """Start a command and kill it, and it alone, after a while; whether it was still running."""
    run = subprocess.Popen(
        [*VIVA, *words], cwd=root, env=SURROUNDINGS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        run.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
        return True
    return False


def duration(root: Path, *words: str) -> float:
    start = time.monotonic()
    subprocess.run([*VIVA, *words], cwd=root, env=SURROUNDINGS, capture_output=True, check=False)
    return time.monotonic() - start


def whole(folder: Path) -> bool:
    """Whether a site holds every file that its list names, and its zip opens."""
    listed = files_of(folder)
    (zipped,) = (folder / "downloads").glob("*.zip")
    with ZipFile(zipped) as packed:
        return bool(listed) and packed.testzip() is None and all((folder / name).is_file() for name in listed)


def files_of(folder: Path) -> list[str]:
    from viva.base.files import made

    found = made.read(folder)
    assert found and found.whole
    return list(found.files)


def killed(built: Path, tmp_path: Path, moments: int, words: tuple[str, ...], prove: Callable) -> None:
    root = shutil.copytree(built, tmp_path / "ecg")
    before = authors(root)
    longest = duration(shutil.copytree(built, tmp_path / "timed"), *words) * 1.05
    chance, running = random.Random(f"{words} 1"), 0
    for _ in range(moments):
        running += kill_at(root, chance.uniform(0, longest), *words)
        prove(root, before)
    assert running >= moments // 3, "most runs should have been killed"
    done = commands.viva(*words, cwd=root, env=SURROUNDINGS)
    assert done.returncode == 0, done.stderr
    prove(root, before)
    assert (root / "site/mine.txt").read_text() == "mine"
    if "--fix" in words:
        text = (root / "quizzes/recall.yml").read_text("utf-8")
        assert text.index("10 mm") < text.index("20 mm") < text.index("30 mm")


def prove_site(root: Path, before: dict[str, str]) -> None:
    assert authors(root) == before
    if not (root / "site").exists():  # the one moment between two renames: it is whole, and comes back
        with files.workshop(root / "site"):
            pass
    assert whole(root / "site")
    assert (root / "site/mine.txt").read_text() == "mine"


def prove_dist(root: Path, before: dict[str, str]) -> None:
    prove_site(root, before)
    for path in (root / "dist").glob("[!.]*.zip"):
        with ZipFile(path) as packed:
            assert packed.testzip() is None


def prove_fixed(root: Path, before: dict[str, str]) -> None:
    """Either the text before, or the text mended, and nothing in between."""
    after = authors(root)
    assert {name for name in before if after[name] != before[name]} <= {"quizzes/recall.yml"}
    text = (root / "quizzes/recall.yml").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n") > 20
    assert text.endswith(b".}\r\n")


CASES = {
    "build": (("build",), prove_site),
    "pack": (("pack",), prove_dist),
    "fix": (("check", "--fix"), prove_fixed),
}


@pytest.mark.parametrize("name", ["build", "fix", long("pack")])
def test_killed_at_two_moments_it_leaves_all_whole(built, tmp_path, name):
    killed(built, tmp_path, 2, *CASES[name])


@pytest.mark.long
@pytest.mark.timeout(900)  # thirty builds, and another after each
@pytest.mark.parametrize("name", CASES)
def test_killed_at_thirty_moments_it_leaves_all_whole(built, tmp_path, name):
    killed(built, tmp_path, MOMENTS, *CASES[name])


def test_two_builds_at_once_both_end_well(built, tmp_path):
    root = shutil.copytree(built, tmp_path / "ecg")
    before = authors(root)
    command = [*VIVA, "build"]
    runs = [
        subprocess.Popen(command, cwd=root, env=SURROUNDINGS, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    prove_site(root, before)
    assert not list(root.glob(".viva-*"))


def test_whatever_the_umask_a_web_server_reads_the_site(built, tmp_path):
    root = shutil.copytree(built, tmp_path / "ecg")
    (root / "site/mine.txt").chmod(0o600)
    shutil.rmtree(root / "dist")
    for command in ("build", "pack"):
        done = subprocess.run([*VIVA, command], cwd=root, env=SURROUNDINGS, capture_output=True, umask=0o077)
        assert done.returncode == 0, done.stderr
    for folder in (root / "site", root / "dist"):
        for path in (folder, *folder.rglob("*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            wanted = 0o755 if path.is_dir() else 0o600 if path.name == "mine.txt" else 0o644
            assert mode == wanted, f"{path}: {mode:o}"
    (zipped,) = (root / "dist").glob("*.zip")
    with ZipFile(zipped) as packed:
        assert {entry.external_attr >> 16 for entry in packed.infolist()} == {0o100644}


def test_a_read_only_site_and_course_are_refused_or_built_but_never_lost(built, tmp_path):
    root = shutil.copytree(built, tmp_path / "ecg")
    before = contents(root / "site")
    root.chmod(0o555)
    (root / "site").chmod(0o555)
    done = subprocess.run([*VIVA, "build"], cwd=root, env=SURROUNDINGS, capture_output=True, text=True)
    for folder in (root, root / "site"):
        folder.chmod(0o755)
    assert done.returncode == 1
    assert "read-only (allow writing first)" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(root / "site") == before


def test_a_full_disk_is_said_and_keeps_the_old_site(built, tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copytree(built, place / "ecg", ignore=shutil.ignore_patterns(".cache"))
        root, before = place / "ecg", contents(place / "ecg")
        left = shutil.disk_usage(place).free
        (place / "filler").write_bytes(b"x" * (left - 200_000))
        done = subprocess.run([*VIVA, "build"], cwd=root, env=SURROUNDINGS, capture_output=True, text=True)
        assert done.returncode == 1
        assert "disk is full" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        after = {name: value for name, value in contents(root).items() if not name.startswith(".cache")}
        assert after == before
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
