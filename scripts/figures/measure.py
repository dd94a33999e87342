"""Every number that captions, plots, questions and the browser take from the bone model."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np

from figures import atlas, landmarks
from figures.distance import Space
from figures.femur import neck, with_shaft_angle, with_version
from figures.hip import seat
from figures.motion import NEUTRAL, Pose

IMPINGED = Pose(10, 10, 10)
VARIED = 15  # degrees by which the figure of version and neck-shaft angle changes them
RANGES = {"extension": (-20, 20), "adduction": (-20, 20), "external_rotation": (-30, 40)}
MOVED = RANGES | {"external_rotation": (-40, 60)}  # as far as the cadaver study went
NAMED = {
    "neutral": NEUTRAL,
    "extension 10": Pose(extension=10),
    "adduction 10": Pose(adduction=10),
    "external rotation 20": Pose(external_rotation=20),
    "external rotation 60": Pose(external_rotation=60),
    "internal rotation 40": Pose(external_rotation=-40),
    "extension 10, adduction 10": Pose(10, 10),
    "extension 10, adduction 10, external rotation 10": IMPINGED,
    "extension 10, adduction 10, external rotation 20": Pose(10, 10, 20),
    "abduction 20, internal rotation 30": Pose(0, -20, -30),
    "flexion 20, abduction 20, internal rotation 30": Pose(-20, -20, -30),
}
ABOUT = {
    "source": atlas.SOURCE,
    "frame": "right hip; x lateral, y anterior, z up; origin at the hip centre; mm and degrees",
    "signs": "extension, adduction and external rotation are positive;"
             " flexion, abduction and internal rotation negative",
    "space": "shortest line in three dimensions from the ischium to the lesser trochanter;"
             " 0 is contact",
    "axial": "shortest line from the ischium to the femur in the axial plane through the apex of"
             " the lesser trochanter",
    "axial_smallest": "the smallest of such lines in planes 3 mm apart, up to 12 mm above and"
                      " below the apex",
    "limits": "one mean skeleton without cartilage, soft tissue or limits of joint movement",
}


def everything(space: Space) -> dict[str, Any]:
    """All measurements of the mean hip and of the 26 people, as plain data."""
    people = [_person(Space(seat(bones))) for bones in atlas.individuals()]
    return {
        "about": ABOUT,
        "model": _model(space),
        "poses": {name: _pose(pose) | _distances(space, pose) for name, pose in NAMED.items()},
        "movements": {name: _movement(space, name) for name in MOVED},
        "grid": _grid(space),
        "variants": _variants(space),
        "people": people,
        "spread": {key: _summary([person[key] for person in people if person[key] is not None])
                   for key in ("space", "axial", "axial_smallest", "version", "neck_shaft_angle")},
    }


def _model(space: Space) -> dict[str, Any]:
    hip = space.hip
    return {
        "head_radius": _round(hip.head_radius), "socket_radius": _round(hip.socket_radius),
        "head_moved": _round(hip.shift),
        "version": _round(neck(hip).version),
        "neck_shaft_angle": _round(neck(hip).shaft_angle),
        "landmarks": {name: _list(point) for name, point in landmarks.all_landmarks(hip).items()},
        "hip_centre_moved_2_mm": _sensitivity(space),
    }


def _sensitivity(space: Space) -> dict[str, float]:
    """How much the neutral distance changes when the hip centre lies 2 mm off."""
    changes = [abs(space.in_space(shift=2 * sign * axis).mm - space.in_space().mm)
               for axis in np.eye(3) for sign in (-1, 1)]
    return {"least": _round(min(changes)), "most": _round(max(changes))}


def _person(space: Space) -> dict[str, float]:
    axis = neck(space.hip)
    return _distances(space) | {"version": _round(axis.version),
                                "neck_shaft_angle": _round(axis.shaft_angle)}


def _variants(space: Space) -> dict[str, Any]:
    """The three-dimensional distance when the neck is turned on the shaft by so many degrees."""
    return {name: [{"degrees": degrees,
                    "space": _round(Space(change(space.hip, degrees)).in_space().mm)}
                   for degrees in (-10, 0, 10, VARIED)]
            for name, change in (("version", with_version), ("neck_shaft_angle", with_shaft_angle))}


def _distances(space: Space, pose: Pose = NEUTRAL) -> dict[str, float | None]:
    return {"space": _round(space.in_space(pose).mm), "axial": _axial(space, pose),
            "axial_smallest": _round(space.axial_smallest(pose).mm)}


def _axial(space: Space, pose: Pose) -> float | None:
    gap = space.axial(pose)
    return _round(gap.mm) if gap else None


def _movement(space: Space, name: str) -> list[dict[str, float]]:
    low, high = MOVED[name]
    return [{"angle": angle} | _distances(space, Pose(**{name: angle}))
            for angle in range(low, high + 1, 5)]


def _grid(space: Space) -> dict[str, Any]:
    """Distances for every combination of the sliders' marks, extension outermost."""
    axes = {"extension": range(-20, 21, 5), "adduction": range(-20, 21, 5),
            "external_rotation": range(-30, 41, 10)}
    shape = [len(axis) for axis in axes.values()]
    poses = [Pose(*angles) for angles in product(*axes.values())]
    return {name: list(axis) for name, axis in axes.items()} | {
        "space": np.reshape([_round(space.in_space(pose).mm) for pose in poses], shape).tolist(),
        "axial": np.reshape([_axial(space, pose) for pose in poses], shape).tolist()}


def _pose(pose: Pose) -> dict[str, float]:
    return {"extension": pose.extension, "adduction": pose.adduction,
            "external_rotation": pose.external_rotation}


def _summary(values: list[float]) -> dict[str, float]:
    return {"n": len(values), "mean": _round(float(np.mean(values))),
            "sd": _round(float(np.std(values, ddof=1))), "min": min(values), "max": max(values)}


def _list(point: Iterable[float]) -> list[float]:
    return [_round(value) for value in point]


def _round(value: float) -> float:
    return round(float(value), 1) + 0.0
