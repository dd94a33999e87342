"""GIFT: questions as plain text, as Moodle reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from viva.bank.interactions import Interaction, Order, Pick
from viva.base.words import say
from viva.exchange import labels
from viva.exchange.images import apart
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.numbers import decimal
from viva.exchange.reading import (
    LINE,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    few,
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

TITLE = "GIFT"
ESCAPES = {sign: chr(0xE010 + number) for number, sign in enumerate("~=#{}:\\")} | {"n": "\ue01f"}
BACK = {hidden: "\n" if sign == "n" else sign for sign, hidden in ESCAPES.items()}
HIDDEN = re.compile("[\ue010-\ue01f]")
TITLED = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
LABEL = re.compile(r"\[(id|tags?):([^\]]*)\]")
ANSWER = re.compile(r"([=~])([^=~]*)")
SHARE = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
TRUTH = re.compile(r"\s*(T|F|TRUE|FALSE)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
ORDER = re.compile(r"\s*>[\w \t]*(?:\n|$)")
SOUND = re.compile(r"\{[^{}]*\}")
ANSWERED = re.compile(r"\{\s*(?:[=~#>]|(?:T|F|TRUE|FALSE)\s*[#}]|####)", re.IGNORECASE)
OTHERS = re.compile(r"^[ \t]*(?:```|<quiz)|\[\[?[xX ]\]", re.MULTILINE)
"""What stands in quizzes of Markdown."""
BLANK = "\\_\\_\\_\\_\\_"


@dataclass(frozen=True)
class Written:
    """A question's text with its escapes hidden, its first line, and what comments say of it."""

    text: str
    line: int
    source: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """An answer: its sign, share of the mark, text and what is said about it."""

    sign: str
    share: float
    text: str
    why: str


