"""What a command says, where nobody listens."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def fill() -> None:
    """A stream that was closed by whoever started us takes what is said, and tells nobody. Else a
    file that is opened later would have its number, and a child would write into it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout = sys.stdout or _stream(1)
    sys.stderr = sys.stderr or _stream(2)


def _stream(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", closefd=False)
