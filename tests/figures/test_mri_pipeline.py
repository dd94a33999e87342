"""How the MRI is computed, on small made-up sections. Needs what the figures are made with."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")
pytest.importorskip("shapely")
pytest.importorskip("PIL")

from figures.mri import findings, outlines, pack, same, spaces, stills, texture  # noqa: E402
from figures.mri.states import STATES, height  # noqa: E402
from figures.tissue import grid  # noqa: E402
from figures.tissue.section import LABEL, Section  # noqa: E402

QF = "quadratus-femoris"


def section(z: float = 762.0) -> Section:
    """A muscle between two round bones in fat."""
    femur = np.hypot(grid.XX + 110, grid.YY + 60) - 15
    ischium = np.hypot(grid.XX + 60, grid.YY + 45) - 12
    labels = np.full(grid.XX.shape, LABEL["fat"], np.uint8)
    labels[(np.abs(grid.YY + 45) < 5) & (grid.XX > -110) & (grid.XX < -72)] = LABEL[QF]
    for bone in (femur, ischium):
        labels[bone < 0] = LABEL["marrow"]
    far = np.full(grid.XX.shape, 50.0)
    depth = np.where(labels == LABEL[QF], -2.0, 2.0)
    return Section(z, labels, depth + 9, depth,
                   {"femur": femur, "hip-bone": ischium, "sacrum": far, "skin": -far})


def parts(of: Section) -> findings.Fractions:
    nothing = np.zeros(findings.SHAPE)
    muscle = findings.down(of.mask(QF))
    return findings.Fractions(muscle, muscle, findings.down(of.mask("fat")), nothing, nothing)


def test_a_normal_muscle_holds_neither_water_nor_fat() -> None:
    of = section()
    assert findings.torn(of, STATES["normal"]) is of
    assert not findings.water(of, STATES["normal"], parts(of)).any()
    assert not findings.fatty(STATES["normal"], parts(of)).any()


@pytest.mark.parametrize(("state", "x"), [("narrowed", -85), ("strain", -105)])
def test_oedema_lies_where_the_finding_belongs(state: str, x: float) -> None:
    """Between the bones in impingement, at the femoral end in a strain."""
    of = section()
    wet = findings.water(of, STATES[state], parts(of))
    strongest = findings.ACROSS[0][wet.sum(0).argmax()]
    assert strongest == pytest.approx(x, abs=9)
    outside = wet[parts(of).quadratus == 0]
    assert 0 < outside.max() < wet.max()


def test_a_tear_is_fluid_within_the_muscle_and_only_near_its_level() -> None:
    of = section()
    gap = findings.torn(of, STATES["tear"]).mask("fluid")
    assert 150 < gap.sum() < 0.5 * of.mask(QF).sum()
    assert of.mask(QF)[gap].all()
    assert not findings.torn(section(790.0), STATES["tear"]).mask("fluid").any()


def test_fat_replaces_the_muscle_alone() -> None:
    of = section()
    fat = findings.fatty(STATES["atrophy"], parts(of))
    assert fat.max() > 0.5 and not fat[parts(of).quadratus == 0].any()


def test_streaks_run_along_a_border_and_are_the_same_every_time() -> None:
    depth = np.abs(np.arange(grid.COLUMNS)[:, None] - 160.0) - 30 + np.zeros(grid.COLUMNS)
    noise = texture.grain(3, grid.COLUMNS).fine
    drawn = texture.streaks(depth, noise, 12)
    inside = drawn[135:185, 40:280]
    along, across = (float(np.abs(np.diff(inside, axis=axis)).mean()) for axis in (1, 0))
    assert along < across / 2
    assert (texture.streaks(depth, noise, 12) == drawn).all()


def test_a_path_comes_back_as_it_was() -> None:
    square = np.array([[10, 20], [110, 20], [110, 70], [10, 70]])
    assert outlines.path([square]) == "M10 20l100 0 0 50-100 0z"
    assert (outlines.rings("M10 20l100 0 0 50-100 0z")[0] == square / 10).all()
    assert outlines.polygon("M10 20l100 0 0 50-100 0z").area == pytest.approx(50)


def test_a_space_is_measured_between_outlines() -> None:
    found = spaces.spaces(outlines.outlines(section(height(17))))
    between = np.hypot(50, 15) - 15 - 12 - 2 * outlines.EDGE
    assert found["ifs"].mm == pytest.approx(between, abs=0.2)
    assert "qfs" not in found


def test_a_state_keeps_what_differs_from_its_base() -> None:
    base = pack.Made({"t1": np.zeros((320, 320), np.uint8)}, {"femur": "M0 0l9 0 0 9z", "tear": "M0 0l9 0z"})
    grey = base.grey["t1"].copy()
    grey[100:110, 50:60] = 200
    assert pack._box(grey, base.grey["t1"]) == (44, 94, 22, 22)
    assert pack._box(base.grey["t1"], base.grey["t1"]) is None
    assert pack._changed({"femur": "M0 0l99 0 0 99z"}, base.paths) == {"femur": "M0 0l99 0 0 99z", "tear": ""}


def test_rounding_is_no_difference_and_a_tenth_more_is() -> None:
    one = {"states": {"normal": {"mm": 22.3}}, "path": "M0 0l100 0 0 100z"}
    def script(content):
        return f"/* c */\nwindow.mriIndex={json.dumps(content)};\n".encode()

    other = json.loads(json.dumps(one))
    other["states"]["normal"]["mm"] = 22.4
    other["path"] = "M1 0l100 0 0 101z"
    assert same.alike("index.js", script(one), script(other))
    other["states"]["normal"]["mm"] = 22.5
    assert not same.alike("index.js", script(one), script(other))
    other = json.loads(json.dumps(one)) | {"path": "M9 0l100 0 0 101z"}
    assert not same.alike("index.js", script(one), script(other))


def test_scripts_of_slices_are_compared_by_what_they_show() -> None:
    shown = np.full((320, 320), 90, np.uint8)
    def script(grey, path):
        picture = [0, 0, 320, 320, pack._picture(grey, (0, 0, 320, 320))]
        return pack._part("normal-t1-2", {17: picture}), pack._part("normal-outlines-2", {17: {"femur": path}})

    old = script(shown, "M0 0l100 0 0 100z")
    for new, alike in ((script(shown + 1, "M1 0l100 0 0 101z"), True), (script(shown + 5, "M9 0l100 0 0 101z"), False)):
        assert [same.alike("normal-t1-2.js", *pair) for pair in zip(old, new, strict=True)] == [alike, alike]


def test_points_of_a_slice_have_their_place_in_a_still() -> None:
    left, top, right, bottom = stills.CLOSE
    assert stills.placed((left * grid.PIXEL, top * grid.PIXEL), stills.CLOSE) == (0, 0)
    assert stills.placed((right * grid.PIXEL, bottom * grid.PIXEL), stills.CLOSE) == (1, 1)
    assert stills.size(stills.CLOSE) == (135.2, 93.6)


def test_a_turned_leg_is_looked_at_on_its_own_slices_only() -> None:
    assert STATES["turned+30"].shown == STATES["turned+30"].slices
    assert len(STATES["atrophy"].shown) == len(STATES["tear"].shown) == 30
    assert replace(STATES["tear"], base=None).shown == tuple(range(30))
