"""What is laid over the muscles of a section: sheets, tendons, nerve, vessels, organs and bone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from figures.tissue.grid import FINE_X, FINE_Y, HEAD, XX, YY
from figures.tissue.placed import HAMSTRING_TENDONS, SCIATIC_NERVE, ellipse
from figures.tissue.section import LABEL
from figures.tissue.volume import Volume

Planes = Mapping[str, np.ndarray]
CORTEX_Z = (700, 715, 730, 745, 760, 775, 795, 830)
CORTEX = (6, 5.6, 4.6, 3.0, 1.8, 1.3, 0.9, 0.7)  # mm of the femur's, by height
ARTERY, VEIN = 4.2, 5.6  # radius of the femoral vessels, mm


def cover(labels: np.ndarray, volume: Volume, z: float, apart: Planes, depth: np.ndarray) -> None:
    """Lays everything that is not muscle over `labels`, what lies on top last."""
    outside = np.minimum.reduce([apart["hip-bone"], apart["femur"], apart["sacrum"]]) > 0
    _tract(labels, volume.level("iliotibial-tract", z), depth)
    labels[(volume.level("psoas-major", z) < -0.6) & (z < 800) & outside] = LABEL["psoas-tendon"]
    _joint(labels, z, apart)
    labels[(volume.level("obturator-internus", z) < -0.5) & (XX < -74) & outside] = LABEL["tendon"]
    _hamstrings(labels, z, apart["hip-bone"], outside)
    if 770 < z < 812:  # abductors on the greater trochanter
        on = (apart["femur"] > 0) & (apart["femur"] < 1.3) & (XX < -128) & (YY > -95)
        labels[on] = LABEL["tendon"]
    _nerve(labels, z, outside)
    _vessels(labels, volume, z, outside)
    _organs(labels, volume, z, apart["hip-bone"])
    _bones(labels, z, apart)
    labels[apart["skin"] > -1.7] = LABEL["skin"]
    labels[apart["skin"] > 0] = LABEL["air"]


def _tract(labels: np.ndarray, tract: np.ndarray, depth: np.ndarray) -> None:
    """The iliotibial tract; vastus lateralis does not grow through it."""
    vastus = LABEL["vastus-lateralis"]
    under = (tract < 3) & (tract > 0) & (XX < -150) & (depth > -2)
    labels[under & (labels == vastus)] = LABEL["fat"]
    labels[tract < -0.2] = LABEL["tendon"]
    beyond = np.cumsum((tract < -0.2)[:, ::-1], axis=1)[:, ::-1] > 0
    labels[beyond & (tract > 0) & (XX < -120) & (labels == vastus)] = LABEL["fat"]


def _joint(labels: np.ndarray, z: float, apart: Planes) -> None:
    """Capsule around the head and neck, cartilage and a line of fluid between the bones."""
    if z <= 783:
        return
    hip, femur = apart["hip-bone"], apart["femur"]
    radius = np.hypot(XX - HEAD[0], YY - HEAD[1])
    shell = (femur > 0) & (femur < 2.3) & (hip > 0) & (radius < 40) & (XX > -128)
    labels[shell] = LABEL["capsule"]
    gap = (femur < 5.5) & (hip < 5.5) & (z > 795) & (radius < 34)
    labels[gap] = LABEL["cartilage"]
    labels[gap & (np.abs(femur - hip) < 0.35)] = LABEL["fluid"]


def _hamstrings(labels: np.ndarray, z: float, hip: np.ndarray, outside: np.ndarray) -> None:
    """The origin as a sleeve on the tuberosity's outer and hind face, then two tendons below it."""
    rows, columns = np.nonzero((hip < 0) & (YY > -72) & (XX < -40))
    if 740 <= z <= 776 and len(columns):
        outermost = columns.argmin()
        dx = XX - (FINE_X[columns[outermost]] + 9)
        dy = YY - (FINE_Y[rows[outermost]] + 2)
        turn = np.degrees(np.arctan2(dy, -dx))  # 0 points outwards, 90 backwards
        share = np.clip((776 - z) / 12, 0, 1) * np.clip((z - 738) / 4, 0, 1)
        semimembranosus = 4.2 * np.exp(-((turn + 2) / 36) ** 2) * share
        conjoint = 5.6 * np.exp(-((turn - 68) / 34) ** 2) * share
        sleeve = (hip > 0) & (hip < np.maximum(semimembranosus, conjoint))
        labels[sleeve & (np.hypot(dx, dy) < 24) & (turn > -75) & (turn < 130)] = (
            LABEL["hamstring-origin"])
    for table in HAMSTRING_TENDONS:
        beyond = ellipse(table, z)
        if beyond is not None:
            labels[(beyond < 0) & outside] = LABEL["hamstring-origin"]


