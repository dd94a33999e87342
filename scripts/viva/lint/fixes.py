"""Mending a bank's text in place: the order of options, a loud NOT, final full stops.

Pieces of the author's text are moved or changed where they stand; a flaw that cannot be mended so
stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from viva.base.edits import Edit, Text, applied, load, save
from viva.base.reader import Loc, parse
from viva.course.courses import Course
from viva.lint.item import Item
from viva.lint.rule import ASKED, CHOSEN, LISTED
from viva.lint.rules.form import alphabetical, has_own_order, has_stop, is_sorted
from viva.lint.rules.negative import doubly_negative, is_emphasised, turned
from viva.lint.rules.numbers import sizes
from viva.lint.views import file_view

FIXABLE = ("ST102", "OP206", "OP215", "OP212")


def fix(course: Course, name: str, codes: Iterable[str]) -> list[str]:
    """Mend what can be mended safely in a file of questions; returns a code for each flaw gone.

    `name` is the file's path as messages print it. It is written only if something changed.
    """
    file = load(course.layout.root / name)
    if file is None:
        return []
    text, done = file.text, list[str]()
    for code in (code for code in FIXABLE if code in codes):
        text, count = _mend(course, name, text, code)
        done += [code] * count
    if done:
        save(file, text)
    return done


def _mend(course: Course, name: str, text: str, code: str) -> tuple[str, int]:
    """The text with every fix of a code that leaves all other data as they were."""
    source = parse(text, name)
    view = file_view(source, course)
    if view is None:
        return text, 0
    now = Text(source, text)
    sound = (item for item in view.items if not _ignores(item, code))
    edits = [found for item in sound for found in FIXES[code](item, now)]
    together = applied(now, edits) if edits else text
    if together is not None:
        return together, len(edits)
    good: list[Edit] = []
    for one in edits:
        good += [one] if applied(now, [*good, one]) is not None else []
    return applied(now, good) or text, len(good)


def _ignores(item: Item, code: str) -> bool:
    return bool(item.question.lint and code in item.question.lint.ignore)


def _loud_negative(item: Item, now: Text) -> Iterator[Edit]:
    """ST102: `not` becomes `**NOT**` in the lead-in."""
    word = turned(item) if item.has(*ASKED) else ""
    if not word or is_emphasised(item, word) or doubly_negative(item):
        return
    loc = (*item.loc, "stem")
    start, end = now.span(loc)
    piece, value = now.text[start:end], now.value(loc)
    whole = re.compile(rf"\b{re.escape(word)}\b")
    # Only where there is one such word can there be no doubt which one is meant.
    if len(whole.findall(piece)) == 1 and len(whole.findall(value)) == 1 and word.isalpha():
        loud = f"**{word.upper()}**"
        found = whole.search(piece)
        assert found
        edit = (start + found.start(), start + found.end(), loud)
        yield Edit(loc, whole.sub(loud, value), (edit,))


def _numeric_order(item: Item, now: Text) -> Iterator[Edit]:
    """OP206: numbers in rising order."""
    if not item.has(*CHOSEN) or item.question.shuffle:
        return
    values = sizes(item)
    if len(values) != len(item.choices) or values in (sorted(values), sorted(values, reverse=True)):
        return
    order = sorted(range(len(values)), key=values.__getitem__)
    yield from _reordered(item, now, order)


def _alphabetical_order(item: Item, now: Text) -> Iterator[Edit]:
    """OP215: options by name, unless an order of their own is meant."""
    if not item.has(*LISTED) or item.question.shuffle:
        return
    if has_own_order(item) or is_sorted(item):
        return
    wanted = alphabetical(item)
    order = [next(n for n, c in enumerate(item.choices) if c is choice) for choice in wanted]
    yield from _reordered(item, now, order)


def _reordered(item: Item, now: Text, order: list[int]) -> Iterator[Edit]:
    """Move the pieces of text of the options; each keeps its comments."""
    loc = (*item.loc, "options")
    value = now.value(loc)
    if not isinstance(value, list) or len(value) != len(order):
        return
    pieces = _pieces(now, loc, len(order))
    if pieces is None:
        return
    edits = [
        (*pieces[place], now.text[slice(*pieces[source])])
        for place, source in enumerate(order)
        if place != source
    ]
    yield Edit(loc, [value[number] for number in order], tuple(edits))


def _pieces(now: Text, loc: Loc, count: int) -> list[tuple[int, int]] | None:
    """What to move for each option: whole lines in a block, braces and all in a flow."""
    spans = [now.span((*loc, number)) for number in range(count)]
    heads = [now.text.rfind("\n", 0, start) + 1 for start, _ in spans]
    dashes = [now.text[head:start].strip() for head, (start, _) in zip(heads, spans, strict=True)]
    if dashes != ["-"] * count:
        return spans if now.text[spans[0][0]] == "{" and "-" not in dashes else None
    heads = [_with_comments(now.text, head) for head in heads]
    last = now.text.find("\n", max(spans[-1][1] - 1, spans[-1][0]))
    ends = [*heads[1:], last + 1 if last >= 0 else len(now.text)]
    if now.text[ends[-1] - 1 : ends[-1]] != "\n":
        return None
    return [(head, _without_blanks(now.text, end)) for head, end in zip(heads, ends, strict=True)]


def _with_comments(text: str, head: int) -> int:
    """The start of the comment lines right above a line."""
    while head > 0:
        above = text.rfind("\n", 0, head - 1) + 1
        if not text[above:head].lstrip().startswith("#"):
            return head
        head = above
    return head


def _without_blanks(text: str, end: int) -> int:
    """An end before the blank lines that stand there."""
    while text[:end].endswith("\n\n"):
        end -= 1
    return end


def _final_stops(item: Item, now: Text) -> Iterator[Edit]:
    """OP212: full stops where most options have none, or the other way round."""
    if not item.has(*CHOSEN):
        return
    stopped = [choice for choice in item.real if has_stop(choice)]
    bare = [choice for choice in item.real if not has_stop(choice)]
    if not stopped or not bare:
        return
    drop = len(stopped) <= len(bare)
    for choice in stopped if drop else bare:
        loc = (*item.loc, *choice.loc)
        start, end = now.span(loc)
        value, piece = now.value(loc), now.text[start:end]
        at = start + piece.rfind(value.rstrip()) + len(value.rstrip())
        if value.rstrip() in piece and "\n" not in value:
            edit = (at - 1, at, "") if drop else (at, at, ".")
            new = value.rstrip()[:-1] if drop else value.rstrip() + "."
            yield Edit(loc, new, (edit,))


FIXES: dict[str, Callable[[Item, Text], Iterator[Edit]]] = {
    "ST102": _loud_negative,
    "OP206": _numeric_order,
    "OP215": _alphabetical_order,
    "OP212": _final_stops,
}
