"""The grids: voxels of the volume, and the finer pixels on which a section is composed."""

from __future__ import annotations

import numpy as np

PIXEL, COLUMNS = 0.65, 320  # mm, and pixels on a side
LEFT, FRONT, LOW, LEVELS = -184.0, -165.0, 700.0, 134  # mm of the first voxel; 1 mm a level
SPACING = (1.0, PIXEL, PIXEL)
X = LEFT + PIXEL * np.arange(COLUMNS)
Y = FRONT + PIXEL * np.arange(COLUMNS)
Z = LOW + np.arange(LEVELS)
SHAPE = (LEVELS, COLUMNS, COLUMNS)

FINER = 2  # pixels of a section to a voxel
STEP = PIXEL / FINER
SIDE = COLUMNS * FINER
FINE_X = LEFT - PIXEL / 2 + STEP * (np.arange(SIDE) + .5)
FINE_Y = FRONT - PIXEL / 2 + STEP * (np.arange(SIDE) + .5)
XX, YY = (axis.astype(np.float32) for axis in np.meshgrid(FINE_X, FINE_Y))
HEAD = np.array([-87.5, -80.0])  # centre of the femoral head, x and y
