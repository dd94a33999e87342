"""What our exports say around an answer, and how it is known again when it comes back."""

from __future__ import annotations

import re
from functools import cache

from viva.base.words import Said, Words, say

TRUTH = {True: say("True"), False: say("False")}
"""How a statement is judged, where it stands in a list to choose from."""
MODEL = say("Model answer: {answer}")
READ_AGAIN = say("Read again: {section}")
REFERENCES = say("References")
VOTES = re.compile(r"\d+\D{1,12}\d+")
"""How `{votes} of {total} votes` begins in every language."""
PLACE = re.compile(r"\\\{\w+\\\}")
_TRUE = """
true t correct wahr richtig vrai verdadero verdadeiro vero juist prawda doğru صح صحیح सत्य 对 正しい
"""
_FALSE = "false f incorrect falsch faux falso onjuist fałsz yanlış خطأ غلط असत्य 错 誤り"
TRUTHS = dict.fromkeys(_TRUE.split(), True) | dict.fromkeys(_FALSE.split(), False)
"""What says true and false, in lower case: ours in each language, and others’."""


def inside(message: Said, words: Words, text: str) -> str:
    """What stands in the place of a message; nothing where a text is another. English is known
    too, for the course may have changed its language."""
    found = _pattern(str(message), words).fullmatch(text)
    return next(filter(None, found.groups()), "") if found else ""


@cache
def _pattern(message: str, words: Words) -> re.Pattern[str]:
    told = dict.fromkeys((words.say(message), message))
    return re.compile("|".join(PLACE.sub("(.+)", re.escape(one)) for one in told))
