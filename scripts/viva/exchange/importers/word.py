"""Word: numbered lists with the right option in bold, starred, ticked or in a key, and tables."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from html import escape
from typing import Any

from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange import grids, lists
from viva.exchange.grids import Grid
from viva.exchange.keys import IN_KEY, Line
from viva.exchange.limits import Archive, Incoming
from viva.exchange.reading import Desk, Read

TITLE = "Word"
MAIN = "word/document.xml"
MARKUP = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERED = {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}
STYLE = re.compile(r"(List (?:Number|Bullet|Paragraph))(?: (\d))?")
BLACK = {"", "auto", "000000", "none"}
Find = lists.Find


def sniff(file: Incoming) -> bool:
    """Whether it is a Word document."""
    return file.content[:2] == b"PK" and file.archive is not None and MAIN in file.archive


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the document, in lists and in tables."""
    if file.archive is None or MAIN not in file.archive:
        raise Refused(say("this is not a Word document (save it as .docx)"))
    title, find, lines, tables = _document(file.content, file.archive)
    entries = lists.read([*lines, *_keys(tables)], desk, find)
    notes: list[str] = []
    for grid in tables:
        if _key(grid):
            continue
        made = grids.read(grid, desk) or grids.read(grids.turned(grid), desk)
        if made:
            entries += made[0]
            notes += made[1]
    if not entries:
        raise Refused(
            say(
                "no question was found: number each, put its options below it, and mark the right "
                "one in bold (or start from: viva new word)"
            )
        )
    return Read(title, tuple(entries), (), tuple(dict.fromkeys(notes)))


def _document(content: bytes, archive: Archive) -> tuple[str, Find, list[Line], list[Grid]]:
    """Title, pictures, paragraphs and tables of a document."""
    import docx

    for name in archive.names:
        if MARKUP.search(name):
            archive.xml(name)
    try:
        document = docx.Document(io.BytesIO(content))
        return (_title(document), _files(document), *_parts(document))
    except Exception as error:  # whatever the library says of a damaged document
        said = str(error).split("\n")[0][:80] or type(error).__name__
        raise Refused(say("the document is damaged: {text} (save it again)", text=said)) from None


def _title(document: Any) -> str:
    first = next((p for p in document.paragraphs if p.text.strip()), None)
    name = str(getattr(getattr(first, "style", None), "name", ""))
    return first.text.strip() if first is not None and name in ("Title", "Heading 1") else ""


def _files(document: Any) -> Find:
    """The pictures of the document, by the names that it uses."""

    def find(name: str) -> bytes | None:
        part = document.part.rels.get(name)
        if part is None or part.is_external:
            return None
        content: bytes = part.target_part.blob
        return content

    return find


def _parts(document: Any) -> tuple[list[Line], list[Grid]]:
    """The paragraphs outside tables, and the tables."""
    lines: list[Line] = []
    tables: list[Grid] = []
    numbering = _numbering(document)
    styles = {str(one.style_id): str(one.name) for one in document.styles}
    counts: Counter[tuple[str, int]] = Counter()
    for number, block in enumerate(document.element.body, 1):
        if block.tag == f"{W}p":
            lines += [_line(p, number, styles, numbering, counts) for p in _unbroken(block)]
        elif block.tag == f"{W}tbl":
            tables += grids.forms(_grid(block, len(tables) + 1))
    return lines, tables


def _key(grid: Grid) -> list[str]:
    """The rows of a table that holds nothing but numbers and letters, which is a key."""
    said = [" ".join(row) for row in grid.rows]
    found = [row for row in said if IN_KEY.fullmatch(row.strip())]
    return found if len(found) >= len(said) - 1 else []


def _keys(tables: list[Grid]) -> Iterator[Line]:
    """The keys among the tables."""
    for grid in tables:
        found = _key(grid)
        if found:
            yield Line("Answer key", "", grid.name)
            yield from (Line(row, escape(row), grid.name) for row in found)


