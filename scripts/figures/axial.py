"""Axial sections as on MRI: seen from below, the patient's right on the left of the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from figures import soft, svg
from figures.slice import GLUTEUS, GLUTEUS_WIDTHS, Slice
from figures.svg import Label

CORTEX = {"femur": 3.4, "ischium": 1.8}  # mm, schematic


@dataclass(frozen=True)
class Frame:
    """Where a section stands in its figure: what millimetres are at its middle, and the scale."""

    middle: tuple[float, float]
    centre: tuple[float, float]
    scale: float

    def place(self, points: np.ndarray) -> np.ndarray:
        """Figure coordinates of points in the plane; lateral is to the left."""
        flat = np.asarray(points, float)[..., :2] - self.middle
        return flat * [-self.scale, -self.scale] + np.array(self.centre)


def section(piece: Slice, frame: Frame, name: str) -> tuple[list[str], str]:
    """The drawn section without labels, and its clip paths."""
    quadratus, clip = _muscle(piece.quadratus, piece.fibres, frame, f"quadratus-{name}")
    gluteus, gluteus_clip = _muscle(piece.gluteus, _gluteal_fibres(), frame, f"gluteus-{name}")
    drawing = [_fat(piece, frame), gluteus, quadratus, *(_tendon(area, frame) for area in
                                     (*piece.hamstrings, piece.iliopsoas)),
               *_bone(piece.ischium, frame, "ischium"), *_bone(piece.femur, frame, "femur"),
               _nerve(piece.sciatic, frame)]
    return drawing, clip + gluteus_clip


def spaces(piece: Slice, frame: Frame) -> list[str]:
    """The two measured lines."""
    return [soft.measure(*(frame.place(end) for end in (gap.ischium, gap.femur)), 6, dashed)
            for gap, dashed in ((piece.quadratus_space, True), (piece.ischiofemoral, False))]


def _fat(piece: Slice, frame: Frame) -> str:
    """A quiet ground for the fat around the muscles; other muscles are left out."""
    ground = shapely.union_all([piece.femur, piece.ischium, piece.gluteus]).convex_hull
    return svg.path(_outline(ground.buffer(30).buffer(-32), frame), "fat", filter="url(#far-soft)")


def _bone(area: shapely.Polygon, frame: Frame, name: str) -> list[str]:
    marrow = area.buffer(-CORTEX[name]).buffer(-1).buffer(1)
    prefix = "femur-" if name == "femur" else ""
    return [svg.path(_outline(area, frame), f"{prefix}cortex"),
            *(svg.path(_outline(part, frame), f"{prefix}marrow") for part in
              shapely.get_parts(marrow) if part.area > 12)]


def _tendon(area: shapely.Polygon, frame: Frame) -> str:
    return svg.path(_outline(area, frame), "tendon")


def _nerve(area: shapely.Polygon, frame: Frame) -> str:
    """The trunk with its bundles in cross-section."""
    x, y = area.centroid.coords[0]
    bundles = [frame.place(np.array([x + dx, y + dy])) for dx, dy in
               ((-3.4, -0.6), (-1.2, 1), (-0.6, -1.3), (1.4, 0), (3.6, 0.9), (2.8, -1.2))]
    dots = "".join(svg.dot(each, 0.85 * frame.scale, "bundle") for each in bundles)
    return svg.path(_outline(area, frame), "nerve") + dots


def _muscle(area: shapely.Polygon, fibres: tuple[np.ndarray, ...], frame: Frame, name: str
            ) -> tuple[str, str]:
    outline = _outline(area, frame)
    lit = area.buffer(-2.2)
    parts = [svg.path(outline, "muscle"), svg.path(outline, "muscle-dark"),
             *(svg.path(_outline(part, frame), "muscle-lit") for part in shapely.get_parts(lit)
               if part.area > 4)]
    grain = [svg.path(svg.curve(frame.place(line[::3]), closed=False), "fibre") for line in fibres]
    drawing = svg.group([svg.group(parts, filter="url(#soft)"), *grain],
                        clip_path=f"url(#{name})") + svg.path(outline, "muscle-edge")
    return drawing, f'<clipPath id="{name}"><path d="{outline}"/></clipPath>'


def _gluteal_fibres() -> tuple[np.ndarray, ...]:
    return tuple(soft.offset(GLUTEUS, share * GLUTEUS_WIDTHS, 25)
                 for share in (-0.36, -0.24, -0.12, 0, 0.12, 0.24, 0.36))


def _outline(area: shapely.Polygon, frame: Frame) -> str:
    ring = area.exterior.segmentize(2.5).simplify(0.06)
    return svg.curve(frame.place(shapely.get_coordinates(ring)))


SIZE = (640, 570)
FRAME = Frame(middle=(-4, -28), centre=(320, 262), scale=4.1)


def neutral(piece: Slice) -> str:
    """The section in neutral position."""
    spot = spots(piece, FRAME)
    return _figure(piece, "Axial section at the lesser trochanter, neutral position", ABOUT, [
        *_common_labels(spot),
        Label(_value(piece), (334, 168), spot["ischiofemoral space"], kind="value"),
        Label("QFS", (312, 366), spot["quadratus femoris space"], kind="value"),
    ])


def impinged(piece: Slice) -> str:
    """The section in a pose that narrows the space."""
    spot = spots(piece, FRAME)
    title = f"Axial section at the lesser trochanter in {named(piece)}"
    return _figure(piece, title, ABOUT + PINCHED.format(named(piece)), [
        *_common_labels(spot),
        Label(_value(piece), (336, 150), spot["ischiofemoral space"], kind="value"),
        Label("QFS", (456, 346), spot["quadratus femoris space"], kind="value"),
    ])


def pair(first: Slice, second: Slice) -> str:
    """Both sections, one above the other."""
    panels = [(first, Frame((-4, -24), (320, 222), 3.7), "neutral", "Neutral"),
              (second, Frame((-4, -24), (320, 676), 3.7), "impinged", _capital(named(second)))]
    drawing, labels, clips = [], [], ""
    for piece, frame, name, title in panels:
        parts, clip = section(piece, frame, name)
        drawing += parts
        clips += clip
        labels += [*spaces(piece, frame)[-1:], *_panel_labels(piece, frame, title)]
    about = ABOUT + PINCHED.format(named(second))
    return svg.document(
        PAIR_SIZE, "The ischiofemoral space, open and narrowed", about,
        [svg.group(drawing, mask="url(#fade)")], labels,
        svg.BLUR + clips + svg.fade(PAIR_SIZE, (16, 0)))


PAIR_SIZE = (640, 908)
PINCHED = " With the hip in {} the muscle is pinched between the two bones."


def _value(piece: Slice) -> str:
    return f"IFS {svg.whole(piece.ischiofemoral.mm)} mm"


def _panel_labels(piece: Slice, frame: Frame, title: str) -> list[str]:
    spot, top = spots(piece, frame), frame.centre[1] - 222
    return [svg.text(title, (16, top + 30), classes="strong"),
            *map(svg.label, [
                Label(_value(piece), (330, top + 132), spot["ischiofemoral space"], kind="value"),
                Label("Lesser\ntrochanter", (16, top + 92), spot["lesser trochanter"]),
                Label("Ischium", (548, top + 256), spot["ischial tuberosity"]),
                Label("Quadratus\nfemoris", (12, top + 392), spot["quadratus femoris"]),
                Label("Sciatic nerve", (214, top + 404), spot["sciatic nerve"],
                      kind="on-muscle")])]


def named(piece: Slice) -> str:
    """The pose in words."""
    pose = piece.pose
    return (f"{pose.extension:.0f}° extension, {pose.adduction:.0f}° adduction and"
            f" {pose.external_rotation:.0f}° external rotation")


def _capital(words: str) -> str:
    """A title on two lines."""
    return words.replace(" and ", "\nand ")


def _figure(piece: Slice, title: str, description: str, labels: list[Label]) -> str:
    drawing, clips = section(piece, FRAME, "one")
    names = [*map(svg.label, labels), svg.text("Gluteus maximus", (446, 446), classes="on-muscle"),
             svg.text("anterior", (560, 28), "middle", "quiet"),
             svg.text("posterior", (560, 556), "middle", "quiet")]
    return svg.document(SIZE, title, description,
                        [svg.group(drawing, mask="url(#fade)")],
                        [*spaces(piece, FRAME), *names],
                        svg.BLUR + clips + svg.fade(SIZE, (16, 0)))


def _common_labels(spot: dict[str, tuple[float, float]]) -> list[Label]:
    return [
        Label("Lesser\ntrochanter", (24, 62), spot["lesser trochanter"]),
        Label("Iliopsoas\ntendon", (196, 62), spot["iliopsoas"]),
        Label("Ischial\ntuberosity", (512, 268), spot["ischial tuberosity"]),
        Label("Quadratus\nfemoris", (14, 484), spot["quadratus femoris"]),
        Label("Sciatic\nnerve", (176, 524), spot["sciatic nerve"]),
        Label("Hamstring\ntendons", (330, 524), spot["hamstring tendons"]),
    ]


def spots(piece: Slice, frame: Frame) -> dict[str, tuple[float, float]]:
    """A point of each structure to point at."""
    x, y = piece.quadratus.representative_point().coords[0]
    middle = {name: (gap.ischium + gap.femur)[:2] / 2 for name, gap in
              (("ischiofemoral space", piece.ischiofemoral),
               ("quadratus femoris space", piece.quadratus_space))}
    points = middle | {
        "lesser trochanter": piece.trochanter + np.array([4, 2]),
        "iliopsoas": piece.iliopsoas.centroid.coords[0],
        "ischial tuberosity": piece.ischium.representative_point().coords[0],
        "quadratus femoris": (x, y),
        "sciatic nerve": piece.sciatic.centroid.coords[0],
        "hamstring tendons": piece.hamstrings[1].centroid.coords[0],
    }
    return {name: tuple(frame.place(np.array(point))) for name, point in points.items()}


ABOUT = (
    "Axial section of the right hip through the apex of the lesser trochanter, seen from below as"
    " on MRI: lateral is on the left, anterior at the top. Quadratus femoris runs from the ischium"
    " behind the lesser trochanter to the femur. The ischiofemoral space (IFS) is marked from the"
    " ischium to the lesser trochanter, the narrower quadratus femoris space (QFS) from the"
    " hamstring tendons. The bone outlines are cut from a measured model; tendons, muscles, nerve"
    " and the thickness of the cortex are schematic.")
