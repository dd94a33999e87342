"""What importers give: questions in shared terms, what was left out, flashcards."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from viva.bank import interactions
from viva.bank.interactions import Choice, Interaction, Pick
from viva.base import net
from viva.base.folding import fold
from viva.base.refused import Refused
from viva.base.words import ENGLISH, Said, Words, say, shaped
from viva.exchange.images import Image
from viva.exchange.limits import Incoming
from viva.exchange.praise import without_praise
from viva.exchange.texts import NotThere, Texts, usual

QUESTION, LINE = say("question {number}"), say("line {number}")
ROW, NOTE, ITEM = say("row {number}"), say("note {number}"), say("item {number}")
NOBODY_KNOWS = say("this kind of question is not known here")
ONE_RIGHT = say("marking changes: another option was right in part; only the best is right now")
MOST_OPTIONS = 200
COSTS = say("marking changes: here a wrong pick costs as much as a right one gives")


@dataclass(frozen=True)
class Asked:
    """A question as a file asks it. Texts are Markdown."""

    place: str
    """Where it stands in the file, in words."""
    stem: str
    interaction: Interaction
    source: str = ""
    """Its id in the file."""
    name: str = ""
    figure: Image | None = None
    explanation: str = ""
    hint: str = ""
    tags: tuple[str, ...] = ()
    level: str = ""
    objective: str = ""
    shuffle: bool = False
    notes: tuple[str, ...] = ()
    """What is not the same as in the file."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Made:
    """A question of ours: its data as an author writes them, and what it was."""

    id: str
    asked: Asked
    data: Mapping[str, Any]
    flaws: tuple[str, ...] = ()
    """What the linter calls an error in it, with the code."""


@dataclass(frozen=True)
class Left:
    """A question that does not come along: why, and what it said."""

    place: str
    why: str
    text: str = ""


