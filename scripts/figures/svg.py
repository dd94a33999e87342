"""SVG text: paths, labels and the document that every figure shares.

A figure carries its own light and dark colours, and hides its labels when it is addressed as
`NAME.svg#unlabelled`, so that the same file serves a hotspot question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from figures import lettering

Line = np.ndarray | Sequence[Sequence[float]]

FONT = f'"{lettering.FAMILY}", system-ui, sans-serif'
STEADY = 6  # decimals that are the same on every processor; halves are rounded from them
TEXT = 21  # units of a 640-unit-wide figure: 11.7 px on a phone's 358

COLOURS = {  # name: (light, dark)
    "ink": ("#1b2326", "#eef1ee"),
    "quiet": ("#566064", "#aab5b8"),
    "paper": ("#ffffff", "#10181b"),
    "grid": ("#d9dedc", "#36434a"),
    "line": ("#4a3d28", "#241c10"),
    "femur-line": ("#2f3f4d", "#141d25"),
    "bone": ("#f6ecd6", "#dccfb2"),
    "bone-deep": ("#9c8359", "#6f5b3a"),
    "marrow": ("#e9d7b0", "#c3ae83"),
    "femur": ("#e9f0f5", "#c3d0da"),
    "femur-deep": ("#76899a", "#4b5c6a"),
    "femur-marrow": ("#cfdce6", "#9fb1bf"),
    "muscle": ("#b5584a", "#b5594b"),
    "muscle-deep": ("#7d2f27", "#74291f"),
    "nerve": ("#f0c53a", "#eec445"),
    "nerve-deep": ("#9a7208", "#7f5d05"),
    "tendon": ("#efe7df", "#d9d0c6"),
    "tendon-deep": ("#8d7f74", "#6e6259"),
    "fat": ("#f6edcf", "#3a3526"),
    "other-muscle": ("#dba395", "#7c4a40"),
    "other-muscle-deep": ("#8a4a3e", "#d0978a"),
    "skin": ("#e3b99c", "#7d5a45"),
    "skin-deep": ("#a9785c", "#b98d72"),
    "organ": ("#d9c6c0", "#5c4d4c"),
    "artery": ("#c8281e", "#e0574c"),
    "vein": ("#3d63b8", "#6f93e6"),
    "vessel-deep": ("#3b1d18", "#160a08"),
    "measure": ("#006d6f", "#4fd0cb"),
    "qfs": ("#1d4fa3", "#93b8ff"),
    "extension": ("#7a5c00", "#e2bd4e"),
    "accent": ("#a0402f", "#e58f7c"),
}


SHADED = ("bone", "femur")  # colours with a deep one, between which bones are shaded
TONES = 6


def _mixed(deep: str, light: str, share: float) -> str:
    pairs = zip(*(bytes.fromhex(colour[1:]) for colour in (deep, light)), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


PALETTE = COLOURS | {
    f"{name}-{tone}": tuple(_mixed(deep, light, 0.12 + 0.88 * tone / (TONES - 1))
                            for deep, light in zip(COLOURS[f"{name}-deep"], COLOURS[name],
                                                   strict=True))
    for name in SHADED for tone in range(TONES)}

RULES = {
    "strong": "font-weight:650",
    "quiet": "fill:var(--quiet)",
    "value": "fill:var(--measure);font-weight:650",
    "over": "paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round",
    "lead": "fill:none;stroke:var(--ink);stroke-width:1.4",
    "halo": "fill:none;stroke:var(--paper);stroke-width:4;opacity:.75",
    "dot": "fill:var(--ink);stroke:var(--paper);stroke-width:1.4",
    "edge": "fill:none;stroke:var(--line);stroke-width:1.5",
    "femur-edge": "fill:none;stroke:var(--femur-line);stroke-width:1.5",
    "muscle": "fill:var(--muscle)",
    "nerve": "fill:var(--nerve);stroke:var(--nerve-deep);stroke-width:1.4",
    "small-nerve": "fill:none;stroke:var(--nerve);stroke-width:4;stroke-dasharray:9 7;"
                   "stroke-linecap:butt",
    "tendon": "fill:var(--tendon);stroke:var(--tendon-deep);stroke-width:1.3",
    "grain": "fill:none;stroke:var(--tendon-deep);stroke-width:.9;opacity:.7",
    "cortex": "fill:var(--bone);stroke:var(--line);stroke-width:1.8",
    "marrow": "fill:var(--marrow)",
    "femur-marrow": "fill:var(--femur-marrow)",
    "measure": "fill:none;stroke:var(--measure);stroke-width:3",
    "axis": "fill:none;stroke:var(--ink);stroke-width:2",
    "behind": "fill:none;stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:2 5",
    "changed": "fill:none;stroke:var(--accent);stroke-width:2.4;stroke-dasharray:8 6",
    "changed-axis": "fill:none;stroke:var(--accent);stroke-width:2.4",
    "changed-text": "fill:var(--accent);font-weight:650",
    "grid": "fill:none;stroke:var(--grid);stroke-width:1.2",
    "series": "fill:none;stroke-width:3.4",
    "move-extension": "stroke:var(--extension)",
    "move-adduction": "stroke:var(--accent)",
    "move-external_rotation": "stroke:var(--measure)",
    "name-extension": "fill:var(--extension);font-weight:650",
    "name-adduction": "fill:var(--accent);font-weight:650",
    "name-external_rotation": "fill:var(--measure);font-weight:650",
    "person": "fill:var(--measure);opacity:.75",
    "whisker": "fill:none;stroke:var(--ink);stroke-width:2",
    "range": "fill:none;stroke:var(--quiet);stroke-width:1.6;stroke-dasharray:2 6",
    "dashed": "stroke-dasharray:7 6",
    "fat": "fill:var(--fat)",
    "other-muscle": "fill:var(--other-muscle);stroke:var(--other-muscle-deep);stroke-width:1.3",
    "key-muscle": "fill:var(--muscle);stroke:var(--muscle-deep);stroke-width:1.6",
    "body-skin": "fill:var(--skin);stroke:var(--skin-deep);stroke-width:1.4",
    "organ": "fill:var(--organ);stroke:var(--line);stroke-width:1",
    "compact": "fill:var(--bone-deep);stroke:var(--line);stroke-width:1.2",
    "femur-compact": "fill:var(--femur-deep);stroke:var(--femur-line);stroke-width:1.2",
    "caliper-arm": "fill:none;stroke:var(--measure);stroke-width:1.6;stroke-dasharray:5 4",
    "within": "font-weight:500",
    "on-bone": "fill:#1b2326;font-weight:500",
    "artery": "fill:var(--artery);stroke:var(--vessel-deep);stroke-width:1.2",
    "vein": "fill:var(--vein);stroke:var(--vessel-deep);stroke-width:1.2",
    "qfs-line": "fill:none;stroke:var(--qfs);stroke-width:3",
    "qfs-value": "fill:var(--qfs);font-weight:650",
    "bar": "fill:none;stroke:var(--ink);stroke-width:4;stroke-linecap:butt",
    "side": "font-weight:700;font-size:28px",
    "measure-halo": "fill:none;stroke:var(--paper);stroke-width:6.5;opacity:.85",
    **{f"{name}-{tone}": f"fill:var(--{name}-{tone})" for name in SHADED for tone in range(TONES)},
}


@dataclass(frozen=True)
class Label:
    """A name beside a figure, with a line to what it names; `\\n` breaks the name."""

    text: str
    at: tuple[float, float]  # where the text's first line stands
    to: tuple[float, float] | None = None  # what it points to
    anchor: str = "start"
    kind: str = ""  # extra classes


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{round(float(value), STEADY):.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def whole(value: float) -> str:
    """A number rounded to a whole one, halves upwards."""
    return str(math.floor(value + 0.5))


def curve(points: Line, closed: bool = True) -> str:
    """A smooth path through the points (Catmull-Rom), in relative coordinates."""
    p = np.asarray(points, float).round(STEADY).round(1)
    if closed and np.allclose(p[0], p[-1]):
        p = p[:-1]
    around = np.concatenate([p[-1:], p, p[:2]]) if closed else np.concatenate([p[:1], p, p[-1:]])
    return f"M{_pair(p[0])}{_bends(around)}" + ("z" if closed else "")


def outline(*edges: Line) -> str:
    """A closed path of smooth edges that meet in corners."""
    parts = []
    for edge in edges:
        p = np.asarray(edge, float).round(STEADY).round(1)
        around = np.concatenate([p[:1], p, p[-1:]])
        parts.append(f"{'L' if parts else 'M'}{_pair(p[0])}{_bends(around)}")
    return "".join(parts) + "z"


def _bends(points: np.ndarray) -> str:
    """Curves through all points but the first and last, which only give the directions there.

    `s` lets each curve start in the direction in which the one before it ended.
    """
    parts = []
    for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        controls = [end - (after - start) / 6 - start, end - start]
        if not parts:
            controls.insert(0, (end - before) / 6)
        parts.append(("s" if parts else "c") + " ".join(map(_pair, controls)))
    return "".join(parts)


def polyline(points: Line, closed: bool = False) -> str:
    """A path of straight lines."""
    return "M" + "L".join(_pair(p) for p in points) + ("z" if closed else "")


def path(d: str, classes: str, **attributes: str) -> str:
    """A path element."""
    return f'<path class="{classes}" d="{d}"{_attributes(attributes)}/>'


def group(parts: Iterable[str], **attributes: str) -> str:
    """A group of elements."""
    return f"<g{_attributes(attributes)}>{''.join(parts)}</g>"


def measure(start: Line, end: Line, tick: float = 8, dashed: bool = False) -> str:
    """A measured line with square ends."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    length = np.linalg.norm(end - start)
    if length < 1:
        return ""
    along = (end - start) / length
    side = np.array([-along[1], along[0]]) * tick
    line = polyline((start, end))
    ticks = "".join(polyline((at - side, at + side)) for at in (start, end))
    kind = "measure dashed" if dashed else "measure"
    return (path(line + ticks, "measure-halo") + path(line, kind)
            + path(ticks, "measure"))


