"""What the types share whose options are right or wrong in themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from viva.bank.question import Option
from viva.bank.types.protocol import Part, Printed, PrintedPart, PrintedRow
from viva.base.letters import letter


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


def printed(options: Sequence[Option], order: Sequence[int]) -> Printed:
    """The options on paper, with a bubble for each."""
    choices = tuple(
        PrintedPart(letter(n), options[place].text, "", options[place].correct, options[place].why)
        for n, place in enumerate(order)
    )
    answer = ", ".join(choice.label for choice in choices if choice.right)
    row = PrintedRow(bubbles=tuple(choice.label for choice in choices))
    return Printed(answer, (row,), choices=choices)
