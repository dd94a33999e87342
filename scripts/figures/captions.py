"""Alternative texts and captions, their numbers taken from the measurements."""

from __future__ import annotations

from typing import Any

from figures.measure import VARIED
from figures.published import IMAGING
from figures.svg import whole

CREDIT = (
    "Bones: mean lower-limb model of 26 people, musculoskeletal-models 0.2.4, Auckland"
    " Bioengineering Institute, MPL-2.0.")


def captions(measurements: dict[str, Any]) -> dict[str, Any]:
    """`{name: {alt, caption, credit}}` for the figures that show numbers of the bone model."""
    texts = {"version-angle": _version_angle(measurements),
             "distance-angle": _distance_angle(measurements), "spread": _spread(measurements)}
    return {name: {"alt": alt, "caption": caption, "credit": CREDIT}
            for name, (alt, caption) in texts.items()}


def _version_angle(measurements: dict[str, Any]) -> tuple[str, str]:
    model = measurements["model"]
    space = {name: {each["degrees"]: whole(each["space"]) for each in values}
             for name, values in measurements["variants"].items()}
    version, shaft = space["version"], space["neck_shaft_angle"]
    return (
        f"Femoral version from below, {whole(model['version'])}° in the model, and neck-shaft angle"
        f" from in front, {whole(model['neck_shaft_angle'])}°, each with a dashed outline of"
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
    return (
        "Line plot. The model’s distance falls in extension, adduction and external rotation and"
        " grows in the opposite movements.",
        f"The model’s three-dimensional distance, one movement at a time: {neutral} mm in neutral,"
        f" {extended} mm in 10° of extension, {adducted} mm in 10° of adduction, {rotated} mm in"
        " 20° of external rotation. The model has no cartilage, soft"
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
        f" {painfree.high:.0f}) [@{painfree.source}]; of 44 people without"
        f" impingement: {adults.mean} ± {adults.sd} mm"
        f" [@{adults.source}]. Meta-analysis: {controls.mean} ± {controls.sd} mm in 140 control"
        f" hips and {cases.mean} ± {cases.sd} mm in 217 hips with impingement [@{cases.source}].")
