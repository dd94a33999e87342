"""The colours keep their contrast, and vendored files are as fetched."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources
from pathlib import Path

import pytest

ASSETS = Path(str(resources.files("viva.theme"))) / "assets"
TEXT = ("ink", "ink-soft", "muscle", "teal", "right", "wrong")
SHAPES = ("slate", "line")


def test_vendored_files_are_as_fetched():
    listed = {
        manifest.parent / name: digest
        for manifest in ASSETS.rglob("vendored.json")
        for package in json.loads(manifest.read_text(encoding="utf-8"))
        for name, digest in package["files"].items()
    }
    assert listed
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in listed} == listed


def test_vendored_packages_name_their_version_and_licence():
    for manifest in ASSETS.rglob("vendored.json"):
        for package in json.loads(manifest.read_text(encoding="utf-8")):
            assert {"package", "version", "licence", "files"} <= package.keys()
            assert any("LICEN" in name.upper() for name in package["files"]), package["package"]


@pytest.mark.parametrize("surface", ["paper", "bone"])
@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize(
    ("colour", "least"), [*((name, 7) for name in TEXT), *((name, 3) for name in SHAPES)]
)
def test_colours_stand_out(scheme, surface, colour, least):
    palette = _palette(scheme)
    assert _contrast(palette[colour], palette[surface]) >= least


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_lettering_on_a_filled_control_stands_out(scheme):
    palette = _palette(scheme)
    assert _contrast(palette["on-teal"], palette["teal"]) >= 7


def _palette(scheme: str) -> dict[str, str]:
    css = (ASSETS / "site" / "site.css").read_text(encoding="utf-8")
    block = css.split(f'[data-md-color-scheme="{scheme}"] {{')[1].split("}")[0]
    return dict(re.findall(r"--viva-([a-z-]+): (#[0-9a-f]{6});", block))


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours written #rrggbb."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
