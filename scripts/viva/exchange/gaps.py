"""Texts with places to answer, as Moodle's cloze has them: `{1:MC:=right#why~wrong#why}`.

A text whose places are all true or false is a list of statements; one place that takes several
answers, or the votes of a panel, is a question of that kind; all else is a text with gaps.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from viva.bank.interactions import (
    Choice,
    Gap,
    Gaps,
    Interaction,
    Judgement,
    Panel,
    Pick,
    Statement,
    Words,
)
from viva.base.words import say
from viva.exchange.escaping import entity
from viva.exchange.html import paragraph
from viva.exchange.images import Image, apart
from viva.exchange.labels import TRUTHS, VOTES
from viva.exchange.praise import without_praise
from viva.exchange.reading import one_of, some_of, unlike
from viva.exchange.texts import NotThere, Texts

HOLE = "\ue001"
"""Stands around the number of a gap while HTML becomes Markdown; no text of a file keeps it."""
MARKED = re.compile(f"{HOLE}(\\d+){HOLE}")
PLACE = re.compile(
    r"\{(\d*):(MULTICHOICE|MULTIRESPONSE|SHORTANSWER|NUMERICAL|M[CRW]|SA|NM)(_?[VHSC]{0,2}):"
    r"((?:\\.|[^\\}])*)\}",
    re.DOTALL,
)
ANSWER = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
SHARE = re.compile(r"\s*(=|%(-?\d+(?:\.\d+)?)%)?", re.DOTALL)
END = re.compile(r"</?(?:p|div|br|li|tr|td|h\d)\b[^>]*>|[.?!]\s|\n\n|\{(?=\d*:)", re.IGNORECASE)
"""Where what is asked ends."""
BREAK = re.compile(r"</?(?:p|div|br|li|tr|td|h\d)\b[^>]*>|\n\n", re.IGNORECASE)
LINE = "______"
LEAD_IN = say("What belongs into the gaps?")
SEVERAL, TYPED, NUMBERS = {"MULTIRESPONSE", "MR"}, {"SHORTANSWER", "SA", "MW"}, {"NUMERICAL", "NM"}


@dataclass(frozen=True)
class Given:
    """An answer of a place: its share of the mark, its text and what is said about it, in HTML."""

    share: float
    text: str
    why: str


@dataclass(frozen=True)
class Place:
    """A place to answer."""

    kind: str
    answers: tuple[Given, ...]


def moodle(source: str, texts: Texts) -> tuple[str, Interaction, Image | None]:
    """Stem, interaction and figure of a cloze."""
    source = source.replace(HOLE, "")
    places = [_place(found) for found in PLACE.finditer(source)]
    if not places:
        raise NotThere(say("it has no gap"))
    numbers = iter(range(len(places)))
    return marked(PLACE.sub(lambda _: f"{HOLE}{next(numbers)}{HOLE}", source), places, texts)


def alone(source: str) -> tuple[str, ...]:
    """A cloze, and apart from it what it asks in each place that takes several answers: viva asks
    that in a question of its own. A cloze without any is all there is."""
    places = list(PLACE.finditer(source))
    if len(places) < 2 or not any(place[2] in SEVERAL for place in places):
        return (source,)
    asked, kept, end = [], [], 0
    for place in places:
        before, after = source[end : place.start()], END.split(source[place.end() :], maxsplit=1)[0]
        is_apart = _says(before) and not _says(after)
        if place[2] in SEVERAL:
            asked.append(before + place[0] if is_apart else _whole(source, place))
            kept.append("" if is_apart else before + LINE)
        else:
            kept.append(before + place[0])
        end = place.end()
    rest = "".join(kept) + source[end:]
    return (rest, *asked) if PLACE.search(rest) else tuple(asked)


def _says(source: str) -> bool:
    """Whether HTML holds a word."""
    return re.search(r"\w", html.unescape(re.sub(r"<[^>]*>", "", source))) is not None


def _whole(source: str, asked: re.Match[str]) -> str:
    """The paragraph of a place, in which this one is asked for and the others are lines."""
    breaks = [0, *(one.end() for one in BREAK.finditer(source)), len(source)]
    start = max(one for one in breaks if one <= asked.start())
    stop = min(one for one in breaks if one >= asked.end())
    before = PLACE.sub(LINE, source[start : asked.start()])
    after = PLACE.sub(LINE, source[asked.end() : stop])
    return f"{before}(?){after}" + paragraph(asked[0])


def marked(
    source: str, places: Sequence[Place], texts: Texts
) -> tuple[str, Interaction, Image | None]:
    """Stem, interaction and figure of HTML with a mark for each place to answer."""
    text, figure = apart(texts.block(source))
    stem, interaction = _interaction(text, places, texts)
    return stem, interaction, figure


def _place(found: re.Match[str]) -> Place:
    return Place(found[2], tuple(_given(one) for one in ANSWER.findall(found[4])))


def _given(text: str) -> Given:
    head = SHARE.match(text)
    assert head
    share = 1.0 if head[1] == "=" else float(head[2] or 0) / 100
    said, *why = re.split(r"(?<![\\&])#", text[head.end() :], maxsplit=1)
    return Given(share, _plain(said), _plain(why[0] if why else ""))


def _plain(text: str) -> str:
    """The HTML of an answer: escapes and one layer of entities taken away."""
    return html.unescape(re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)).strip()


def _interaction(text: str, places: Sequence[Place], texts: Texts) -> tuple[str, Interaction]:
    judged = _judged(text, places, texts)
    if judged:
        return judged
    if len(places) == 1:
        alone = _alone(text, places[0], texts)
        if alone:
            return alone
    if any(place.kind in SEVERAL for place in places):
        raise NotThere(say("a gap takes several answers"))
    filled = [_gap(place, texts) for place in places]
    return filled_text(text, filled)


def filled_text(text: str, filled: Sequence[Gap]) -> tuple[str, Gaps]:
    """A text whose gaps are marked, and the lead-in that stands before it."""
    parts = text.split("\n\n")
    first = next((n for n, part in enumerate(parts) if MARKED.search(part)), 0)
    stem, rest = "\n\n".join(parts[:first]), "\n\n".join(parts[first:])
    order = [int(one) for one in MARKED.findall(rest)]
    if sorted(order) != list(range(len(filled))):
        raise NotThere(say("a gap stands where no text can"))
    bare = re.sub(r"\{(?=[a-z0-9-]+\})", entity("{"), rest)
    holes = MARKED.sub(lambda found: Gaps.mark(order.index(int(found[1]))), bare)
    return stem or LEAD_IN, Gaps(holes, tuple(filled[number] for number in order))


def _judged(text: str, places: Sequence[Place], texts: Texts) -> tuple[str, Judgement] | None:
    """Statements with true or false behind each."""
    truths = [_truth(place) for place in places]
    lines = text.split("\n")
    if None in truths or any(len(MARKED.findall(line)) > 1 for line in lines):
        return None
    statements, stem = [], []
    for line in lines:
        found = MARKED.search(line)
        if not found:
            stem.append(line)
            continue
        number = int(found[1])
        said = MARKED.sub("", re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", line)).strip()
        why = without_praise(_why(places[number], texts))
        statements.append(Statement(said, truths[number] is True, why))
    if any(not one.text for one in statements):
        return None
    return re.sub(r"\n{3,}", "\n\n", "\n".join(stem)).strip() or say("True or false?"), Judgement(
        tuple(statements)
    )


def _truth(place: Place) -> bool | None:
    """Whether true is right of a place that asks for true or false; None of any other."""
    known = [TRUTHS.get(one.text.strip(". ").lower()) for one in place.answers]
    if place.kind in SEVERAL | TYPED | NUMBERS or sorted(map(str, known)) != ["False", "True"]:
        return None
    best = max(place.answers, key=lambda one: one.share)
    return TRUTHS[best.text.strip(". ").lower()] if best.share > 0 else None


def _why(place: Place, texts: Texts, labelled: bool = False) -> str:
    """What is said about the answers of a place; `labelled`, that of a wrong one names it."""
    told = [one for one in place.answers if one.why and one.text != "*"]
    said = [(texts.line(one.text), texts.line(one.why)) for one in told]
    whys = {why for _, why in said if without_praise(why)}
    of_right = {why for one, (_, why) in zip(told, said, strict=True) if one.share > 0}
    if len(whys) < 2 and (not labelled or whys <= of_right):
        return "".join(whys)
    return "\n\n".join(f"{one}: {why}" for one, why in said if why in whys)


def _alone(text: str, place: Place, texts: Texts) -> tuple[str, Interaction] | None:
    """A question of another kind, written as a text with one place at its end."""
    before, after = MARKED.split(text)[0].strip(), MARKED.split(text)[2].strip()
    if after or not before:
        return None
    picks = [Pick(texts.line(o.text), o.share, texts.block(o.why)) for o in place.answers]
    if place.kind in SEVERAL:
        return before, some_of(picks, texts)
    return panel_of(before, picks)


def panel_of(stem: str, picks: Sequence[Pick]) -> tuple[str, Panel] | None:
    """The votes of a panel, if that is what is said about each option."""
    if len(picks) > 2 and all(VOTES.match(one.why or "") for one in picks):
        return panel(stem, tuple(picks), "")
    return None


def panel(before: str, picks: tuple[Pick, ...], source: str) -> tuple[str, Panel] | None:
    """The votes of a panel, behind a hypothesis and a finding in bold."""
    parts = before.split("\n\n")
    notes = [re.fullmatch(r"(.+?:) \*\*(.+)\*\*", part) for part in parts[-3:-1]]
    if len(parts) < 4 or not all(notes):
        return None
    told = tuple((note[1], note[2]) for note in notes if note)
    return "\n\n".join(parts[:-3]), Panel(picks, (*told, (parts[-1], "")), source)


def _gap(place: Place, texts: Texts) -> Gap:
    why = _why(place, texts, labelled=True)
    if place.kind in TYPED | NUMBERS:
        words = _words(place, texts)
        return Gap(words, words.accept[0], why or None)
    picks = [Pick(texts.line(one.text), one.share) for one in place.answers]
    choice = one_of(picks, texts, alone=True)
    return Gap(choice, next(one.text for one in choice.options if one.right), why or None)


def _words(place: Place, texts: Texts) -> Words:
    accept: list[str] = []
    reject: list[str] = []
    for one in place.answers:
        said, _, slack = one.text.partition(":") if place.kind in NUMBERS else (one.text, "", "")
        if slack.strip(" 0."):
            texts.note(say("marking changes: a number in a gap has to be exact here"))
        said = texts.words(said.replace("\\*", "*"))
        if 0 < one.share < 1:
            texts.note(say(
                "marking changes: “{text}” was right in part and is wrong now",
                text=said,
            ))
        elif said and said != "*":
            (accept if one.share >= 1 else reject).append(typed(said))
    if not accept:
        raise NotThere(say("no answer to a gap is right"))
    right = tuple(dict.fromkeys(accept))
    return Words(right, unlike(right, reject, texts))


def typed(text: str) -> str:
    """What is typed into a gap. It is shown as Markdown too, so it must mean nothing there; what is
    added is folded away when an answer is compared."""
    said = re.sub(r"<(?=[a-zA-Z/!?])", "< ", text)
    said = re.sub(r"&(?=#?\w+;)", "& ", said)
    return re.sub(r"([\\`*_\[\]{}])", r"\\\1", said)


def ring(x: float, y: float, across: float, down: float) -> list[tuple[float, float]]:
    """The corners of a polygon with the area of an ellipse."""
    turns = [2 * math.pi * n / 16 for n in range(16)]
    return [(x + across * math.cos(t), y + down * math.sin(t)) for t in turns]


def is_choice(given: Interaction) -> bool:
    """Whether options are chosen from."""
    return isinstance(given, Choice)
