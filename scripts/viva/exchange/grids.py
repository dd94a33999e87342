"""Questions in a table: rows under headings, wherever the table comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from viva.bank.question import LEVELS
from viva.base.letters import letter
from viva.base.words import Listed, say, shaped
from viva.exchange import headings, rows
from viva.exchange.cells import Cells
from viva.exchange.headings import Columns
from viva.exchange.images import Image
from viva.exchange.naming import words as first_words
from viva.exchange.reading import ROW, Asked, Desk, Flashcard, Left, entry, placed
from viva.exchange.texts import NotThere, Texts

SEARCHED = 12
"""So many rows are looked at for headings."""
MONTH = r"(?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])\.?"
DATE = re.compile(rf"\d{{1,2}}[-. ]+{MONTH}|{MONTH}[-. ]+\d{{2}}", re.IGNORECASE)
"""What is left of `1-2` and the like in a table that was saved as text."""


@dataclass(frozen=True)
class Grid:
    """A table: its rows of text, its name, and what became dates in it, by row and column."""

    rows: Sequence[Sequence[str]]
    name: str = ""
    dates: dict[tuple[int, int], str] = field(default_factory=dict)
    marked: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Cells that are set in bold, by row and column."""
    first: int = 1
    """The number of the first row."""
    pictures: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    """A picture that lies over a row."""
    unknown: frozenset[str] = frozenset()
    """Cells with a formula whose result nobody knows."""

    def cell(self, row: int, column: int) -> str:
        """What a spreadsheet calls a cell."""
        name, column = "", column + 1
        while column:
            column, left = divmod(column - 1, 26)
            name = letter(left) + name
        return f"{name}{row + self.first}"


def header(grid: Grid) -> tuple[int, Columns] | None:
    """The row of headings, and what they say."""
    for number, row in enumerate(grid.rows[:SEARCHED]):
        found = headings.guessed(row)
        if found:
            return number, found
    return None


def forms(grid: Grid) -> list[Grid]:
    """A table that is a form for each of several questions, one below the other, as that many."""
    starts = [n for n, row in enumerate(grid.rows) if row and headings.is_stem(row[0])]
    if len(starts) < 2 or any(len(row) != 2 for row in grid.rows):
        return [grid]
    ends = [*starts[1:], len(grid.rows)]
    return [
        Grid(grid.rows[a:b], f"{grid.name}, form {number}", marked=_between(grid.marked, a, b))
        for number, (a, b) in enumerate(zip(starts, ends, strict=True), 1)
    ]


def _between(
    marked: Mapping[tuple[int, int], bool], start: int, end: int
) -> dict[tuple[int, int], bool]:
    return {(row - start, at): on for (row, at), on in marked.items() if start <= row < end}


def turned(grid: Grid) -> Grid:
    """A table whose headings stand in its first column, turned."""
    width = max((len(row) for row in grid.rows), default=0)
    columns = [[row[n] if n < len(row) else "" for row in grid.rows] for n in range(width)]
    return replace(
        grid, rows=columns, dates={}, marked={(c, r): b for (r, c), b in grid.marked.items()}
    )


def read(grid: Grid, desk: Desk) -> tuple[list[Asked | Left], list[str]] | None:
    """The questions of a table, and what is to be known of it; None where it has no headings."""
    found = header(grid)
    if found is None:
        return None
    at, columns = found
    named = f"{grid.name}: " if grid.name else ""
    notes = [] if columns.is_ours else [named + columns.told(grid.rows[at])]
    below = enumerate(grid.rows[at + 1 :], at + 1)
    filled = [(number, row) for number, row in below if any(cell.strip() for cell in row)]
    desk.expect(len(filled))
    entries = []
    for number, row in filled:
        desk.tick()
        entries.append(_entry(grid, number, row, columns, desk))
    return entries, notes


def _entry(
    grid: Grid, number: int, row: Sequence[str], columns: Columns, desk: Desk
) -> Asked | Left:
    def cell(name: str) -> str:
        at = columns.fields.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    texts = desk.texts(lambda name: (grid.pictures.get(number) or ("", None))[1])
    stem = cell("stem")
    where = placed(ROW, number + grid.first, first_words(stem, 40))
    where = shaped("{file}: {place}", file=grid.name, place=where) if grid.name else where
    for at, said in _dates(grid, number, row, columns):
        texts.note(shaped("{cell}: {message}", cell=grid.cell(number, at), message=said))
    made = entry(
        where, lambda texts: _asked(cell, row, columns, texts, grid, number, desk), texts, stem
    )
    return replace(made, place=where)


def _dates(
    grid: Grid, number: int, row: Sequence[str], columns: Columns
) -> Iterator[tuple[int, str]]:
    """Cells that a spreadsheet made a date of."""
    used = {*columns.fields.values(), *columns.options.values(), *columns.whys.values()}
    for at in sorted(used):
        said = row[at] if at < len(row) else ""
        if (number, at) in grid.dates or DATE.fullmatch(said.strip()):
            yield at, say(
                "“{text}” looks like a date that the spreadsheet made of something like 1-2",
                text=said,
            )


