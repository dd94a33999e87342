"""The page "Bring your questions", done as it says: its commands, what they print, its figures."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import guide
from pictures import size, slim

PAGE = guide.ROOT / "docs/faculty/bring.md"
PICTURES = guide.PICTURES / "bring"
SHOTS = guide.ROOT / "tests/course/data/bring.json"
RETAKE = bool(os.environ.get("VIVA_SCREENSHOTS"))
ADVICE = "does not show what a teacher sees now (run: make screenshots)"
SHOWN = {
    "from-word": ("heart", "#which-chamber-of-the-heart-pumps-blood-into-the"),
    "from-table": ("vessels", "#example-cloze"),
}
"""Of each figure the bank, and the question on its page."""


def typed(command: str, folder: Path) -> str:
    """All that a command prints."""
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    """A copy of the course in which the page was followed to its end."""
    made = new_copy("bring")
    (made / "docs/assets/guide/bring").mkdir(parents=True, exist_ok=True)
    for name in SHOWN:  # a new one is not there yet
        (made / f"docs/assets/guide/bring/{name}.png").touch()
    printed = ""
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = typed(step.text, made)
        elif step.kind == "printed":
            assert guide.fits(step.text, printed), printed
        elif step.kind == "in file":
            text = (made / step.name).read_text("utf-8")
            assert guide.fits(step.text, text), text
    return made


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A narrow page of a browser without a network."""
    context = browser.new_context(
        color_scheme="light",
        device_scale_factor=1.4,
        offline=True,
        reduced_motion="reduce",
        viewport={"width": 660, "height": 2400},
    )
    yield context.new_page()
    context.close()


def shot(folder: Path, page: Page, name: str) -> tuple[bytes, str]:
    """A figure, and the words in it."""
    bank, place = SHOWN[name]
    page.goto((folder / f"site/self-checks/{bank}.html").as_uri())
    part = page.locator(place)
    return part.screenshot(), " ".join(part.inner_text().split())


def test_every_figure_shows_what_a_teacher_sees(folder: Path, page: Page):
    shots = {name: shot(folder, page, name) for name in SHOWN}
    if RETAKE:
        PICTURES.mkdir(parents=True, exist_ok=True)
        told = {}
        for name, (png, text) in shots.items():
            small = slim(page, png)
            (PICTURES / f"{name}.png").write_bytes(small)
            digest = hashlib.sha256(small).hexdigest()
            told[name] = {"text": text, "size": size(small), "sha256": digest}
        SHOTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    told = json.loads(SHOTS.read_text("utf-8"))
    figures = [step.name for step in guide.steps(PAGE) if step.kind == "figure"]
    assert figures == list(SHOWN) == list(told)
    for name, (_, text) in shots.items():
        png = (PICTURES / f"{name}.png").read_bytes()
        assert text == told[name]["text"], f"{name}.png {ADVICE}"
        assert told[name]["sha256"] == hashlib.sha256(png).hexdigest(), f"{name}.png {ADVICE}"
        assert told[name]["size"] == [*size(png)] and len(png) <= 60_000


def test_what_the_page_says_of_formats_is_so():
    """Every way in is told of."""
    from viva.exchange import importing

    text = PAGE.read_text("utf-8").lower()
    told = {"qti": "qti 1.2, 2.1, 2.2 or 3", "qti12": "canvas", "table": "spreadsheet"}
    for name in importing.names():
        assert told.get(name, name.replace("-", " ")) in text, name
