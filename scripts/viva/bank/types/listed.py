"""What the types share whose options are right or wrong in themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from viva.bank.interactions import Choice, Interaction, Pick
from viva.bank.question import Option
from viva.bank.types.protocol import Fault, Part, Printed, PrintedPart, PrintedRow
from viva.base.folding import fold
from viva.base.letters import letter
from viva.base.words import Said, label, row, say, shaped


def labelled(options: Sequence[Option]) -> dict[str, str]:
    """The options by their letters."""
    return {letter(number): option.text for number, option in enumerate(options)}


def right(options: Sequence[Option]) -> list[int]:
    """The numbers of the right options, from 0."""
    return [number for number, option in enumerate(options) if option.correct]


def labelled_number(label: str, options: Sequence[Option]) -> int:
    """The number of the option with a label such as C. Raises ValueError where there is none."""
    return list(labelled(options)).index(label.strip().upper())


def parts(options: Sequence[Option]) -> Iterator[Part]:
    """The options as the linter reads them."""
    for number, option in enumerate(options):
        loc = ("options", number, "text")
        yield Part(loc, option.text, option.why, correct=option.correct)


OPTION = say("option {text} is there twice (delete or change one)")
PROMPT = say("prompt {text} is there twice (delete or change one)")
ITEM = say("item {text} is there twice (delete or change one)")
STATEMENT = say("statement {text} is there twice (delete or change one)")
LABEL = say("label {text} is there twice (delete or change one)")


def repeated(parts: Iterable[Part], message: Said) -> Iterator[Fault]:
    """A part with the very text of an earlier one: nobody could tell them apart."""
    seen = set[str]()
    for part in parts:
        text = part.text
        if not text.isascii() or "  " in text or "\n" in text or "\t" in text:
            text = " ".join(text.split())
        if text in seen:
            yield part.loc, "OP204", shaped(message, text=repr(text))
        seen.add(text)


def overlap(accept: Sequence[str], reject: Sequence[str]) -> Iterator[Fault]:
    """A rejected answer that is accepted too, as marking compares them."""
    right = {fold(text): text for text in reversed(accept)}
    for number, text in enumerate(reject):
        if fold(text) in right:
            same = right[fold(text)]
            said = say(
                "{text} is rejected, and accepted as {same} (delete one of the two)",
                text=repr(text),
                same=repr(same),
            )
            yield ("reject", number), "KY301", said


def choice(options: Sequence[Option], shares: Sequence[float], several: bool = False) -> Choice:
    """The options for other formats, each with its part of the mark."""
    pairs = zip(options, shares, strict=True)
    return Choice(tuple(Pick(one.text, share, one.why) for one, share in pairs), several)


def written(given: Interaction) -> list[dict[str, Any]]:
    """The options of another system as an author writes them."""
    assert isinstance(given, Choice)
    return [
        {"text": one.text} | ({"correct": True} if one.right else {}) | told(one.why)
        for one in given.options
    ]


def told(why: str | None) -> dict[str, Any]:
    """The field `why`, where something is said."""
    return {"why": why} if why else {}


def printed(options: Sequence[Option], order: Sequence[int]) -> Printed:
    """The options on paper, with a bubble for each."""
    choices = tuple(
        PrintedPart(label(n), options[place].text, "", options[place].correct, options[place].why)
        for n, place in enumerate(order)
    )
    answer = row(choice.label for choice in choices if choice.right)
    bubbles = PrintedRow(bubbles=tuple(choice.label for choice in choices))
    return Printed(answer, (bubbles,), choices=choices)
