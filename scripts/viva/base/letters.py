"""Letters as labels: of options, places, versions, steps; and those of scripts without spaces."""

from collections.abc import Sequence
from string import ascii_uppercase

UNSPACED = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff6f"
    "\uff71-\uff9d"
    "\u0e01-\u0e3a\u0e40-\u0e5b\u0e80-\u0eff\u1780-\u17ff\u19e0-\u19ff\u1000-\u109f"
    "\ua9e0-\ua9fe\uaa60-\uaa7f"
)
"""For a class of a pattern: the letters of scripts without a space between words."""


def letter(number: int) -> str:
    """The label of the thing number 0, 1, …: A to Z, then AA, AB and so on."""
    return counted(number, ascii_uppercase)


def counted(number: int, letters: Sequence[str]) -> str:
    """The same with other letters."""
    before, last = divmod(number, len(letters))
    return (counted(before - 1, letters) if before else "") + letters[last]
