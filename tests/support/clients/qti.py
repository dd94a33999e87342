"""A player of QTI: it runs the rules of an item, of 3.0 or 2.1, over an answer."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from exchanging import inside
from viva.bank.interactions import (
    Choice,
    Gaps,
    Judgement,
    Number,
    Order,
    Pairs,
    Panel,
    Spot,
    Words,
)


def items(data: bytes) -> dict[str, Item]:
    """The items of a package, by identifier, as its manifest lists them."""
    package = zipfile.ZipFile(io.BytesIO(data))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    found = {}
    for resource in manifest.iter("{*}resource"):
        assert {file.get("href") for file in resource.iter("{*}file")} <= set(package.namelist())
        if "_item_" in resource.get("type"):
            item = Item(etree.fromstring(package.read(resource.get("href"))))
            assert item.identifier == resource.get("identifier")
            found[item.identifier] = item
    return found


def _plain(name: str) -> str:
    """The name of an element or attribute in 2.1, from either version."""
    name = etree.QName(name).localname
    return re.sub(r"-([a-z0-9])", lambda one: one[1].upper(), name.removeprefix("qti-"))


class Item:
    """One item."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        for node in root.iter(etree.Element):
            node.tag = _plain(node.tag)
            for name in list(node.attrib):
                if _plain(name) != name:
                    node.attrib[_plain(name)] = node.attrib.pop(name)
        self.identifier = root.get("identifier")
        self.declared = {one.get("identifier"): one for one in root.iter("responseDeclaration")}

    def mark(self, responses: dict[str, Any]) -> float:
        """The score of responses by their identifiers."""
        self.values: dict[str, Any] = {"SCORE": 0.0, **dict.fromkeys(self.declared), **responses}
        for rule in self.root.find("responseProcessing"):
            self._rule(rule)
        assert set(self.values["FEEDBACK"] or ()) >= {
            one.get("identifier") for one in self.root.iter("modalFeedback", "feedbackInline")
        }
        return self.values["SCORE"]

    def _rule(self, rule: etree._Element) -> None:
        if rule.tag == "setOutcomeValue":
            self.values[rule.get("identifier")] = self._value(rule[0])
            return
        assert rule.tag == "responseCondition"
        (branch,) = rule
        test, *then = branch
        if self._value(test):
            for one in then:
                self._rule(one)

    def _value(self, node: etree._Element) -> Any:
        return getattr(self, f"_{node.tag}")(node)

    def _null(self, node: etree._Element) -> None:
        return None

    def _isNull(self, node: etree._Element) -> bool:
        return self._value(node[0]) is None

    def _not(self, node: etree._Element) -> bool:
        return not self._value(node[0])

    def _or(self, node: etree._Element) -> bool:
        return any(map(self._value, node))

    def _and(self, node: etree._Element) -> bool:
        return all(map(self._value, node))

    def _multiple(self, node: etree._Element) -> list[Any]:
        return list(map(self._value, node))

    def _sum(self, node: etree._Element) -> float:
        return sum(map(self._value, node))

    def _divide(self, node: etree._Element) -> float:
        return self._value(node[0]) / self._value(node[1])

    def _variable(self, node: etree._Element) -> Any:
        return self.values[node.get("identifier")]

    def _baseValue(self, node: etree._Element) -> Any:
        return float(node.text) if node.get("baseType") == "float" else node.text

    def _index(self, node: etree._Element) -> Any:
        values = self._value(node[0])
        return values[int(node.get("n")) - 1] if values else None

    def _match(self, node: etree._Element) -> bool:
        return self._value(node[0]) == self._value(node[1])

    def _gte(self, node: etree._Element) -> bool:
        given = self._value(node[0])
        return given is not None and given >= self._value(node[1])

    def _lte(self, node: etree._Element) -> bool:
        given = self._value(node[0])
        return given is not None and given <= self._value(node[1])

    def _mapResponse(self, node: etree._Element) -> float:
        name = node.get("identifier")
        mapping = self.declared[name].find("mapping")
        given = self.values[name]
        total = 0.0
        for one in given if isinstance(given, list) else [given]:
            total += next((_worth(e) for e in mapping if _same(e, one)), 0.0)
        return min(float(mapping.get("upperBound")), max(float(mapping.get("lowerBound")), total))


def _same(entry: etree._Element, given: str) -> bool:
    key = entry.get("mapKey")
    if entry.get("caseSensitive") == "false":
        return key.casefold() == given.casefold()
    return key == given


def _worth(entry: etree._Element) -> float:
    return float(entry.get("mappedValue"))


def responses(item: Item, interaction: Any, given: Any) -> dict[str, Any]:
    """What a student gives, as a player hands it over."""

    def option(place: int | None) -> str | None:
        return None if place is None else f"o{place}"

    match interaction:
        case Choice(_, several=True):
            return {"RESPONSE": [option(place) for place in given] or None}
        case Choice() | Panel():
            return {"RESPONSE": option(given)}
        case Judgement() | Pairs():
            places = [{True: 0, False: 1}.get(one, one) if isinstance(one, bool) else one for one in given]
            pairs = [f"p{n} r{place}" for n, place in enumerate(places) if place is not None]
            return {"RESPONSE": pairs or None}
        case Order():
            return {"RESPONSE": [option(place) for place in given]}
        case Number():
            return {"RESPONSE": float(given)}
        case Words():
            return {"RESPONSE": given}
        case Spot():
            return {"RESPONSE": _pointed(item, *given)}
        case Gaps():
            return {
                f"RESPONSE{n}": option(one) if isinstance(one, int) else one
                for n, one in enumerate(given, 1)
            }
    raise AssertionError(interaction)


def _pointed(item: Item, x: float, y: float) -> str | None:
    """The place that is hit."""
    picture = next(item.root.iter("img", "object"))
    width, height = (int(picture.get(name)) for name in ("width", "height"))
    for choice in item.root.iter("hotspotChoice"):
        numbers = list(map(float, choice.get("coords").split(",")))
        corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        if inside(corners, x * width, y * height):
            return choice.get("identifier")
    return None
