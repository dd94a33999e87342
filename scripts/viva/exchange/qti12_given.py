"""An item of QTI 1.2 as it is given: its kind, its texts, and what its processing says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from viva.exchange.numbers import decimal
from viva.exchange.sources import every, first, is_html, local

GENERIC = re.compile(r"(?:general_)?(?:in)?correct(?:_fb)?|.*_I?C", re.IGNORECASE)


@dataclass
class Scores:
    """What the processing of answers says: shares by response and value, ranges, feedback."""

    shares: dict[tuple[str, str], float] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)
    ranges: list[tuple[float, float]] = field(default_factory=list)
    said: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The names of the feedback of a value."""
    always: list[str] = field(default_factory=list)
    when_right: list[str] = field(default_factory=list)


def kind_of(item: Any) -> str:
    """What the item says of its kind, without `_question` and `cc.` around it."""
    for one in every(item, "qtimetadatafield"):
        label = "".join((one.findtext("{*}fieldlabel") or "").split())
        if label in ("question_type", "cc_profile", "qmd_itemtype"):
            said = (one.findtext("{*}fieldentry") or "").strip().lower().replace(" ", "_")
            return said.removeprefix("cc.").partition(".")[0].removesuffix("_question")
    for name in ("bbmd_questiontype", "qmd_itemtype"):
        found = first(item, name)
        if found is not None and found.text:
            return str(found.text).strip().lower().replace(" ", "_").replace("/", "_")
    return ""


def material(element: Any) -> str:
    """The HTML of all material below an element, in order."""
    parts = []
    for one in element.iter():
        name = local(one)
        if name in ("mattext", "mat_formattedtext"):
            text = one.text or ""
            plain = (one.get("texttype") or "text/plain").lower() == "text/plain"
            plain = plain and name == "mattext" and not is_html(text)
            parts.append(escape(text, quote=False) if plain else text)
        elif name == "matimage":
            parts.append(_image(one.get("uri") or "", one.get("label") or ""))
    return " ".join(part.strip() for part in parts if part.strip())


def _image(src: str, alt: str) -> str:
    return "<" + f'img src="{escape(src)}" alt="{escape(alt)}">' if src else ""


def stem_html(item: Any) -> str:
    """The HTML of what stands in the presentation outside what is answered."""
    presentation = first(item, "presentation")
    if presentation is None:
        return ""
    asked = block(presentation, "QUESTION_BLOCK")
    parts = []
    for one in every(presentation if asked is None else asked, "material"):
        above = {local(a) for a in one.iterancestors()}
        if not above & {
            "response_lid",
            "response_str",
            "response_num",
            "response_grp",
            "render_choice",
        }:
            parts.append(material(one))
    return "\n\n".join(_paragraph(part) for part in parts if part)


def block(presentation: Any, name: str) -> Any:
    """A part that Blackboard names."""
    return next((one for one in every(presentation, "flow") if one.get("class") == name), None)


def labels_of(response: Any) -> list[tuple[str, str]]:
    """The name and the HTML of each thing to choose. Blackboard lists apart what is matched."""
    labels = list(every(response, "response_label"))
    said = [material(one) for one in labels]
    if not any(said):
        around = next(one for one in response.iterancestors() if local(one) == "presentation")
        right = block(around, "RIGHT_MATCH_BLOCK")
        said = [material(one) for one in right] if right is not None else said
    return [(str(one.get("ident")), html) for one, html in zip(labels, said, strict=False)]


def prompt_of(response: Any) -> str:
    """The HTML of what is asked of one response: inside it, or beside it as Blackboard has it."""
    inside = [m for m in every(response, "material") if local(m.getparent()) == "response_lid"]
    beside = response.getparent() if response.getparent().get("class") == "Block" else ()
    known = inside or [one for one in beside if one is not response]
    return " ".join(material(one) for one in known)


def _paragraph(html: str) -> str:
    return html if html.startswith("<") else "<" + f"p>{html}</" + "p>"


def feedback_of(item: Any) -> dict[str, str]:
    return {str(one.get("ident")): material(one) for one in every(item, "itemfeedback")}


def scores_of(item: Any) -> Scores:
    scores = Scores()
    for condition in every(item, "respcondition"):
        values = [
            v for v in condition.iter() if local(v) in ("varequal", "varsubset") and _counts(v)
        ]
        share = _share(condition)
        shown = [str(one.get("linkrefid")) for one in every(condition, "displayfeedback")]
        if share is not None:
            _add(scores, condition, values, share)
        wrong = [one for one in every(condition, "varequal") if not values]
        _told(scores, values or wrong, shown, share)
    return _shared(scores)


def _share(condition: Any) -> float | None:
    """What a condition is worth, from -1 to 1; None if it says nothing of that."""
    for one in every(condition, "setvar"):
        if "score" not in (one.get("varname") or "score").lower():
            continue
        said = (one.text or "").strip()
        value = 100.0 if said.upper().endswith(".MAX") else decimal(said)
        if value is None:
            continue
        sign = -1 if (one.get("action") or "").lower() == "subtract" else 1
        return sign * value / 100 if abs(value) <= 100 else float(sign)
    named = {(condition.get("title") or "").lower()}
    named |= {(one.get("linkrefid") or "").lower() for one in every(condition, "displayfeedback")}
    asks = first(condition, "varequal") is not None or first(condition, "vargte") is not None
    return 1.0 if asks and named & {"correct", "right"} else None


def _counts(value: Any) -> bool:
    """Whether a value is asked for, and not excluded."""
    return sum(local(one) == "not" for one in value.iterancestors()) % 2 == 0


def _add(scores: Scores, condition: Any, values: Sequence[Any], share: float) -> None:
    for value in values:
        said = (value.text or "").strip()
        key = (str(value.get("respident")), said)
        if abs(share) >= abs(scores.shares.get(key, 0.0)):
            scores.shares[key] = share
        if share > 0:
            scores.orders.setdefault(key[0], []).append(said)
    low = [decimal(one.text) for one in condition.iter() if local(one) in ("vargte", "vargt")]
    high = [decimal(one.text) for one in condition.iter() if local(one) in ("varlte", "varlt")]
    if share > 0 and low and high and low[0] is not None and high[0] is not None:
        scores.ranges.append((low[0], high[0]))


def _told(scores: Scores, values: Sequence[Any], shown: Sequence[str], share: float | None) -> None:
    """Which feedback is whose."""
    for name in shown:
        if GENERIC.fullmatch(name):
            scores.when_right += [name] if not re.search("incorrect|_IC$", name, re.I) else []
        elif len(values) == 1:
            scores.said.setdefault(_key(values[0]), []).append(name)
        elif not values:
            scores.always.append(name)


def _key(value: Any) -> tuple[str, str]:
    return str(value.get("respident")), (value.text or "").strip()


def _shared(scores: Scores) -> Scores:
    """What is said of every option is said always; what is said of some is a verdict."""
    names = [name for said in scores.said.values() for name in said]
    every_ = {name for name in names if names.count(name) > 1}
    always = [name for name in dict.fromkeys(names) if names.count(name) == len(scores.said) > 1]
    own = {key: [n for n in said if n not in every_] for key, said in scores.said.items()}
    scores.said = {key: said for key, said in own.items() if said}
    scores.always = list(dict.fromkeys([n for n in scores.always if n not in every_] + always))
    return scores


def said_of(name: str, ident: str, scores: Scores, feedback: dict[str, str]) -> str:
    names = scores.said.get((name, ident), ())
    return next((feedback[one] for one in names if one in feedback), "")
