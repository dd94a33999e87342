"""An item of QTI 2 or 3 as it is given: the names of QTI 2, what is right, feedback, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from viva.exchange.numbers import decimal
from viva.exchange.sources import every, local

LETTERS = re.compile(r"-([a-z0-9])")


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


def item_of(root: Any) -> Item:
    older = _older(root)
    answers = {
        str(one.get("identifier")): _answer(one, older)
        for one in every(older, "responseDeclaration")
    }
    said = {
        str(one.get("identifier")): html_of(one)
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


def html_of(element: Any, marks: Mapping[int, str] | None = None) -> str:
    """The HTML inside an element; of interactions only their prompt, or their mark."""
    parts = [escaped(element.text)]
    for child in element:
        parts.append(_child(child, marks or {}))
        parts.append(escaped(child.tail))
    return "".join(parts)


def _child(child: Any, marks: Mapping[int, str]) -> str:
    name = str(child.tag)
    if id(child) in marks:
        return marks[id(child)]
    if name.endswith("Interaction"):
        prompt = child.find("prompt")
        return _tagged("p", html_of(prompt)) if prompt is not None else ""
    if name in ("feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "stylesheet"):
        return ""
    if name == "object":
        return _picture(child.get("data") or "", child.text or "")
    if name == "img":
        return _picture(child.get("src") or "", child.get("alt") or "")
    inside = html_of(child, marks)
    if name in ("contentBody", "qtiContentBody"):
        return inside
    href = (
        f' href="{escaped(child.get("href")).replace(chr(34), "%22")}"' if child.get("href") else ""
    )
    return _tagged(name, inside, href) if name != "br" else _tagged("br", None)


def _picture(src: str, alt: str) -> str:
    given = f' src="{_quoted(src)}" alt="{_quoted(alt)}"'
    return _tagged("img", None, given)


def _tagged(name: str, inside: str | None, more: str = "") -> str:
    start = f"<{name}{more}>"
    return start if inside is None else f"{start}{inside}</{name}>"


def _quoted(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def worth(answer: Answer) -> Iterator[str]:
    most = max(answer.shares.values(), default=0.0)
    return (key for key, share in answer.shares.items() if share > 0 and share == most)
