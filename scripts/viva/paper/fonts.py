"""The fonts of a printed exam, and the signs that none of them has: they would be empty boxes.

The typesetter's own fonts cover Latin, Greek and Cyrillic letters, arrows and mathematics. A course
in a language of other letters is printed with the first of its usual fonts that is installed. For
letters of another language or pictures among them a course names its font, which lies in its folder
`fonts` or is installed:

    plugins:
      - viva: {print: {font: Noto Serif CJK SC}}
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any

import typst

from viva.base import files
from viva.base.problems import hint
from viva.base.refused import Refused
from viva.base.words import joined, say
from viva.course.layout import Layout
from viva.paper.content import Entry, Paper

OURS = "Libertinus Serif"
FOLDER = "fonts"
_NASKH = ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Vazirmatn", "Noto Sans Arabic")
USUAL: Mapping[str, tuple[str, ...]] = {
    "ar": (*_NASKH, "Geeza Pro", "Arial", "DejaVu Sans"),
    "fa": (*_NASKH, "Geeza Pro", "Arial", "DejaVu Sans"),
    "hi": (
        *("Noto Serif Devanagari", "Noto Sans Devanagari", "Lohit Devanagari", "Mangal"),
        *("Nirmala UI", "Kohinoor Devanagari", "Devanagari MT"),
    ),
    "ja": (
        *("Noto Serif CJK JP", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"),
        *("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "MS Mincho"),
    ),
    "zh": (
        *("Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun"),
        *("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
    ),
}
"""By language, fonts with its letters that systems bring along, the best for print first."""
BARE = re.compile("[\u0900-\u097f]")
"""Letters that the typesetter's fonts draw one by one, and do not join as one has to."""
NOBODY = "\u0378"
"""A sign that no font has: what is drawn for it is drawn for every sign that is missing."""
GLYPH = re.compile(r'<use[^>]*?href="#(\w+)"')
UNDRAWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"}
MOST = 5
MOST_SIGNS = 8


@dataclass(frozen=True)
class Fonts:
    """The fonts that a course names, the likeliest first, and where its own lie."""

    names: tuple[str, ...] = ()
    folder: Path | None = None
    example: str = "Noto Serif"
    """One that a course in its language could name."""

    @property
    def all(self) -> tuple[str, ...]:
        """Its fonts, and ours for what they lack."""
        return (*self.names, OURS)

    @property
    def options(self) -> Mapping[str, Any]:
        """What the typesetter is told. Without a font of its own a course looks for none elsewhere,
        so that every machine prints the same."""
        paths = [str(self.folder)] if self.folder else []
        return {"font_paths": paths, "ignore_system_fonts": not self.names}


def of(layout: Layout) -> Fonts:
    """The fonts of a course. Raises Refused for one that is not there."""
    folder = layout.root / FOLDER
    found = Fonts(layout.settings.fonts, folder if folder.is_dir() else None)
    usual = USUAL.get(layout.settings.words.language.partition("-")[0], ())
    if found.names or usual:
        paths = found.options["font_paths"]
        known = typst.Fonts(include_system_fonts=True, font_paths=paths).families()
        if not found.names:
            there = tuple(name for name in usual if name in known)[:1]
            return replace(found, names=there, example=usual[0])
        for name in found.names:
            if name not in known:
                said = say(
                    "there is no font {name} on this computer or in {folder}/ ({hint} Its file "
                    "may lie in {folder}/.)",
                    name=name,
                    folder=FOLDER,
                    hint=hint(name, known),
                )
                raise Refused(said)
    return found


def check(paper: Paper, fonts: Fonts) -> None:
    """Raise Refused where signs of an exam are in none of its fonts."""
    lacks = [one for entry in paper.entries for one in _of_entry(entry, fonts)]
    labels = missing(_texts((asdict(paper.labels), paper.instructions)), fonts)
    lacks += [say("title or instructions: {signs}", signs=_named(labels))] if labels else []
    if lacks:
        said = say(
            "the fonts lack signs, which would be empty boxes: {signs} (name a font that "
            "has them under viva in mkdocs.yml: print: {font: {name}}; or --format docx, in "
            "which Word finds its fonts)",
            name=fonts.example,
            signs=joined(*lacks[:MOST], *["…"] * (len(lacks) > MOST), by="; "),
        )
        raise Refused(said)


def _of_entry(entry: Entry, fonts: Fonts) -> Iterator[str]:
    lacks = missing(_texts(asdict(entry)), fonts)
    if lacks:
        yield say("question {number}: {signs}", number=entry.number, signs=_named(lacks))


def _named(signs: Sequence[str]) -> str:
    shown = [f"{sign} (U+{ord(sign):04X})" for sign in signs[:MOST_SIGNS]]
    return ", ".join([*shown, *["…"] * (len(signs) > MOST_SIGNS)])


def _texts(data: Any) -> Iterator[str]:
    """Every text in some data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from _texts(one)
    elif isinstance(data, (list, tuple)):
        for one in data:
            yield from _texts(one)
    elif is_dataclass(data) and not isinstance(data, type):
        yield from _texts(asdict(data))


def missing(texts: Iterable[str], fonts: Fonts) -> list[str]:
    """The signs of texts for which no font has a drawing, in order."""
    signs = {sign for text in texts for sign in text if ord(sign) > 0x24F}
    asked = sorted(sign for sign in signs if unicodedata.category(sign) not in UNDRAWN)
    if not asked:
        return []
    nothing, *drawn = _drawn([NOBODY, *asked], fonts)
    apart = BARE if not fonts.names else None
    return [
        sign
        for sign, glyphs in zip(asked, drawn, strict=True)
        if glyphs & nothing or (apart and apart.match(sign))
    ]


def _drawn(signs: list[str], fonts: Fonts) -> list[set[str]]:
    """The names of the drawings of each sign, on a page of its own."""
    names = ", ".join(f'"{name}"' for name in fonts.all)
    pages = "\n#pagebreak()\n".join(f'#"\\u{{{ord(sign):x}}}"' for sign in signs)
    with files.temporary() as folder:
        files.put(folder / "signs.typ", f"#set text(font: ({names},))\n{pages}\n")
        made = typst.compile(str(folder / "signs.typ"), format="svg", **fonts.options)
    return [set(GLYPH.findall(page.decode())) for page in ([made] if signs[1:] == [] else made)]
