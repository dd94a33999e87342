"""Moodle's reading of GIFT: which kind of question a text is, and what its answers are worth."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from clients.moodle import SHARES, _wild

HIDDEN = {f"\\{sign}": f"&&{ord(sign):03};" for sign in ":#={}~"} | {"\\n": "&&010;"}
WEIGHT = re.compile(r"%(-*\d{1,2}\.?\d*)%")
ORDER = re.compile(
    r"^[^{]*\{>\s*(\d+)\s*ALL\s*VERTICAL\s*RELATIVE_NEXT_EXCLUDE_LAST\s*SHOW\s*none\s*(.*?)\s*\}\s*$", re.S
)


def questions(data: bytes) -> dict[str, str]:
    """The questions by the id in their comment; an empty line ends one."""
    found = {}
    for part in re.split(r"\n\s*\n", data.decode()):
        ident = re.match(r"// \[id:([^\]]+)\]", part)
        if ident:
            found[ident[1]] = "\n".join(one for one in part.splitlines() if one[:2] != "//")
    return found


def _shown(text: str) -> str:
    for sign, hidden in HIDDEN.items():
        text = text.replace(hidden, "\n" if sign == "\\n" else sign[1])
    return text.replace("&&092;", "\\").strip()


def _answers(question: str) -> str:
    text = question.replace("\\\\", "&&092;")
    for sign, hidden in HIDDEN.items():
        text = text.replace(sign, hidden)
    assert text.count("{") == text.count("}") == 1, text
    inside = text[text.index("{") + 1 : text.index("}")]
    return inside.split("####")[0].strip()


def mark(question: str, given: Any) -> float:
    """The mark of an answer, from 0 to 1."""
    order = ORDER.match(question)
    if order:
        return _order(order, given)
    text = _answers(question)
    if text.startswith("#"):
        return _numerical(text[1:].strip(), float(given))
    first = text.split("#")[0].strip()
    if first in ("TRUE", "FALSE"):
        return float(given[0] is (first == "TRUE"))
    if "~" in text:
        return _multichoice(text, given)
    if "->" in text:
        return _match(text, given)
    said = [_weighted(one) for one in text.split("=")[1:]]
    return next((share for words, share in said if _wild(words).fullmatch(given)), 0.0)


def _weighted(answer: str, otherwise: float = 1.0) -> tuple[str, float]:
    answer = answer.split("#")[0].strip()
    found = WEIGHT.match(answer)
    share = float(found[1]) / 100 if found else otherwise
    assert any(abs(abs(share) * 100 - known) < 1e-4 for known in SHARES), share
    return _shown(answer[found.end() :] if found else answer), share


def options(question: str) -> list[tuple[str, float]]:
    """What there is to choose from, and what each is worth."""
    text = _answers(question).replace("=", "~=")
    parts = [one.strip() for one in text.split("~") if one.strip()]
    return [_weighted(one.removeprefix("="), float(one.startswith("="))) for one in parts]


def _multichoice(text: str, given: Any) -> float:
    shares = [share for _, share in options(f"{{{text}}}")]
    if "=" in text:
        return shares[given]
    return min(1.0, max(0.0, sum(shares[place] for place in given)))


def _match(text: str, given: list[str | None]) -> float:
    pairs = [one.split("->") for one in text.split("=")[1:]]
    wanted = [_shown(answer) for prompt, answer in pairs if prompt.strip()]
    return sum(want == got for want, got in zip(wanted, given, strict=True)) / len(wanted)


def _order(found: re.Match[str], given: list[int]) -> float:
    items = [line for line in found[2].split("\n") if line.strip()]
    assert len(items) == int(found[1]) == len(given)
    return sum(then == first + 1 for first, then in pairwise(given)) / (len(items) - 1)


def _numerical(text: str, given: float) -> float:
    ways = [one.strip() for one in text.split("=") if one.strip()]
    pairs = [[float(part) for part in one.split(":")] for one in ways]
    return float(any(abs(given - value) <= slack for value, slack in pairs))
