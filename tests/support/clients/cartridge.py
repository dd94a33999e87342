"""A system that reads Common Cartridges: the rules of an item one after the other, until one ends."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

PROFILES = {f"cc.{name}.v0p1" for name in ("multiple_choice", "multiple_response", "true_false", "fib")}


def items(data: bytes) -> dict[str, etree._Element]:
    """The items of every assessment that the manifest lists."""
    package = zipfile.ZipFile(io.BytesIO(data))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    found = {}
    for resource in manifest.iter("{*}resource"):
        for file in resource.iter("{*}file"):
            content = package.read(file.get("href"))
            if resource.get("type").startswith("imsqti"):
                found |= {one.get("ident"): one for one in etree.fromstring(content).iter("{*}item")}
    for one in found.values():
        assert one.findtext(".//{*}fieldentry") in PROFILES
    return found


def mark(item: etree._Element, given: Any) -> float:
    """The mark of an answer: places of options, or a text."""
    idents = [one.get("ident") for one in item.iter("{*}response_label")]
    picked = [given] if isinstance(given, str) else [idents[place] for place in given]
    for rule in item.iter("{*}respcondition"):
        holds = _holds(rule.find("{*}conditionvar")[0], picked)
        if holds and rule.find("{*}setvar") is not None:
            return float(rule.findtext("{*}setvar")) / 100
        if holds and rule.get("continue") == "No":
            return 0.0
    return 0.0


def _holds(test: etree._Element, picked: list[str]) -> bool:
    match etree.QName(test).localname:
        case "other":
            return True
        case "varequal" if test.get("case") == "No":
            return test.text.casefold() in [one.casefold() for one in picked]
        case "varequal":
            return test.text in picked
        case "not":
            return not _holds(test[0], picked)
        case "and":
            return all(_holds(one, picked) for one in test)
        case "or":
            return any(_holds(one, picked) for one in test)
    raise AssertionError(test.tag)
