"""What there is to translate in a course, each text with a name that tells where it stands.

In a bank that is every field that students read, by the id of its question; in the front matter of
a page its title, objectives and cards; in its body what `blocks` finds. A text stands under its
name and itself, so that nothing is mistaken for its translation once it has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from viva.bank import types
from viva.bank.question import Model
from viva.bank.question import Text as Typed
from viva.base.reader import Loc, Source
from viva.course.pages import Page
from viva.course.settings import Settings
from viva.translation import blocks

SILENT = frozenset(
    ("id", "type", "src", "module", "objective", "read", "references", "tags", "author", "reviewed")
) | frozenset(("lint", "reviews", "statistics", "history", "status", "also", "translation"))
"""Fields that students do not read, or that name something."""
SAME = "answer"
"""A field that may repeat another text of its question, and is then translated with it."""
FRAME = ("title", "description", "instructions")
FIELDS = ("title", "description")
SETTINGS = ("site_name", "site_description", "copyright")
EXTRA = ("short_name", "caution")


@dataclass(frozen=True)
class Text:
    """A text of the course. `name` tells a translator where it stands, `loc` us."""

    name: str
    said: str
    line: int = 1
    loc: Loc = ()

    @property
    def key(self) -> tuple[str, str]:
        """What its translation is kept under."""
        return self.name, self.said


def of_bank(source: Source) -> Iterator[Text]:
    """The texts around a bank's questions, then those of each question."""
    yield from of_frame(source)
    for number, data in _entries(source, "questions"):
        yield from of_question(data, source, ("questions", number))


def of_assignment(source: Source) -> Iterator[Text]:
    """The texts of an assignment, and of the questions that only it has."""
    yield from of_frame(source)
    for number, data in _entries(source, "private"):
        yield from of_question(data, source, ("private", number))


def of_frame(source: Source) -> Iterator[Text]:
    """What a bank or an assignment says around its questions."""
    for name in FRAME:
        said = source.data.get(name)
        if isinstance(said, str) and said.strip():
            yield Text(name, said.strip(), source.place((name,))[0], (name,))


def of_question(data: Mapping[str, Any], source: Source, at: Loc) -> Iterator[Text]:
    """The texts of a question, less those that repeat another one."""
    for loc, said in leaves(data):
        if not _repeats(data, loc, said):
            name = ".".join([str(data.get("id")), *map(_step, loc)])
            yield Text(name, said.strip(), source.place((*at, *loc))[0], loc)


def leaves(data: Mapping[str, Any]) -> Iterator[tuple[Loc, str]]:
    """Every text of a question that students read, with its place in the question."""
    model = types.MODELS.get(str(data.get("type")))
    return _leaves(data, model, ()) if model else iter(())


def twin(data: Mapping[str, Any], loc: Loc, said: str) -> Loc | None:
    """Where else in a question a text stands that an answer repeats."""
    if loc[-1] != SAME:
        return None
    same = (other for other, text in leaves(data) if text.strip() == said.strip())
    return next((other for other in same if other[-1] != SAME), None)


def _repeats(data: Mapping[str, Any], loc: Loc, said: str) -> bool:
    return twin(data, loc, said) is not None


def _leaves(data: Mapping[str, Any], model: type[Model], at: Loc) -> Iterator[tuple[Loc, str]]:
    hints = _hints(model)
    for name, value in data.items():
        if name in hints and name not in SILENT:
            yield from _values(value, hints[name], (*at, name))


def _values(value: Any, hint: Any, at: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        if value.strip() and _is_text(hint):
            yield at, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _values(one, hint, (*at, number))
    elif isinstance(value, dict):
        model = types.MODELS.get(str(value.get("type"))) or _model(hint)
        if model:
            yield from _leaves(value, model, at)


@cache
def _hints(model: type[Model]) -> Mapping[str, Any]:
    return get_type_hints(model, include_extras=True)


def _is_text(hint: Any) -> bool:
    return hint == Typed or any(_is_text(one) for one in get_args(hint))


def _model(hint: Any) -> type[Model] | None:
    if isinstance(hint, type) and issubclass(hint, Model):
        return hint
    return next(filter(None, map(_model, get_args(hint))), None)


def _step(step: str | int) -> str:
    return step if isinstance(step, str) else str(step + 1)


def _entries(source: Source, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = source.data.get(name)
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(one, dict):
            yield number, one


def of_page(page: Page) -> Iterator[Text]:
    """The texts of a page's front matter, then those of its body."""
    yield from of_front(page)
    skipped = page.text.count("\n", 0, len(page.text) - len(page.body))
    for piece, name in named(page):
        if piece.said:
            yield Text(name, piece.said, piece.line + skipped)


def of_front(page: Page) -> Iterator[Text]:
    """What the front matter says to readers."""
    for loc, name in _front(page):
        said = _at(page.meta, loc)
        if isinstance(said, str) and said.strip():
            yield Text(name, said.strip(), page.front.place(loc)[0], loc)


def _front(page: Page) -> Iterator[tuple[Loc, str]]:
    yield from (((name,), name) for name in FIELDS)
    for field, parts in (("objectives", ("text",)), ("cards", ("front", "back"))):
        listed = page.meta.get(field)
        for number, one in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(one, dict):
                yield from (
                    ((field, number, part), f"{field}.{one.get('id')}.{part}") for part in parts
                )


def named(page: Page) -> Iterator[tuple[blocks.Piece, str]]:
    """The pieces of a page's body, each with the anchor of the section that it stands in."""
    anchors = iter(page.marked.headings)
    name = ""
    for piece in blocks.pieces(page.body):
        if piece.kind == "heading":
            name = f"#{next(anchors, '')}"
        yield piece, name


def of_settings(settings: Settings) -> Iterator[Text]:
    """The course's name and what else its settings say to readers."""
    for loc in ((*((name,) for name in SETTINGS), *(("extra", name) for name in EXTRA))):
        said = _at(settings.data, loc)
        if isinstance(said, str) and said.strip():
            yield Text(".".join(loc), said.strip(), settings.source.place(loc)[0], loc)
    seen = dict.fromkeys(_titles(settings.nav))
    yield from (Text("nav", title, settings.source.place(("nav",))[0]) for title in seen)


def _titles(nav: Iterable[Any]) -> Iterator[str]:
    for one in nav:
        if isinstance(one, dict):
            for title, below in one.items():
                yield str(title)
                yield from _titles(below if isinstance(below, list) else ())


def _at(data: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
