"""Figures of the teachers' guide: each shows what a teacher sees now, or has to be taken again."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from playwright.sync_api import Locator, Page

import guide
from pictures import size, slim

RETAKE = bool(os.environ.get("VIVA_SCREENSHOTS"))
ADVICE = "does not show what a teacher sees now (run: make screenshots)"
NARROW = {
    "color_scheme": "light", "device_scale_factor": 1.4, "offline": True, "reduced_motion": "reduce",
    "viewport": {"width": 660, "height": 2400},
}  # fmt: skip
"""A narrow page of a browser without a network."""

Shot = tuple[bytes, str]


def shot(part: Locator) -> Shot:
    """A figure, and the words in it."""
    return part.screenshot(), " ".join(part.inner_text().split())


def prepare(course: Path, name: str, figures: list[str]) -> None:
    """New figures, which are not there yet, as files that links may lead to."""
    folder = course / "docs/assets/guide" / name
    folder.mkdir(parents=True, exist_ok=True)
    for figure in figures:
        (folder / f"{figure}.png").touch()


def compare(page: Page, name: str, shots: dict[str, Shot], most: int = 80_000) -> None:
    """The figures in the folder `name` of the guide have these words, and are those that were taken."""
    record = guide.ROOT / f"tests/course/data/{name}.json"
    if RETAKE:
        told = {figure: _kept(page, name, figure, one) for figure, one in shots.items()}
        record.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    told = json.loads(record.read_text("utf-8"))
    assert list(told) == list(shots)
    for figure, (_, text) in shots.items():
        png = (guide.PICTURES / name / f"{figure}.png").read_bytes()
        assert text == told[figure]["text"], f"{figure}.png {ADVICE}"
        assert told[figure]["sha256"] == hashlib.sha256(png).hexdigest(), f"{figure}.png {ADVICE}"
        assert told[figure]["size"] == [*size(png)] and len(png) <= most


def _kept(page: Page, name: str, figure: str, one: Shot) -> dict[str, object]:
    png, text = one
    small = slim(page, png)
    path = guide.PICTURES / name / f"{figure}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small)
    return {"text": text, "size": size(small), "sha256": hashlib.sha256(small).hexdigest()}