def text(content: str, at: Sequence[float], anchor: str = "start", classes: str = "") -> str:
    """Text at a point; every line break starts a line below."""
    x, y = number(at[0]), number(at[1])
    lines = content.split("\n")
    spans = escape(lines[0], quote=False) + "".join(
        f'<tspan x="{x}" dy="1.15em">{escape(line, quote=False)}</tspan>' for line in lines[1:])
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    css = f' class="{classes}"' if classes else ""
    return f'<text x="{x}" y="{y}"{end}{css}>{spans}</text>'


def label(item: Label) -> str:
    """The label's line, end dot and text."""
    parts = []
    if item.to:
        line = polyline([_line_start(item), item.to])
        parts += [path(line, "halo"), path(line, "lead"), dot(item.to, 3.4)]
    return "".join([*parts, text(item.text, item.at, item.anchor, item.kind)])


def dot(at: Sequence[float] | np.ndarray, radius: float, classes: str = "dot") -> str:
    """A round mark."""
    x, y = number(at[0]), number(at[1])
    return f'<circle class="{classes}" cx="{x}" cy="{y}" r="{number(radius)}"/>'


def _line_start(item: Label) -> tuple[float, float]:
    """Beside the text when the target lies to that side, else above or below its end."""
    side = {"start": -1, "end": 1, "middle": 0}[item.anchor]
    lines = item.text.count("\n")
    x, y = item.at
    if side and (item.to[0] - x) * side > 8:
        return x + side * 6, y - 7 + lines * TEXT * 0.575
    down = item.to[1] > y
    return x - side * 14, y + (lines * TEXT * 1.15 + 8 if down else -TEXT)


