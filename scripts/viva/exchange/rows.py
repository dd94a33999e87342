"""A question as a row of a table, and back: what stands in which cell for each way of answering.

| answered by | A, B, C … | right |
|---|---|---|
| one option, or several | the options | the letters of those that are right: `B`, or `A, C` |
| true or false | the statements | `T, F, T` |
| matching | `prompt -> option`; `-> option` fits none | |
| an order | the items in the right order | |
| a number | | `15 ± 0.5 mm` |
| words | | `a word; another; !a wrong word` |
| gaps | for each `{1}`, `{2}` in the stem: words as above, or `small / *large` | |

Whys stand in `why A`, `why B` …, each for what is in A, B ….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from viva.bank import types
from viva.bank.interactions import (
    Choice,
    Gap,
    Gaps,
    Interaction,
    Judgement,
    Number,
    Order,
    Pairs,
    Pick,
    Prompt,
    Statement,
    Words,
)
from viva.base.words import say
from viva.exchange.cells import Cells
from viva.exchange.escaping import entity
from viva.exchange.gaps import LEAD_IN, typed
from viva.exchange.naming import slug
from viva.exchange.numbers import decimal
from viva.exchange.praise import without_praise
from viva.exchange.reading import number, one_of, paired, some_of, words
from viva.exchange.texts import NotThere, Texts

ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
SPLIT = re.compile(r"\s*(?<!&#\d)(?<!&#\d\d)(?<!&#\d\d\d);\s*|\n+")
"""Between words: a semicolon, unless it ends an entity."""
HOLE = re.compile(r"\{(\d{1,2})\}")
TRUE = {
    *("t", "true", "yes", "wahr", "richtig", "r", "w", "ja", "vrai", "v", "1", "x", "✓", "✔", "☑")
}
FALSE = {*("f", "false", "no", "falsch", "nein", "faux", "0", "-", "")}
NUMBER = re.compile(
    r"([-+−]?\d[\d .,']*(?:[eE][-+]?\d+)?)\s*(?:(?:±|\+/-|\+-)\s*(\d[\d .,]*))?\s*(.*)"
)
RANGE = re.compile(r"([-+−]?\d[\d.,]*)\s*(?:\.\.|–|to|bis)\s*([-+−]?\d[\d.,]*)\s*(.*)")


Line = Callable[[str], str]
Reader = Callable[[Cells, Texts, Line], Interaction]


def asked(
    kind: str, cells: Cells, texts: Texts, line: Line, block: Line
) -> tuple[str, Interaction]:
    """The stem of a row, and what it asks. Its kind is a type of ours, a usual name, or guessed."""
    reader = _by_type().get(slug(kind)) or USUAL.get(slug(kind))
    if kind.strip() and reader is None:
        texts.note(say("the type “{type}” is not known; it was guessed", type=kind.strip()))
    reader = reader or _guess(cells)
    if reader is _gaps:
        before, _, text = cells.stem.rpartition("\n\n")
        return block(before) or LEAD_IN, _filled(block(text), cells, texts, line)
    found = reader(cells, texts, line)
    alone = isinstance(found, Judgement) and not any(cells.options)
    return say("True or false?") if alone else block(cells.stem), found


def kinds() -> dict[str, str]:
    """The types that a row can hold, with what students call each."""
    return {name: types.TYPES[name].name for name in _by_type()}


def _by_type() -> dict[str, Reader]:
    """What reads a row of each type: the types say themselves what they take."""
    found = ((types.fields(sample), reader) for sample, reader in READERS)
    return {taken[0]: reader for taken, reader in found if taken}


def _guess(cells: Cells) -> Reader:
    filled = [one for one in cells.options if one]
    if filled and all(ARROW.search(one) for one in filled):
        return _pairs
    if len(filled) >= 2:
        return _one if len(_marked(cells)) == 1 else _several
    if slug(cells.right) in {*TRUE, *FALSE} - {
        "",
        "1",
        "0",
        "x",
    } or cells.right.strip() in "✓✔☑" * bool(cells.right.strip()):
        return _judged_alone
    return _number if NUMBER.fullmatch(cells.right.strip()) and _short(cells.right) else _words


def _short(text: str) -> bool:
    found = NUMBER.fullmatch(text.strip())
    return bool(found) and len((found[3] if found else "").split()) <= 2


def _marked(cells: Cells) -> list[int]:
    """The places of the options that the cell `right` names: by letter, number or text."""
    said, options = cells.right.strip(), [one.strip() for one in cells.options]
    exact = [n for n, one in enumerate(options) if one and one.lower() == said.lower()]
    if exact:
        return exact
    said = re.sub(r"\b(?:options?|answers?|antwort(?:en)?)\s+(?=\w\b)", "", said, flags=re.I)
    parts = [p for p in re.split(r"\s*[,;/+&]\s*|\s+and\s+|\s+und\s+|\n+|\s+", said) if p]
    if len(parts) == 1 and re.fullmatch(r"[A-Z]{2,8}", parts[0]):
        parts = list(parts[0])
    places = [_place(part, cells) for part in parts]
    if places and None not in places:
        return sorted({place for place in places if place is not None})
    named = [p.strip().lower() for p in re.split(r"\s*[;\n]\s*", said) if p.strip()]
    return [n for n, one in enumerate(options) if one and one.lower() in named]


def _place(part: str, cells: Cells) -> int | None:
    """The place of an option by its letter or number."""
    name = re.sub(r"^(?:option|answer|antwort)\s*", "", part.strip(" .):(").lower())
    if name in cells.names:
        at = cells.names.index(name)
    elif re.fullmatch(r"[a-z]", name):
        at = ord(name) - ord("a")
    elif re.fullmatch(r"\d{1,2}", name):
        at = int(name) - 1
    else:
        return None
    return at if 0 <= at < len(cells.options) and cells.options[at] else None


def _picks(cells: Cells, texts: Texts, line: Line) -> list[Pick]:
    right = _marked(cells)
    if not right:
        said = cells.right.strip()
        if not said:
            raise NotThere(say("the cell of its right answer is empty"))
        raise NotThere(
            say("its right answer is “{text}”, which is none of the options", text=said)
        )
    return [
        Pick(line(one), float(place in right), line(_why(cells, place)) or None)
        for place, one in enumerate(cells.options)
        if one.strip()
    ]


def _why(cells: Cells, place: int) -> str:
    return cells.whys[place] if place < len(cells.whys) else ""


def _one(cells: Cells, texts: Texts, line: Line) -> Interaction:
    picks = _picks(cells, texts, line)
    if sum(one.right for one in picks) > 1:
        return some_of(_even(picks), texts)
    return one_of(picks, texts)


def _several(cells: Cells, texts: Texts, line: Line) -> Interaction:
    return some_of(_even(_picks(cells, texts, line)), texts)


def _as_marked(cells: Cells, texts: Texts, line: Line) -> Interaction:
    return (_one if len(_marked(cells)) == 1 else _several)(cells, texts, line)


def _even(picks: Sequence[Pick]) -> list[Pick]:
    """Options that are marked as ours are: nothing changes."""
    share = 1 / max(1, sum(one.right for one in picks))
    return [Pick(one.text, share if one.right else -share, one.why) for one in picks]


def _judged(cells: Cells, texts: Texts, line: Line) -> Interaction:
    statements = [(n, one) for n, one in enumerate(cells.options) if one.strip()]
    if not statements:
        return _judged_alone(cells, texts, line)
    said = [one.strip(" .").lower() for one in re.split(r"[,;\s]+", cells.right.strip()) if one]
    if len(said) != len(statements) or not set(said) <= TRUE | FALSE:
        raise NotThere(say("its right answers are not a T or F for each statement"))
    judged = (
        Statement(line(one), answer in TRUE, without_praise(line(_why(cells, n))))
        for (n, one), answer in zip(statements, said, strict=True)
    )
    return Judgement(tuple(judged))


def _judged_alone(cells: Cells, texts: Texts, line: Line) -> Interaction:
    """The stem itself is the statement."""
    said = cells.right.strip(" .").lower()
    if said not in TRUE | FALSE or not said:
        raise NotThere(say("its right answer is not true or false"))
    return Judgement((Statement(line(cells.stem), said in TRUE),))


def _pairs(cells: Cells, texts: Texts, line: Line) -> Interaction:
    pairs, more, whys = [], [], []
    for place, one in enumerate(cells.options):
        prompt, *answer = ARROW.split(one, maxsplit=1) if one.strip() else ("",)
        if answer and prompt.strip():
            pairs.append((line(prompt), line(answer[0])))
            whys.append(line(_why(cells, place)))
        elif answer:
            more.append(line(answer[0]))
    return paired(pairs, more, whys)


def _order(cells: Cells, texts: Texts, line: Line) -> Interaction:
    items = tuple(line(one) for one in cells.options if one.strip())
    if len(items) < 2:
        raise NotThere(say("it has fewer than two items to order"))
    return Order(items, ())


def _number(cells: Cells, texts: Texts, line: Line) -> Interaction:
    said = cells.right.strip()
    between, found = RANGE.fullmatch(said), NUMBER.fullmatch(said)
    if between:
        low, high = decimal(between[1]), decimal(between[2])
        if low is not None and high is not None:
            middle, slack = (low + high) / 2, abs(high - low) / 2
            return number([(middle, slack, 1.0)], texts, between[3].strip() or cells.unit or None)
    value = decimal(found[1]) if found else None
    if value is None or found is None:
        raise NotThere(say("its right answer “{text}” is not a number", text=said))
    slack = decimal(found[2] or cells.tolerance) or 0.0
    return number([(value, abs(slack), 1.0)], texts, found[3].strip() or cells.unit.strip() or None)


def _words(cells: Cells, texts: Texts, line: Line) -> Interaction:
    accept, reject = _listed(cells.right, texts)
    return words(accept, reject, texts, line(cells.model))


def _listed(text: str, texts: Texts) -> tuple[list[str], list[str]]:
    """Words that are right, and those behind `!`, which are wrong."""
    parts = [texts.words(one) for one in SPLIT.split(text) if one.strip()]
    right = [one for one in parts if not one.startswith("!")]
    return right, [one[1:].strip() for one in parts if one.startswith("!")]


def _gaps(cells: Cells, texts: Texts, line: Line) -> Interaction:
    return _filled(line(cells.stem), cells, texts, line)


def _filled(text: str, cells: Cells, texts: Texts, line: Line) -> Gaps:
    """A text with `{1}`, `{2}` …, and what belongs there."""
    text = text.replace(entity("{"), "{")
    order = [int(one) - 1 for one in HOLE.findall(text)]
    filled = [n for n, one in enumerate(cells.options) if one.strip()]
    if not order or sorted(order) != filled:
        raise NotThere(say("its stem needs {1}, {2} … for what stands in A, B …"))
    marked = HOLE.sub(lambda found: Gaps.mark(order.index(int(found[1]) - 1)), text)
    bare = re.sub(r"\{(?=[a-z0-9-]+\})", entity("{"), marked)
    return Gaps(bare, tuple(_gap(cells, n, texts, line) for n in order))


def _gap(cells: Cells, place: int, texts: Texts, line: Line) -> Gap:
    said, why = cells.options[place].strip(), without_praise(line(_why(cells, place)))
    if "/" in said and "*" in said:
        parts = [one.strip() for one in said.split("/") if one.strip()]
        picks = [Pick(line(one.lstrip("* ")), float(one.startswith("*"))) for one in parts]
        choice = one_of(picks, texts, alone=True)
        return Gap(choice, next(one.text for one in choice.options if one.right), why)
    accept, reject = _listed(said, texts)
    if not accept:
        raise NotThere(say("a gap has no right answer"))
    return Gap(Words(tuple(map(typed, accept)), tuple(map(typed, reject))), accept[0], why)


READERS: tuple[tuple[Interaction, Reader], ...] = (
    (Choice((Pick("a", 1), Pick("b", 0))), _one),
    (Choice((Pick("a", 1), Pick("b", -1)), several=True), _several),
    (Judgement((Statement("a", True),)), _judged),
    (Pairs(("a", "b"), (Prompt("c", 0),)), _pairs),
    (Order(("a", "b"), ()), _order),
    (Number(1.0, 0.0, 0.0), _number),
    (Words(("a",)), _words),
    (Gaps(Gaps.mark(0), (Gap(Words(("a",)), "a"),)), _gaps),
)
USUAL: Mapping[str, Reader] = {
    name: reader
    for reader, names in (
        (_one, "mc mcq sc sba single-choice best-answer one-best-answer a-type"),
        (_several, "mr multiple-response multiple-select checkbox multi-select ma"),
        (_judged, "tf truefalse k-type kprim kprime x-type mtf wahr-falsch"),
        (_pairs, "match emq zuordnung drag-and-drop r-type"),
        (_order, "order sequence sort reihenfolge sorting"),
        (_number, "num number numerical zahl"),
        (_words, "sa vsa short fib text shortanswer kurzantwort free-text open"),
        (_gaps, "gaps gap luckentext fill-in-the-blanks"),
        (_as_marked, "multiple-choice"),
    )
    for name in names.split()
}
"""What kinds of questions are called elsewhere."""
