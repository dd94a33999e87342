"""A question as a student may see it before the marks: without its key, and in an order that
tells nothing.

Its type says what is shown, and what is not listed stays behind. Everything that could be worked
out from the page is kept off it too: the hash covers only what is shown, and mixed items stand in
an order that does not depend on the one in which their author wrote them.
"""

from __future__ import annotations

import hashlib
import json

from viva.bank.question import Question
from viva.bank.types import answer, order, sheet

__all__ = ["answer", "order", "sheet", "sheet_hash"]


def sheet_hash(question: Question) -> str:
    """Twelve hexadecimal digits that change when what the page shows does, and only then.

    It does not cover the key: a hash of few possible keys could be tried out. So a key may be
    corrected after the answers are in. A translation is the same sheet as its original.
    """
    if question.translation:
        return question.translation.sheet
    text = json.dumps(sheet(question), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