def _asked(
    cell: Callable[[str], str],
    row: Sequence[str],
    columns: Columns,
    texts: Texts,
    grid: Grid,
    number: int,
    desk: Desk,
) -> Asked:
    line, block = _ways(columns, texts, desk)
    stem = cell("stem")
    unknown = [name for at in range(len(row)) if (name := grid.cell(number, at)) in grid.unknown]
    if unknown:
        raise NotThere(
            say(
                "{cell} holds a formula without its result "
                "(open the file in a spreadsheet, and save it)",
                cell=unknown[0],
            )
        )
    if not stem:
        raise NotThere(say("it asks nothing"))
    cells = _cells(cell, row, columns, grid, number)
    kind = cell("type")
    before, asked = rows.asked(kind, replace(cells, stem=stem), texts, line, block)
    level = cell("level").lower()
    tags = [one.strip() for one in re.split(r"[,;]", cell("tags")) if one.strip()]
    if level and level not in LEVELS:
        texts.note(
            say(
                "the level “{level}” is none of {choices}; it is a tag now",
                level=level, choices=Listed(tuple(LEVELS), "row"),
            )
        )
        tags.append(level)
    return Asked(
        place="",
        stem=before,
        interaction=asked,
        source=cell("id"),
        name=texts.words(stem.replace("<", " ")),
        figure=_figure(cell, texts, grid, number, desk),
        explanation=block(cell("explanation")),
        hint=block(cell("hint")),
        tags=tuple(dict.fromkeys(texts.words(tag.replace("<", " ")) for tag in tags)),
        level=level,
        objective=cell("objective"),
        shuffle=RIGHT in cells.names,
    )


def _ways(columns: Columns, texts: Texts, desk: Desk) -> tuple[rows.Line, rows.Line]:
    """How the text of a cell is read: ours is Markdown, any other is plain."""
    if not columns.is_ours:
        return texts.plain_line, texts.plain

    def line(text: str) -> str:
        return _joined(block(text))

    def block(text: str) -> str:
        if not MARKUP.search(text):
            return texts.plain(text)
        return CITED.sub(cited, texts.of_markdown(text))

    def cited(found: re.Match[str]) -> str:
        keys = [one.strip(" @") for one in found[1].split(";")]
        return f"[{found[1]}]" if all(key in desk.references for key in keys) else found[0]

    return line, block


RIGHT = "right"
"""The name of the option that stands apart from those that are wrong."""
MARKUP = re.compile(r"[*_`<&\[\\#|~^]|\n\s*(?:[-+]|\d+[.)])\s")


CITED = re.compile(r"&#91;(@[\w:.-]+(?:;\s*@[\w:.-]+)*)\]")
"""A citation that was escaped like any other bracket; in our own table it may be meant."""


def _joined(text: str) -> str:
    return " ".join(line.strip() for line in text.split("\n"))


def _cells(
    cell: Callable[[str], str], row: Sequence[str], columns: Columns, grid: Grid, number: int
) -> Cells:
    def at(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    names = tuple(columns.options)
    options = tuple(at(place) for place in columns.options.values())
    right = cell("right") or ("" if columns.is_ours else _bold(columns, grid, number))
    clean, stars = _starred(options) if not right and not columns.is_ours else (options, "")
    if columns.are_wrong and right and right not in options:
        names, clean = (RIGHT, *names), (right, *clean)
    return Cells(
        options=clean,
        right=right or stars,
        whys=tuple(at(columns.whys.get(name)) for name in names),
        tolerance=cell("tolerance"),
        unit=cell("unit"),
        model=cell("model"),
        names=names,
    )


def _starred(options: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Options without their stars, and the letters of those that had one."""
    marked = [
        re.fullmatch(r"(?:\*|✓|✔|☑)\s*(.*)|(.*?)\s*(?:\*|✓|✔|☑)", one, re.DOTALL) for one in options
    ]
    clean = tuple((m[1] or m[2] or "") if m else o for m, o in zip(marked, options, strict=True))
    return clean, ", ".join(letter(n) for n, one in enumerate(marked) if one)


def _bold(columns: Columns, grid: Grid, number: int) -> str:
    found = [n for n, at in enumerate(columns.options.values()) if grid.marked.get((number, at))]
    return ", ".join(letter(n) for n in found) if 0 < len(found) < len(columns.options) else ""


def _figure(
    cell: Callable[[str], str], texts: Texts, grid: Grid, number: int, desk: Desk
) -> Image | None:
    """The picture over the row, or the one that its cell names under docs/."""
    alt = texts.words(cell("alt").replace("<", " "))
    if number in grid.pictures:
        return texts.picture(grid.pictures[number][0], alt)
    src = cell("picture")
    if not src:
        return None
    if desk.is_there(src.partition("#")[0]):
        return Image(src, alt or "Picture")
    texts.note(
        say(
            "there is no picture {path} under the course's pages (put it there, then add figure:)",
            path=src,
        )
    )
    return None


def flashcards(rows_: Iterable[Sequence[str]], desk: Desk) -> list[Flashcard]:
    """Two columns without headings: what is asked, and what is answered."""
    cards = []
    for number, row in enumerate(rows_, 1):
        front, back = (row[0].strip(), row[1].strip())
        if front and back:
            desk.tick()
            texts = desk.texts()
            said = texts.plain_line(front), texts.plain_line(back)
            cards.append(Flashcard(placed(ROW, number), "", *said, notes=tuple(texts.notes)))
    return cards
