"""Axial sections of the right hip as on MRI: seen from below, the patient's right on the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from figures import svg
from figures.svg import Label
from figures.tissue.gaps import BONE, Gap, Gaps, gaps
from figures.tissue.grid import FINE_X, FINE_Y, XX, YY
from figures.tissue.outline import Frame, middle, path
from figures.tissue.parts import BONES, muscles
from figures.tissue.section import Section

SIZE = (640, 688)
FRAME = Frame(left=-198, top=-159, scale=2.95, corner=(0, 62))
ILIOPSOAS = ("iliacus", "psoas-major")
OTHER = 5.0  # mm from the midline; what lies beyond is not drawn
ASIDE = 9.0  # mm by which the ischiofemoral caliper stands in front of its space


@dataclass(frozen=True)
class Drawn:
    """A section and what was measured in it, at its place in a figure."""

    section: Section
    gaps: Gaps
    frame: Frame


def figure(section: Section, title: str, about: str) -> str:
    """The whole section with every neighbour named."""
    drawn = Drawn(section, gaps(section), FRAME)
    names = [svg.label(each) for each in _beside(drawn)]
    return svg.document(SIZE, title, about, picture(drawn),
                        [*calipers(drawn), *inside(drawn, INSIDE), *names, *values(drawn),
                         *orientation(drawn, SIZE)])


def picture(drawn: Drawn) -> list[str]:
    """Everything but the words, far to near."""
    section, frame = drawn.section, drawn.frame
    body = ~section.mask("air") | _filled_air(section)

    def area(kind: str, mask: np.ndarray, blur: float = 2.2, least: float = 5.0) -> str:
        outline = path(mask & (side > XX), frame, blur, least)
        return svg.path(outline, kind, fill_rule="evenodd") if outline else ""

    side = np.inf  # the other side is left to the fat, for names
    layers = [area("body-skin", body, 3), area("fat", body & ~section.mask("skin"), 2)]
    side = OTHER
    for names in _groups():
        kind = "key-muscle" if names == ("quadratus-femoris",) else "other-muscle"
        layers.append(area(kind, section.mask(*names)))
    layers.append(area("organ", section.mask("organ", "cavernosum", "urine", "stool"), least=60))
    for tendon in ("tendon", "hamstring-origin", "psoas-tendon", "capsule"):
        layers.append(area("tendon", section.mask(tendon), 1.2, 4))
    layers += [part for bone in ("sacrum", "hip-bone", "femur") for part in _bone(drawn, bone)]
    for kind in ("nerve", "artery", "vein"):
        layers.append(area(kind, section.mask(kind), 1.4, 4))
    return [svg.group(layer for layer in layers if layer)]


def _groups() -> Iterator[tuple[str, ...]]:
    """Muscles that are drawn as one."""
    yield (*ILIOPSOAS, "psoas-tendon")
    yield from ((name,) for name in muscles() if name not in ILIOPSOAS)


def _filled_air(section: Section) -> np.ndarray:
    """Gas in the rectum is no gap in the body."""
    return section.mask("air") & (section.apart["skin"] < -2)


def _bone(drawn: Drawn, name: str) -> list[str]:
    inside = drawn.section.apart[name] < BONE
    cortex = path(inside, drawn.frame, 1.5, 8)
    marrow = path(inside & drawn.section.mask("marrow"), drawn.frame, 1.5, 8)
    prefix = "femur-" if name == "femur" else ""
    return [svg.path(cortex, f"{prefix}compact"), svg.path(marrow, f"{prefix}marrow")
            ] if cortex else []


def calipers(drawn: Drawn) -> list[str]:
    """The quadratus femoris space where it is; the ischiofemoral space in front of it, extended."""
    parts = []
    if gap := drawn.gaps.quadratus:
        parts.append(_caliper(*_ends(drawn, gap), "qfs-line"))
    if gap := drawn.gaps.ischiofemoral:
        start, end = _ends(drawn, gap)
        aside = _aside(start, end) * ASIDE * drawn.frame.scale
        extension = "".join(svg.polyline((at, at + aside * 1.12)) for at in (start, end))
        parts += [svg.path(extension, "caliper-arm"),
                  _caliper(start + aside, end + aside, "measure")]
    return parts


def _ends(drawn: Drawn, gap: Gap) -> tuple[np.ndarray, np.ndarray]:
    return drawn.frame.at(gap.medial), drawn.frame.at(gap.lateral)


def _aside(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The direction across a line, towards the front."""
    x, y = (end - start) / np.hypot(*(end - start))
    return np.array([y, -x]) if x > 0 else np.array([-y, x])


