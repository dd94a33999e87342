"""The hip lab: moved by keyboard, it says what the figures' model says."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from browsers import (
    LONG_IN_CHROMIUM,
    assert_accessible_in_both,
    options,
    wait_until,
    wait_until_kept,
)
from host import Host
from sampled import long

ROOT = Path(__file__).resolve().parents[2]
MEASURED = json.loads((ROOT / "docs/assets/anatomy/measurements.json").read_text("utf-8"))
SLIDERS = ("extension", "adduction", "external_rotation")
IN_SPACE = 0.1 + 0.01  # mm; both numbers are rounded to a tenth
IN_SECTION = 0.4  # mm; the browser cuts a simpler mesh


PAINTED = """async ([picture, paper]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const [r, g, b] = paper.match(/\\d+/g);
  let differ = 0;
  for (let i = 0; i < data.length; i += 4) {
    differ += Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) > 24;
  }
  return differ / (data.length / 4);
}"""
ON_THE_PAGE = "delete window.OffscreenCanvas"
"""What makes a browser one whose workers cannot draw."""


def opened(open_page, **options):
    """The lab with its model in place."""
    return ready(open_page("hip-lab.html", **options))


def ready(page):
    """The lab once it shows what was chosen last."""
    page.locator("hip-lab:not([aria-busy])").wait_for(state="attached")
    return page


def reopened(open_page, site, script: str):
    """The lab in a browser that a script has changed before any other ran."""
    page = open_page("about.html")
    page.add_init_script(script)
    page.goto((site / "hip-lab.html").as_uri())
    return ready(page)


def painted(page) -> float:
    """The share of the drawing's pixels that are not the paper's, as a reader sees them."""
    picture = b64encode(page.locator("hip-lab .lab-stage").screenshot()).decode()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return page.evaluate(PAINTED, [picture, paper])


def press(page, pose: dict[str, int]) -> None:
    """Bring the sliders into a pose with the arrow keys, from neutral."""
    for number, name in enumerate(SLIDERS):
        page.locator("hip-lab input[type=range]").nth(number).focus()
        key = "ArrowRight" if pose[name] > 0 else "ArrowLeft"
        for _ in range(abs(pose[name])):
            page.keyboard.press(key)


def read(page, name: str) -> float:
    text = ready(page).locator(f"[data-{name}]").inner_text()
    return 0.0 if text == "contact" else float(text.removesuffix(" mm"))


POSES = {
    name: pose
    for name, pose in MEASURED["poses"].items()
    if abs(pose["extension"]) <= 20 and -30 <= pose["external_rotation"] <= 40
}


FAR = {"neutral", "flexion 20, abduction 20, internal rotation 30"}
"""The middle, and what all three sliders reach together."""


@pytest.mark.parametrize("name", [name if name in FAR else long(name) for name in POSES])
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


def test_who_turns_the_model_is_not_told_the_same_distance_again(open_page):
    page = opened(open_page)
    status = page.locator("hip-lab [role=status]")
    status.filter(has_text="Model distance").wait_for(state="attached")
    status.evaluate("said => { said.textContent = 'said before' }")
    page.locator("hip-lab canvas").press("ArrowLeft")
    ready(page)
    page.wait_for_timeout(800)  # longer than the rest after which a distance is announced
    assert status.inner_text() == "said before"


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


def pushed(page, name: str) -> float:
    """How much is painted after a control was used, without the page being scrolled to it."""
    before = painted(page)
    page.locator(name).evaluate("control => control.click()")
    ready(page)
    # A worker draws: its picture reaches the screen after its answer, on a busy machine late,
    # and after what the page draws over it.
    looks = [before]
    while len(looks) < 60 and not (looks[-1] != before and len(set(looks[-5:])) == 1):
        page.wait_for_timeout(50)
        looks.append(painted(page))
    return looks[-1]


def test_the_muscle_is_drawn_when_asked_for_and_follows_the_leg(open_page):
    page = opened(open_page)
    bare = painted(page)
    neutral = pushed(page, "[data-muscle]")
    assert neutral > bare + 0.002
    moved = pushed(page, "[data-preset=opening]")
    assert moved > pushed(page, "[data-muscle]") + 0.002
    assert pushed(page, "[data-preset=neutral]") == pytest.approx(bare, abs=1e-4)


def test_the_muscle_thickens_as_its_ends_come_nearer_and_keeps_its_places(open_page):
    page = opened(open_page)
    thick, spans, ends = page.evaluate(
        """() => {
          const { decode, rotation, turned } = hipGeometry();
          const muscle = hipMuscle().create(decode(hipModel).meshes, turned);
          const poses = [[-20, 0, -30], [0, 0, 0], [10, 10, 10]].map(([extension, adduction, external]) =>
            rotation({ extension, adduction, external }));
          const shapes = poses.map((pose) => [...muscle.shape(pose).positions]);
          const at = (shape, i) => shape.slice(3 * i, 3 * i + 3);
          const columns = 13, middle = 4 * columns;
          return [poses.map(muscle.thickness),
            shapes.map((shape) => Math.hypot(...at(shape, middle).map(
              (value, k) => value - at(shape, middle + columns - 1)[k]))),
            shapes.map((shape) => at(shape, middle))];
        }"""
    )
    assert thick[0] < thick[1] < thick[2] and thick[1] == pytest.approx(10)
    assert spans == sorted(spans, reverse=True)
    assert all(end[0] == pytest.approx(ends[1][0], abs=0.1) for end in ends)


def test_arrow_keys_turn_the_model(open_page):
    page = opened(open_page)
    line = page.locator(".lab-line")
    before = line.get_attribute("x1")
    page.locator("hip-lab canvas").focus()
    page.keyboard.press("ArrowLeft")
    ready(page)
    assert line.get_attribute("x1") != before


def test_a_distance_is_quick(open_page):
    page = opened(open_page)
    milliseconds = page.evaluate(
        """() => {
          const { decode, rotation, gap } = hipGeometry();
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


def test_axe_finds_nothing_in_the_lab(open_page):
    page = opened(open_page, width=390)
    page.locator("[data-preset=provocation]").click()
    assert_accessible_in_both(page)


def test_without_a_script_there_is_a_figure_and_a_table(open_page):
    page = open_page("hip-lab.html", java_script_enabled=False)
    assert page.locator(".lab-still img").is_visible()
    assert page.locator(".lab-still table").is_visible()


def test_a_worker_draws_the_hip_from_disk(open_page):
    page = opened(open_page)
    assert len(page.workers) == 1
    assert 0.15 < painted(page) < 0.9


@LONG_IN_CHROMIUM
def test_the_lab_works_from_the_unpacked_folder(either, unpacked):
    context = either.new_context(offline=True)
    page = context.new_page()
    page.goto((unpacked / "hip-lab.html").as_uri())
    page.locator("[data-preset=provocation]").press("Enter")
    assert read(page, "space") == pytest.approx(4.4, abs=IN_SPACE)
    drawn = page.locator("hip-lab canvas").is_visible()  # a Firefox without a screen has no WebGL
    assert page.locator(".lab-still img").is_visible() != drawn
    context.close()


@pytest.mark.long
def test_the_lab_works_in_the_app_without_the_server(browser, site, tmp_path):
    shutil.copytree(site, tmp_path / "course")
    host = Host(tmp_path)
    page = browser.new_page()
    page.goto(host.address("index.html"))
    page.get_by_role("button", name="Keep it").click()
    wait_until_kept(page)
    host.stop()
    page.goto(host.address("hip-lab.html"))
    ready(page)
    page.locator("[data-preset=provocation]").press("Enter")
    assert read(page, "space") == pytest.approx(4.4, abs=IN_SPACE)
    page.close()


def test_where_no_worker_can_draw_the_page_does_it_alike(open_page, site):
    away = opened(open_page)
    here = reopened(open_page, site, ON_THE_PAGE)
    assert not here.workers
    for page in (away, here):
        page.locator("[data-view=side]").press("Enter")
        ready(page)
    stage = [page.locator("hip-lab .lab-stage").screenshot() for page in (away, here)]
    assert stage[0] == stage[1]
    assert read(here, "axial") == read(away, "axial")


def test_a_drawing_that_the_system_took_away_comes_back(open_page, site):
    page = reopened(open_page, site, ON_THE_PAGE)
    before = painted(page)
    page.evaluate(
        """() => {
          const gl = document.querySelector("hip-lab canvas").getContext("webgl");
          window.taken = gl.getExtension("WEBGL_lose_context");
          taken.loseContext();
        }"""
    )
    wait_until(lambda: painted(page) < before / 4)  # the browser tells of it in a task of its own
    page.evaluate("taken.restoreContext()")
    wait_until(lambda: painted(page) == pytest.approx(before, abs=0.01))


def test_while_an_answer_is_on_its_way_only_the_newest_wish_waits(open_page):
    page = opened(open_page)
    asked = page.evaluate(
        """async () => {
          const lab = document.querySelector("hip-lab"), scene = lab.scene;
          let asked = 0;
          lab.scene = (request) => { asked += 1; return scene(request); };
          for (let turn = 0; turn < 40; turn += 1) lab.look([turn, 0]);
          while (lab.ariaBusy) await new Promise((go) => setTimeout(go, 10));
          return asked;
        }"""
    )
    assert asked == 2


def test_without_webgl_the_sliders_still_measure(playwright, site):
    settings = options("chromium")
    settings["args"].append("--disable-software-rasterizer")
    browser = playwright.chromium.launch(**settings)
    page = browser.new_page()
    page.goto((site / "hip-lab.html").as_uri())
    ready(page)
    assert page.locator(".lab-still img").is_visible()
    assert not page.locator("hip-lab canvas").is_visible()
    page.locator("[data-preset=provocation]").press("Enter")
    assert read(page, "space") == pytest.approx(4.4, abs=IN_SPACE)
    browser.close()


def test_without_the_model_the_figure_and_the_table_stay(browser, site):
    page = browser.new_page()
    page.route("**/anatomy/hip.js", lambda route: route.abort())
    page.goto((site / "hip-lab.html").as_uri())
    ready(page)
    page.locator(".lab-still table").wait_for()
    assert page.locator(".lab-still img").is_visible()
    assert page.locator("hip-lab input").count() == 0
    page.context.close()


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
    own = set(
        re.findall(
            r'(?:src|href|data-model)="(assets/(?:lab|anatomy|viva|site)/[^"]+\.(?:js|css))"', page
        )
    )
    sizes = [len(gzip.compress((site / name).read_bytes(), 9)) for name in own]
    assert any(name.endswith("hip.js") for name in own)
    assert sum(sizes) + len(gzip.compress(page.encode(), 9)) <= 200 * 1024
    others = [p for p in site.rglob("*.html") if p.name != "hip-lab.html"]
    assert [p for p in others if "assets/lab/" in p.read_text("utf-8")] == []


@pytest.mark.parametrize("width", [390, long(1280)])
def test_picture_presets_and_sliders_are_on_one_screen(open_page, width):
    page = opened(open_page, width=width)
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 800})
    page.locator(".lab-sliders").evaluate(
        "sliders => scrollBy(0, sliders.getBoundingClientRect().bottom - innerHeight + 60)"
    )
    bar = page.locator(".viva-areas").bounding_box() if width == 390 else None
    top, bottom = 47, bar["y"] if bar else 800
    for name in (".lab-stage", ".lab-presets", ".lab-sliders"):
        box = page.locator(name).bounding_box()
        assert top <= box["y"] and box["y"] + box["height"] <= bottom, name
    stage = page.locator(".lab-model").bounding_box()
    first = page.locator(".lab-presets").bounding_box()
    assert first["y"] >= stage["y"] + stage["height"] or first["x"] >= stage["x"] + stage["width"]


def test_the_still_figure_shows_until_the_model_is_drawn(open_page, site):
    page = open_page("about.html")
    page.add_init_script(
        """(() => {
          const held = [];
          window.Worker = class extends window.Worker {
            postMessage(...said) { held.push(() => super.postMessage(...said)); }
          };
          window.asked = () => held.length;
          window.release = () => held.splice(0).forEach((post) => post());
        })()"""
    )
    page.goto((site / "hip-lab.html").as_uri())
    still = page.locator(".lab-stage .lab-first img")
    page.wait_for_function("window.asked()")
    assert still.is_visible()
    assert "CC BY-SA" in page.locator(".lab-first").inner_text()
    page.evaluate("void setInterval(release, 20)")
    ready(page)
    assert still.count() == 0
    assert 0.15 < painted(page) < 0.9
