"""Bones as shaded SVG: a depth picture of the meshes, whose tones become smooth closed curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
import trimesh
from contourpy import LineType, contour_generator
from scipy.ndimage import gaussian_filter, map_coordinates

from figures import svg
from figures.hip import unit

LIGHT = unit([-0.5, 0.65, 0.8])  # from the upper left, towards the viewer
LEVELS = (0.36, 0.48, 0.6, 0.72, 0.84)  # light at which each lighter tone begins
STEPS = 2.5  # points of a contour over which the steps between pixels are evened out
FRAYED = 4  # points at the ends of a fold, where it curls
ABSENT = -1e6


@dataclass(frozen=True)
class View:
    """An orthographic camera: `axes` are screen right, screen up and towards the viewer."""

    axes: np.ndarray
    centre: np.ndarray  # what the middle of the picture shows, mm
    scale: float  # figure units a millimetre
    size: tuple[int, int]  # figure units

    def project(self, points: np.ndarray) -> np.ndarray:
        """Figure coordinates of points in space."""
        seen = (np.asarray(points, float) - self.centre) @ self.axes.T
        return seen[..., :2] * [self.scale, -self.scale] + np.array(self.size) / 2


@dataclass(frozen=True)
class Bone:
    """A mesh to draw, with the name of its colour and its outline's class."""

    mesh: trimesh.Trimesh
    colour: str
    edge: str


@dataclass(frozen=True)
class Picture:
    """What each pixel shows: which bone (0 none), its depth and its surface normal."""

    bone: np.ndarray
    depth: np.ndarray
    normal: np.ndarray
    detail: float  # pixels a figure unit


def draw(bones: list[Bone], view: View, name: str = "bone", detail: float = 1.6
         ) -> tuple[list[str], str]:
    """One drawing for each bone, in their order, and the definitions that these need."""
    picture = _rasterise([bone.mesh for bone in bones], view, detail)
    tone = _tones(picture)
    drawing, clips = [], [svg.blur(f"{name}-soft")]
    for index, bone in enumerate(bones, 1):
        shown = (picture.bone == index).astype(float)
        outline = _contours(gaussian_filter(shown, 1.5), 0.5, detail, tolerance=0.35)
        clips.append(f'<clipPath id="{name}{index}"><path clip-rule="evenodd" d="{outline}"/>'
                     "</clipPath>")
        drawing.append("".join([_shaded(bone, name, index, outline, shown, tone, detail),
                                svg.path(outline, bone.edge), *_folds(bone, index, view, picture)]))
    return drawing, "".join(clips)


def silhouette(mesh: trimesh.Trimesh, view: View, detail: float = 1.6) -> str:
    """The mesh's outline alone."""
    shown = (_rasterise([mesh], view, detail).bone > 0).astype(float)
    return _contours(gaussian_filter(shown, 1.5), 0.5, detail, tolerance=0.4)


def _shaded(bone: Bone, name: str, index: int, outline: str, shown: np.ndarray,
            tone: np.ndarray, detail: float) -> str:
    """The bone's deep tone under ever lighter ones, blurred into each other inside the outline."""
    even = gaussian_filter(tone * shown, 5) / (gaussian_filter(shown, 5) + 1e-3)
    field = np.where(gaussian_filter(shown, 2) > 0.02, even, 0)
    areas = [_contours(field, level, detail, tolerance=1.4, smallest=150) for level in LEVELS]
    soft = [svg.path(area, f"{bone.colour}-{tone}", fill_rule="evenodd")
            for tone, area in enumerate(areas, 1) if area]
    return svg.group([svg.path(outline, f"{bone.colour}-0", fill_rule="evenodd"),
                      svg.group(soft, filter=f"url(#{name}-soft)")],
                     clip_path=f"url(#{name}{index})")


def _tones(picture: Picture) -> np.ndarray:
    """Light on each pixel, 0 to 1: lambert, brighter where it faces us, darker in hollows."""
    present = picture.bone > 0
    facing = picture.normal[..., 2].clip(0, 1)
    lit = (picture.normal @ LIGHT).clip(0, 1)
    depth = np.where(present, picture.depth, 0)
    hollow = np.zeros_like(depth)
    for reach, strength in ((10, 0.02), (28, 0.012), (56, 0.006)):
        around = gaussian_filter(depth, reach) / (gaussian_filter(present * 1.0, reach) + 1e-3)
        hollow += ((around - depth) * strength).clip(0, 0.3)
    return np.where(present, 0.2 + 0.6 * lit + 0.25 * facing - hollow.clip(0, 0.45), 0)


def _contours(field: np.ndarray, level: float, detail: float, tolerance: float,
              smallest: float = 40) -> str:
    """The areas above a level as closed smooth curves in figure units."""
    padded = np.pad(field, 1)
    loops = contour_generator(z=padded, line_type=LineType.Separate).lines(level)
    curves = []
    for loop in loops:
        even = gaussian_filter(loop[:-1], (STEPS, 0), mode="wrap")
        ring = shapely.LinearRing((even - 0.5) / detail)
        if shapely.Polygon(ring).area > smallest:
            curves.append(svg.curve(shapely.get_coordinates(ring.simplify(tolerance))))
    return "".join(curves)


