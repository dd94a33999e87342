"""Alternative texts and captions, their numbers taken from the measurements."""

from __future__ import annotations

from typing import Any

from figures.measure import IMPINGED, VARIED
from figures.published import CADAVER, IMAGING
from figures.svg import whole

CREDIT = (
    "Bones: mean lower-limb model of 26 people, musculoskeletal-models 0.2.4, Auckland"
    " Bioengineering Institute, MPL-2.0.")
SCHEMATIC = "Bones are drawn from the model; muscles, tendons and nerves are schematic."


def captions(measurements: dict[str, Any], regions: dict[str, list[dict[str, Any]]]
             ) -> dict[str, Any]:
    """`{name: {alt, caption, credit}}`, with `regions` where a figure serves a hotspot."""
    texts = _anatomy(measurements) | _computed(measurements)
    return {name: {"alt": alt, "caption": caption, "credit": CREDIT}
            | ({"regions": regions[name]} if name in regions else {})
            for name, (alt, caption) in texts.items()}


def _anatomy(measurements: dict[str, Any]) -> dict[str, tuple[str, str]]:
    neutral, impinged = (measurements["sections"][name] for name in ("neutral", "impinged"))
    space = measurements["poses"]["neutral"]["space"]
    open_mm, pinched_mm = whole(neutral["ifs"]["mm"]), whole(impinged["ifs"]["mm"])
    return {
        "posterior": (
            "Right hip from behind. Quadratus femoris runs from the ischial tuberosity to the"
            " femur and covers the lesser trochanter; the sciatic nerve crosses its surface.",
            "The right hip from behind. Quadratus femoris covers the lesser trochanter (dashed)."
            f" The marked ischiofemoral space measures {whole(space)} mm in this model, in three"
            f" dimensions. {SCHEMATIC}"),
        "axial-neutral": (
            "Axial section of the right hip at the lesser trochanter. Quadratus femoris passes"
            f" between the ischium and the lesser trochanter, {open_mm} mm apart.",
            "Axial section through the apex of the lesser trochanter, as on MRI: the patient’s"
            f" right is on the left. The ischiofemoral space (IFS) is {open_mm} mm in this plane of"
            " the model; the quadratus femoris space (QFS) is narrower, since tendon bounds it."
            f" {SCHEMATIC}"),
        "axial-impinged": (
            f"The same section with the hip in {POSE}: the lesser trochanter stands"
            f" {pinched_mm} mm from the ischium and pinches quadratus femoris.",
            f"The same section in {POSE}. The space in this plane falls from {open_mm} mm to"
            f" {pinched_mm} mm, and quadratus femoris is pinched. {SCHEMATIC}"),
        "axial-pair": (
            f"Two axial sections of the right hip. Neutral: the space is {open_mm} mm wide."
            f" In {POSE} it is {pinched_mm} mm wide and the muscle is pinched.",
            f"The space open (above, IFS {open_mm} mm) and narrowed in {POSE} (below, IFS"
            f" {pinched_mm} mm), each in the axial plane through the apex of the lesser trochanter."
            f" {SCHEMATIC}"),
        "deep-gluteal": (
            "Deep gluteal muscles from behind, from above down: piriformis, superior gemellus,"
            " obturator internus, inferior gemellus, quadratus femoris. The sciatic nerve emerges"
            " below piriformis and crosses the others.",
            "The deep gluteal muscles with gluteus maximus removed. The sciatic nerve crosses the"
            " gemelli, obturator internus and quadratus femoris on their surface; the nerve to"
            " quadratus femoris (dashed) runs deep to the sciatic nerve, the gemelli and obturator"
            f" internus. {SCHEMATIC}"),
    }


POSE = (f"{IMPINGED.extension:.0f}° of extension, {IMPINGED.adduction:.0f}° of adduction and"
        f" {IMPINGED.external_rotation:.0f}° of external rotation")


def _computed(measurements: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {"version-angle": _version_angle(measurements),
            "distance-angle": _distance_angle(measurements), "spread": _spread(measurements)}


def _version_angle(measurements: dict[str, Any]) -> tuple[str, str]:
    model = measurements["model"]
    space = {name: {each["degrees"]: whole(each["space"]) for each in values}
             for name, values in measurements["variants"].items()}
    version, shaft = space["version"], space["neck_shaft_angle"]
    return (
        f"Femoral version from above, {whole(model['version'])}° in the model, and neck-shaft angle"
        f" from behind, {whole(model['neck_shaft_angle'])}°, each with a dashed outline of"
        f" {VARIED}° more.",
        f"{VARIED}° more version, the neck turned on the shaft above the lesser trochanter, takes"
        f" the model’s three-dimensional distance from {version[0]} mm to {version[VARIED]} mm."
        f" {VARIED}° more neck-shaft angle takes it from {shaft[0]} mm to {shaft[VARIED]} mm: the"
        " lesser trochanter moves inwards but also down. One model shows geometry, not what"
        " happens in patients.")


def _distance_angle(measurements: dict[str, Any]) -> tuple[str, str]:
    poses = measurements["poses"]
    neutral, extended, adducted, rotated = (
        poses[name]["space"] for name in
        ("neutral", "extension 10", "adduction 10", "external rotation 20"))
    cadaver = {angle: f"{each.mean:.0f} ± {each.sd:.0f} mm" for angle, each in CADAVER.items()}
    return (
        "Line plot. The model’s distance falls in extension, adduction and external rotation and"
        " grows in the opposite movements.",
        f"The model’s three-dimensional distance, one movement at a time: {neutral} mm in neutral,"
        f" {extended} mm in 10° of extension, {adducted} mm in 10° of adduction, {rotated} mm in"
        " 20° of external rotation. Points with bars: 25 cadaver hips,"
        f" {cadaver[-40]} in 40° of medial rotation, {cadaver[0]} in neutral and {cadaver[60]} in"
        " 60° of lateral rotation (mean ± SD) [@kivlan_lti]. The model has no cartilage, soft"
        " tissue or limits of movement.")


def _spread(measurements: dict[str, Any]) -> tuple[str, str]:
    space, axial = (measurements["spread"][key] for key in ("space", "axial_smallest"))
    painfree, adults, controls, cases = IMAGING
    return (
        "Six rows of distances on one scale: the 26 people of the bone model, twice, and four"
        " published groups. All overlap.",
        f"People differ. The {space['n']} people of the bone model: {space['mean']} ± {space['sd']}"
        f" mm in three dimensions ({space['min']} to {space['max']}); {axial['mean']} ±"
        f" {axial['sd']} mm in the axial plane ({axial['min']} to {axial['max']}). MRI of 250"
        f" pain-free hips: {painfree.mean} ± {painfree.sd} mm ({painfree.low} to"
        f" {painfree.high:.0f}) [@{painfree.source}]; of 137 adults: {adults.mean} ± {adults.sd} mm"
        f" [@{adults.source}]. Meta-analysis: {controls.mean} ± {controls.sd} mm in 140 control"
        f" hips and {cases.mean} ± {cases.sd} mm in 217 hips with impingement [@{cases.source}].")
