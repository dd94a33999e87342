"""Shaded pictures of bodies seen from behind: depth, light, fibres, edges.

Seen from behind the patient's right is on the right; x falls from left to right. The picture is
drawn twice as large as it is kept, so that its edges are smooth.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter, median_filter

from figures.tissue.meshes import Surface

LIGHT = (0.26, 0.77, 0.58)
TWICE = 2
NOWHERE = -1e9
FADE = 6.0  # mm
SMOOTH = 1.3  # mm
BORDER = 4.0  # mm, how far a frayed border reaches inwards


@dataclass(frozen=True)
class Fibres:
    """How a body is grained.

    along: the fibres' direction in the picture (x, z), or the point (x, z) towards which they run
    fan: whether `along` is that point
    strength: how much lighter and darker the grain is
    """

    along: tuple[float, float] = (0, -1)
    fan: bool = False
    strength: float = 0.0


@dataclass(frozen=True)
class Body:
    """What is drawn: a surface, its colour, its grain, and where it turns into tendon.

    tendon: planes of increasing share of white: rows of (x, z, share), read along `axis`
    nearer: mm by which it is moved towards the eye, for sheets that lie on bone
    ragged: whether the source's border is frayed and is to be smoothed
    """

    name: str
    surface: Surface
    colour: tuple[int, int, int]
    fibres: Fibres = Fibres()
    tendon: tuple[str, tuple[float, ...], tuple[float, ...]] | None = None
    nearer: float = 0.0
    ragged: bool = False


@dataclass(frozen=True)
class Window:
    """The part of the world in the picture, in mm, and pixels to a mm in the kept picture."""

    left: float
    right: float
    top: float
    bottom: float
    scale: float = 3.4

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the picture as it is drawn."""
        return tuple(TWICE * round(size * self.scale) for size in
                     (self.top - self.bottom, self.left - self.right))

    def plane(self) -> tuple[np.ndarray, np.ndarray]:
        """x and z of each pixel as drawn."""
        fine = self.scale * TWICE
        row, column = np.indices(self.shape)
        return self.left - column / fine, self.top - row / fine

    def pixel(self, x: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Column and row as drawn."""
        fine = self.scale * TWICE
        return (self.left - x) * fine, (self.top - z) * fine


@dataclass
class Buffer:
    """For each pixel: what is nearest there, how near, and which way it faces."""

    depth: np.ndarray
    body: np.ndarray
    normal: np.ndarray = field(repr=False)

    @classmethod
    def empty(cls, window: Window) -> Buffer:
        """Nothing anywhere."""
        shape = window.shape
        return cls(np.full(shape, NOWHERE), np.full(shape, -1, np.int16), np.zeros((*shape, 3)))


def render(bodies: Sequence[Body], window: Window) -> Buffer:
    """The bodies as the eye sees them."""
    buffer = Buffer.empty(window)
    for index, body in enumerate(bodies):
        if body.ragged:
            _draw_smoothed(buffer, window, body, index)
        else:
            _draw(buffer, window, body, index)
    # Where surfaces run into each other, single pixels of the one stick out of the other.
    return Buffer(median_filter(buffer.depth, 5), median_filter(buffer.body, 5), buffer.normal)


def _draw_smoothed(buffer: Buffer, window: Window, body: Body, index: int) -> None:
    """Draws a body with its outline smoothed; what it gains continues what it had."""
    alone = Buffer.empty(window)
    _draw(alone, window, body, index)
    seen = alone.depth > buffer.depth
    if not seen.any():
        return
    smooth = gaussian_filter(seen.astype(float), SMOOTH * window.scale * TWICE) > 0.5
    rows, columns = distance_transform_edt(~seen, return_distances=False, return_indices=True)
    near = _near_border(smooth, window)
    for own, onto in ((alone.depth, buffer.depth), (alone.normal, buffer.normal)):
        onto[smooth] = _ironed(own[rows, columns], smooth, near, window)[smooth]
    buffer.body[smooth] = index


def _near_border(inside: np.ndarray, window: Window) -> np.ndarray:
    """1 at the border of a shape, falling to 0 inwards."""
    reach = BORDER * window.scale * TWICE
    return np.clip(1.5 - distance_transform_edt(inside) / reach, 0, 1)


def _ironed(own: np.ndarray, inside: np.ndarray, near: np.ndarray, window: Window) -> np.ndarray:
    """Depth or direction with the folds of a frayed border taken out of it."""
    spread = (SMOOTH * window.scale * TWICE,) * 2
    weight = gaussian_filter(inside.astype(float), spread)
    layers = own.reshape(*own.shape[:2], -1)
    mean = np.dstack([gaussian_filter(np.where(inside, layer, 0), spread) / np.maximum(weight, .1)
                      for layer in np.moveaxis(layers, 2, 0)]).reshape(own.shape)
    share = near.reshape(*near.shape, *[1] * (own.ndim - 2))
    return share * mean + (1 - share) * own


def _draw(buffer: Buffer, window: Window, body: Body, index: int) -> None:
    points, faces = body.surface.vertices, body.surface.faces
    normals = _normals(points, faces)
    columns, rows = window.pixel(points[:, 0], points[:, 2])
    depth = points[:, 1] + body.nearer
    for face in _seen(faces, columns, rows, buffer.depth.shape):
        _triangle(buffer, columns[face], rows[face], depth[face], normals[face], index)


def _normals(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """The mean direction of the triangles around each point, weighted by area."""
    a, b, c = (points[faces[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for corner in range(3):
        np.add.at(normals, faces[:, corner], across)
    return normals


def _seen(faces: np.ndarray, columns: np.ndarray, rows: np.ndarray, shape: tuple[int, ...]
          ) -> np.ndarray:
    """Triangles that touch the picture."""
    x, y = columns[faces], rows[faces]
    return faces[(x.max(1) >= 0) & (x.min(1) < shape[1]) & (y.max(1) >= 0) & (y.min(1) < shape[0])]


def _triangle(buffer: Buffer, x: np.ndarray, y: np.ndarray, depth: np.ndarray,
              normals: np.ndarray, index: int) -> None:
    area = (x[1] - x[0]) * (y[2] - y[0]) - (y[1] - y[0]) * (x[2] - x[0])
    if abs(area) < 0.05:
        return
    height, width = buffer.depth.shape
    here = np.s_[max(0, int(y.min())):min(height, int(y.max()) + 2),
                 max(0, int(x.min())):min(width, int(x.max()) + 2)]
    yy, xx = np.mgrid[here]
    u = ((x[1] - xx) * (y[2] - yy) - (y[1] - yy) * (x[2] - xx)) / area
    v = ((x[2] - xx) * (y[0] - yy) - (y[2] - yy) * (x[0] - xx)) / area
    w = 1 - u - v
    near = u * depth[0] + v * depth[1] + w * depth[2]
    seen = (u >= -3e-3) & (v >= -3e-3) & (w >= -3e-3) & (near > buffer.depth[here])
    if seen.any():
        buffer.depth[here][seen] = near[seen]
        buffer.body[here][seen] = index
        mixed = (u[..., None] * normals[0] + v[..., None] * normals[1] + w[..., None] * normals[2])
        buffer.normal[here][seen] = mixed[seen]


def coloured(bodies: Sequence[Body], window: Window, buffer: Buffer) -> np.ndarray:
    """Red, green, blue and cover of each pixel, from 0 to 1, as drawn."""
    there = buffer.body >= 0
    depth = np.where(there, buffer.depth, -90)
    tone = _light(buffer.normal) - _shadow(depth)
    x, z = window.plane()
    colours, white = np.zeros((*there.shape, 3)), np.zeros(there.shape)
    for index, body in enumerate(bodies):
        own = buffer.body == index
        if own.any():
            colours[own] = body.colour
            tone[own] *= 1 + body.fibres.strength * _grain(body.fibres, x[own], z[own])
            white[own] = _tendinous(body, x[own], z[own])
    white = 0.72 * white[..., None]
    colours = colours * (1 - white) + white * np.array([232, 222, 204])
    lit = colours * tone[..., None] * (1 - _edges(buffer.body, depth))[..., None]
    return np.dstack([np.clip(lit / 255, 0, 1), there * _fade(there.shape, window)])


def _fade(shape: tuple[int, ...], window: Window) -> np.ndarray:
    """The picture runs out softly at its borders."""
    reach = FADE * window.scale * TWICE
    ramps = [np.clip(np.minimum(np.arange(size) + 1, size - np.arange(size)) / reach, 0, 1)
             for size in shape]
    return ramps[0][:, None] * ramps[1][None]


def _light(normal: np.ndarray) -> np.ndarray:
    """Lit from above and behind, a little from the left; every surface faces the eye."""
    length = np.sqrt((normal ** 2).sum(2, keepdims=True)) + 1e-9
    unit = normal / length
    unit = np.where(unit[..., 1:2] < 0, -unit, unit)
    lit = unit[..., 0] * LIGHT[0] + unit[..., 1] * LIGHT[1] + unit[..., 2] * LIGHT[2]
    return 0.36 + 0.62 * np.clip(lit, 0, 1) + 0.16 * np.clip(unit[..., 1], 0, 1)


def _shadow(depth: np.ndarray) -> np.ndarray:
    """Darker where the neighbourhood is nearer to the eye."""
    dark = np.zeros_like(depth)
    for reach, strength in ((8, .035), (22, .022), (60, .010)):
        dark += np.clip((gaussian_filter(depth, reach) - depth) * strength, 0, .35)
    return np.clip(dark, 0, .5)


_NOISE = np.random.RandomState(3).standard_normal(4096)
NOISE = gaussian_filter(_NOISE, 2.2, mode="wrap") / 0.36


def _grain(fibres: Fibres, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Light and dark along the fibres."""
    one, other = fibres.along
    if fibres.fan:
        reach = np.hypot(x - one, z - other)
        across = np.arctan2(z - other, x - one) * 60
        along = reach
    else:
        length = np.hypot(one, other)
        across = (x * other - z * one) / length
        along = (x * one + z * other) / length
    place = (across + 0.25 * np.sin(along / 8)) * 8
    low = np.floor(place).astype(int)
    share = place - low
    return (1 - share) * NOISE[low % 4096] + share * NOISE[(low + 1) % 4096]


def _tendinous(body: Body, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The share of tendon at each place of a body."""
    if body.tendon is None:
        return np.zeros_like(x)
    axis, places, shares = body.tendon
    return np.interp(x if axis == "x" else z, places, shares)


def _edges(body: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """Dark lines where one body ends before another, or folds over itself."""
    edge = np.zeros(body.shape, bool)
    for axis, pad in ((0, [(0, 1), (0, 0)]), (1, [(0, 0), (0, 1)])):
        step = (np.abs(np.diff(depth, axis=axis)) > 2.2) | (np.diff(body, axis=axis) != 0)
        edge |= np.pad(step, pad)
    return np.clip(gaussian_filter(edge.astype(float), 1.2) * 1.1, 0, .55)


def halved(picture: np.ndarray) -> np.ndarray:
    """The picture as it is kept: four drawn pixels make one."""
    cover = picture[..., 3:]
    packed = np.dstack([picture[..., :3] * cover, cover])
    rows, columns = packed.shape[0] // TWICE, packed.shape[1] // TWICE
    mean = packed.reshape(rows, TWICE, columns, TWICE, 4).mean((1, 3))
    mean[..., :3] /= np.maximum(mean[..., 3:], 1e-6)
    return np.round(mean * 255).clip(0, 255).astype(np.uint8)


def encoded(picture: np.ndarray, quality: int = 82) -> str:
    """The kept picture as an address that holds it."""
    memory = io.BytesIO()
    Image.fromarray(picture, "RGBA").save(memory, "WEBP", quality=quality, method=6)
    return "data:image/webp;base64," + base64.b64encode(memory.getvalue()).decode()


def image(href: str, at: Iterable[float], size: Iterable[float]) -> str:
    """The element that shows a kept picture."""
    (x, y), (width, height) = at, size
    return (f'<image x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" href="{href}"/>')
