"""What the pictures from behind are made of: each part's colour, grain and tendon."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from figures.tissue.shade import Body, Fibres
from figures.tissue.solids import sciatic_nerve, solid, tendons

BONE, TENDON, NERVE = (232, 221, 195), (232, 224, 208), (238, 204, 72)
LIGAMENT = (255, 246, 222)
TROCHANTER = (-138, 806)  # towards which the abductors and piriformis run
TUBEROSITY = (-62, 764)  # from which adductor magnus spreads


def _muscle(along: tuple[float, float], fan: bool = False) -> Fibres:
    return Fibres(along, fan, 0.05)


# Colour, grain, and where muscle becomes tendon: the axis, places along it, shares of tendon.
LOOKS: dict[str, tuple] = {
    "sacrum": ((226, 214, 188), Fibres(), None),
    "hip-bone": (BONE, Fibres(), None),
    "femur": ((214, 222, 228), Fibres(), None),
    "pectineus": ((164, 90, 80), _muscle((-.7, -.7)), None),
    "iliacus": ((164, 90, 80), _muscle((-.1, -1)), None),
    "psoas-major": ((170, 96, 86), _muscle((-.1, -1)), None),
    "adductor-brevis": ((162, 88, 80), _muscle((-.7, -.7)), None),
    "obturator-externus": ((190, 104, 88), _muscle((-1, .4)), ("x", (-118, -104), (1, 0))),
    "obturator-internus": ((198, 108, 90), _muscle((-1, .25)), ("x", (-96, -80), (1, 0))),
    "superior-gemellus": ((202, 116, 98), _muscle((-1, -.2)), ("x", (-119, -106), (1, 0))),
    "inferior-gemellus": ((202, 116, 98), _muscle((-1, .2)), ("x", (-119, -106), (1, 0))),
    "quadratus-femoris": ((176, 66, 54), _muscle((-1, .02)), ("x", (-128, -118), (.7, 0))),
    "piriformis": ((194, 102, 86), _muscle(TROCHANTER, True), ("x", (-122, -102), (1, 0))),
    "gluteus-minimus": ((180, 100, 90), _muscle(TROCHANTER, True), None),
    "gluteus-medius": ((192, 110, 98), _muscle(TROCHANTER, True), ("z", (814, 838), (1, 0))),
    "gluteus-maximus": ((188, 98, 84), _muscle((-.72, -.69)), ("x", (-160, -136), (.9, 0))),
    "adductor-magnus": ((172, 92, 82), _muscle(TUBEROSITY, True), None),
    "adductor-minimus": ((178, 96, 86), _muscle(TUBEROSITY, True), None),
    "vastus-lateralis": ((180, 100, 92), _muscle((.1, -1)), ("z", (700, 800), (.2, .4))),
    "iliotibial-tract": (TENDON, Fibres((.05, -1), False, .03), None),
    "semimembranosus": ((190, 98, 84), _muscle((-.05, -1)), ("z", (690, 722), (0, 1))),
    "semitendinosus": ((196, 106, 92), _muscle((.06, -1)), ("z", (716, 748), (0, 1))),
    "biceps-femoris": ((184, 92, 80), _muscle((-.3, -1)), ("z", (716, 748), (0, 1))),
    "gracilis": ((184, 104, 94), _muscle((0, -1)), None),
}
NEARER = {"quadratus-femoris": 1.4, "piriformis": 3.5, "semimembranosus-tendon": 5.0}
RAGGED = {"quadratus-femoris", "inferior-gemellus", "iliacus", "psoas-major"}
CORDS = {"semimembranosus-tendon": Fibres((.1, -1), False, .04),
         "conjoint-tendon": Fibres((.05, -1), False, .04),
         "sacrotuberous-ligament": Fibres((-.43, -.9), False, .05),
         "sacrospinous-ligament": Fibres((-1, -.1), False, .05)}


@lru_cache
def bodies(folder: Path) -> dict[str, Body]:
    """Every body by name, far to near in no order."""
    made = {name: Body(name, solid(folder, name), colour, fibres, tendon,
                       NEARER.get(name, 0), name in RAGGED)
            for name, (colour, fibres, tendon) in LOOKS.items()}
    placed = {name: Body(name, surface, LIGAMENT if "ligament" in name else TENDON, CORDS[name],
                         nearer=NEARER.get(name, 0))
              for name, surface in tendons().items()}
    nerve = Body("sciatic-nerve", sciatic_nerve(), NERVE, Fibres((-.2, -1), False, .04))
    return made | placed | {nerve.name: nerve}