def _grid(table: Any, number: int) -> Grid:
    rows: list[list[str]] = []
    marked: dict[tuple[int, int], bool] = {}
    for row, one in enumerate(table.iter(f"{W}tr")):
        cells = list(one.iterchildren(f"{W}tc"))
        rows.append(["\n".join(_words(p) for p in cell.iter(f"{W}p")).strip() for cell in cells])
        for at, cell in enumerate(cells):
            runs = [run for run in cell.iter(f"{W}r") if _words(run).strip()]
            marked[row, at] = bool(runs) and all(_is_set_apart(run) for run in runs)
    return Grid(rows, f"table {number}", marked=marked)


def _words(element: Any) -> str:
    """The words of a paragraph or a run, without what was deleted or hidden."""
    parts = []
    for one in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen", f"{W}sym"):
        if one.tag == f"{W}t":
            parts.append(one.text or "")
        else:
            parts.append("-" if one.tag == f"{W}noBreakHyphen" else " ")
    return "".join(parts)


def _line(
    paragraph: Any,
    number: int,
    styles: Mapping[str, str],
    numbering: Mapping[tuple[str, int], str],
    counts: Counter[tuple[str, int]],
) -> Line:
    """A paragraph with its place in a list, counted as the word processor counts."""
    listed = _listed(paragraph, styles)
    runs = [run for run in paragraph.iter(f"{W}r") if _words(run).strip()]
    marked = bool(runs) and all(_is_set_apart(run) for run in runs)
    words, html = _words(paragraph), _html(paragraph)
    where = f"paragraph {number}"
    if listed is None:
        style = _style(paragraph, styles)
        return Line(words, html, where, marked=marked, is_heading=style.startswith("Heading "))
    name, level = listed
    form = numbering.get(listed, "bullet" if "Bullet" in name else "decimal")
    counts[listed] += 1
    for deeper in [one for one in counts if one[0] == name and one[1] > level]:
        counts[deeper] = 0
    counted = counts[listed] if form == "decimal" else None
    return Line(words, html, where, counted, level, form in LETTERED, marked)


def _unbroken(paragraph: Any) -> list[Any]:
    """A paragraph as one for each of its lines, where it holds options one below the other."""
    for ends in ((f"{W}br", f"{W}cr"), (f"{W}tab",)):
        count = sum(not one.get(f"{W}type") for one in _marks(paragraph, ends))
        lines = [_cut(paragraph, number, ends) for number in range(count + 1)] if count else []
        said = [_words(one) for one in lines]
        if sum(bool(lists.OPTION.match(one) or lists.TICK.match(one)) for one in said) > 1:
            return lines
    return [paragraph]