def sniff(file: Incoming) -> bool:
    """Whether it is text with answers in braces."""
    if file.content[:2] == b"PK" or file.content.lstrip()[:1] == b"<":
        return False
    text = _hide(file.text)
    if not SOUND.search(text) or OTHERS.search(text):
        return False
    return bool(ANSWERED.search(text)) or (file.ending == ".gift" or "::" in text)


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the file."""
    entries, title = [], ""
    questions = list(_questions(_hide(file.text)))
    desk.expect(len(questions))
    for place, one in enumerate(questions, 1):
        if one.text.startswith("$CATEGORY:"):
            title = _shown(one.text.partition(":")[2]).strip().rpartition("/")[2]
            continue
        desk.tick()
        entries.append(_entry(one, place, desk))
    return Read(title, tuple(entries))


def _hide(text: str) -> str:
    """The text with escaped signs as signs that mean nothing."""
    safe = HIDDEN.sub("", text)
    return re.sub(r"\\([~=#{}:\\n])", lambda found: ESCAPES[found[1]], safe)


def _shown(text: str) -> str:
    return HIDDEN.sub(lambda found: BACK.get(found[0], ""), text)


def _questions(text: str) -> Iterator[Written]:
    """The questions, which end at an empty line outside braces."""
    lines: list[str] = []
    begin, said, depth, is_apart = 1, "", 0, False
    for number_, line in enumerate([*text.split("\n"), ""], 1):
        if depth and is_apart and "{" in line:  # nobody closed the braces before
            yield _written("\n".join(lines), begin, said)
            lines, said, depth = [], "", 0
        is_apart = not line.strip()
        if line.lstrip().startswith("//") and depth == 0:
            said += line
        elif line.strip() or depth:
            begin = begin if lines else number_
            lines.append(line)
            depth = max(0, depth + line.count("{") - line.count("}"))
        if lines and ((not line.strip() and not depth) or lines[0].startswith("$CATEGORY:")):
            yield _written("\n".join(lines), begin, said)
            lines, said = [], ""
    if lines:
        yield _written("\n".join(lines), begin, said)


def _written(text: str, line: int, said: str) -> Written:
    found = LABEL.findall(_shown(said))
    source = next((value.strip() for name, value in found if name == "id"), "")
    tags = [t.strip() for name, value in found if name != "id" for t in value.split(",")]
    return Written(text.strip(), line, source, tuple(tag for tag in tags if tag))


def _entry(one: Written, place: int, desk: Desk) -> Asked | Left:
    titled = TITLED.match(one.text)
    name = " ".join(_shown(titled[1]).split()) if titled else ""
    body = one.text[titled.end() :] if titled else one.text
    where = placed(LINE, one.line, first_words(name or _shown(body), 40))
    texts = desk.texts()
    asked = entry(where, lambda texts: _asked(body, texts), texts, texts.words(_shown(body)))
    if isinstance(asked, Left):
        return asked
    named = name or texts.words(_shown(body.partition("{")[0]))
    return replace(labelled(asked, one.tags), place=where, source=one.source, name=named)


def _asked(body: str, texts: Texts) -> Asked:
    open_, close = body.find("{"), body.rfind("}")
    if open_ < 0 or close < open_:
        raise NotThere(say("it has no answers in braces"))
    form = FORMAT.match(body)
    way = form[1].lower() if form else "moodle"
    before, after = body[form.end() if form else 0 : open_], body[close + 1 :]
    inside, _, general = body[open_ + 1 : close].partition("####")
    stem = _told(before, way, texts)
    is_end = not after.strip() or (not re.search(r"\w", after) and re.search(r"[?.:!]\s*$", before))
    rest = "" if is_end or after.strip() == '";' else _told(after, way, texts)
    text, figure = apart(
        f"{stem} {BLANK} {rest}".replace(f"{BLANK} .", f"{BLANK}.") if rest else stem
    )
    made = _interaction(inside, text, way, texts)
    explanation = together(made.explanation, _told(general, way, texts))
    return replace(made, figure=figure, explanation=explanation)


def _told(text: str, way: str, texts: Texts) -> str:
    """A text in its format, as paragraphs."""
    form = FORMAT.match(text)
    way, text = (form[1].lower(), text[form.end() :]) if form else (way, text)
    said = _shown(text).strip()
    if way == "plain":
        return texts.plain(said)
    return texts.of_markdown(said) if way == "markdown" else texts.block(said)


def _line(text: str, way: str, texts: Texts) -> str:
    said = _told(text, way, texts)
    return said if "\n" not in said else texts.line(_shown(FORMAT.sub("", text, count=1)))


def _interaction(inside: str, stem: str, way: str, texts: Texts) -> Asked:
    if not inside.strip():
        raise NotThere(say("an essay needs a person to mark it"))
    if not stem:
        raise NotThere(say("it asks nothing"))
    truth = TRUTH.fullmatch(inside)
    if truth:
        return _truth(truth, stem, way, texts)
    if inside.lstrip().startswith("#"):
        return _number(inside.lstrip()[1:], stem, way, texts)
    order = ORDER.match(inside)
    if order:
        return _ordered(inside[order.end() :], inside[: order.end()], stem, way, texts)
    answers = [_said(*found) for found in few(ANSWER.findall(inside))]
    if not answers:
        raise NotThere(say("nothing in the braces is an answer"))
    if all("->" in one.text and one.sign == "=" for one in answers):
        return Asked("", stem, _pairs(answers, way, texts))
    if any(one.sign == "~" for one in answers):
        return Asked("", stem, _choice(answers, way, texts))
    return _words(answers, stem, way, texts)


def _said(sign: str, text: str) -> Said:
    found = SHARE.match(text)
    share = float(found[1]) / 100 if found else float(sign == "=")
    text = text[found.end() :] if found else text
    said, _, why = text.partition("#")
    return Said(sign, share, said.strip(), why.strip())


def _choice(answers: Sequence[Said], way: str, texts: Texts) -> Interaction:
    picks = [
        Pick(_line(one.text, way, texts), one.share, _told(one.why, way, texts)) for one in answers
    ]
    worth = sum(one.share for one in answers if one.share > 0)
    several = all(one.sign == "~" for one in answers) and worth < 1.5
    return some_of(picks, texts) if several else one_of(picks, texts)


def _pairs(answers: Sequence[Said], way: str, texts: Texts) -> Interaction:
    split = [one.text.partition("->") for one in answers]
    pairs = [
        (_line(a, way, texts) if a.strip() else "", texts.plain_line(_shown(b)))
        for a, _, b in split
    ]
    used = [pair for pair in pairs if pair[0]]
    return paired(used, [b for a, b in pairs if not a])


def _words(answers: Sequence[Said], stem: str, way: str, texts: Texts) -> Asked:
    accept, reject, model = list[str](), list[str](), ""
    for one in answers:
        said = texts.words(_shown(one.text))
        if said == "*":
            why = _told(one.why, way, texts)
            model = labels.inside(labels.MODEL, texts.language, why) or model
        elif 0 < one.share < 1:
            texts.note(
                say(
                    "marking changes: “{text}” was right in part and is for a person to judge now",
                    text=said,
                )
            )
        else:
            (accept if one.share >= 1 else reject).append(said.replace("\\*", "*"))
    whys = [(one.share, _told(one.why, way, texts)) for one in answers if one.text.strip() != "*"]
    asked = words(accept, reject, texts, model)
    return Asked("", stem, asked, explanation=of_right(whys, texts))


def _truth(found: re.Match[str], stem: str, way: str, texts: Texts) -> Asked:
    """What is said of a wrong answer comes first, of a right one second."""
    wrong, _, right = (found[2] or "").partition("#")
    why = together(_told(right, way, texts), _told(wrong, way, texts))
    before, interaction = judged(stem, found[1][0].upper() == "T", why)
    return Asked("", before, interaction)


def _number(inside: str, stem: str, way: str, texts: Texts) -> Asked:
    first = re.match(r"[^=~]*", inside)
    parts = [("=", first[0])] if first and first[0].strip() else []
    parts += ANSWER.findall(inside)
    found, whys = [], []
    for sign, text in parts:
        one = _said(sign, text)
        value = _range(_shown(one.text))
        if value and sign == "=":
            found.append((*value, one.share))
        whys.append((one.share if sign == "=" else 0.0, _told(one.why, way, texts)))
    asked = number(found, texts)
    return Asked("", stem, asked, explanation=of_right(whys, texts))


def _range(text: str) -> tuple[float, float] | None:
    """A number and its tolerance, from `3:2`, `1..5` or `4`."""
    low, dots, high = text.partition("..")
    if dots:
        first, last = decimal(low), decimal(high)
        pair = None if first is None or last is None else (first, last)
        return pair and (round((pair[0] + pair[1]) / 2, 12), round(abs(pair[1] - pair[0]) / 2, 12))
    value, _, slack = text.partition(":")
    middle = decimal(value)
    return None if middle is None else (middle, abs(decimal(slack) or 0.0))


def _ordered(inside: str, head: str, stem: str, way: str, texts: Texts) -> Asked:
    lines = few([line for line in inside.split("\n") if line.strip()])
    items = tuple(_line(line, way, texts) for line in lines)
    if len(items) < 2 or not all(items):
        raise NotThere(say("it has fewer than two items to order"))
    if "RELATIVE_NEXT_EXCLUDE_LAST" not in head:
        texts.note(say("marking changes: pairs of neighbours in the right order count here"))
    return Asked("", stem, Order(items, ()))