def _caliper(start: np.ndarray, end: np.ndarray, kind: str) -> str:
    across = _aside(start, end) * 7
    ticks = "".join(svg.polyline((at - across, at + across)) for at in (start, end))
    line = svg.polyline((start, end)) + ticks
    return svg.path(line, "measure-halo") + svg.path(line, kind)


def places(drawn: Drawn) -> dict[str, tuple[float, float]]:
    """A point of the figure on each space."""
    found = {}
    if gap := drawn.gaps.ischiofemoral:
        start, end = _ends(drawn, gap)
        found["IFS"] = (start + end) / 2 + _aside(start, end) * ASIDE * drawn.frame.scale
    if gap := drawn.gaps.quadratus:
        found["QFS"] = sum(_ends(drawn, gap)) / 2
    return {name: tuple(at) for name, at in found.items()}


def values(drawn: Drawn) -> list[str]:
    """Both spaces with their millimetres."""
    at, both = places(drawn), drawn.gaps
    return [svg.label(Label(f"IFS {svg.whole(both.ischiofemoral.mm)} mm", VALUE["IFS"],
                            at["IFS"], kind="value")),
            svg.label(Label(f"QFS {svg.whole(both.quadratus.mm)} mm", VALUE["QFS"],
                            at["QFS"], kind="qfs-value"))]


VALUE = {"IFS": (498, 410), "QFS": (498, 440)}
# Names that stand in their muscle, and by how much they are moved from its middle.
INSIDE = {
    "gluteus-maximus": ("Gluteus maximus", (-6, 8)),
    "adductor-magnus": ("Adductor\nmagnus", (0, -4)), "pectineus": ("Pectineus", (16, 4)),
    "rectus-femoris": ("Rectus\nfemoris", (0, -4)),
    "femur": ("Femur", (0, 6)),
    "hip-bone": ("Ischium", (-8, 20)),
}


def inside(drawn: Drawn, names: dict[str, tuple[str, tuple[float, float]]]) -> list[str]:
    """Names in the middle of what they name."""
    return [svg.text(text, drawn.frame.at(spot(drawn.section, name)) + moved, "middle",
                     "on-bone" if name in BONES else "within")
            for name, (text, moved) in names.items()]


def spot(section: Section, name: str) -> tuple[float, float]:
    """A point well inside a structure of the right side, in mm."""
    right = XX < -6
    if name in section.apart:
        return middle((section.apart[name] < BONE) & right & (XX < -25))
    if name == "lesser-trochanter":
        return _trochanter(section)
    if name == "iliopsoas":
        return middle(section.mask(*ILIOPSOAS, "psoas-tendon") & right)
    if name == "sciatic-nerve":
        return middle(section.mask("nerve") & right & (YY > -62))
    return middle(section.mask(name) & right)


def named(section: Section) -> list[str]:
    """The structures of the right side that are large enough to point at."""
    right = XX < -6
    single = [*muscles(), "artery", "vein", "hamstring-origin"]
    found = [name for name in single if (section.mask(name) & right).sum() > 150]
    bones = [name for name in BONES if ((section.apart[name] < BONE) & (XX < -25)).sum() > 150]
    nerve = (section.mask("nerve") & right & (YY > -62)).any()
    return [*bones, *found, *(["sciatic-nerve"] if nerve else [])]


def _trochanter(section: Section) -> tuple[float, float]:
    """The femur's innermost and hindmost point, a little inside it."""
    femur = (section.apart["femur"] < -1.5) & (XX < -25)
    row, column = np.unravel_index(np.argmax(np.where(femur, XX * .8 + YY * .6, -1e9)), XX.shape)
    return float(FINE_X[column]), float(FINE_Y[row])


def _beside(drawn: Drawn) -> list[Label]:
    at = {name: tuple(drawn.frame.at(spot(drawn.section, name))) for name in BESIDE}
    return [Label(text, place, at[name], anchor) for name, (text, place, anchor) in BESIDE.items()]


