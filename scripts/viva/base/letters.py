"""Letters as labels: of options, places, versions and steps."""

from collections.abc import Sequence
from string import ascii_uppercase


def letter(number: int) -> str:
    """The label of the thing number 0, 1, …: A to Z, then AA, AB and so on."""
    return counted(number, ascii_uppercase)


def counted(number: int, letters: Sequence[str]) -> str:
    """The same with other letters."""
    before, last = divmod(number, len(letters))
    return (counted(before - 1, letters) if before else "") + letters[last]
