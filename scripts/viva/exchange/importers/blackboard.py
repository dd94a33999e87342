"""Blackboard's own pools: POOL files with a list of questions. Newer ones are QTI 1.2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

from viva.bank.interactions import Order, Pick
from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.exchange.images import Image, apart
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.numbers import decimal
from viva.exchange.praise import without_praise
from viva.exchange.reading import (
    NOBODY_KNOWS,
    QUESTION,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    judged,
    one_of,
    paired,
    placed,
    some_of,
    together,
    words,
)
from viva.exchange.sources import documents, finder, first, holds, is_html, local
from viva.exchange.texts import NotThere, Texts

TITLE = say("Blackboard pool")
ENDINGS = (".dat", ".xml")
REFUSED = {
    "QUESTION_ESSAY": say("an essay needs a person to mark it"),
    "QUESTION_FILEUPLOAD": say("it asks for a file"),
    "QUESTION_CALCULATED": say("its numbers change from student to student"),
}


def sniff(file: Incoming) -> bool:
    """Whether there is a pool in it."""
    if file.archive is None and (
        file.root is None or local(file.root) not in ("POOL", "ASSESSMENT")
    ):
        return False
    return holds(file, {"POOL", "QUESTIONLIST"}, *ENDINGS)


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of every pool."""
    entries: list[Asked | Left] = []
    titles = []
    for name, root in documents(file, *ENDINGS):
        questions = [one for one in root if local(one).startswith("QUESTION_")]
        heading = first(root, "TITLE")
        if questions and heading is not None:
            titles.append(heading.get("value") or "")
        desk.expect(len(questions))
        for place, one in enumerate(questions, 1):
            desk.tick()
            entries.append(_entry(one, place, file, name, desk))
    if not entries:
        raise Refused(say(
            "no question is in it (look whether the pool is empty, and export it again)",
        ))
    return Read(titles[0] if len(set(titles)) == 1 else "", tuple(entries))


def _entry(one: Any, place: int, file: Incoming, name: str, desk: Desk) -> Asked | Left:
    texts = desk.texts(finder(file, name))
    plain = texts.words(_body(one))
    where = placed(QUESTION, place, first_words(plain, 40))
    made = entry(where, lambda texts: _asked(one, texts), texts, plain)
    if isinstance(made, Left):
        return made
    return replace(made, place=where, source=one.get("id") or "", name=first_words(plain))


def _body(one: Any) -> str:
    return _text(one.find("BODY"))


def _text(part: Any) -> str:
    """The HTML of a part: its TEXT, escaped where it is plain."""
    said = (part.findtext("TEXT") or "") if part is not None else ""
    return said if is_html(said) else escape(said, quote=False)


def _called(kind: str) -> str:
    return kind.removeprefix("QUESTION_").lower()


def _asked(one: Any, texts: Texts) -> Asked:
    kind = local(one)
    if kind in REFUSED:
        raise NotThere(shaped("{kind}: {reason}", kind=_called(kind), reason=REFUSED[kind]))
    writer = WRITERS.get(kind)
    if writer is None:
        raise NotThere(shaped("{kind}: {reason}", kind=_called(kind), reason=NOBODY_KNOWS))
    stem, figure = apart(texts.block(_body(one)))
    if not stem:
        raise NotThere(say("it asks nothing"))
    return writer(one, stem, figure, texts)


def _right(one: Any) -> list[str]:
    return [str(found.get("answer_id")) for found in one.iter("CORRECTANSWER")]


def _feedback(one: Any, texts: Texts) -> str:
    """What is said when the answer is right, and when it is wrong."""
    said = (
        texts.block(one.findtext(f"GRADABLE/FEEDBACK_WHEN_{when}"))
        for when in ("CORRECT", "INCORRECT")
    )
    return together(*(one for one in said if without_praise(one)))


def _picks(one: Any, texts: Texts, wrong: float) -> list[Pick]:
    right = _right(one)
    share = 1 / max(1, len(right)) if wrong else 1.0
    return [
        Pick(texts.line(_text(a)), share if a.get("id") in right else wrong * share)
        for a in one.iterfind("ANSWER")
    ]


def _choice(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    asked = one_of(_picks(one, texts, 0.0), texts)
    return Asked("", stem, asked, figure=figure, explanation=_feedback(one, texts))


def _several(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    asked = some_of(_picks(one, texts, -1.0), texts)
    return Asked("", stem, asked, figure=figure, explanation=_feedback(one, texts))


def _truth(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    right = _right(one)
    said = [
        (a.findtext("TEXT") or "").strip().lower()
        for a in one.iterfind("ANSWER")
        if a.get("id") in right
    ]
    if len(said) != 1 or said[0] not in ("true", "false"):
        raise NotThere(say("neither true nor false is right"))
    before, asked = judged(stem, said[0] == "true", "")
    return Asked("", before, asked, figure=figure, explanation=_feedback(one, texts))


def _match(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    prompts = {a.get("id"): texts.line(_text(a)) for a in one.iterfind("ANSWER")}
    options = {c.get("id"): texts.line(_text(c)) for c in one.iterfind("CHOICE")}
    fits = {c.get("answer_id"): c.get("choice_id") for c in one.iter("CORRECTANSWER")}
    if not all(fits.get(name) in options for name in prompts):
        raise NotThere(say("what fits is not said for each part"))
    pairs = [(text, options[fits[name]]) for name, text in prompts.items()]
    asked = paired(pairs, tuple(options.values()))
    return Asked("", stem, asked, figure=figure, explanation=_feedback(one, texts))


def _blank(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    asked = words([texts.words(_text(a)) for a in one.iterfind("ANSWER")], (), texts)
    return Asked("", stem, asked, figure=figure, explanation=_feedback(one, texts))


def _order(one: Any, stem: str, figure: Image | None, texts: Texts) -> Asked:
    answers = {a.get("id"): texts.line(_text(a)) for a in one.iterfind("ANSWER")}
    found = sorted(one.iter("CORRECTANSWER"), key=lambda c: decimal(c.get("order")) or 0)
    items = tuple(answers[c.get("answer_id")] for c in found if c.get("answer_id") in answers)
    if len(items) < 2 or len(items) != len(answers):
        raise NotThere(say("its right order is not said"))
    texts.note(say("marking changes: pairs of neighbours in the right order count here"))
    return Asked("", stem, Order(items, ()), figure=figure, explanation=_feedback(one, texts))


WRITERS: dict[str, Callable[[Any, str, Image | None, Texts], Asked]] = {
    "QUESTION_MULTIPLECHOICE": _choice,
    "QUESTION_EITHEROR": _choice,
    "QUESTION_MULTIPLEANSWER": _several,
    "QUESTION_TRUEFALSE": _truth,
    "QUESTION_MATCH": _match,
    "QUESTION_FILLINBLANK": _blank,
    "QUESTION_ORDER": _order,
}