@dataclass(frozen=True)
class Flashcard:
    """A note to remember, in Markdown."""

    place: str
    source: str
    front: str
    back: str
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Read:
    """All that a file holds, in its order. `notes` are about the whole file."""

    title: str = ""
    entries: tuple[Asked | Left, ...] = ()
    cards: tuple[Flashcard, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Desk:
    """What an importer works with: where pictures will lie, and who counts the questions."""

    folder: str = "assets/imported/bank"
    extra: str = ""
    """Signs that mean something to Markdown in this course only."""
    tick: Callable[[], None] = lambda: None
    expect: Callable[[int], None] = lambda many: None
    """Hears how many questions there will be, where a format knows before it has read them."""
    is_there: Callable[[str], bool] = lambda src: False
    """Whether a picture lies under the course's pages."""
    to_html: Callable[[str], str] = usual
    """What makes HTML of Markdown, as the course does."""
    language: Words = ENGLISH
    """In which our own exports of this course say what stands around an answer."""
    references: Container[str] = ()
    """Keys that our own table may cite."""
    drawn: dict[bytes, Any] = field(default_factory=dict)
    """Pictures that were drawn before, by their content."""

    def texts(self, find: Callable[[str], bytes | None] = lambda name: None) -> Texts:
        """What converts the texts of one question."""
        return Texts(self.folder, find, self.drawn, self.extra, self.to_html, self.language)


class Importer(Protocol):
    """A module of `importers/`."""

    TITLE: str
    """What the format is called."""

    def sniff(self, file: Incoming) -> bool:
        """Whether a file is of this format."""

    def read(self, file: Incoming, desk: Desk) -> Read:
        """Give all that the file holds. Raises Refused where nothing can be read."""


def placed(kind: Said, number: int, beginning: str = "") -> Said:
    """Where something stands in a file, and how it begins."""
    here = shaped(kind, number=str(number))
    return say("{place} “{text}”", place=here, text=beginning) if beginning else here


def finished(asked: Asked, texts: Texts) -> Asked:
    """A question with what was noted while its texts were converted."""
    notes = (*asked.notes, *(one for one in texts.notes if one not in asked.notes))
    return replace(asked, notes=notes, pictures=texts.pictures)


def entry(place: str, make: Callable[[Texts], Asked], texts: Texts, text: str = "") -> Asked | Left:
    """The question that `make` gives, or why there is none."""
    try:
        return finished(make(texts), texts)
    except NotThere as why:
        reason = why.args[0]
        if texts.notes:
            reason = shaped("{reason} ({note})", reason=reason, note=texts.notes[0])
        return Left(place, reason, text)
    except RecursionError:
        return Left(place, say("a text is nested too deeply"), text)
    except Refused:
        raise
    except Exception as error:
        return Left(place, net.listed(error), text)


def one_of(options: Sequence[Pick], texts: Texts, alone: bool = False) -> Choice:
    """One of the options. Marked here: those worth most are right, the others are wrong; `alone`,
    only the first of them is."""
    best = max((one.share for one in options), default=0.0)
    if best <= 0:
        raise NotThere(say("no option is right"))
    full = [n for n, one in enumerate(options) if one.share >= 1]
    right = (full or [[one.share for one in options].index(best)])[: 1 if alone else None]
    if best < 1 or any(one.share > 0 for n, one in enumerate(options) if n not in right):
        texts.note(ONE_RIGHT)
    if any(one.share < 0 for one in options):
        texts.note(say("marking changes: here a wrong option costs nothing"))
    picks = (Pick(one.text, float(n in right), one.why) for n, one in enumerate(options))
    return Choice(_sound(tuple(picks), texts))


def some_of(options: Sequence[Pick], texts: Texts) -> Choice:
    """Any of the options. Marked here: right picks less wrong ones, as a share of those right."""
    right = [one for one in options if one.share > 0]
    if not right:
        raise NotThere(say("no option is right"))
    even = 1 / len(right)
    same = all(abs(abs(one.share) - even) < 0.005 for one in options)
    if not same:
        texts.note(COSTS)
    picks = (Pick(one.text, float(one.share > 0), one.why) for one in options)
    return Choice(_sound(tuple(picks), texts), several=True)


def few(options: Sequence[Any]) -> Sequence[Any]:
    """Things to choose from that a person could look through."""
    if len(options) > MOST_OPTIONS:
        raise NotThere(say("it has more than {n} answers", n=MOST_OPTIONS))
    return options


def _sound(options: tuple[Pick, ...], texts: Texts) -> tuple[Pick, ...]:
    if any(not one.text for one in options):
        raise NotThere(say("an option is empty"))
    if len(options) < 2:
        raise NotThere(say("there is only one option"))
    return tuple(Pick(one.text, one.share, without_praise(one.why or "")) for one in options)


def judged(text: str, answer: bool, why: str) -> tuple[str, interactions.Judgement]:
    """A statement to be judged, without and with what stands before it."""
    before, _, last = text.rpartition("\n\n")
    line = " ".join(last.split())
    if not line:
        raise NotThere(say("there is no statement"))
    said = interactions.Statement(line, answer, without_praise(why))
    return before.strip() or say("True or false?"), interactions.Judgement((said,))


def paired(
    pairs: Sequence[tuple[str, str]], more: Sequence[str] = (), whys: Sequence[str] = ()
) -> interactions.Pairs:
    """Prompts and the options that fit, each option once. `more` are options that fit none, or all
    of them in their order."""
    answers = [answer for _, answer in pairs]
    listed = more if set(answers) <= set(more) else [*answers, *more]
    options = tuple(dict.fromkeys(one for one in listed if one))
    if len(options) < 2:
        raise NotThere(say("there are fewer than two options to match"))
    if any(not prompt or not answer for prompt, answer in pairs):
        raise NotThere(say("a part to match is empty (is it a picture?)"))
    said = [*whys, *([""] * len(pairs))]
    prompts = tuple(
        interactions.Prompt(prompt, options.index(answer), without_praise(why))
        for (prompt, answer), why in zip(pairs, said, strict=False)
    )
    if not prompts:
        raise NotThere(say("there is nothing to match"))
    return interactions.Pairs(options, prompts)


def number(
    answers: Sequence[tuple[float, float, float]], texts: Texts, unit: str | None = None
) -> interactions.Number:
    """A number: the first that is fully right of (value, tolerance, share)."""
    full = [one for one in answers if one[2] >= 1] or [one for one in answers if one[2] > 0]
    if not full:
        raise NotThere(say("no number is right"))
    best = max(full, key=lambda one: one[2])
    value, slack = best[0], _without_dust(best[1], best[0])
    also = tuple(
        (one[0], slack)
        for one in full
        if one[2] == best[2] >= 1 and one[0] != value and _without_dust(one[1], one[0]) == slack
    )
    if len([one for one in answers if one[2] > 0]) > 1 + len(also):
        texts.note(say("marking changes: other numbers were right too, or in part"))
    return interactions.Number(value, slack, slack, unit, also=also)


def _without_dust(slack: float, value: float) -> float:
    """A tolerance without the billionth that exports add for rounding."""
    short = float(f"{slack:.6g}")
    dust = 2e-9 * max(1.0, abs(value))
    return 0.0 if slack <= dust else short if abs(slack - short) <= dust else slack


def words(
    accept: Sequence[str], reject: Sequence[str], texts: Texts, model: str = ""
) -> interactions.Words:
    """Words that are typed. A list that holds nothing is no question."""
    right = tuple(dict.fromkeys(one for one in accept if one))
    if not right:
        raise NotThere(say("no answer is right"))
    wrong = unlike(right, reject, texts)
    if not model and texts.plain_line(right[0]) != right[0]:
        model = texts.plain_line(right[0])
    return interactions.Words(right, wrong, model or None)


def unlike(right: Sequence[str], wrong: Sequence[str], texts: Texts) -> tuple[str, ...]:
    """The wrong answers that are not right too here, where case and accents do not matter."""
    known = {fold(one): one for one in reversed(right)}
    for one in wrong:
        if one and fold(one) in known and one not in right:
            texts.note(say(
                "marking changes: “{text}” is right too, as “{other}” is",
                text=one, other=known[fold(one)],
            ))
    return tuple(one for one in dict.fromkeys(wrong) if one and fold(one) not in known)


def of_right(whys: Sequence[tuple[float, str]], texts: Texts) -> str:
    """What is said about what is right, of what is said about typed answers."""
    said = [(share, why) for share, why in whys if without_praise(why)]
    if any(share < 1 for share, _ in said):
        texts.note(say("what was said about wrong answers is left out"))
    return together(*(why for share, why in said if share >= 1))


def together(*said: str) -> str:
    """Texts as paragraphs, each once."""
    return "\n\n".join(dict.fromkeys(one for one in said if one))


def labelled(asked: Asked, labels: Sequence[str]) -> Asked:
    """A question with its tags; one that tells its level is no tag."""
    level = next((one.partition(":")[2] for one in labels if one.startswith("level:")), "")
    tags = tuple(dict.fromkeys(one for one in labels if not one.startswith("level:")))
    return replace(asked, tags=tags, level=level or asked.level)
