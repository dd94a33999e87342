"""The receipt of a submission: a short code that stands on the page and in the file.

A student types it into the text field of the learning platform, which keeps it with its own clock
and name: a file that was changed or swapped afterwards has another one. The browser computes the
same in `viva/receipt.js`; the golden cases keep the two alike. It proves no identity.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U, which people take for others."""
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
HALF = 5
BETWEEN = r"[\s\-\u00ad\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\u2212]{0,5}"
"""What people and platforms put between the halves; signs of direction are not even seen."""
WRITTEN = re.compile(rf"(?<!\w)(\w{{5}}){BETWEEN}(\w{{5}})(?!\w)")
LARGE = 10**9


def receipt(
    assignment: str, identifier: str, attempt: int, answers: Mapping[str, Mapping[str, Any]]
) -> str:
    """The code of these answers, such as 7Q2KM-9XD3R. Times do not count: saving again keeps it."""
    said = [assignment, identifier, attempt, {name: one["answer"] for name, one in answers.items()}]
    digest = hashlib.sha256("".join(_parts(said)).encode("utf-8", "replace")).digest()
    number = int.from_bytes(digest[:6], "big") >> 3
    signs = "".join(SIGNS[number >> shift & 31] for shift in range(40, -1, -5))
    signs += _check(signs)
    return f"{signs[:HALF]}-{signs[HALF:]}"


def _parts(value: Any) -> Iterator[str]:
    """A value as text that is the same in Python and in JavaScript, piece by piece."""
    if value is None or isinstance(value, bool):
        yield {None: "n", True: "t", False: "f"}[value]
    elif isinstance(value, (int, float)):
        yield f"#{math.floor(value * 1e6 + 0.5)};" if abs(value) <= LARGE else "#?;"
    elif isinstance(value, str):
        shown = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield f'"{len(shown)}:{shown}'
    elif isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        yield from ("{", *(part for pair in pairs for one in pair for part in _parts(one)), "}")
    else:
        yield from ("[", *(part for one in value for part in _parts(one)), "]")


def _check(signs: str) -> str:
    """The last sign, by Luhn's rule for 32 signs: it finds every wrong sign and most swaps."""
    return SIGNS[-_luhn(signs, 2) % 32]


def _luhn(signs: str, factor: int) -> int:
    total = 0
    for sign in reversed(signs):
        product = SIGNS.index(sign) * factor
        total += product // 32 + product % 32
        factor = 3 - factor
    return total


def written(text: str) -> list[str]:
    """What looks like a receipt in a text that a student typed, as `receipt` writes it."""
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", text))).upper()
    found = ("".join(pair).translate(READ_AS) for pair in WRITTEN.findall(plain))
    return [f"{one[:HALF]}-{one[HALF:]}" for one in found if set(one) <= set(SIGNS)]


def _plain(sign: str) -> str:
    """A digit of any script as one of ours."""
    return str(unicodedata.decimal(sign, sign))


def is_whole(code: str) -> bool:
    """Whether no sign of a code is mistyped."""
    return _luhn(code.replace("-", ""), 1) % 32 == 0
