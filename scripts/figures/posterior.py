"""The right hip from behind: the bones of the model with schematic muscle, nerve and tendons."""

from __future__ import annotations

import numpy as np

from figures import landmarks, soft, svg
from figures.distance import Space
from figures.render import Bone, View, draw
from figures.svg import Label

SIZE = (640, 720)
TURN = 14  # degrees from straight behind towards the outer side
ORIGIN = np.linspace(-24, -60, 8)  # mm below the hip centre
INSERTION = np.linspace(-22, -66, 8)
NERVE = np.array([(-58, -10, 84), (-46, -26, 62), (-31, -46, 42), (-13, -55, 20), (5, -56, -4),
                  (20, -53, -28), (25, -50, -55), (26, -47, -85), (26, -45, -112), (26, -44, -145)])
TENDONS = (
    (((-10.5, -47, -34), (-11, -47, -50), (-12, -43, -70), (-13, -40, -92)),
     (5, 14, 19, 20, 19, 18, 16)),
    (((-22, -54, -32), (-22, -53, -46), (-19, -48, -70), (-16, -44, -96)),
     (8, 25, 33, 34, 32, 29, 26)))
NOTCH = 45.0  # mm; above this the nerve is inside the pelvis
NERVE_WIDTHS = (30, 30, 29, 28, 27, 26, 25)


def view(size: tuple[int, int] = SIZE, scale: float = 3.2,
         centre: tuple[float, float, float] = (-1, 0, -26)) -> View:
    """A camera behind the hip and a little to its outer side."""
    cos, sin = np.cos(np.radians(TURN)), np.sin(np.radians(TURN))
    return View(np.array([[cos, sin, 0], [0, 0, 1], [sin, -cos, 0]]), np.array(centre, float),
                scale, size)


def bones(space: Space) -> list[Bone]:
    """Sacrum, femur and hip bone, far to near."""
    hip = space.hip
    return [Bone(hip.sacrum, "far", "far-edge"),
            Bone(hip.femur, "femur", "femur-edge"),
            Bone(hip.pelvis, "bone", "edge")]


def quadratus_ends(space: Space, camera: View) -> tuple[np.ndarray, np.ndarray]:
    """Origin on the ischium's lateral edge and insertion on the crest, from above down."""
    return (camera.project(landmarks.tuberosity_border(space.hip, ORIGIN) - [3, 4, 0]),
            camera.project(landmarks.crest(space.hip, INSERTION)))


def quadratus_borders(space: Space, camera: View) -> tuple[np.ndarray, np.ndarray]:
    """Upper and lower border, slightly waisted."""
    origin, insertion = quadratus_ends(space, camera)
    waist = np.array([0, 0.025 * np.linalg.norm(insertion[0] - origin[0])])
    return (np.array([origin[0], (origin[0] + insertion[0]) / 2 + waist, insertion[0]]),
            np.array([origin[-1], (origin[-1] + insertion[-1]) / 2 - waist, insertion[-1]]))


def sciatic(camera: View) -> tuple[str, str, str]:
    """The nerve inside the pelvis, to be drawn under the bones; outside it, over them; its clip."""
    trunk = soft.nerve(camera.project(NERVE), NERVE_WIDTHS)
    notch = camera.project(np.array([0, 0, NOTCH]))[1]
    clip = (f'<clipPath id="outside"><rect x="0" y="{svg.number(notch)}" width="{SIZE[0]}"'
            f' height="{SIZE[1]}"/></clipPath>')
    return trunk, svg.group([trunk], clip_path="url(#outside)"), clip


def figure(space: Space) -> str:
    """The posterior view."""
    camera = view()
    skeleton, clips = draw(bones(space), camera)
    upper, lower = quadratus_borders(space, camera)
    quadratus, quadratus_clip = soft.muscle(upper, lower, "quadratus", fibres=9)
    inside, outside, nerve_clip = sciatic(camera)
    gap = space.in_space()
    drawing = svg.group([inside, *skeleton, quadratus, hidden_trochanter(space, camera),
                         hamstrings(camera), outside], mask="url(#fade)")
    line = soft.measure(camera.project(gap.ischium), camera.project(gap.femur))
    return svg.document(SIZE, TITLE, DESCRIPTION, [drawing],
                        [line, *map(svg.label, labels(space, camera))],
                        svg.BLUR + clips + quadratus_clip + nerve_clip + svg.fade(SIZE, (34, 34)))


TITLE = "The right hip from behind"
DESCRIPTION = (
    "Posterior view of the right hip. Quadratus femoris runs from the lateral border of the ischial"
    " tuberosity to the intertrochanteric crest and covers the lesser trochanter. The sciatic nerve"
    " lies on its surface, about half-way between the tuberosity and the greater trochanter. The"
    " hamstrings arise from the tuberosity. A line marks the ischiofemoral space. The bones are a"
    " measured model; muscle, nerve and tendons are schematic.")


def hidden_trochanter(space: Space, camera: View) -> str:
    """The lesser trochanter's outline under the muscle, dashed."""
    points = space.hip.femur.vertices
    rows = [camera.project(points[abs(points[:, 2] - z) < 1]) for z in np.arange(-70, -36, 3)]
    return svg.path(svg.curve([row[row[:, 0].argmin()] for row in rows], closed=False), "hidden")


def hamstrings(camera: View) -> str:
    """Cut tendons: semimembranosus from the lateral facet, and the common tendon before it."""
    drawn = []
    for (line, widths), strands in zip(TENDONS, (3, 5), strict=True):
        path = camera.project(np.array(line))
        drawn.append(soft.tendon(path, widths, strands) + soft.cut_end(path, widths[-1]))
    return "".join(drawn)


def labels(space: Space, camera: View) -> list[Label]:
    """Names around the picture."""
    at = {name: tuple(camera.project(point)) for name, point in
          landmarks.all_landmarks(space.hip).items()}
    gap = space.in_space()
    middle = tuple(camera.project((gap.ischium + gap.femur) / 2))
    quadratus = tuple(camera.project(np.array([28, -34, -36])))
    nerve = tuple(camera.project(np.array([26, -46, -98])))
    hamstring = tuple(camera.project(np.array([-20, -50, -62])))
    spine = at["ischial spine"]
    return [
        Label("Ischial\nspine", (112, 268), (spine[0] + 6, spine[1]), "end"),
        Label("Ischial\ntuberosity", (128, 520), tuple(camera.project(np.array([-35, -40, -56]))),
              "end"),
        Label("Hamstring\norigin", (126, 640), hamstring, "end"),
        Label("Greater\ntrochanter", (516, 226), tuple(camera.project(np.array([53, -22, -18])))),
        Label("Quadratus\nfemoris", (516, 424), quadratus),
        Label("Lesser\ntrochanter", (516, 514), tuple(camera.project(space.apex))),
        Label("Sciatic\nnerve", (516, 620), nerve),
        Label("Ischiofemoral\nspace", (248, 676), middle, "middle", "value"),
    ]