def _marks(paragraph: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Breaks or tabs in the text of a paragraph."""
    return (one for run in paragraph.iter(f"{W}r") for one in run.iterchildren(*names))


def _cut(paragraph: Any, wanted: int, ends: tuple[str, ...]) -> Any:
    """One line of a paragraph. Only the first stands in the paragraph's list."""
    copied, line = deepcopy(paragraph), 0
    marks = set(_marks(copied, ends))
    for one in list(copied.iter()):
        is_end = one in marks and not one.get(f"{W}type")
        line += is_end
        holds = is_end or (one.getparent() is not None and one.getparent().tag == f"{W}r")
        is_look = one.tag == f"{W}rPr"
        if is_end or (holds and not is_look and line != wanted):
            one.getparent().remove(one)
    listed = copied.find(f"{W}pPr/{W}numPr")
    if wanted and listed is not None:
        listed.getparent().remove(listed)
    return copied


def _listed(paragraph: Any, styles: Mapping[str, str]) -> tuple[str, int] | None:
    """The list that a paragraph stands in, and how deep."""
    found = paragraph.find(f"{W}pPr/{W}numPr")
    name = _style(paragraph, styles)
    if found is None:
        kind = STYLE.fullmatch(name)
        if kind is None or kind[1] == "List Paragraph":
            return None
        return kind[1], int(kind[2] or 1) - 1
    ident, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    number = str(ident.get(f"{W}val")) if ident is not None else ""
    depth = str(level.get(f"{W}val")) if level is not None else "0"
    return None if number == "0" else (number, int(depth) if depth.isdecimal() else 0)


def _style(paragraph: Any, styles: Mapping[str, str]) -> str:
    """The name of a paragraph's style, the same in every language of Word."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    ident = found.get(f"{W}val") if found is not None else None
    return styles.get(ident or "", "")


def _numbering(document: Any) -> dict[tuple[str, int], str]:
    """How each list counts, by its number and depth."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    forms: dict[str, dict[int, str]] = {}
    for one in root.iter(f"{W}abstractNum"):
        levels = {
            int(depth): str(level.find(f"{W}numFmt").get(f"{W}val"))
            for level in one.iter(f"{W}lvl")
            if (depth := str(level.get(f"{W}ilvl") or 0)).isdecimal()
            and level.find(f"{W}numFmt") is not None
        }
        forms[str(one.get(f"{W}abstractNumId"))] = levels
    found: dict[tuple[str, int], str] = {}
    for one in root.iter(f"{W}num"):
        kind = one.find(f"{W}abstractNumId")
        levels = forms.get(str(kind.get(f"{W}val")), {}) if kind is not None else {}
        found |= {(str(one.get(f"{W}numId")), level): form for level, form in levels.items()}
    return found


def _on(run: Any, name: str) -> bool:
    """Whether a property is switched on."""
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off", "none")


def _is_set_apart(run: Any) -> bool:
    """Whether a run is bold, underlined, highlighted or coloured."""
    colour = run.find(f"{W}rPr/{W}color")
    said = (colour.get(f"{W}val") or "").lower() if colour is not None else ""
    return any(_on(run, name) for name in ("b", "u", "highlight")) or said not in BLACK


def _html(paragraph: Any) -> str:
    """The paragraph in HTML: emphasis, sub- and superscript, pictures."""
    parts: list[tuple[tuple[str, ...], str]] = []
    for run in paragraph.iter(f"{W}r"):
        said = escape(_words(run), quote=False) + _image(run)
        if parts and parts[-1][0] == _emphasis(run):
            parts[-1] = (parts[-1][0], parts[-1][1] + said)
        elif said:
            parts.append((_emphasis(run), said))
    formula = next(
        iter(paragraph.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath")),
        None,
    )
    return "".join(_wrapped(*part) for part in parts) + ("" if formula is None else _tag("math"))


def _emphasis(run: Any) -> tuple[str, ...]:
    raised = run.find(f"{W}rPr/{W}vertAlign")
    said = raised.get(f"{W}val") if raised is not None else ""
    names = [name for name, on in (("b", _on(run, "b")), ("i", _on(run, "i"))) if on]
    return (*names, *({"superscript": ("sup",), "subscript": ("sub",)}.get(said or "", ())))


def _wrapped(names: tuple[str, ...], html: str) -> str:
    """HTML in elements of these names, white space outside."""
    if not names or not html.strip():
        return html
    before, after = html[: len(html) - len(html.lstrip())], html[len(html.rstrip()) :]
    said = html.strip()
    for name in reversed(names):
        said = f"{_tag(name)}{said}{_tag('/' + name)}"
    return before + said + after


def _tag(name: str) -> str:
    return f"<{name}>"


def _image(run: Any) -> str:
    """The pictures of a run, by the names that the document uses."""
    said = []
    for drawing in run.iter(f"{W}drawing"):
        blip = next(
            iter(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")), None
        )
        about = next((one for one in drawing.iter() if str(one.tag).endswith("}docPr")), None)
        alt = (about.get("descr") or about.get("title") or "") if about is not None else ""
        names = (
            [value for name, value in blip.items() if name.endswith("}embed")]
            if blip is not None
            else []
        )
        said += [_tag(f'img src="{escape(name)}" alt="{escape(alt)}"') for name in names]
    return "".join(said)
