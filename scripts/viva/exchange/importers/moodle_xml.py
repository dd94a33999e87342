"""Moodle XML: what Moodle's question bank exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from viva.bank.interactions import Order, Pick
from viva.base.words import say, shaped
from viva.exchange import gaps, labels
from viva.exchange.images import Image, apart
from viva.exchange.limits import Incoming
from viva.exchange.moodle_files import marked_place
from viva.exchange.moodle_given import files_of, line, said, told, truth
from viva.exchange.numbers import decimal
from viva.exchange.reading import (
    NOBODY_KNOWS,
    QUESTION,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    judged,
    labelled,
    number,
    of_right,
    one_of,
    paired,
    placed,
    some_of,
    together,
    words,
)
from viva.exchange.texts import NotThere, Texts

TITLE = "Moodle XML"
KINDS = {
    "essay": say("an essay needs a person to mark it"),
    "description": say("it is a text without a question"),
    "calculated": say("its numbers change from student to student"),
    "calculatedsimple": say("its numbers change from student to student"),
    "calculatedmulti": say("its numbers change from student to student"),
}
OF_ITS_OWN = say("what takes several answers is a question of its own, apart from the other gaps")
TRUTHS = ("true", "false")
Writer = Callable[[Any, Texts], Asked]


def sniff(file: Incoming) -> bool:
    """Whether it is a quiz of Moodle."""
    return file.content[:2] != b"PK" and file.root is not None and file.root.tag == "quiz"


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the file."""
    entries = list[Asked | Left]()
    root = file.root
    questions = [one for one in root.iter("question") if not _is_category(one)]
    desk.expect(len(questions))
    for place, one in enumerate(questions, 1):
        desk.tick()
        name = said(one, "name") or (one.get("type") or "").strip()
        entries += _entries(one, placed(QUESTION, place, name), desk)
    categories = [said(one, "category") for one in root.iter("question") if _is_category(one)]
    title = categories[0].rstrip("/").rpartition("/")[2] if len(set(categories)) == 1 else ""
    more = (
        [say(
            "questions of several categories are in one bank now",
        )] if len(set(categories)) > 1 else []
    )
    return Read("" if title == "top" else title, tuple(entries), (), tuple(more))


def _is_category(one: Any) -> bool:
    return bool(one.get("type") == "category")


def _entries(one: Any, where: str, desk: Desk) -> Iterator[Asked | Left]:
    """What a question gives: itself, or its gaps and each place that takes several answers."""
    source = one.findtext("questiontext/text") or ""
    parts = gaps.alone(source) if WRITERS.get(one.get("type")) is _cloze else (source,)
    if len(parts) == 1:
        yield _entry(one, where, desk)
        return
    for number_, part in enumerate(parts, 1):
        piece = deepcopy(one)
        piece.find("questiontext/text").text = part
        for name in ("idnumber", "name/text"):
            if (piece.findtext(name) or "").strip():
                piece.find(name).text = f"{piece.findtext(name)}-{number_}"
        yield _entry(piece, _part(where, number_), desk, OF_ITS_OWN)


def _part(place: str, number: int) -> str:
    return say("{place}, part {number}", place=place, number=number)


def _entry(one: Any, where: str, desk: Desk, *notes: str) -> Asked | Left:
    kind = (one.get("type") or "").strip()
    texts = desk.texts(files_of(one))
    for note in notes:
        texts.note(note)
    writer = WRITERS.get(kind)
    if writer is None:
        why = KINDS.get(kind, NOBODY_KNOWS)
        why = shaped("{kind}: {reason}", kind=kind, reason=why) if kind else why
        return Left(where, why, texts.block(said(one, "questiontext")))
    return entry(where, lambda texts: _asked(one, where, writer, texts), texts, _plain(one, texts))


def _plain(one: Any, texts: Texts) -> str:
    return texts.words(said(one, "questiontext"))


def _asked(one: Any, place: str, writer: Writer, texts: Texts) -> Asked:
    made = writer(one, texts)
    tags = (texts.words(tag.findtext("text")) for tag in one.findall("tags/tag"))
    labels = [tag for tag in tags if tag]
    hints = [hint for hint in (told(h, texts) for h in one.findall("hint")) if hint]
    if len(hints) > 1:
        texts.note(say("only the first of its hints is kept"))
    asked = Asked(
        place=place,
        stem=made.stem,
        interaction=made.interaction,
        source=(one.findtext("idnumber") or "").strip(),
        name=said(one, "name"),
        figure=made.figure,
        explanation=together(made.explanation, told(one.find("generalfeedback"), texts)),
        hint=hints[0] if hints else "",
        shuffle=truth(one.findtext("shuffleanswers")) and gaps.is_choice(made.interaction),
    )
    return labelled(asked, labels)


def _stem(one: Any, texts: Texts) -> tuple[str, Image | None]:
    stem, figure = apart(told(one.find("questiontext"), texts))
    if not stem:
        raise NotThere(say("it asks nothing"))
    return stem, figure


def _answers(one: Any, texts: Texts) -> Iterator[tuple[Any, float, str]]:
    """Each answer with its share of the mark, from -1 to 1, and what is said about it."""
    for answer in one.findall("answer"):
        try:
            share = float(answer.get("fraction") or 0) / 100
        except ValueError:
            share = 0.0
        yield answer, share, told(answer.find("feedback"), texts)


