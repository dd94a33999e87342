"""Moodle: its XML, its cloze and its rules of marking, as its sources have them."""

from __future__ import annotations

import base64
import re
from html import unescape
from itertools import pairwise
from typing import Any

from lxml import etree

from exchanging import inside

ALTERNATIVE = re.compile(
    r"~?(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?", re.S
)
PLACE = re.compile(
    r"\{([0-9]*):(MULTIRESPONSE|MR|MULTICHOICE_VS?|MCV|MULTICHOICE|MC|SHORTANSWER|SA|MW|NM|NUMERICAL):"
    rf"({ALTERNATIVE.pattern}(~{ALTERNATIVE.pattern})*)\}}",
    re.S,
)
SHARES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667]
SHARES += [14.28571, 12.5, 11.11111, 10, 5, 0]


def questions(data: bytes) -> dict[str, etree._Element]:
    """The questions by idnumber; one that Moodle would skip without a word is not among them."""
    quiz = etree.fromstring(data)
    found = [one for one in quiz.iter("question") if one.get("type") != "category"]
    kept = [one for one in found if all(map(_listed, one.iter("answer")))]
    return {one.findtext("idnumber"): one for one in kept}


def _listed(answer: etree._Element) -> bool:
    parent = answer.getparent()
    if parent.get("type") in ("ordering", None) or parent.tag == "subquestion":
        return True
    share = abs(float(answer.get("fraction")))
    return any(abs(share - known) < 1e-4 for known in SHARES)


def mark(question: etree._Element, given: Any) -> float:
    """The mark of an answer, from 0 to 1."""
    kinds = {
        "multichoice": _multichoice,
        "truefalse": _truefalse,
        "matching": _matching,
        "ordering": _ordering,
        "numerical": _numerical,
        "shortanswer": _shortanswer,
        "ddmarker": _ddmarker,
        "cloze": _cloze,
    }
    return kinds[question.get("type")](question, given)


def _shares(question: etree._Element) -> list[float]:
    return [float(one.get("fraction")) / 100 for one in question.findall("answer")]


def _multichoice(question: etree._Element, given: Any) -> float:
    shares = _shares(question)
    if question.findtext("single") == "true":
        return shares[given]
    return min(1.0, max(0.0, sum(shares[place] for place in given)))


def _truefalse(question: etree._Element, given: Any) -> float:
    said = {one.findtext("text"): float(one.get("fraction")) / 100 for one in question.findall("answer")}
    return 0.0 if given[0] is None else said[str(given[0]).lower()]


def _matching(question: etree._Element, given: Any) -> float:
    subs = question.findall("subquestion")
    asked = [one.findtext("answer/text") for one in subs if one.findtext("text")]
    return sum(want == got for want, got in zip(asked, given, strict=True)) / len(asked)


def menu(question: etree._Element) -> list[str]:
    """What a matching question lets choose from."""
    return [one.findtext("answer/text") for one in question.findall("subquestion")]


def _ordering(question: etree._Element, given: Any) -> float:
    assert question.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"
    assert question.find("shownumcorrect") is not None
    places = [int(one.get("fraction")) for one in question.findall("answer")]
    right = set(pairwise(sorted(places)))
    order = [places[place] for place in given]
    return sum(pair in right for pair in pairwise(order)) / len(right)


def _numerical(question: etree._Element, given: Any) -> float:
    return float(any(_near(answer, float(given)) for answer in question.findall("answer")))


def _near(answer: etree._Element, given: float) -> bool:
    off = abs(given - float(answer.findtext("text")))
    return off <= float(answer.findtext("tolerance"))


def _shortanswer(question: etree._Element, given: Any) -> float:
    said = [(one.findtext("text"), float(one.get("fraction"))) for one in question.findall("answer")]
    return _first(said, given) / 100


def _first(said: list[tuple[str, float]], given: str) -> float:
    return next((share for pattern, share in said if _wild(pattern).fullmatch(given)), 0.0)


def _wild(pattern: str) -> re.Pattern[str]:
    bits = re.split(r"(?<!\\)\*+", pattern)
    return re.compile(".*".join(re.escape(bit.replace(r"\*", "*")) for bit in bits), re.I | re.S)


def _ddmarker(question: etree._Element, given: Any) -> float:
    width, height = size(base64.b64decode(question.findtext("file")))
    assert width <= 600
    assert height <= 400
    corners = question.findtext("drop/coords").split(";")
    points = [tuple(map(float, corner.split(","))) for corner in corners]
    return float(inside(points, given[0] * width, given[1] * height))


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def places(question: etree._Element) -> list[tuple[str, list[tuple[float, str, str]]]]:
    """The places to answer in a cloze: the kind, and what each answer is worth, says and tells."""
    found = []
    for place in PLACE.finditer(question.findtext("questiontext/text")):
        assert place[1] == "1"
        answers = [
            (1.0 if one[1] == "=" else float(one[2] or 0) / 100, _said(one[3]), _said(one[5] or ""))
            for one in ALTERNATIVE.finditer(place[3])
        ]
        found.append((place[2], answers))
    return found


def _said(text: str) -> str:
    return unescape(text).replace(r"\}", "}").replace(r"\#", "#")


def _cloze(question: etree._Element, given: Any) -> float:
    found = places(question)
    if found[0][0] == "MR":
        total = sum(share for share, _, _ in found[0][1] if share > 0)
        shares = [share / total if share > 0 else share for share, _, _ in found[0][1]]
        return min(1.0, max(0.0, sum(shares[place] for place in given)))
    each = given if isinstance(given, list) else [given]
    pairs = zip(found, each, strict=True)
    return sum(_place(kind, answers, one) for (kind, answers), one in pairs) / len(found)


def _place(kind: str, answers: list[tuple[float, str, str]], given: Any) -> float:
    if given is None:
        return 0.0
    if kind == "SA":
        return _first([(said, share) for share, said, _ in answers], given)
    return answers[{True: 0, False: 1}[given] if isinstance(given, bool) else given][0]
