"""Alternative texts and captions of the tissue figures, their numbers as measured."""

from __future__ import annotations

from typing import Any

from figures.svg import whole

CREDIT = "BodyParts3D, © The Database Center for Life Science; changed. CC BY-SA 4.0."
MODEL = ("A model of one man, put right where the source was wrong: its numbers are no normal"
         " values, and nerve, tendons, skin and fat are schematic.")
ADDED = "Nerve, hamstring tendons and ligaments are schematic."


def texts(spaces: dict[str, dict[str, float]], regions: dict[str, list[dict[str, Any]]]
          ) -> dict[str, Any]:
    """`{name: {alt, caption, credit}}`, with `regions` where a figure serves a hotspot."""
    found = _sections(spaces["normal"], spaces["narrow"]) | _from_behind()
    return {name: {"alt": alt, "caption": caption, "credit": CREDIT}
            | ({"regions": regions[name]} if name in regions else {})
            for name, (alt, caption) in found.items()}


def _sections(normal: dict[str, float], narrow: dict[str, float]) -> dict[str, tuple[str, str]]:
    ifs, qfs = whole(normal["ifs"]), whole(normal["qfs"])
    less, least = whole(narrow["ifs"]), whole(narrow["qfs"])
    return {
        "axial-normal": (
            "Axial section of the right hip at the lesser trochanter. Quadratus femoris passes"
            " behind the femur from the ischium; the sciatic nerve lies on its back, obturator"
            f" externus and iliopsoas in front. The ischiofemoral space is {ifs} mm, the quadratus"
            f" femoris space {qfs} mm.",
            "Axial section at the lesser trochanter, as on MRI: the patient’s right is on the left."
            f" The ischiofemoral space (IFS, {ifs} mm) is marked beside the place where it is"
            f" measured, the quadratus femoris space (QFS, {qfs} mm) where it is. {MODEL}"),
        "axial-narrow": (
            "The same section with the femur turned outwards and moved inwards: the lesser"
            f" trochanter stands {less} mm from the ischium, and quadratus femoris is left"
            f" {least} mm.",
            "The same section with the femur turned 14° outwards and moved 8 mm inwards: the"
            f" ischiofemoral space falls to {less} mm, the quadratus femoris space to {least} mm."
            f" Turn and shift were chosen to give such a space. {MODEL}"),
        "axial-pair": (
            f"Two axial sections side by side. Normal: ischiofemoral space {ifs} mm, quadratus"
            f" femoris space {qfs} mm. Narrowed: {less} mm and {least} mm; the muscle is squeezed"
            " between the lesser trochanter and the hamstring origin.",
            f"The deep part of both sections at one scale: the spaces fall from {ifs} and {qfs} mm"
            f" to {less} and {least} mm. {MODEL}"),
    }


def _from_behind() -> dict[str, tuple[str, str]]:
    return {
        "posterior": (
            "Right hip from behind without gluteus maximus. Below piriformis the sciatic nerve runs"
            " down over the gemelli, obturator internus and quadratus femoris, lateral to the"
            " ischial tuberosity with the hamstrings.",
            "The right hip from behind, gluteus maximus removed. The sciatic nerve leaves below"
            " piriformis and crosses the short rotators; quadratus femoris spans the gap between"
            f" tuberosity and femur. {ADDED}"),
        "posterior-gluteus": (
            "Right hip from behind with gluteus maximus, which covers the deep muscles, the sciatic"
            " nerve and the ischial tuberosity.",
            "The same view with gluteus maximus in place: all that the next figure shows lies under"
            " it. The sciatic nerve is schematic."),
        "close-up": (
            "Close view from behind. Quadratus femoris is drawn as if it were glass. In front of"
            " it: obturator externus, the lesser trochanter with iliopsoas, and the deep branch of"
            " the medial circumflex femoral artery, which shows above the muscle’s upper border.",
            "Quadratus femoris as if it were glass, the sciatic nerve removed. In front of it lie"
            " obturator externus, the lesser trochanter and the deep branch of the medial"
            " circumflex femoral artery on its way over the tendon of obturator externus. Artery"
            " and hamstring tendons are schematic."),
        "deep-gluteal": (
            "Deep gluteal muscles from behind, from above down: piriformis, superior gemellus,"
            " obturator internus, inferior gemellus, quadratus femoris. The sciatic nerve leaves"
            " below piriformis and crosses the others; obturator internus turns over the ischium"
            " through the lesser sciatic foramen.",
            "The deep gluteal muscles in their order. Obturator internus comes from inside the"
            " pelvis and turns through the lesser sciatic foramen; the nerve to quadratus femoris"
            " (dashed) runs in front of the sciatic nerve, the gemelli and obturator internus."
            " Nerves and ligament are schematic."),
    }