def _folds(bone: Bone, index: int, view: View, picture: Picture) -> list[str]:
    """Visible edges inside the outline, where the surface turns away from the viewer."""
    lines = []
    for line in _turning_lines(bone.mesh, view):
        at = (view.project(line) * picture.detail - 0.5).T[::-1]
        depth = (line - view.centre) @ view.axes[2]
        behind = _beside(picture.depth, at).min(axis=0) < depth - 1  # else something covers it
        inside = (_beside(picture.bone, at) == index).all(axis=0)  # else it is the outline
        visible = behind & inside
        lines += [view.project(run) for run in _runs(line, visible)]
    return [svg.path(svg.curve(_simple(line), closed=False), bone.edge)
            for line in lines if _length(line) > 14]


def _beside(image: np.ndarray, at: np.ndarray) -> np.ndarray:
    """What the image shows at nine points around each of the given ones."""
    return np.array([map_coordinates(image, at + np.array([[dy], [dx]]), order=0, mode="nearest")
                     for dy in (-3, 0, 3) for dx in (-3, 0, 3)])


def _turning_lines(mesh: trimesh.Trimesh, view: View) -> list[np.ndarray]:
    """Where the interpolated normal is square to the view, chained into lines."""
    facing = mesh.vertex_normals @ view.axes[2]
    segments = []
    for a, b, c in mesh.faces[np.ptp(np.sign(facing)[mesh.faces], axis=1) > 0]:
        ends = [mesh.vertices[i] + (mesh.vertices[j] - mesh.vertices[i]) * facing[i]
                / (facing[i] - facing[j])
                for i, j in (sorted(p) for p in ((a, b), (b, c), (c, a)))
                if facing[i] * facing[j] < 0]
        if len(ends) == 2:
            segments.append(ends)
    merged = shapely.line_merge(shapely.MultiLineString(segments))
    return [shapely.get_coordinates(part, include_z=True) for part in shapely.get_parts(merged)]


def _runs(line: np.ndarray, keep: np.ndarray) -> list[np.ndarray]:
    """The stretches of a line that are kept, bridging short breaks."""
    kept = np.flatnonzero(keep)
    breaks = np.flatnonzero(np.diff(kept) > 6) + 1
    return [line[run[0] + FRAYED:run[-1] + 1 - FRAYED]
            for run in np.split(kept, breaks) if len(run) > 3 + 2 * FRAYED]


def _simple(line: np.ndarray) -> np.ndarray:
    smooth = np.stack([gaussian_filter(axis, 3, mode="nearest") for axis in line.T], axis=1)
    return shapely.get_coordinates(shapely.LineString(smooth).simplify(0.3))


def _length(line: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _rasterise(meshes: list[trimesh.Trimesh], view: View, detail: float) -> Picture:
    """Nearest surface at each pixel."""
    width, height = (round(side * detail) for side in view.size)
    bone = np.zeros((height, width), np.uint8)
    depth = np.full((height, width), ABSENT)
    normal = np.zeros((height, width, 3))
    for index, mesh in enumerate(meshes, 1):
        screen = np.c_[view.project(mesh.vertices) * detail - 0.5,
                       (mesh.vertices - view.centre) @ view.axes[2]]
        normals = mesh.vertex_normals @ view.axes.T
        for face in mesh.faces[(mesh.face_normals @ view.axes[2]) > 0]:
            _fill(screen[face], normals[face], index, bone, depth, normal)
    return Picture(bone, depth, normal, detail)


def _fill(corners: np.ndarray, normals: np.ndarray, index: int, bone: np.ndarray,
          depth: np.ndarray, normal: np.ndarray) -> None:
    """Writes one triangle where it is nearer than what is there."""
    (ax, ay, _), (bx, by, _), (cx, cy, _) = corners
    area = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy)
    flat, room = corners[:, :2], depth.shape[::-1]
    left, top = np.floor(flat.min(axis=0)).clip(0).astype(int)
    right, bottom = np.minimum(np.ceil(flat.max(axis=0)) + 1, room).astype(int)
    if abs(area) < 1e-9 or right <= left or bottom <= top:
        return
    y, x = np.mgrid[top:bottom, left:right]
    u = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / area
    v = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / area
    shares = np.stack([u, v, 1 - u - v], axis=-1)
    here = np.s_[top:bottom, left:right]
    z = shares @ corners[:, 2]
    nearer = (shares > -1e-3).all(axis=-1) & (z > depth[here])
    depth[here][nearer], bone[here][nearer] = z[nearer], index
    normal[here][nearer] = shares[nearer] @ normals