# Names beside the picture: text, place in the figure, side of the text that stands there.
BESIDE = {
    "sartorius": ("Sartorius", (186, 84), "end"),
    "tensor-fasciae-latae": ("Tensor\nfasciae latae", (142, 118), "end"),
    "artery": ("Femoral artery", (314, 54), "start"),
    "vein": ("Femoral vein", (484, 54), "start"),
    "adductor-longus": ("Adductor\nlongus", (540, 124), "start"),
    "gracilis": ("Gracilis", (544, 206), "start"),
    "adductor-brevis": ("Adductor\nbrevis", (540, 252), "start"),
    "iliopsoas": ("Iliopsoas", (530, 316), "start"),
    "obturator-externus": ("Obturator\nexternus", (530, 346), "start"),
    "hamstring-origin": ("Hamstring\norigin", (522, 492), "start"),
    "vastus-lateralis": ("Vastus\nlateralis", (92, 196), "end"),
    "vastus-intermedius": ("Vastus\nintermedius", (130, 252), "end"),
    "tendon": ("Iliotibial\ntract", (96, 330), "end"),
    "lesser-trochanter": ("Lesser\ntrochanter", (118, 408), "end"),
    "quadratus-femoris": ("Quadratus\nfemoris", (118, 490), "end"),
    "sciatic-nerve": ("Sciatic nerve", (150, 578), "end"),
}


def orientation(drawn: Drawn, size: tuple[float, float]) -> list[str]:
    """The side, the directions and a scale."""
    width, height = size
    bar = 20 * drawn.frame.scale
    return [svg.text("R", (10, 34), classes="side"),
            svg.text("anterior", (262, 26), "middle", "quiet"),
            svg.text("posterior", (width / 2, height - 8), "middle", "quiet"),
            svg.text("medial", (width - 8, 24), "end", "quiet"),
            svg.path(f"M{svg.number(width - bar - 12)} {height - 12}h{svg.number(bar)}", "bar"),
            svg.text("2 cm", (width - bar / 2 - 12, height - 22), "middle")]


PAIR_SIZE = (640, 452)
PANEL = (312, 330)
PAIR = {"Normal": Frame(left=-128, top=-90, scale=4.2, corner=(0, 40)),
        "Narrowed": Frame(left=-128, top=-90, scale=4.2, corner=(328, 40))}


def pair(normal: Section, narrowed: Section, title: str, about: str) -> str:
    """The deep part of two sections, side by side at one scale."""
    drawing, words, clips = [], [], ""
    for section, (name, frame) in zip((normal, narrowed), PAIR.items(), strict=True):
        drawn = Drawn(section, gaps(section), frame)
        box = _box(frame)
        clips += f'<clipPath id="{name.lower()}">{box}</clipPath>'
        clip = f"url(#{name.lower()})"
        drawing.append(svg.group(picture(drawn), clip_path=clip))
        words += [svg.group(calipers(drawn), clip_path=clip), *_panel(drawn, name)]
    return svg.document(PAIR_SIZE, title, about, drawing, words, clips)


def _box(frame: Frame) -> str:
    x, y = map(svg.number, frame.corner)
    return f'<rect x="{x}" y="{y}" width="{PANEL[0]}" height="{PANEL[1]}"/>'


def _panel(drawn: Drawn, name: str) -> list[str]:
    """A panel's title, the names inside it, and its two distances below."""
    x, y = drawn.frame.corner
    below, both = y + PANEL[1], drawn.gaps
    nerve = tuple(drawn.frame.at(spot(drawn.section, "sciatic-nerve")))
    muscle = tuple(drawn.frame.at(spot(drawn.section, "quadratus-femoris")))
    tendon = tuple(drawn.frame.at(spot(drawn.section, "hamstring-origin")))
    return [
        svg.text(name, (x + 6, y - 14), classes="strong"),
        svg.text("R", (x + 8, y + 28), classes="side"),
        *inside(drawn, PANEL_NAMES),
        svg.label(Label("Quadratus\nfemoris", (x + 10, below - 38), muscle)),
        svg.label(Label("Sciatic\nnerve", NERVE[name], nerve)),
        svg.label(Label("Hamstring\norigin", (x + 200, below - 34), tendon)),
        svg.text(f"IFS {svg.whole(both.ischiofemoral.mm)} mm", (x + 6, below + 30),
                 classes="value"),
        svg.text(f"QFS {svg.whole(both.quadratus.mm)} mm", (x + 6, below + 58),
                 classes="qfs-value"),
        svg.path(f"M{svg.number(x + PANEL[0] - 48)} {below + 23}h42", "bar"),
        svg.text("1 cm", (x + PANEL[0] - 54, below + 30), "end")]


NERVE = {"Normal": (120, 296), "Narrowed": (468, 299)}
"""Where the nerve's name stands: close below it."""
PANEL_NAMES = {"femur": ("Femur", (12, 6)), "hip-bone": ("Ischium", (-4, 8)),
               "obturator-externus": ("Obturator\nexternus", (-20, -28))}
