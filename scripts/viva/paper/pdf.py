"""PDF by Typst: one wheel without system libraries, tagged pages, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import fromstring

import typst

from viva.base import files
from viva.formulas.typst import typst as typst_source
from viva.paper import figures
from viva.paper.content import Kind, Paper, Picture
from viva.paper.fonts import Fonts

TEMPLATE = Path(__file__).with_name("paper.typ")
INCH = 150
PLAIN = Fonts()


def made(paper: Paper, kind: Kind, docs: Path, large: bool, fonts: Fonts = PLAIN) -> bytes:
    """One document of a version of an exam."""
    with files.temporary() as folder:
        names = _pictures(paper, docs, folder)
        data = asdict(paper) | {"kind": kind, "large": large, "fonts": fonts.all}
        for entry, original in zip(data["entries"], paper.entries, strict=True):
            if original.picture:
                entry["picture"]["file"] = names[original.picture]
        _typeset(data)
        files.put(folder / "paper.json", json.dumps(data, ensure_ascii=False))
        files.put(folder / "main.typ", TEMPLATE.read_bytes())
        return _compile(folder / "main.typ", folder, "pdf", 0, fonts)


def _typeset(data: Any) -> None:
    """Put the typesetter's own mathematics in the place of every formula."""
    if isinstance(data, dict):
        made = data.get("formula")
        if made:
            root = fromstring(made)
            source, is_block = typst_source(root), root.get("display") == "block"
            data["formula"] = f"display({source})" if is_block else source
        data = list(data.values())
    for one in data if isinstance(data, list | tuple) else ():
        _typeset(one)


def as_png(
    picture: Picture, docs: Path, inch: float = INCH, fonts: Fonts = PLAIN
) -> bytes:
    """A picture as pixels, so many to an inch, for programs that know no SVG."""
    ending, content = _printed(picture, docs)
    with files.temporary() as folder:
        files.put(folder / f"picture{ending}", content)
        files.put(
            folder / "main.typ",
            "#set page(width: auto, height: auto, margin: 0pt)\n"
            f'#image("picture{ending}", width: 14cm)\n',
        )
        return _compile(folder / "main.typ", folder, "png", inch, fonts)


def _printed(picture: Picture, docs: Path) -> tuple[str, bytes]:
    """The ending and the content of a picture's file; places are drawn over pixels too."""
    if picture.places and not figures.is_drawing(picture.src):
        framed = figures.framed(as_png(replace(picture, places=()), docs))
        return ".svg", figures.with_places(framed, picture).encode()
    return figures.printed(picture, docs)


def _pictures(paper: Paper, docs: Path, folder: Path) -> Mapping[Picture, str]:
    names: dict[Picture, str] = {}
    for entry in paper.entries:
        if entry.picture and entry.picture not in names:
            ending, content = _printed(entry.picture, docs)
            names[entry.picture] = f"picture-{len(names)}{ending}"
            files.put(folder / names[entry.picture], content)
    return names


def _compile(
    main: Path, root: Path, kind: Literal["pdf", "png"], ppi: float, fonts: Fonts = PLAIN
) -> bytes:
    """The document, without a date, so that it is always the same."""
    made = typst.compile(
        str(main),
        root=str(root),
        format=kind,
        ppi=ppi or None,
        timestamp=0,
        **fonts.options,
    )
    assert isinstance(made, bytes)
    return made
