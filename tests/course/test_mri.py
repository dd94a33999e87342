"""The MRI reader: scrolled, measured and compared by pointer and by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from browsers import LONG_IN_CHROMIUM, LOOK, assert_accessible
from sampled import long

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "docs/assets/mri"
INDEX = json.loads((DATA / "index.js").read_text("utf-8").split("mriIndex=", 1)[1].rstrip(";\n"))
APEX = INDEX["apex"]
WARNING = "Not a patient’s."
SAID = 0.1  # mm
STATES = ("normal", "narrowed", "atrophy", "strain", "tear")
PIXELS = """reader => {
  const { width, height } = reader.canvas;
  const { data } = reader.canvas.getContext("2d").getImageData(0, 0, width, height);
  return Array.from({ length: data.length / 64 }, (_, i) => data[i * 64]);
}"""


def opened(open_page, **options):
    """The reader with its first slice."""
    return ready(open_page("mri-reader.html", **options))


def ready(page):
    """The reader once it shows what was chosen last."""
    page.locator("mri-reader:not([aria-busy])").first.wait_for(state="attached")
    return page


def choose(page, group: str, value: str):
    page.locator(f"[data-group={group}] label:has(input[value={value}])").click()
    return ready(page)


def count(page) -> int:
    return int(re.search(r"slice (\d+) of 30", page.locator(".mri-count").inner_text())[1])


def pixels(page):
    return page.locator("mri-reader").evaluate(PIXELS)


def set_ends(page, ends):
    """Move both ends of the caliper by keys alone, to a tenth of a millimetre."""
    if page.locator("[data-do=caliper]").get_attribute("aria-pressed") != "true":
        page.locator("[data-do=caliper]").press("Enter")
    for handle, to in zip(page.locator(".mri-end").all(), ends, strict=True):
        at = [float(n) for n in re.findall(r"[\d.]+(?= mm)", handle.get_attribute("aria-label"))]
        for axis, (back, on) in enumerate((("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown"))):
            tenths = round((to[axis] - at[axis]) * 10)
            key = on if tenths > 0 else back
            for press, times in ((key, abs(tenths) // 10), (f"Shift+{key}", abs(tenths) % 10)):
                for _ in range(times):
                    handle.press(press)


def measured(page) -> float:
    return float(page.locator(".mri-length").inner_text().removesuffix("mm"))


def model(state: str, which: str, number: int = APEX):
    return INDEX["states"][state]["spaces"][str(number)][which]


@pytest.mark.parametrize(
    ("state", "which"), [long("normal", "ifs"), ("narrowed", "qfs"), long("normal", "qfs"), long("narrowed", "ifs")]
)
def test_the_caliper_reads_what_the_model_measures(open_page, state, which):
    page = opened(open_page)
    choose(page, "state", state)
    choose(page, "space", which)
    space = model(state, which)
    set_ends(page, space["ends"])
    assert measured(page) == pytest.approx(space["mm"], abs=SAID)
    page.locator("[data-action=compare]").press("Enter")
    result = page.locator(".mri-result").inner_text()
    assert result.startswith("Right.") and f"{space['mm']:.1f} mm" in result


def test_the_browser_measures_the_outlines_as_python_did(open_page):
    """Every state, every level: from the outlines that the reader has drawn."""
    page = opened(open_page)
    found = page.locator("mri-reader").evaluate(
        """async (reader) => {
          const ring = (text) => {
            let at = [0, 0];
            return [...text.matchAll(/(-?\\d+) ?(-?\\d+)/g)].map(([, x, y], n) => {
              at = n ? [at[0] + Number(x), at[1] + Number(y)] : [Number(x), Number(y)];
              return at.map((value) => value / 10);
            });
          };
          const points = (text) => (text ?? "").split("z").filter(Boolean).flatMap((part) => {
            const line = ring(part);
            return line.flatMap(([x, y], n) => {
              const [u, v] = line[(n + 1) % line.length];
              const steps = Math.ceil(Math.hypot(u - x, v - y) / 0.1) || 1;
              return Array.from({ length: steps }, (_, k) =>
                [x + (u - x) * k / steps, y + (v - y) * k / steps]);
            });
          });
          const least = (one, other) => Math.min(...one.map(([x, y]) =>
            other.reduce((near, [u, v]) => Math.min(near, Math.hypot(u - x, v - y)), 999)));
          const edge = reader.index.pixel / 2;
          const inside = (x, front) => ([u, v]) => u < x + edge && v > front + edge;
          const found = {};
          for (const [state, { spaces }] of Object.entries(reader.index.states)) {
            for (const slice of Object.keys(spaces)) {
              const paths = await reader.store.outlines(state, Number(slice));
              const hip = points(paths["hip-bone"]).filter(inside(154, 90));
              const femur = points(paths.femur).filter(inside(154, 80));
              found[`${state} ${slice}`] = least(hip, femur);
            }
          }
          return found;
        }""")
    expected = {f"{name} {number}": spaces["ifs"]["mm"]
                for name, state in INDEX["states"].items()
                for number, spaces in state["spaces"].items()}
    assert found.keys() == expected.keys() and len(found) > 40
    for name, mm in expected.items():
        assert found[name] == pytest.approx(mm, abs=SAID), name


def test_wheel_keys_slider_and_drag_scroll(open_page):
    page = opened(open_page)
    assert count(page) == APEX + 1
    stage = page.locator(".mri-stage")
    stage.hover()
    page.mouse.wheel(0, 100)
    assert count(ready(page)) == APEX + 2
    canvas = page.locator("mri-reader canvas")
    for key, number in (("ArrowUp", APEX + 1), ("PageDown", APEX + 6), ("Home", 1), ("End", 30)):
        canvas.press(key)
        assert count(ready(page)) == number
    page.locator("[data-action=model]").press("Enter")
    page.locator(".mri-stage .mri-model").wait_for()
    page.locator("[data-slice]").fill("5")
    assert count(ready(page)) == 5
    assert page.locator(".mri-stage .mri-model").is_hidden()
    box = stage.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 127, steps=4)
    page.mouse.up()
    assert count(ready(page)) == 8


def test_at_the_last_slice_the_wheel_scrolls_the_page(open_page):
    page = opened(open_page)
    page.locator("mri-reader canvas").press("End")
    ready(page)
    page.locator(".mri-stage").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 120)
    page.wait_for_function(f"scrollY > {before}")


def test_a_finger_scrolls_and_its_tap_names(open_page):
    page = opened(open_page, width=390, has_touch=True)
    x, y = place(page, "femur")
    page.touchscreen.tap(x, y)
    assert page.locator(".mri-stage .mri-name").inner_text() == "Femur"


def place(page, name: str):
    """Where on the screen the middle of a structure lies."""
    return page.locator(f".mri-stage path[data-name={name}]").evaluate(
        """path => {
          const { x, y, width, height } = path.getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }""")


def test_hovering_names_a_structure_in_both_views_and_a_click_keeps_it(open_page):
    page = opened(open_page)
    choose(page, "show", "both")
    page.locator(".mri-stage").scroll_into_view_if_needed()
    page.mouse.move(*place(page, "sciatic-nerve"))
    assert page.locator(".mri-stage .mri-name").inner_text() == "Sciatic nerve"
    assert page.locator("path.is-lit").count() == 2
    page.mouse.move(5, 5)
    assert page.locator(".mri-stage .mri-name").is_hidden()
    page.locator("[data-do=names]").click()
    page.mouse.move(*place(page, "sciatic-nerve"))
    assert page.locator(".mri-stage .mri-name").is_hidden()


def test_the_line_figure_alone_names_too(open_page):
    page = opened(open_page)
    choose(page, "show", "drawing")
    page.locator(".mri-drawn").scroll_into_view_if_needed()
    page.locator(".mri-drawn path[data-name=sciatic-nerve]").click()
    assert page.locator(".mri-drawn .mri-name").inner_text() == "Sciatic nerve"


def test_the_list_names_structures_without_a_pointer(open_page):
    page = opened(open_page)
    page.locator(".mri-list summary").press("Enter")
    button = page.locator("[data-structure=quadratus-femoris]")
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(".mri-stage .mri-name").inner_text() == "Quadratus femoris"
    assert page.locator("[data-structure]").count() > 20


@pytest.mark.parametrize("sequence", [long("t1"), "stir"])
def test_every_state_has_its_own_picture_in_every_sequence(open_page, sequence):
    page = opened(open_page)
    choose(page, "sequence", sequence)
    pictures = []
    for state in STATES:
        shown = pixels(choose(page, "state", state))
        assert shown not in pictures
        assert page.locator(".mri-stage .mri-warning").inner_text().endswith(WARNING)
        assert 20 < sum(shown) / len(shown) < 160
        pictures.append(shown)
    assert pixels(choose(page, "state", "normal")) == pictures[0]


def test_the_leg_turns_and_the_space_follows(open_page):
    page = opened(open_page)
    leg = page.locator("[data-leg]")
    read = []
    for step, angle in enumerate(INDEX["rotations"]):
        leg.fill(str(step))
        ready(page)
        page.locator("[data-action=model]").press("Enter")
        said = page.locator(".mri-result").inner_text()
        name = f"turned{angle:+d}" if angle else "normal"
        assert f"{model(name, 'ifs')['mm']:.1f} mm" in said
        read.append(model(name, "ifs")["mm"])
    assert read == sorted(read, reverse=True)
    assert leg.get_attribute("aria-valuetext") == "30° external rotation"
    assert "slices" in page.locator(".mri-leg").inner_text()
    page.locator("mri-reader canvas").press("Home")
    first = INDEX["states"]["turned+30"]["range"][0]
    assert count(ready(page)) == first + 1


def test_window_and_level_change_the_picture_and_go_back(open_page):
    page = opened(open_page)
    before = pixels(page)
    page.locator(".mri-contrast summary").press("Enter")
    page.locator("[data-window]").fill("80")
    assert pixels(page) != before
    page.locator("[data-action=reset]").press("Enter")
    assert pixels(page) == before


def test_a_drag_measures_and_comparing_tells_what_is_off(open_page):
    page = opened(open_page)
    page.locator("[data-do=caliper]").click()
    stage = page.locator(".mri-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    mm = box["width"] / 208
    page.mouse.move(box["x"] + 20 * mm, box["y"] + 20 * mm)
    page.mouse.down()
    page.mouse.move(box["x"] + 50 * mm, box["y"] + 60 * mm, steps=5)
    page.mouse.up()
    assert measured(page) == pytest.approx(50, abs=0.6)
    page.locator("[data-action=compare]").click()
    assert page.locator(".mri-result").inner_text().startswith("Not yet.")
    assert page.locator(".mri-stage .mri-model").is_visible()


def test_comparing_elsewhere_says_where_to_scroll(open_page):
    page = opened(open_page)
    page.locator("mri-reader canvas").press("Home")
    ready(page)
    page.locator("[data-action=compare]").press("Enter")
    said = page.locator(".mri-result").inner_text()
    assert "above the lesser trochanter" in said and "slices 16 to 20" in said
    page.locator("[data-action=model]").press("Enter")
    ready(page)
    assert count(page) == APEX + 1


def test_a_slice_is_described_to_who_does_not_see_it(open_page):
    page = opened(open_page)
    label = page.locator("mri-reader canvas").get_attribute("aria-label")
    assert "Slice 18 of 30: tip of the lesser trochanter" in label
    assert "not a patient’s" in label
    page.locator("[role=status]").filter(has_text="Slice 18 of 30").wait_for(state="attached")
    assert page.locator("table tr").count() > 30


@LOOK
def test_axe_finds_nothing(open_page, scheme, width):
    page = opened(open_page, scheme=scheme, width=width)
    page.locator("[data-do=caliper]").click()
    choose(page, "show", "both")
    for details in page.locator(".mri-more summary").all():
        details.click()
    page.locator("[data-structure=femur]").click()
    page.locator("[data-action=compare]").click()
    assert_accessible(page)


def test_nothing_is_wider_than_a_phone(open_page):
    page = opened(open_page, width=320)
    choose(page, "show", "both")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_a_script_there_is_a_plate_and_a_list(open_page):
    page = open_page("mri-reader.html", java_script_enabled=False)
    plate = page.locator(".mri-still img")
    assert plate.is_visible() and plate.evaluate("image => image.naturalWidth") > 1000
    assert page.locator("mri-reader").is_hidden()
    assert "not a patient’s" in page.locator(".mri-still").inner_text()


def test_without_the_data_the_plate_comes_back(browser, site):
    page = browser.new_page()
    page.route("**/mri/index.js", lambda route: route.abort())
    page.goto((site / "mri-reader.html").as_uri())
    page.locator(".mri-still:not(.is-replaced) img").wait_for()
    assert page.locator("mri-reader input").count() == 0
    page.context.close()


def test_a_slice_that_does_not_load_is_told_and_comes_when_it_can(browser, site):
    page = browser.new_page()
    page.route("**/mri/strain-*", lambda route: route.abort())
    page.goto((site / "mri-reader.html").as_uri())
    choose(ready(page), "state", "strain")
    page.locator(".mri-result").filter(has_text="did not load").wait_for()
    assert sum(pixels(page)) == 0
    page.unroute("**/mri/strain-*")
    choose(page, "sequence", "stir")
    before = pixels(choose(page, "state", "normal"))
    assert pixels(choose(page, "state", "strain")) != before
    page.context.close()


@LONG_IN_CHROMIUM
def test_the_reader_works_from_the_unpacked_folder(either, unpacked):
    context = either.new_context(offline=True)
    page = context.new_page()
    page.goto((unpacked / "mri-reader.html").as_uri())
    ready(page)
    choose(page, "state", "tear")
    page.locator("[data-action=model]").press("Enter")
    assert f"{model('tear', 'ifs')['mm']:.1f} mm" in page.locator(".mri-result").inner_text()
    assert sum(pixels(page)) > 0
    context.close()


def test_a_page_may_embed_a_reader_of_its_own_choice(open_page):
    page = opened(open_page)
    page.evaluate(
        """() => {
          const reader = document.createElement("mri-reader");
          reader.setAttribute("state", "narrowed");
          reader.setAttribute("sequence", "stir");
          reader.setAttribute("slice", "17");
          document.querySelector("mri-reader").after(reader);
        }""")
    page.locator("mri-reader").nth(1).scroll_into_view_if_needed()
    page.locator("mri-reader:not([aria-busy])").nth(1).wait_for()
    second = page.locator("mri-reader").nth(1)
    assert second.locator(".mri-count").inner_text() == "slice 17 of 30"
    assert second.locator("input[value=narrowed]").is_checked()
    assert page.locator("mri-reader").first.locator("input[value=normal]").is_checked()


def test_data_come_in_steps_and_to_readers_only(open_page, site):
    page = open_page("about.html")
    asked = []
    page.on("request", lambda sent: "assets/mri/" in sent.url and asked.append(Path(sent.url).name))
    page.goto((site / "mri-reader.html").as_uri())
    ready(page)
    data = [name for name in asked if (DATA / name).exists()]
    assert data[0] == "index.js" and sum((DATA / name).stat().st_size for name in data[:2]) <= 100e3
    assert len(data) <= 4
    others = [p.name for p in site.rglob("*.html") if "assets/mri/reader.js" in p.read_text("utf-8")]
    assert others == ["mri-reader.html"]


def test_all_is_light_enough():
    sizes = {path.name: path.stat().st_size for path in DATA.glob("*.js")}
    assert sum(sizes.values()) <= 1.5e6