def _nerve(labels: np.ndarray, z: float, outside: np.ndarray) -> None:
    """The sciatic nerve in a bed of fat."""
    beyond = ellipse(SCIATIC_NERVE, z)
    if beyond is not None:
        labels[(beyond < 1.3) & outside] = LABEL["fat"]
        labels[beyond < 0] = LABEL["nerve"]


def _vessels(labels: np.ndarray, volume: Volume, z: float, outside: np.ndarray) -> None:
    """The femoral artery, with vein and nerve beside it, and smaller vessels."""
    artery = np.minimum(volume.level("femoral-artery", z), volume.level("external-iliac-artery", z))
    if centre := _centre(artery < -0.3):
        _femoral(labels, z, *centre, outside)
    _deep(labels, volume.level("perforating-arteries", z))
    labels[volume.level("great-saphenous-vein", z) < 0.6] = LABEL["vein"]


def _femoral(labels: np.ndarray, z: float, x: float, y: float, outside: np.ndarray) -> None:
    """Round vessels: the source's vein lies too far from its artery and is replaced."""
    behind = 2.0 + (790 - min(z, 790)) * .06
    vein = np.hypot(XX - x - 9.0, YY - y - behind) - VEIN
    artery = np.hypot(XX - x, YY - y) - ARTERY
    labels[(np.minimum(vein, artery) < 1.2) & outside] = LABEL["fat"]
    labels[vein < 0] = LABEL["vein"]
    labels[artery < 0] = LABEL["artery"]
    nerve = np.hypot((XX - x + 10) / 1.5, YY - y - 1) - 2.0
    labels[(nerve < 0) & (z > 760)] = LABEL["nerve"]


def _deep(labels: np.ndarray, artery: np.ndarray) -> None:
    """The deep vessels of the thigh; pectineus does not grow round them."""
    if centre := _centre(artery < -0.2):
        x, y = centre
        vein = np.hypot(XX - x - 5.5, YY - y - 3.5) - 2.8
        beyond = (labels == LABEL["pectineus"]) & (x - XX + 0.6 * (y - YY) > 1)
        labels[beyond | (np.minimum(vein, artery) < 1.5)] = LABEL["fat"]
        labels[vein < 0] = LABEL["vein"]
    labels[artery < 0] = LABEL["artery"]


def _organs(labels: np.ndarray, volume: Volume, z: float, hip: np.ndarray) -> None:
    """Pelvic organs, and the symphysis."""
    for part, tissue in (("prostate", "organ"), ("anal-sphincter", "organ"),
                         ("corpus-cavernosum", "cavernosum")):
        labels[volume.level(part, z) < 0] = LABEL[tissue]
    rectum, bladder = volume.level("rectum", z), volume.level("bladder", z)
    labels[rectum < 0] = LABEL["organ"]
    labels[rectum < -3.5] = LABEL["stool"]
    labels[(rectum < -6.5) & (YY < -36)] = LABEL["air"]
    labels[bladder < 2.5] = LABEL["organ"]
    labels[bladder < 0] = LABEL["urine"]
    if 776 < z < 812:
        labels[(hip < 5) & (np.abs(XX) < 5) & (YY < -95)] = LABEL["capsule"]


def _bones(labels: np.ndarray, z: float, apart: Planes) -> None:
    """Cortex by depth, marrow inside it."""
    thickness = {"hip-bone": 1.1, "femur": float(np.interp(z, CORTEX_Z, CORTEX)), "sacrum": 0.9}
    for bone, cortex in thickness.items():
        labels[apart[bone] < 0.2] = LABEL["cortex"]
        labels[apart[bone] < -cortex] = LABEL["marrow"]


def _centre(mask: np.ndarray) -> tuple[float, float] | None:
    """The middle of a mask, if it is anywhere."""
    rows, columns = np.nonzero(mask)
    return (FINE_X[columns].mean(), FINE_Y[rows].mean()) if len(rows) else None
