"""Draws the app's icons from the site's mark: python -m viva.offline.icons MARK FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from viva.base import files
from viva.offline import browser

PAPER = "#fcf9f2"
# What a system may cut away from a maskable icon lies outside the circle of 80 %.
SIZES = {"icon-192.png": (192, 1.0), "icon-512.png": (512, 1.0), "maskable-512.png": (512, 0.66)}


def draw(mark: Path, folder: Path) -> None:
    """Write the icons of every size into the folder."""
    chromium = browser.find()
    if not chromium:
        raise SystemExit("Drawing icons needs Chromium or Chrome.")
    for name, (size, scale) in SIZES.items():
        _draw(chromium, html(mark, size, scale), size, folder / name)


def html(mark: Path, size: int, scale: float) -> str:
    """A page that is the icon: the mark, on paper to the edge if it is smaller."""
    ground = PAPER if scale < 1 else "transparent"
    across, edge = size * scale, size * (1 - scale) / 2
    return (
        f"<style>body{{margin:{edge}px;background:{ground}}}svg{{display:block;width:{across}px}}"
        f"</style>{mark.read_text('utf-8')}"
    )


def _draw(chromium: str, page: str, size: int, target: Path) -> None:
    with files.temporary() as folder:
        source, drawn = folder / "icon.html", folder / "icon.png"
        files.put(source, page)
        browser.run(
            chromium,
            f"--screenshot={drawn}",
            f"--window-size={size},{size}",
            "--default-background-color=00000000",
            source.as_uri(),
            makes=drawn,
        )
        files.write(target, drawn.read_bytes())


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
