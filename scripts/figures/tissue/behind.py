"""Shaded pictures of the right hip from behind, with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from figures import svg
from figures.svg import Label
from figures.tissue import shade
from figures.tissue.bodies import bodies
from figures.tissue.regions import of_picture
from figures.tissue.shade import Body, Buffer, Fibres, Window, coloured, encoded, halved, render
from figures.tissue.solids import tube

SUPERFICIAL = ("gluteus-maximus", "iliotibial-tract")
ABDUCTORS = ("gluteus-medius", "gluteus-minimus")
THIGH = ("semitendinosus", "biceps-femoris", "semimembranosus", "gracilis", "vastus-lateralis",
         "adductor-magnus", "adductor-minimus")
HAMSTRING_TENDONS = ("semimembranosus-tendon", "conjoint-tendon")
LIGAMENTS = ("sacrotuberous-ligament", "sacrospinous-ligament")
ARTERY = (198, 44, 34)
# Where the deep branch runs, seen from behind: (x, z), from below up; its depth is that of what
# it lies on, but for its ends, which run forwards.
DEEP_BRANCH = ((-74, 757), (-82, 763), (-89, 767), (-96, 771), (-103, 776), (-109, 780),
               (-113.5, 785), (-115.5, 791), (-115.5, 797), (-114, 802))


@dataclass(frozen=True)
class Sheet:
    """Where a picture stands in its figure."""

    window: Window
    size: tuple[float, float]
    corner: tuple[float, float]
    width: float

    @property
    def scale(self) -> float:
        """Units of the figure to a mm."""
        return self.width / (self.window.left - self.window.right)

    def at(self, x: float, z: float) -> tuple[float, float]:
        """A place of the figure."""
        return (self.corner[0] + (self.window.left - x) * self.scale,
                self.corner[1] + (self.window.top - z) * self.scale)


@dataclass(frozen=True)
class Name:
    """A name at a height of one of the two columns, and the place (x, z) that it points to."""

    text: str
    side: str
    y: float
    to: tuple[float, float]
    kind: str = ""


def picture(shown: Sequence[Body], sheet: Sheet) -> str:
    """The image element of the bodies."""
    pixels = halved(coloured(shown, sheet.window, render(shown, sheet.window)))
    return _image(pixels, sheet)


def _image(pixels: np.ndarray, sheet: Sheet) -> str:
    rows, columns = pixels.shape[:2]
    return shade.image(encoded(pixels), sheet.corner,
                       (sheet.width, round(sheet.width * rows / columns, 1)))


def document(sheet: Sheet, title: str, about: str, drawing: Sequence[str],
             names: Sequence[Name]) -> str:
    """The figure with its names, directions and scale."""
    return svg.document(sheet.size, title, about, drawing,
                        [*(svg.label(_label(sheet, name)) for name in names), *_rest(sheet)])


def _label(sheet: Sheet, name: Name) -> Label:
    left, width = sheet.corner[0], sheet.width
    x, anchor = (left - 6, "end") if name.side == "left" else (left + width + 4, "start")
    return Label(name.text, (x, name.y), sheet.at(*name.to), anchor, name.kind)


def _rest(sheet: Sheet) -> list[str]:
    bar, (width, height) = 20 * sheet.scale, sheet.size
    return [svg.text("medial", (8, 24), classes="quiet"),
            svg.text("from behind", (width / 2, 24), "middle", "quiet"),
            svg.text("R", (width - 12, 28), "end", "side"),
            svg.text("lateral", (width - 44, 24), "end", "quiet"),
            svg.path(f"M12 {height - 10}h{svg.number(bar)}", "bar"),
            svg.text("2 cm", (bar / 2 + 12, height - 20), "middle")]


def _without(folder: Path, *names: str) -> list[Body]:
    return [body for name, body in bodies(folder).items() if name not in names]


WHOLE = Sheet(Window(10, -170, 906, 670, 3.4), (680, 566), (160, 36), 368)


def posterior_regions(folder: Path) -> list[dict[str, Any]]:
    """The structures of the posterior picture that a question may ask for."""
    shown, buffer = _posterior(folder)
    seen = buffer.body
    places = [body.name for body in shown]
    masks = {name: np.isin(seen, [places.index(part) for part in parts])
             for name, parts in ASKED.items()}
    _, z = WHOLE.window.plane()
    masks["greater-trochanter"] &= z > TROCHANTER_END
    step = WHOLE.width / seen.shape[1]
    return of_picture(masks, WHOLE.corner, step, WHOLE.size)


TROCHANTER_END = 776  # mm; below this height the femur is shaft
ASKED = {
    "sciatic-nerve": ("sciatic-nerve",), "hamstring-origin": HAMSTRING_TENDONS,
    "quadratus-femoris": ("quadratus-femoris",), "piriformis": ("piriformis",),
    "sacrotuberous-ligament": ("sacrotuberous-ligament",), "greater-trochanter": ("femur",),
    "gluteus-medius": ("gluteus-medius",),
}


def posterior(folder: Path) -> str:
    """Gluteus maximus removed."""
    shown, buffer = _posterior(folder)
    return document(WHOLE, "The right hip from behind, gluteus maximus removed", POSTERIOR,
                    [_image(halved(coloured(shown, WHOLE.window, buffer)), WHOLE)], POSTERIOR_NAMES)


@lru_cache(1)
def _posterior(folder: Path) -> tuple[list[Body], Buffer]:
    shown = _without(folder, *SUPERFICIAL)
    return shown, render(shown, WHOLE.window)


POSTERIOR = (
    "From above down between sacrum and greater trochanter: piriformis, superior gemellus, tendon"
    " of obturator internus, inferior gemellus, quadratus femoris, adductor magnus. The sciatic"
    " nerve leaves below piriformis and runs down over the others, lateral to the ischial"
    " tuberosity. Obturator internus turns over the ischium between the sacrospinous and"
    " sacrotuberous ligaments. The hamstrings run down from the tuberosity. Nerve, tendons of the"
    " hamstrings and ligaments are schematic.")
POSTERIOR_NAMES = (
    Name("Sacrum", "left", 76, (-4, 884)),
    Name("Sacrospinous\nligament", "left", 148, (-15, 829)),
    Name("Sacrotuberous\nligament", "left", 206, (-36, 812)),
    Name("Obturator\ninternus", "left", 264, (-40, 780)),
    Name("Ischial\ntuberosity", "left", 322, (-56, 750)),
    Name("Conjoint\ntendon", "left", 380, (-72, 756)),
    Name("Semi-\ntendinosus", "left", 438, (-52, 712)),
    Name("Semi-\nmembranosus", "left", 496, (-30, 694)),
    Name("Gluteus\nmedius", "right", 66, (-118, 868)),
    Name("Piriformis", "right", 132, (-90, 838)),
    Name("Superior\ngemellus", "right", 164, (-92, 812)),
    Name("Obturator\ninternus\ntendon", "right", 216, (-111, 804.5)),
    Name("Inferior\ngemellus", "right", 290, (-101, 797)),
    Name("Greater\ntrochanter", "right", 340, (-142, 786)),
    Name("Quadratus\nfemoris", "right", 390, (-112, 772), "strong"),
    Name("Sciatic nerve", "right", 440, (-93, 748)),
    Name("Adductor\nmagnus", "right", 470, (-104, 726)),
    Name("Biceps,\nlong head", "right", 520, (-84, 700)),
)


def gluteus(folder: Path) -> str:
    """Gluteus maximus in place."""
    shown = _without(folder, *LIGAMENTS)
    return document(WHOLE, "The right hip from behind with gluteus maximus", GLUTEUS,
                    [picture(shown, WHOLE)], GLUTEUS_NAMES)


GLUTEUS = (
    "Gluteus maximus runs from the sacrum and ilium down and outwards to the iliotibial tract and"
    " the femur, and covers the deep muscles, the sciatic nerve and the ischial tuberosity."
    " Gluteus medius shows above it, the hamstrings below.")
GLUTEUS_NAMES = (
    Name("Sacrum", "left", 76, (-4, 884)),
    Name("Gluteus\nmaximus", "left", 250, (-64, 820), "strong"),
    Name("Gracilis", "left", 380, (-26, 722)),
    Name("Semi-\ntendinosus", "left", 420, (-52, 706)),
    Name("Semi-\nmembranosus", "left", 488, (-30, 690)),
    Name("Gluteus\nmedius", "right", 80, (-136, 890)),
    Name("Iliotibial\ntract", "right", 250, (-156, 800)),
    Name("Sciatic nerve", "right", 430, (-104, 709)),
    Name("Biceps,\nlong head", "right", 480, (-88, 694)),
)

DEEP = Sheet(Window(4, -158, 868, 736, 4.2), (680, 474), (160, 36), 368)


def deep_gluteal(folder: Path) -> str:
    """The short rotators alone, without the ligament that hides the lesser foramen."""
    shown = _without(folder, *SUPERFICIAL, *ABDUCTORS, *THIGH, *HAMSTRING_TENDONS,
                     "sacrotuberous-ligament", "pectineus", "adductor-brevis")
    course = [DEEP.at(x, z) for x, z in NERVE_TO_QUADRATUS]
    small = svg.path(svg.curve(course, closed=False), "small-nerve")
    return document(DEEP, "The deep gluteal muscles of the right side from behind", DEEP_GLUTEAL,
                    [picture(shown, DEEP), small], DEEP_NAMES)


NERVE_TO_QUADRATUS = ((-67, 827), (-68, 816), (-70, 804), (-74, 792), (-82, 780), (-90, 770))
DEEP_GLUTEAL = (
    "From above down: piriformis to the tip of the greater trochanter; superior gemellus, tendon of"
    " obturator internus and inferior gemellus together to its inner side; quadratus femoris to the"
    " crest below. Obturator internus comes from inside the pelvis and turns over the ischium,"
    " through the lesser sciatic foramen, below the sacrospinous ligament. The sciatic nerve leaves"
    " below piriformis and crosses the others. The nerve to quadratus femoris, dashed, runs in"
    " front of them. Nerves and ligament are schematic.")
DEEP_NAMES = (
    Name("Sacrospinous\nligament", "left", 156, (-18, 826)),
    Name("Lesser sciatic\nforamen", "left", 218, (-40, 813)),
    Name("Obturator\ninternus", "left", 284, (-42, 790)),
    Name("Ischial\ntuberosity", "left", 334, (-64, 766)),
    Name("Nerve to\nquadratus\n(deep)", "left", 388, (-76, 788)),
    Name("Piriformis", "right", 96, (-90, 838)),
    Name("Superior\ngemellus", "right", 138, (-92, 812)),
    Name("Obturator\ninternus\ntendon", "right", 196, (-111, 804.5)),
    Name("Inferior\ngemellus", "right", 276, (-101, 797)),
    Name("Quadratus\nfemoris", "right", 332, (-114, 770)),
    Name("Sciatic nerve", "right", 394, (-95, 752)),
)

CLOSE = Sheet(Window(-54, -150, 820, 736, 6.0), (680, 420), (160, 36), 368)


def close_up(folder: Path) -> str:
    """Quadratus femoris as if it were glass, and what lies in front of it."""
    behind = _without(folder, *SUPERFICIAL, "sciatic-nerve", "quadratus-femoris", *LIGAMENTS,
                      "semitendinosus", "biceps-femoris", "semimembranosus")
    shown = [*behind, _deep_branch(behind)]
    muscle = bodies(folder)["quadratus-femoris"]
    clear = coloured(shown, CLOSE.window, render(shown, CLOSE.window))
    covered = coloured([*shown, muscle], CLOSE.window, render([*shown, muscle], CLOSE.window))
    mixed = halved(clear * (1 - GLASS) + covered * GLASS)
    return document(CLOSE, "Quadratus femoris and what lies in front of it", CLOSE_UP,
                    [_image(mixed, CLOSE)], CLOSE_NAMES)


GLASS = 0.42  # how much of the muscle is seen


def _deep_branch(lying_on: Sequence[Body]) -> Body:
    """The artery on the surface of what is not a gemellus, its ends running forwards."""
    floor = [body for body in lying_on if body.name in
             ("obturator-externus", "femur", "hip-bone", "iliacus", "psoas-major")]
    depth = render(floor, CLOSE.window).depth
    course = []
    for place, (x, z) in enumerate(DEEP_BRANCH):
        column, row = CLOSE.window.pixel(x, z)
        forwards = 9.0 * (place == 0) + 4.0 * (place == len(DEEP_BRANCH) - 1)
        course.append((x, max(depth[round(row), round(column)], -80) + 1.2 - forwards, z))
    return Body("deep-branch", tube(course, *[[1.6] * len(course)] * 2), ARTERY, Fibres())


CLOSE_UP = (
    "Close view from behind, the sciatic nerve removed. Quadratus femoris, drawn as if it were"
    " glass, runs from the ischium to the crest of the femur. In front of it lie obturator"
    " externus, which runs up to the fossa behind the femoral neck, and the lesser trochanter with"
    " the end of iliopsoas. The deep branch of the medial circumflex femoral artery passes along"
    " obturator externus and over its tendon, shows above the upper border of quadratus femoris and"
    " goes on in front of the gemelli. Artery and hamstring tendons are schematic.")
CLOSE_NAMES = (
    Name("Inferior\ngemellus", "left", 110, (-76, 790)),
    Name("Obturator\nexternus", "left", 176, (-92, 776)),
    Name("Hamstring\norigin", "left", 242, (-70, 758)),
    Name("Iliopsoas", "left", 318, (-92, 754)),
    Name("Pectineus", "left", 360, (-86, 741)),
    Name("Greater\ntrochanter", "right", 62, (-136, 800)),
    Name("Deep branch\nof medial\ncircumflex\nfemoral\nartery", "right", 132, (-115.3, 792)),
    Name("Quadratus\nfemoris", "right", 270, (-120, 774), "strong"),
    Name("Lesser\ntrochanter", "right", 332, (-103.5, 760)),
)
