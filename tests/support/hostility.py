"""A bank with a question of every kind and a hostile text in every field: what means something to some
format, or to all of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import yaml

import exchanging

SIGNS = (
    'a < b & c > "d" \'e\'',
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;",
    "{1:MC:=x~y#z} ~ # } = %50% \\\\ \\$IMS-CC-FILEBASE\\$",
    "]]> <!-- @@PLUGINFILE@@/x.png",
    "::title:: // no comment ANSWER: B",
    "=SUM(A1:A2)+cmd|' /C calc'!A0",
    "*bold*, `code`, __more__ and \\*none\\*",
    "Ünïcode – “quotes” 漢字 🫀 \u202eback",
    "| a | b | https://example.org/?a=1&b=2",
    "[one] [two](nowhere) ~~x~~ H~2~O x^2^ $x^2$ \\(y_1\\)",
    "1) no list - no dash + no plus",
    "@nobody 100 % {{c1::cloze}} <<x>>",
)
"""What means something to some format, or to all of them."""
TEXTS = {"text", "stem", "why", "explanation", "items", "vignette", "hypothesis", "hint"}


def hostile(data: Any, numbers: Iterator[int], name: str = "") -> Any:
    """The data of a bank with a hostile text in every field, each of them different."""
    if isinstance(data, dict):
        changed = {key: hostile(value, numbers, key) for key, value in data.items()}
        if "gaps" in data:
            changed["text"] = data["text"] + " " + SIGNS[next(numbers) % len(SIGNS)].replace("{", "(")
        if "prompts" in data:
            known = dict(zip([one["text"] for one in data["options"]], changed["options"], strict=True))
            for one in changed["prompts"]:
                one["answer"] = known[one["answer"]]["text"]
        return changed
    if isinstance(data, list):
        return [hostile(one, numbers, name) for one in data]
    if name in TEXTS:
        number = next(numbers)
        return f"{number} {SIGNS[number % len(SIGNS)]}"
    return data


def bank() -> str:
    """The bank, an explanation in each question."""
    data = yaml.safe_load((exchanging.DATA / "kinds.yml").read_text("utf-8"))
    for one in data["questions"]:
        one |= {"explanation": "x"}
        for name in ("read", "references"):
            one.pop(name, None)
    changed = hostile(data, itertools.count())
    return yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
