"""QTI 1.2: Canvas, Common Cartridge, Respondus, and Blackboard's own dialect of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from viva.bank.interactions import Interaction, Order, Pick
from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.exchange import gaps
from viva.exchange.images import apart
from viva.exchange.labels import TRUTHS
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.numbers import decimal
from viva.exchange.praise import without_praise
from viva.exchange.qti12_gaps import Responses, bracketed, filled, holes
from viva.exchange.qti12_given import (
    Scores,
    feedback_of,
    kind_of,
    labels_of,
    material,
    prompt_of,
    said_of,
    scores_of,
    stem_html,
)
from viva.exchange.reading import (
    ITEM,
    NOBODY_KNOWS,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    judged,
    number,
    one_of,
    paired,
    placed,
    some_of,
    together,
    words,
)
from viva.exchange.sources import documents, every, finder, first, holds, local, title
from viva.exchange.texts import NotThere, Texts

TITLE = "QTI 1.2 (Canvas, Common Cartridge)"
ENDINGS = (".xml", ".qti", ".dat")
REFUSED = {
    "essay": say("an essay needs a person to mark it"),
    "file_upload": say("it asks for a file"),
    "calculated": say("its numbers change from student to student"),
    "text_only": say("it is a text without a question"),
    "categorization": NOBODY_KNOWS,
    "hot_spot": NOBODY_KNOWS,
}
MATCH = say("What fits?")
"""What is asked where there are only prompts and options."""
def sniff(file: Incoming) -> bool:
    """Whether there are items of QTI 1.2 in it."""
    if file.archive is None and (
        file.root is None or local(file.root) not in ("questestinterop", "item")
    ):
        return False
    return holds(file, {"questestinterop"}, *ENDINGS)


def read(file: Incoming, desk: Desk) -> Read:
    """Every item, each once: a cartridge may hold a test in two dialects."""
    entries: list[Asked | Left] = []
    seen: set[str] = set()
    titles: list[str] = []
    for name, root in documents(file, *ENDINGS):
        if local(root) not in ("questestinterop", "item"):
            continue
        found = title(root, "assessment", "objectbank")
        titles += [found] if found else []
        items = [one for one in every(root, "item") if not _ident(one) or _ident(one) not in seen]
        seen |= {_ident(one) for one in items}
        desk.expect(len(items))
        for place, item in enumerate(items, 1):
            desk.tick()
            entries.append(_entry(item, place, name if file.archive else "", file, name, desk))
    if not entries:
        raise Refused(say(
            "no question is in it (look whether the quiz is empty, and export it again)",
        ))
    return Read(titles[0] if len(set(titles)) == 1 else "", tuple(entries))


def _ident(item: Any) -> str:
    own = first(item, "bbmd_asi_object_id")
    return (item.get("ident") or (own.text if own is not None else "") or "").strip()


def _entry(
    item: Any, place: int, where: str, file: Incoming, name: str, desk: Desk
) -> Asked | Left:
    texts = desk.texts(finder(file, name))
    said = " ".join((item.get("title") or "").split())
    at = placed(ITEM, place, said)
    at = shaped("{file}: {place}", file=where, place=at) if where else at
    plain = texts.words(stem_html(item))
    made = entry(at, lambda texts: _asked(item, texts), texts, plain)
    if isinstance(made, Left):
        return made
    usual = not said or said.lower() in ("question", "item", "new question")
    called = first_words(plain) if usual else said
    return replace(made, place=at, source=_ident(item), name=called)


def _asked(item: Any, texts: Texts) -> Asked:
    kind = kind_of(item)
    if kind in REFUSED:
        raise NotThere(shaped("{kind}: {reason}", kind=kind, reason=REFUSED[kind]))
    presentation = first(item, "presentation")
    if presentation is None:
        raise NotThere(say("it asks nothing"))
    scores = scores_of(item)
    feedback = feedback_of(item)
    stem, interaction, figure = _interaction(item, presentation, kind, scores, feedback, texts)
    names = (*scores.always, *dict.fromkeys(scores.when_right))
    said = [feedback[name] for name in names if name in feedback]
    solution = [material(one) for one in every(item, "solution")]
    told = (texts.block(one) for one in (*said, *solution))
    explanation = together(*(one for one in told if without_praise(one)))
    return Asked("", stem, interaction, figure=figure, explanation=explanation)


def _interaction(
    item: Any,
    presentation: Any,
    kind: str,
    scores: Scores,
    feedback: dict[str, str],
    texts: Texts,
) -> tuple[str, Interaction, Any]:
    responses = [
        one
        for one in presentation.iter()
        if local(one) in ("response_lid", "response_str", "response_num")
    ]
    if not responses:
        return bracketed(item, scores, texts)
    typed = [one for one in responses if local(one) != "response_lid"]
    text = holes(item, responses)
    if text is not None:
        return filled(text, responses, scores, feedback, texts)
    stem, figure = apart(texts.block(stem_html(item)))
    is_matched = not typed and (len(responses) > 1 or kind.startswith("match"))
    if not stem and not is_matched:
        raise NotThere(say("it asks nothing"))
    if typed:
        return stem, _typed(item, typed[0], scores, kind, texts), figure
    if is_matched:
        return stem or MATCH, _pairs(responses, scores, feedback, texts), figure
    if (responses[0].get("rcardinality") or "").lower() == "ordered":
        return stem, _order(responses[0], scores, texts), figure
    return (*_choice(responses[0], stem, kind, scores, feedback, texts), figure)


# Kinds of questions.


def _picks(response: Any, scores: Scores, feedback: dict[str, str], texts: Texts) -> list[Pick]:
    name = str(response.get("ident"))
    most = max((v for (r, _), v in scores.shares.items() if r == name), default=1.0) or 1.0
    found = []
    for ident, html in labels_of(response):
        share = scores.shares.get((name, ident), 0.0) / abs(most)
        why = _why(name, ident, scores, feedback)
        found.append(Pick(texts.line(html), share, texts.block(why)))
    return found


def _why(name: str, ident: str, scores: Scores, feedback: dict[str, str]) -> str:
    return said_of(name, ident, scores, feedback) or feedback.get(ident, "")


def _choice(
    response: Any, stem: str, kind: str, scores: Scores, feedback: dict[str, str], texts: Texts
) -> tuple[str, Interaction]:
    picks = _picks(response, scores, feedback, texts)
    several = (response.get("rcardinality") or "").lower().startswith("multi")
    several = several or kind in ("multiple_answers", "multiple_answer", "multiple_response")
    panel = gaps.panel_of(stem, picks) if not several else None
    if panel:
        return panel
    truths = [TRUTHS.get(one.text.strip().lower()) for one in picks]
    if sorted(map(str, truths)) == ["False", "True"] and not several:
        chosen = one_of(picks, texts, alone=True)
        answer = next(t for t, one in zip(truths, chosen.options, strict=True) if one.right)
        why = together(*(one.why or "" for one in chosen.options))
        return judged(stem, bool(answer), why)
    if several:
        even = sum(one.share > 0 for one in picks)
        # A condition that asks for all at once is worth the same whatever is picked.
        whole = all(one.share in (0.0, 1.0) for one in picks)
        shares = [(1 if p.share > 0 else -1) / max(1, even) if whole else p.share for p in picks]
        picks = [Pick(p.text, s, p.why) for p, s in zip(picks, shares, strict=True)]
        if whole and kind != "multiple_answers":
            texts.note(say(
                "marking changes: all or nothing there, a share of the right picks here",
            ))
        return stem, some_of(picks, texts)
    return stem, one_of(picks, texts)


def _pairs(
    responses: Responses, scores: Scores, feedback: dict[str, str], texts: Texts
) -> Interaction:
    pairs, whys, more = [], [], list[str]()
    for response in responses:
        name, labels = str(response.get("ident")), dict(labels_of(response))
        right = next((i for i in labels if scores.shares.get((name, i), 0) > 0), None)
        if right is None:
            raise NotThere(say("a part to match has no right answer"))
        prompt = texts.line(prompt_of(response))
        if not prompt:
            texts.note(say("a part to match without text is left out"))
            continue
        pairs.append((prompt, texts.line(labels[right])))
        whys.append(texts.block(said_of(name, right, scores, feedback)))
        more += [texts.line(html) for html in labels.values()]
    return paired(pairs, more, whys)


def _order(response: Any, scores: Scores, texts: Texts) -> Interaction:
    labels = dict(labels_of(response))
    order = list(dict.fromkeys(scores.orders.get(str(response.get("ident")), ())))
    if sorted(order) != sorted(labels) or len(order) < 2:
        raise NotThere(say("its right order is not said"))
    texts.note(say("marking changes: pairs of neighbours in the right order count here"))
    return Order(tuple(texts.line(labels[one]) for one in order), ())


def _typed(item: Any, response: Any, scores: Scores, kind: str, texts: Texts) -> Interaction:
    name = str(response.get("ident"))
    right = [v for (r, v), share in scores.shares.items() if r == name and share > 0]
    render = first(response, "render_fib")
    form = (render.get("fibtype") or "").lower() if render is not None else ""
    is_number = kind.startswith("numer") or form in ("decimal", "integer")
    if is_number and (scores.ranges or any(decimal(one) is not None for one in right)):
        return _number(right, scores, texts)
    if first(item, "varsubstring") is not None and not right:
        raise NotThere(say("its right answer is a pattern, not a word"))
    if not right and kind in ("", "essay", "short_response"):
        raise NotThere(say("an essay needs a person to mark it"))
    return words([texts.words(escape(one, quote=False)) for one in right], (), texts)


def _number(right: Sequence[str], scores: Scores, texts: Texts) -> Interaction:
    exact = next((value for value in map(decimal, right) if value is not None), None)
    found = []
    for low, high in scores.ranges:
        middle = exact if exact is not None and low <= exact <= high else (low + high) / 2
        found.append((round(middle, 12), round(max(high - middle, middle - low), 12), 1.0))
    others = [] if found or exact is None else [(exact, 0.0, 1.0)]
    return number([*found, *others], texts)


# Gaps in a text.