def _ask(one: Any, texts: Texts, interaction: Any) -> Asked:
    stem, figure = _stem(one, texts)
    return Asked("", stem, interaction, figure=figure)


def _multichoice(one: Any, texts: Texts) -> Asked:
    picks = [Pick(line(a, texts), share, why) for a, share, why in _answers(one, texts)]
    single = truth(one.findtext("./single") or "true")
    return _ask(one, texts, one_of(picks, texts) if single else some_of(picks, texts))


def _truefalse(one: Any, texts: Texts) -> Asked:
    found = {(a.findtext("text") or "").strip().lower(): (s, w) for a, s, w in _answers(one, texts)}
    if not set(found) & set(TRUTHS):
        raise NotThere(say("its answers are not true and false"))
    is_true = found.get("true", (0.0, ""))[0] > found.get("false", (0.0, ""))[0]
    whys = dict.fromkeys(found[t][1] for t in TRUTHS if t in found)
    text, figure = _stem(one, texts)
    stem, interaction = judged(text, is_true, "\n\n".join(why for why in whys if why))
    return Asked("", stem, interaction, figure=figure)


def _matching(one: Any, texts: Texts) -> Asked:
    pairs, more = [], []
    for part in one.findall("subquestion"):
        prompt, answer = line(part, texts), texts.plain_line(part.findtext("answer/text"))
        pairs += [(prompt, answer)] if prompt else []
        more += [] if prompt else [answer]
    return _ask(one, texts, paired(pairs, more))


def _numerical(one: Any, texts: Texts) -> Asked:
    found, whys = [], []
    for answer, share, why in _answers(one, texts):
        value = decimal(answer.findtext("text"))
        if value is not None:
            found.append((value, abs(decimal(answer.findtext("tolerance")) or 0.0), share))
        whys.append((share, why))
    units = [(u.findtext("unit_name") or "").strip() for u in one.findall("units/unit")]
    kept = [u for u in units if u][:1]
    if len(units) > 1:
        texts.note(say("of its units the first is kept, and what viva converts to it"))
    asked = _ask(one, texts, number(found, texts, kept[0] if kept else None))
    return replace(asked, explanation=of_right(whys, texts))


def _shortanswer(one: Any, texts: Texts) -> Asked:
    accept, reject, whys, model = list[str](), list[str](), list[tuple[float, str]](), ""
    for answer, share, why in _answers(one, texts):
        said = _typed(answer.findtext("text"), texts)
        if said == "*":
            model = labels.inside(labels.MODEL, texts.language, why) or model
        elif share >= 1:
            accept.append(said)
        elif share <= 0:
            reject.append(said)
        else:
            texts.note(
                say(
                    "marking changes: “{text}” was right in part and is for a person to judge now",
                    text=said,
                )
            )
        whys += [(share, why)] if said != "*" else []
    asked = _ask(one, texts, words(accept, reject, texts, model))
    return replace(asked, explanation=of_right(whys, texts))


def _typed(text: str | None, texts: Texts) -> str:
    """What students type. A star stands for anything in Moodle."""
    said = " ".join((text or "").split())
    plain = said.replace("\\*", "\0")
    if "*" in plain and plain != "*":
        texts.note(say("the star in an answer stood for anything; here it is left out"))
        plain = " ".join(plain.replace("*", " ").split())
    return texts.words(plain.replace("\0", "*")) if plain != "*" else "*"


def _ordering(one: Any, texts: Texts) -> Asked:
    answers = sorted(_answers(one, texts), key=lambda found: found[1])
    items = tuple(line(answer, texts) for answer, _, _ in answers)
    if len(items) < 2 or not all(items):
        raise NotThere(say("it has fewer than two items to order"))
    if one.findtext("gradingtype") not in ("RELATIVE_NEXT_EXCLUDE_LAST", "2"):
        texts.note(say("marking changes: pairs of neighbours in the right order count here"))
    return _ask(one, texts, Order(items, ()))


def _ddmarker(one: Any, texts: Texts) -> Asked:
    interaction, figure = marked_place(one, texts)
    stem, _ = _stem(one, texts)
    return Asked("", stem, interaction, figure=figure)


def _cloze(one: Any, texts: Texts) -> Asked:
    part = one.find("questiontext")
    stem, interaction, figure = gaps.moodle(
        part.findtext("text") or "" if part is not None else "", texts
    )
    return Asked("", stem, interaction, figure=figure)


def _oumultiresponse(one: Any, texts: Texts) -> Asked:
    picks = [Pick(line(a, texts), share, why) for a, share, why in _answers(one, texts)]
    return _ask(one, texts, some_of(picks, texts))


OURS = (_multichoice, _oumultiresponse, _truefalse, _matching, _numerical, _shortanswer, _ordering)
WRITERS: dict[str, Writer] = {
    **{one.__name__.strip("_"): one for one in (*OURS, _ddmarker, _cloze)},
    "match": _matching,
    "multianswer": _cloze,
}
"""A function for each kind of question, which is named as Moodle names the kind."""