def document(size: tuple[float, float], title: str, description: str, drawing: Iterable[str],
             labels: Iterable[str], definitions: str = "") -> str:
    """The whole figure; `drawing` stays when the labels are hidden."""
    body = "\n".join([*drawing, group(labels, **{"class": "labels"})])
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(size[0])} {number(size[1])}"'
        f' width="{number(size[0])}" height="{number(size[1])}" role="img"'
        ' aria-labelledby="title desc">',
        f'<title id="title">{escape(title, quote=False)}</title>',
        f'<desc id="desc">{escape(description, quote=False)}</desc>',
        f"<style>{_style(body)}</style>", f"<defs>{definitions}</defs>", '<g id="unlabelled"/>',
        body, "</svg>", ""])


def blur(name: str) -> str:
    """A filter that softens the tones of a bone or a muscle into each other."""
    return (f'<filter id="{name}" x="-5%" y="-5%" width="110%" height="110%">'
            '<feGaussianBlur stdDeviation="4.5"/></filter>')


BLUR = blur("soft")


def fade(size: tuple[float, float], inset: tuple[float, float]) -> str:
    """A mask that lets the picture run out softly; no inset, no fading on those two sides."""
    margins = [side or -60 for side in inset]
    box = (*margins, *(full - 2 * side for full, side in zip(size, margins, strict=True)))
    x, y, width, height = map(number, box)
    return ('<filter id="far-soft" x="-20%" y="-20%" width="140%" height="140%">'
            '<feGaussianBlur stdDeviation="14"/></filter>'
            f'<mask id="fade" maskUnits="userSpaceOnUse" x="0" y="0" width="{number(size[0])}"'
            f' height="{number(size[1])}"><rect x="{x}" y="{y}" width="{width}" height="{height}"'
            ' fill="#fff" filter="url(#far-soft)"/></mask>')


def _style(body: str) -> str:
    """The letters, rules and colours that the figure uses, and no others."""
    used = set(" ".join(re.findall(r'class="([^"]*)"', body)).split())
    rules = "".join([f"text{{font:{TEXT}px {FONT};fill:var(--ink)}}",
                     "path{stroke-linejoin:round;stroke-linecap:round}",
                     *(f".{name}{{{rule}}}" for name, rule in RULES.items() if name in used)])
    names = [name for name in PALETTE if f"var(--{name})" in rules]
    light, dark = (";".join(f"--{name}:{PALETTE[name][mode]}" for name in names) for mode in (0, 1))
    return (f"{lettering.faces(body)}:root{{color-scheme:light dark;{light}}}"
            f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
            f"#unlabelled:target~.labels{{display:none}}{rules}")


def _pair(point: Sequence[float] | np.ndarray) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
