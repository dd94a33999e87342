"""Pictures of pages as small PNG files: few colours, the same bytes from the same pixels."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Page

COLOURS = 32
READ = """
async (data) => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
  const text = [];
  for (let at = 0; at < bytes.length; at += 32768) text.push(String.fromCharCode(...bytes.subarray(at, at + 32768)));
  return btoa(text.join(""));
}
"""


def size(png: bytes) -> tuple[int, int]:
    """Width and height, as the first bytes of the file say."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def slim(page: Page, png: bytes) -> bytes:
    """The picture in its most frequent colours. Any page will do: a browser reads the pixels."""
    width, height = size(png)
    raw = base64.b64decode(page.evaluate(READ, base64.b64encode(png).decode()))
    mixed = np.frombuffer(raw, ">u4") >> 8
    mixed, places, counts = np.unique(mixed, return_inverse=True, return_counts=True)
    colours = mixed[:, None] >> np.array([16, 8, 0]) & 255
    palette = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    far = ((colours[:, None] - palette) ** 2).sum(axis=2)
    indices = far.argmin(axis=1).astype(np.uint8)[places.ravel()].reshape(height, width)
    rows = np.pad(indices, ((0, 0), (1, 0)))  # each row begins with its filter: none
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", palette.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )
