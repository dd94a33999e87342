"""Answers that stand in a text, as Moodle's cloze has them: `{1:MC:%100%right#why~%0%wrong#why}`.

Moodle decodes the entities of an answer once, so every sign that means something to it, and every
tag, is written as an entity: nothing that an author types can end an answer or begin one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SIGNS = re.compile(r"[&<>\"'{}#~\\=%]")


def alternatives(kind: str, answers: Iterable[tuple[float, str, str]]) -> str:
    """A place to answer: what each answer is worth, and the HTML of the answer and its why."""
    return f"{{1:{kind}:{'~'.join(_one(*answer) for answer in answers)}}}"


def outside(html: str) -> str:
    """HTML around the places to answer, in which none can begin."""
    return html.replace("{", "&#123;")


def starred(words: str) -> str:
    """Words without wild cards: a star is one."""
    return words.replace("*", "\\*")


def _one(share: float, said: str, why: str) -> str:
    worth = f"{100 * share:.7f}".rstrip("0").rstrip(".") if share else "0"
    return f"%{worth}%{_hidden(said)}" + (f"#{_hidden(why)}" if why else "")


def _hidden(html: str) -> str:
    return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", html)
