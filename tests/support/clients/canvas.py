"""Canvas Classic: the kinds of its importer, and its rules of marking."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

SPACE = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


def items(data: bytes) -> dict[str, etree._Element]:
    """The items of a package, by ident, as its manifest lists them."""
    package = zipfile.ZipFile(io.BytesIO(data))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    found = {}
    for resource in manifest.iter("{*}resource"):
        for file in resource.iter("{*}file"):
            content = package.read(file.get("href"))
            if resource.get("type").startswith("imsqti_xmlv1p2"):
                found |= {one.get("ident"): one for one in etree.fromstring(content).iter("{*}item")}
    return found


def kind(item: etree._Element) -> str:
    """The kind that Canvas makes of an item."""
    fields = item.xpath(".//q:qtimetadatafield", namespaces=SPACE)
    return {one[0].text: one[1].text for one in fields}["question_type"]


def _conditions(item: etree._Element, action: str = "Set") -> list[etree._Element]:
    return item.xpath(f".//q:respcondition[q:setvar[@action='{action}']]", namespaces=SPACE)


def _points(condition: etree._Element) -> float:
    return float(condition.findtext("q:setvar", namespaces=SPACE)) / 100


def _idents(node: etree._Element) -> list[str]:
    return [one.get("ident") for one in node.iter("{*}response_label")]


def _text(node: etree._Element) -> str:
    return "".join(node.itertext()).strip()


def mark(item: etree._Element, given: Any) -> float:
    """The mark of an answer, from 0 to 1; options by their places."""
    kinds = {
        "multiple_choice_question": _one,
        "multiple_answers_question": _some,
        "multiple_dropdowns_question": _blanks,
        "fill_in_multiple_blanks_question": _blanks,
        "matching_question": _blanks,
        "numerical_question": _number,
        "short_answer_question": _words,
    }
    return kinds[kind(item)](item, given)


def _one(item: etree._Element, given: int) -> float:
    """Every answer that gets points is right, whatever it gets."""
    right = {_text(one.find("q:conditionvar", SPACE)) for one in _conditions(item) if _points(one) > 0}
    return float(_idents(item)[given] in right)


def points(item: etree._Element, given: int) -> float:
    """The mark of New Quizzes, with points by answer."""
    ident = _idents(item)[given]
    found = [one for one in _conditions(item) if _text(one.find("q:conditionvar", SPACE)) == ident]
    return _points(found[0])


def _some(item: etree._Element, given: list[int]) -> float:
    (rule,) = _conditions(item)
    wrong = {one.text for one in rule.xpath(".//q:not/q:varequal", namespaces=SPACE)}
    idents = _idents(item)
    assert {one.text for one in rule.iter("{*}varequal")} == set(idents)
    right = set(idents) - wrong
    picked = {idents[place] for place in given}
    return max(0.0, (len(picked & right) - len(picked & wrong)) / len(right))


def _blanks(item: etree._Element, given: list[Any]) -> float:
    lists = item.xpath(".//q:response_lid", namespaces=SPACE)
    asked = _text(item.find(".//q:presentation/q:material", SPACE))
    if kind(item) != "matching_question":
        names = [one.get("ident").removeprefix("response_") for one in lists]
        assert all(asked.count(f"[{name}]") == 1 for name in names)
    rules = _conditions(item, "Add")
    return sum(_blank(one, rules, said) for one, said in zip(lists, given, strict=True))


def _blank(field: etree._Element, rules: list[etree._Element], given: Any) -> float:
    labels = {one.get("ident"): _text(one) for one in field.iter("{*}response_label")}
    if isinstance(given, str):
        chosen = {ident for ident, said in labels.items() if said.casefold() == given.casefold()}
    else:
        place = {True: 0, False: 1}.get(given, given) if isinstance(given, bool) else given
        chosen = set() if place is None else {list(labels)[place]}
    hits = [
        _points(rule)
        for rule in rules
        for one in rule.iter("{*}varequal")
        if one.get("respident") == field.get("ident") and one.text in chosen
    ]
    return hits[0] if hits else 0.0


def _number(item: etree._Element, given: str) -> float:
    assert item.find(".//q:render_fib", SPACE).get("fibtype") == "Decimal"
    between = item.xpath(".//q:and[q:vargte]", namespaces=SPACE)
    return float(any(float(one[0].text) <= float(given) <= float(one[1].text) for one in between))


def _words(item: etree._Element, given: str) -> float:
    (rule,) = _conditions(item)
    return float(given.casefold() in {one.text.casefold() for one in rule.iter("{*}varequal")})
