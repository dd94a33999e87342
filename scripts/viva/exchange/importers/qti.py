"""QTI 2.1, 2.2 and 3: items one by one or in a package. QTI 3 is QTI 2 with other names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from viva.bank.interactions import Interaction, Judgement, Order, Pick, Statement
from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.exchange import gaps
from viva.exchange.gaps import HOLE, Given, Place
from viva.exchange.images import apart
from viva.exchange.labels import TRUTHS
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.qti import places
from viva.exchange.qti.given import Answer, Item, escaped, html_of, item_of, worth
from viva.exchange.qti.packaged import labels_of, order_of
from viva.exchange.qti.typed import Found, response_of, typed
from viva.exchange.reading import (
    ITEM,
    NOBODY_KNOWS,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    judged,
    labelled,
    one_of,
    paired,
    placed,
    some_of,
    together,
)
from viva.exchange.sources import documents, finder, first, holds, local, title
from viva.exchange.texts import NotThere, Texts

TITLE = "QTI 2 and 3"
ITEMS = {"assessmentItem", "qti-assessment-item"}
SKIPPED = {
    "extendedText": say("an essay needs a person to mark it"),
    "upload": say("it asks for a file"),
    **dict.fromkeys(
        (
            *("drawing", "media", "custom", "portableCustom", "gapMatch", "graphicGapMatch"),
            *("graphicOrder", "graphicAssociate", "associate", "positionObject", "selectPoint"),
            *("hottext", "slider", "endAttempt"),
        ),
        NOBODY_KNOWS,
    ),
}


def sniff(file: Incoming) -> bool:
    """Whether there are items in it."""
    if file.archive is None and (file.root is None or local(file.root) not in ITEMS):
        return False
    return holds(file, ITEMS, ".xml")


def read(file: Incoming, desk: Desk) -> Read:
    """Every item, and of a package the title of its test."""
    entries: list[Asked | Left] = []
    titles = []
    order, labels = order_of(file), labels_of(file)
    found = []
    for name, root in documents(file, ".xml"):
        if local(root) in ITEMS:
            found.append((order.get(name, len(order)), name, root))
        elif local(root) in ("assessmentTest", "qti-assessment-test"):
            titles.append(title(root, local(root)))
    desk.expect(len(found))
    for place, (_, name, root) in enumerate(sorted(found, key=lambda one: one[:2]), 1):
        desk.tick()
        entries.append(_entry(root, place, name if file.archive else "", file, name, desk, labels))
    if not entries:
        raise Refused(say(
            "no question is in it (look whether the test is empty, and export it again)",
        ))
    return Read(titles[0] if len(set(titles)) == 1 else "", tuple(entries))


def _entry(
    root: Any,
    place: int,
    where: str,
    file: Incoming,
    name: str,
    desk: Desk,
    labels: Mapping[str, Sequence[str]],
) -> Asked | Left:
    texts = desk.texts(finder(file, name))
    item = item_of(root)
    source = (item.root.get("identifier") or "").strip()
    said = " ".join((item.root.get("title") or "").split())
    at = placed(ITEM, place, said)
    at = shaped("{file}: {place}", file=where, place=at) if where else at
    body = first(item.root, "itemBody")
    plain = texts.words(html_of(body)) if body is not None else ""
    made = entry(at, lambda texts: _asked(item, texts), texts, plain)
    if isinstance(made, Left):
        return made
    called = said if said and said != source else first_words(plain)
    return replace(labelled(made, labels.get(name, ())), place=at, source=source, name=called)


# What is asked.


def _asked(item: Item, texts: Texts) -> Asked:
    body = item.root.find("itemBody")
    if body is None:
        raise NotThere(say("it asks nothing"))
    found = [one for one in body.iter() if str(one.tag).endswith("Interaction")]
    if not found:
        raise NotThere(say("it is a text without a question"))
    for one in found:
        kind = str(one.tag).removesuffix("Interaction")
        if kind in SKIPPED:
            raise NotThere(shaped("{kind}: {reason}", kind=kind, reason=SKIPPED[kind]))
    stem, interaction, figure = _interaction(item, body, found, texts)
    return Asked("", stem, interaction, figure=figure, explanation=_explanation(item, found, texts))


def _explanation(item: Item, found: Sequence[Any], texts: Texts) -> str:
    """Feedback that is not about a choice; of a right and a wrong one the right one."""
    names = {
        str(one.get("identifier")) for each in found for one in each.iter() if one.get("identifier")
    }
    names |= {key for answer in item.answers.values() for key in answer.shares}
    kept = [
        html for name, html in item.said.items() if name not in names and not WRONG.search(name)
    ]
    kept = [html for html in kept if html.strip()]
    return together(*(texts.block(html) for html in kept))


WRONG = re.compile(r"(?:^|_)(?:incorrect|wrong|IC)(?:$|_)", re.IGNORECASE)


def _interaction(
    item: Item, body: Any, found: Sequence[Any], texts: Texts
) -> tuple[str, Interaction, Any]:
    writer = WRITERS.get(str(found[0].tag)) if len(found) == 1 else None
    if writer is None or (_is_inline(found[0]) and _goes_on(item, body, found[0])):
        if not all(one.tag in INLINE for one in found):
            raise NotThere(say("it asks several things at once"))
        return _filled(item, body, found, texts)
    stem, figure = apart(texts.block(html_of(body)))
    if not stem and figure is None:
        raise NotThere(say("it asks nothing"))
    return writer(item, found[0], stem, figure, texts)


INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}


def _is_inline(interaction: Any) -> bool:
    return interaction.tag in INLINE


def _goes_on(item: Item, body: Any, interaction: Any) -> bool:
    """Whether text goes on behind the field, other than a unit."""
    if interaction.tag == "inlineChoiceInteraction":
        return True
    marked = html_of(body, {id(interaction): HOLE})
    after = re.sub(r"<[^>]*>", " ", marked.partition(HOLE)[2]).split()
    is_number = response_of(item, interaction).base in ("float", "integer")
    return len(after) > (2 if is_number else 0)


def _choices(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = response_of(item, interaction)
    several = answer.cardinality.startswith("multi") or interaction.get("maxChoices") == "0"
    picks = [
        Pick(texts.line(html_of(one)), _share(answer, one, several), texts.block(_why(item, one)))
        for one in interaction.iter("simpleChoice")
    ]
    panel = gaps.panel_of(stem, picks) if not several else None
    if panel:
        return (*panel, figure)
    truths = [TRUTHS.get(one.text.lower()) for one in picks]
    if not several and sorted(map(str, truths)) == ["False", "True"]:
        chosen = one_of(picks, texts, alone=True)
        is_true = next(t for t, one in zip(truths, chosen.options, strict=True) if one.right)
        why = together(*(one.why or "" for one in chosen.options))
        return (*judged(stem, bool(is_true), why), figure)
    return stem, some_of(picks, texts) if several else one_of(picks, texts), figure


def _share(answer: Answer, choice: Any, several: bool) -> float:
    name = str(choice.get("identifier"))
    if answer.shares:
        most = (
            sum(v for v in answer.shares.values() if v > 0)
            if several
            else max(answer.shares.values())
        )
        return answer.shares.get(name, 0.0) / (most or 1.0)
    even = 1 / max(1, len(answer.right))
    return even if name in answer.right else -even if several else 0.0


def _why(item: Item, choice: Any) -> str:
    inline = choice.find("feedbackInline")
    name = str(choice.get("identifier"))
    return html_of(inline) if inline is not None else item.said.get(name, "")


def _matches(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = response_of(item, interaction)
    sides = [
        {
            str(o.get("identifier")): texts.line(html_of(o))
            for o in side.iter("simpleAssociableChoice")
        }
        for side in interaction.iter("simpleMatchSet")
    ]
    if len(sides) != 2:
        raise NotThere(say("it has not two sides to match"))
    right = answer.right or tuple(key for key, share in answer.shares.items() if share > 0)
    pairs = [tuple(one.split()) for one in right if len(one.split()) == 2]
    known = [(a, b) if a in sides[0] else (b, a) for a, b in pairs]
    found = {a: b for a, b in known if a in sides[0] and b in sides[1]}
    if len(found) != len(known) or set(found) != set(sides[0]):
        raise NotThere(say("what fits is not said once for each"))
    asked = [(text, sides[1][found[name]]) for name, text in sides[0].items()]
    truths = [TRUTHS.get(text.lower()) for text in sides[1].values()]
    if len(truths) == 2 and set(truths) == {True, False}:
        said = tuple(Statement(text, TRUTHS[answer_.lower()]) for text, answer_ in asked)
        return stem, Judgement(said), figure
    return stem, paired(asked, tuple(sides[1].values())), figure


def _ordered(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = response_of(item, interaction)
    items = {
        str(o.get("identifier")): texts.line(html_of(o)) for o in interaction.iter("simpleChoice")
    }
    if sorted(answer.right) != sorted(items) or len(items) < 2:
        raise NotThere(say("its right order is not said"))
    if item.root.find(".//index") is None:
        texts.note(say("marking changes: pairs of neighbours in the right order count here"))
    return stem, Order(tuple(items[one] for one in answer.right), ()), figure


def _spot(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    if not stem:
        raise NotThere(say("it asks nothing"))
    return stem, *places.spot(interaction, response_of(item, interaction), texts)


WRITERS: dict[str, Callable[[Item, Any, str, Any, Texts], Found]] = {
    "choiceInteraction": _choices,
    "matchInteraction": _matches,
    "orderInteraction": _ordered,
    "textEntryInteraction": typed,
    "inlineChoiceInteraction": typed,
    "hotspotInteraction": _spot,
}


# Gaps in a text.


def _filled(item: Item, body: Any, found: Sequence[Any], texts: Texts) -> Found:
    marks = {id(one): f"{HOLE}{n}{HOLE}" for n, one in enumerate(found)}
    filled = [_place(item, one) for one in found]
    return gaps.marked(html_of(body, marks), filled, texts)


def _place(item: Item, interaction: Any) -> Place:
    answer = response_of(item, interaction)
    known = set(worth(answer)) or set(answer.right)
    if interaction.tag == "textEntryInteraction":
        words_ = dict.fromkeys((*answer.right, *worth(answer)))
        return Place("SA", tuple(Given(1.0, escaped(one), "") for one in words_))
    chosen = (
        Given(float(str(one.get("identifier")) in known), html_of(one), _why(item, one))
        for one in interaction.iter("inlineChoice")
    )
    return Place("MC", tuple(chosen))
