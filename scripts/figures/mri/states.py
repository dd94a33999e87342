"""What a hip may be like: its five states and the six rotations of the leg, and which slices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SLICES = 30
TOP, SPACING = 826.0, 4.0  # mm: height of the first slice, and from one to the next
THICKNESS = 4.0
LEVELS = tuple(range(15, 20))  # slices on which the two spaces are measured
APEX = 17  # the slice through the tip of the lesser trochanter
MUSCLE = tuple(range(12, 23))  # slices on which quadratus femoris may differ
TURNED = tuple(range(14, 21))  # slices that show the turned leg
ROTATIONS = (-20, -10, 0, 10, 20, 30)  # degrees; outwards is positive


@dataclass(frozen=True)
class State:
    """A position of the leg and how ill the muscle is; each illness goes from 0 to 1.

    base: the state whose slices stand in wherever this one does not differ
    """

    title: str
    base: str | None = None
    slices: tuple[int, ...] = tuple(range(SLICES))
    rotation: float = 0
    shift: float = 0
    oedema: float = 0
    fat: float = 0
    shrink: float = 0
    strain: float = 0
    tear: float = 0

    @property
    def shown(self) -> tuple[int, ...]:
        """The slices that may be looked at: where the base's leg lies otherwise, only its own."""
        follows = self.base is None or STATES[self.base].rotation == self.rotation
        return tuple(range(SLICES)) if follows else self.slices


STATES: Mapping[str, State] = {
    "normal": State("Normal"),
    "narrowed": State("Narrowed, with oedema", "normal", rotation=14, shift=8, oedema=1),
    "atrophy": State("Fatty atrophy", "narrowed", MUSCLE, rotation=14, shift=8,
                     fat=0.62, shrink=1.6),
    "strain": State("Strain", "normal", MUSCLE, strain=1),
    "tear": State("Tear", "normal", MUSCLE, tear=1),
} | {
    f"turned{angle:+d}": State(f"Leg turned {angle:+d}°", "normal", TURNED, rotation=angle)
    for angle in ROTATIONS if angle
}


def height(number: int) -> float:
    """The height in mm of a slice, counted from 0."""
    return TOP - SPACING * number
