"""The hip lab: moved by keyboard, it says what the figures' model says."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
MEASURED = json.loads((ROOT / "docs/assets/anatomy/measurements.json").read_text("utf-8"))
SLIDERS = ("extension", "adduction", "external_rotation")
IN_SPACE = 0.1 + 0.01  # mm; both numbers are rounded to a tenth
IN_SECTION = 0.4  # mm; the browser cuts a simpler mesh


def opened(open_page, **options):
    """The lab with its model in place."""
    page = open_page("hip-lab.html", **options)
    page.locator("hip-lab:not([aria-busy])").wait_for(state="attached")
    return page


def press(page, pose: dict[str, int]) -> None:
    """Bring the sliders into a pose with the arrow keys, from neutral."""
    for number, name in enumerate(SLIDERS):
        page.locator("hip-lab input[type=range]").nth(number).focus()
        key = "ArrowRight" if pose[name] > 0 else "ArrowLeft"
        for _ in range(abs(pose[name])):
            page.keyboard.press(key)


def read(page, name: str) -> float:
    text = page.locator(f"[data-{name}]").inner_text()
    return 0.0 if text == "contact" else float(text.removesuffix(" mm"))


POSES = {
    name: pose
    for name, pose in MEASURED["poses"].items()
    if abs(pose["extension"]) <= 20 and -30 <= pose["external_rotation"] <= 40
}


@pytest.mark.parametrize("name", POSES)
def test_the_keyboard_moves_the_hip_and_the_distances_agree(open_page, name):
    page = opened(open_page)
    press(page, POSES[name])
    assert read(page, "space") == pytest.approx(POSES[name]["space"], abs=IN_SPACE)
    assert read(page, "axial") == pytest.approx(POSES[name]["axial"], abs=IN_SECTION)


def test_a_slider_says_its_angle_and_the_distance_is_announced_after_a_rest(open_page):
    page = opened(open_page)
    slider = page.locator("hip-lab input[type=range]").first
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "5° extension"
    status = page.locator("hip-lab [role=status]")
    status.filter(has_text="Model distance").wait_for(state="attached")
    assert re.search(r"Model distance \d+\.\d mm in space", status.inner_text())


def test_presets_explain_themselves(open_page):
    page = opened(open_page)
    for name in ("stride", "provocation", "opening", "neutral"):
        button = page.locator(f"[data-preset={name}]")
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator(f"[data-note={name}]").is_visible()
        assert page.locator("[data-note]:visible").count() == 1


def test_the_provocation_narrows_and_its_opposite_opens(open_page):
    page = opened(open_page)
    neutral = read(page, "space")
    page.locator("[data-preset=provocation]").press("Enter")
    assert read(page, "space") < neutral / 2
    page.locator("[data-preset=opening]").press("Enter")
    assert read(page, "space") > neutral


def test_arrow_keys_turn_the_model(open_page):
    page = opened(open_page)
    line = page.locator(".lab-line")
    before = line.get_attribute("x1")
    page.locator("hip-lab canvas").focus()
    page.keyboard.press("ArrowLeft")
    assert line.get_attribute("x1") != before


def test_a_distance_is_quick(open_page):
    page = opened(open_page)
    milliseconds = page.evaluate(
        """() => {
          const { decode, rotation, gap } = hipGeometry;
          const model = decode(hipModel);
          const matrix = rotation({ extension: 5, adduction: 5, external: 5 });
          const times = Array.from({ length: 60 }, () => {
            const start = performance.now();
            gap(model, matrix);
            return performance.now() - start;
          });
          return Math.min(...times);
        }"""
    )
    assert milliseconds <= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_lab(open_page, scheme):
    page = opened(open_page, scheme=scheme, width=390)
    page.locator("[data-preset=provocation]").click()
    options = {"resultTypes": ["violations"], "preload": False}  # a page on disk fetches nothing
    found = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_without_a_script_there_is_a_figure_and_a_table(open_page):
    page = open_page("hip-lab.html", java_script_enabled=False)
    assert page.locator(".lab-still img").is_visible()
    assert page.locator(".lab-still table").is_visible()


def test_without_webgl_the_sliders_still_measure(open_page, site):
    page = open_page("index.html")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto((site / "hip-lab.html").as_uri())
    page.locator("hip-lab:not([aria-busy])").wait_for(state="attached")
    assert page.locator(".lab-still img").is_visible()
    assert not page.locator("hip-lab canvas").is_visible()
    page.locator("[data-preset=provocation]").press("Enter")
    assert read(page, "space") == pytest.approx(4.4, abs=IN_SPACE)


def test_the_table_says_what_was_measured(site):
    soup = BeautifulSoup((site / "hip-lab.html").read_text("utf-8"), "html.parser")
    rows = soup.select(".lab-still tbody tr")
    assert len(rows) >= 6
    for row in rows:
        name, space, axial = (cell.get_text(" ", strip=True) for cell in row.find_all("td"))
        pose = MEASURED["poses"][_key(name)]
        assert (space, axial) == (f"{pose['space']:.1f} mm", f"{pose['axial']:.1f} mm"), name


def _key(name: str) -> str:
    """`flexion 20°, abduction 20°` as the measurements name it."""
    return name.replace("°", "").replace(" ,", ",")


def test_the_spread_in_the_text_was_measured(site):
    text = BeautifulSoup((site / "hip-lab.html").read_text("utf-8"), "html.parser").get_text()
    spread = MEASURED["spread"]["space"]
    assert f"among {spread['n']} people" in text
    assert f"from {spread['min']:.1f} to {spread['max']:.1f} mm" in text


def test_the_lab_is_light_and_loads_on_its_own_page_only(site):
    page = (site / "hip-lab.html").read_text("utf-8")
    own = set(re.findall(r'(?:src|href)="(assets/(?:lab|anatomy|viva|site)/[^"]+\.(?:js|css))"', page))
    sizes = [len(gzip.compress((site / name).read_bytes(), 9)) for name in own]
    assert any(name.endswith("hip.js") for name in own)
    assert sum(sizes) + len(gzip.compress(page.encode(), 9)) <= 200 * 1024
    others = [p for p in site.rglob("*.html") if p.name != "hip-lab.html"]
    assert [p for p in others if "assets/lab/" in p.read_text("utf-8")] == []
