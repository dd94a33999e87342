"""QTI 2.1, 2.2 and 3: items one by one or in a package. QTI 3 is QTI 2 with other names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from viva.bank.interactions import Interaction, Judgement, Order, Pick, Region, Spot, Statement
from viva.base.refused import Refused
from viva.exchange import gaps
from viva.exchange.gaps import HOLE, Given, Place
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.reading import (
    Asked,
    Desk,
    Left,
    NotThere,
    Read,
    entry,
    judged,
    labelled,
    number,
    one_of,
    paired,
    some_of,
    together,
    words,
)
from viva.exchange.rows import decimal
from viva.exchange.sources import documents, every, finder, first, holds, local, title
from viva.exchange.texts import Texts, apart

TITLE = "QTI 2 and 3"
ITEMS = {"assessmentItem", "qti-assessment-item"}
TRUTHS = {"true": True, "false": False}
LETTERS = re.compile(r"-([a-z0-9])")
SKIPPED = {
    "extendedText": "an essay needs a person to mark it",
    "upload": "it asks for a file",
    "drawing": "it asks for a drawing",
    "media": "it plays sound or video",
    "custom": "it is made by somebody else's program",
    "portableCustom": "it is made by somebody else's program",
    "gapMatch": "words to drag into a text are not known here",
    "graphicGapMatch": "pictures to drag are not known here",
    "graphicOrder": "places to put in order are not known here",
    "graphicAssociate": "places to connect are not known here",
    "associate": "things to connect freely are not known here",
    "positionObject": "objects to place are not known here",
    "selectPoint": "a point in a picture without places is not known here",
    "hottext": "words to mark in a text are not known here",
    "slider": "a slider is not known here",
    "endAttempt": "it shows hints on demand",
}


@dataclass(frozen=True)
class Answer:
    """What an item says of one response: what is right, and what each value is worth."""

    cardinality: str
    base: str
    right: tuple[str, ...]
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Item:
    """An item with the names of QTI 2, what is right in it, and its feedback by name."""

    root: Any
    answers: Mapping[str, Answer]
    said: Mapping[str, str] = field(default_factory=dict)


def sniff(file: Incoming) -> bool:
    """Whether there are items in it."""
    if file.archive is None and (file.root is None or local(file.root) not in ITEMS):
        return False
    return holds(file, ITEMS, ".xml")


def read(file: Incoming, desk: Desk) -> Read:
    """Every item, and of a package the title of its test."""
    entries: list[Asked | Left] = []
    titles = []
    order, labels = _order_of(file), _labels_of(file)
    found = []
    for name, root in documents(file, ".xml"):
        if local(root) in ITEMS:
            found.append((order.get(name, len(order)), name, root))
        elif local(root) in ("assessmentTest", "qti-assessment-test"):
            titles.append(title(root, local(root)))
    for place, (_, name, root) in enumerate(sorted(found, key=lambda one: one[:2]), 1):
        desk.tick()
        entries.append(_entry(root, place, name if file.archive else "", file, name, desk, labels))
    if not entries:
        raise Refused("no question is in it (look whether the test is empty, and export it again)")
    return Read(titles[0] if len(set(titles)) == 1 else "", tuple(entries))


def _order_of(file: Incoming) -> dict[str, int]:
    """The order of items as the tests of a package have it."""
    order: dict[str, int] = {}
    for name, root in documents(file, ".xml"):
        folder = posixpath.dirname(name)
        for one in root.iter():
            if local(one) in ("assessmentItemRef", "qti-assessment-item-ref") and one.get("href"):
                path = posixpath.normpath(posixpath.join(folder, one.get("href")))
                order.setdefault(path, len(order))
    return order


def _labels_of(file: Incoming) -> dict[str, list[str]]:
    """The keywords of each item, as the manifest of a package has them."""
    labels = {}
    for name, root in documents(file, "imsmanifest.xml"):
        folder = posixpath.dirname(name)
        for one in every(root, "resource"):
            words_ = [" ".join(w.itertext()).strip() for w in every(one, "keyword")]
            path = posixpath.normpath(posixpath.join(folder, one.get("href") or ""))
            labels[path] = [word for word in words_ if word]
    return labels


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
    item = _item(root)
    source = (item.root.get("identifier") or "").strip()
    said = " ".join((item.root.get("title") or "").split())
    at = where or f"item {place}"
    at = f"{at} “{said}”" if said else at
    body = first(item.root, "itemBody")
    plain = texts.words(_html(body)) if body is not None else ""
    made = entry(at, lambda texts: _asked(item, texts), texts, plain)
    if isinstance(made, Left):
        return made
    called = said if said and said != source else first_words(plain)
    return replace(labelled(made, labels.get(name, ())), place=at, source=source, name=called)


# The item with the names of QTI 2.


def _item(root: Any) -> Item:
    older = _older(root)
    answers = {
        str(one.get("identifier")): _answer(one, older)
        for one in every(older, "responseDeclaration")
    }
    said = {
        str(one.get("identifier")): _html(one)
        for name in ("modalFeedback", "feedbackBlock", "feedbackInline")
        for one in every(older, name)
    }
    return Item(older, answers, said | _told(older, said))


def _told(item: Any, said: Mapping[str, str]) -> dict[str, str]:
    """The feedback of each value, where only the rules say whose it is."""
    pairs = []
    for rule in item.iter("responseIf", "responseElseIf"):
        tested = [
            _value(v) for test in rule.iter("member", "match") for v in test.iter("baseValue")
        ]
        names = {
            _value(v) for set_ in rule.iterfind("setOutcomeValue") for v in set_.iter("baseValue")
        }
        pairs += [(tested[0], name) for name in sorted(names & set(said)) if len(set(tested)) == 1]
    counts = [name for _, name in dict.fromkeys(pairs)]
    whose = {value: name for value, name in pairs if counts.count(name) == 1}
    return {value: said[name] for value, name in whose.items()} | {
        name: "" for name in whose.values() if name not in whose
    }


def _older(element: Any) -> Any:
    """A copy without namespaces, whose names are those of QTI 2."""
    made = etree.Element(_camel(local(element)))
    for name, value in element.attrib.items():
        made.set(_camel(etree.QName(name).localname), value)
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            made.append(_older(child))
            made[-1].tail = child.tail
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + (child.tail or "")
        else:
            made.text = (made.text or "") + (child.tail or "")
    return made


def _camel(name: str) -> str:
    return LETTERS.sub(lambda found: found[1].upper(), name.removeprefix("qti-"))


def _answer(one: Any, item: Any) -> Answer:
    right = tuple(_value(v) for v in one.iterfind("correctResponse/value"))
    shares = {
        str(e.get("mapKey")): decimal(e.get("mappedValue")) or 0.0
        for e in one.iterfind("mapping/mapEntry")
    }
    if not right and not shares:
        shares = _processed(item, str(one.get("identifier")))
    base = str(one.get("baseType") or "identifier")
    return Answer(str(one.get("cardinality") or ""), base, right, shares)


def _value(value: Any) -> str:
    return " ".join((value.text or "").split())


def _processed(item: Any, name: str) -> dict[str, float]:
    """What the rules of an item give for each value, where nothing is declared."""
    shares: dict[str, float] = {}
    for rule in item.iter("responseIf", "responseElseIf"):
        tested = [
            _value(v)
            for test in rule.iter("member", "match", "stringMatch")
            if any(x.get("identifier") == name for x in test.iter("variable"))
            and not any(a.tag == "not" for a in test.iterancestors())
            for v in test.iter("baseValue")
        ]
        worth = [
            1.0 if _value(v).endswith(".max") else decimal(_value(v))
            for set_ in rule.iterfind("setOutcomeValue")
            if "SCORE" in (set_.get("identifier") or "").upper()
            for v in set_.iter("baseValue")
        ]
        if tested and worth and worth[-1]:
            shares |= dict.fromkeys(tested, worth[-1])
    return shares


# What is asked.


def _asked(item: Item, texts: Texts) -> Asked:
    body = item.root.find("itemBody")
    if body is None:
        raise NotThere("it asks nothing")
    found = [one for one in body.iter() if str(one.tag).endswith("Interaction")]
    if not found:
        raise NotThere("it is a text without a question")
    for one in found:
        kind = str(one.tag).removesuffix("Interaction")
        if kind in SKIPPED:
            raise NotThere(f"{kind}: {SKIPPED[kind]}")
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
            raise NotThere("it asks several things at once")
        return _filled(item, body, found, texts)
    stem, figure = apart(texts.block(_html(body)))
    if not stem and figure is None:
        raise NotThere("it asks nothing")
    return writer(item, found[0], stem, figure, texts)


INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}


def _is_inline(interaction: Any) -> bool:
    return interaction.tag in INLINE


def _goes_on(item: Item, body: Any, interaction: Any) -> bool:
    """Whether text goes on behind the field, other than a unit."""
    if interaction.tag == "inlineChoiceInteraction":
        return True
    marked = _html(body, {id(interaction): HOLE})
    after = re.sub(r"<[^>]*>", " ", marked.partition(HOLE)[2]).split()
    is_number = _response(item, interaction).base in ("float", "integer")
    return len(after) > (2 if is_number else 0)


def _response(item: Item, interaction: Any) -> Answer:
    found = item.answers.get(str(interaction.get("responseIdentifier")))
    if found is None:
        raise NotThere("its right answer is not said")
    return found


def _html(element: Any, marks: Mapping[int, str] | None = None) -> str:
    """The HTML inside an element; of interactions only their prompt, or their mark."""
    parts = [_escaped(element.text)]
    for child in element:
        parts.append(_child(child, marks or {}))
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _child(child: Any, marks: Mapping[int, str]) -> str:
    name = str(child.tag)
    if id(child) in marks:
        return marks[id(child)]
    if name.endswith("Interaction"):
        prompt = child.find("prompt")
        return _tagged("p", _html(prompt)) if prompt is not None else ""
    if name in ("feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "stylesheet"):
        return ""
    if name == "object":
        return _picture(child.get("data") or "", child.text or "")
    if name == "img":
        return _picture(child.get("src") or "", child.get("alt") or "")
    inside = _html(child, marks)
    if name in ("contentBody", "qtiContentBody"):
        return inside
    href = (
        f' href="{_escaped(child.get("href")).replace(chr(34), "%22")}"'
        if child.get("href")
        else ""
    )
    return _tagged(name, inside, href) if name != "br" else _tagged("br", None)


def _picture(src: str, alt: str) -> str:
    given = f' src="{_quoted(src)}" alt="{_quoted(alt)}"'
    return _tagged("img", None, given)


def _tagged(name: str, inside: str | None, more: str = "") -> str:
    start = f"<{name}{more}>"
    return start if inside is None else f"{start}{inside}</{name}>"


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# A function for each interaction.

Found = tuple[str, Interaction, Any]


def _choices(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = _response(item, interaction)
    several = answer.cardinality.startswith("multi") or interaction.get("maxChoices") == "0"
    picks = [
        Pick(texts.line(_html(one)), _share(answer, one, several), texts.block(_why(item, one)))
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
    return _html(inline) if inline is not None else item.said.get(name, "")


def _matches(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = _response(item, interaction)
    sides = [
        {
            str(o.get("identifier")): texts.line(_html(o))
            for o in side.iter("simpleAssociableChoice")
        }
        for side in interaction.iter("simpleMatchSet")
    ]
    if len(sides) != 2:
        raise NotThere("it has not two sides to match")
    right = answer.right or tuple(key for key, share in answer.shares.items() if share > 0)
    pairs = [tuple(one.split()) for one in right if len(one.split()) == 2]
    known = [(a, b) if a in sides[0] else (b, a) for a, b in pairs]
    found = {a: b for a, b in known if a in sides[0] and b in sides[1]}
    if len(found) != len(known) or set(found) != set(sides[0]):
        raise NotThere("what fits is not said once for each")
    asked = [(text, sides[1][found[name]]) for name, text in sides[0].items()]
    truths = {text.lower() for text in sides[1].values()}
    if truths == set(TRUTHS):
        said = tuple(Statement(text, TRUTHS[answer_.lower()]) for text, answer_ in asked)
        return stem, Judgement(said), figure
    return stem, paired(asked, tuple(sides[1].values())), figure


def _ordered(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = _response(item, interaction)
    items = {
        str(o.get("identifier")): texts.line(_html(o)) for o in interaction.iter("simpleChoice")
    }
    if sorted(answer.right) != sorted(items) or len(items) < 2:
        raise NotThere("its right order is not said")
    if item.root.find(".//index") is None:
        texts.note("marking changes: pairs of neighbours in the right order count here")
    return stem, Order(tuple(items[one] for one in answer.right), ()), figure


def _typed(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = _response(item, interaction)
    if answer.base in ("float", "integer"):
        return _number(item, answer, stem, figure, texts)
    known = [texts.words(_escaped(v)) for v in (*answer.right, *_worth(answer))]
    return stem, words(known, (), texts), figure


def _worth(answer: Answer) -> Iterator[str]:
    most = max(answer.shares.values(), default=0.0)
    return (key for key, share in answer.shares.items() if share > 0 and share == most)


def _number(item: Item, answer: Answer, stem: str, figure: Any, texts: Texts) -> Found:
    value = next((v for v in map(decimal, (*answer.right, *_worth(answer))) if v is not None), None)
    if value is None:
        raise NotThere("no number is right")
    equal = item.root.find(".//equal")
    said = (equal.get("tolerance") or "0").split() if equal is not None else ["0"]
    slack = max((abs(decimal(one) or 0.0) for one in said), default=0.0)
    if equal is not None and equal.get("toleranceMode") == "relative":
        slack = abs(value) * slack / 100
    before, unit = _unit(stem)
    return before, number([(value, slack, 1.0)], texts, unit), figure


def _unit(stem: str) -> tuple[str, str | None]:
    """A stem whose last paragraph is only a unit, apart from it."""
    before, _, last = stem.rpartition("\n\n")
    is_unit = (
        before and len(last) <= 12 and len(last.split()) <= 2 and not last.endswith((".", "?", ":"))
    )
    return (before, last) if is_unit else (stem, None)


def _spot(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    picture = next((one for one in interaction.iter("img", "object")), None)
    if picture is None or not stem:
        raise NotThere("its picture is not in the file" if stem else "it asks nothing")
    src, alt = (
        picture.get("src") or picture.get("data") or "",
        picture.get("alt") or picture.text or "",
    )
    wide, high = decimal(picture.get("width")), decimal(picture.get("height"))
    image = texts.picture(src, alt)
    if image is None or not wide or not high:
        raise NotThere("its picture cannot be used")
    choices = list(interaction.iter("hotspotChoice"))
    answer = _response(item, interaction)
    right = [
        n
        for n, one in enumerate(choices)
        if one.get("identifier") in (*answer.right, *_worth(answer))
    ]
    if len(right) != 1 or len(choices) < 2:
        raise NotThere("a hotspot here has two or more places, and one of them is right")
    regions = tuple(_region(one, n, wide, high) for n, one in enumerate(choices, 1))
    return stem, Spot(regions, right[0]), image


def _region(choice: Any, place: int, wide: float, high: float) -> Region:
    found = [decimal(one) or 0.0 for one in re.findall(r"-?[\d.]+", choice.get("coords") or "")]
    shape = choice.get("shape")
    if shape == "circle" and len(found) >= 3:
        corners = gaps.ring(found[0], found[1], found[2], found[2])
    elif shape == "ellipse" and len(found) >= 4:
        corners = gaps.ring(*found[:4])
    elif shape == "rect" and len(found) >= 4:
        left, top, right, bottom = found[:4]
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    else:
        corners = list(zip(found[::2], found[1::2], strict=False))
    inside = [(min(1.0, max(0.0, x / wide)), min(1.0, max(0.0, y / high))) for x, y in corners]
    if len(inside) < 3:
        raise NotThere("a place in its picture has no outline")
    label = choice.get("hotspotLabel") or choice.get("ariaLabel") or f"Place {place}"
    return Region(label, tuple((round(x, 4), round(y, 4)) for x, y in inside))


WRITERS: dict[str, Callable[[Item, Any, str, Any, Texts], Found]] = {
    "choiceInteraction": _choices,
    "matchInteraction": _matches,
    "orderInteraction": _ordered,
    "textEntryInteraction": _typed,
    "inlineChoiceInteraction": _typed,
    "hotspotInteraction": _spot,
}


# Gaps in a text.


def _filled(item: Item, body: Any, found: Sequence[Any], texts: Texts) -> Found:
    marks = {id(one): f"{HOLE}{n}{HOLE}" for n, one in enumerate(found)}
    places = [_place(item, one) for one in found]
    return gaps.marked(_html(body, marks), places, texts)


def _place(item: Item, interaction: Any) -> Place:
    answer = _response(item, interaction)
    worth = set(_worth(answer)) or set(answer.right)
    if interaction.tag == "textEntryInteraction":
        known = dict.fromkeys((*answer.right, *_worth(answer)))
        return Place("SA", tuple(Given(1.0, _escaped(one), "") for one in known))
    chosen = (
        Given(float(str(one.get("identifier")) in worth), _html(one), _why(item, one))
        for one in interaction.iter("inlineChoice")
    )
    return Place("MC", tuple(chosen))
