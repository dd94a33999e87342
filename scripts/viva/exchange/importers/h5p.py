"""H5P: multiple choice, true or false, blanks, words to drag, and sets of these."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from viva.bank.interactions import Choice, Gap, Interaction, Judgement, Pick, Statement, Words
from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.exchange import gaps
from viva.exchange.gaps import HOLE
from viva.exchange.images import Image
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.praise import without_praise
from viva.exchange.reading import (
    NOBODY_KNOWS,
    QUESTION,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    one_of,
    placed,
    some_of,
    together,
)
from viva.exchange.texts import NotThere, Texts

TITLE = "H5P"
MAIN, CONTENT = "h5p.json", "content/content.json"
STARRED = re.compile(r"\*([^*]+)\*")
Parameters = Mapping[str, Any]
Made = tuple[str, Interaction, str]


def sniff(file: Incoming) -> bool:
    """Whether it is a package of H5P."""
    return file.archive is not None and (CONTENT in file.archive or MAIN in file.archive)


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the package, however deep in sets and columns."""
    about, content = _json(file, MAIN), _json(file, CONTENT)
    library = str(about.get("mainLibrary") or "")
    found = list(_questions(library, content))
    entries = [_entry(kind, given, n, file, desk) for n, (kind, given) in enumerate(found, 1)]
    if not any(isinstance(one, Asked) for one in entries) and len(entries) == 1:
        one = entries[0]
        assert isinstance(one, Left)
        raise Refused(one.why)
    if not entries:
        kind = library.removeprefix("H5P.")
        raise Refused(say("{kind} holds no question that is known here", kind=kind))
    return Read(str(about.get("title") or ""), tuple(entries))


def _json(file: Incoming, name: str) -> Parameters:
    if file.archive is None or name not in file.archive:
        raise Refused(say(
            "this is no whole H5P package: {name} is missing (export it again)",
            name=name,
        ))
    try:
        found = json.loads(file.archive.read(name))
    except (ValueError, RecursionError):
        raise Refused(say(
            "{name} in the package is damaged (export it again)",
            name=name,
        )) from None
    if not isinstance(found, dict):
        raise Refused(say("{name} in the package is damaged (export it again)", name=name))
    return found


def _questions(library: str, given: Any, depth: int = 0) -> Iterator[tuple[str, Parameters]]:
    """The questions of a library, one by one."""
    name = library.partition(" ")[0].removeprefix("H5P.")
    if name == "SingleChoiceSet":
        for one in _list(given.get("choices")):
            yield name, one
    elif name in WRITERS or depth > 8:
        yield name, given
    else:
        inner = list(_inner(given))
        if not inner:
            yield name, given
        for kind, parameters in inner:
            yield from _questions(kind, parameters, depth + 1)


def _inner(given: Any) -> Iterator[tuple[str, Parameters]]:
    """What is nested: every mapping that names a library and its parameters, outermost first."""
    if isinstance(given, dict):
        library, inside = given.get("library"), given.get("params")
        if isinstance(library, str) and isinstance(inside, dict):
            if not re.match(r"H5P\.(?:AdvancedText|Image|Video|Audio|Text|Table|Link)\b", library):
                yield library, inside
            return
        for value in given.values():
            yield from _inner(value)
    elif isinstance(given, list):
        for value in given:
            yield from _inner(value)


def _list(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(given: Any, name: str) -> str:
    value = given.get(name) if isinstance(given, dict) else None
    return value if isinstance(value, str) else ""


def _entry(kind: str, given: Parameters, place: int, file: Incoming, desk: Desk) -> Asked | Left:
    desk.tick()
    texts = desk.texts(_finder(file))
    plain = texts.words(
        _text(given, "question") or _text(given, "text") or _text(given, "taskDescription")
    )
    where = placed(QUESTION, place, first_words(plain, 40))
    made = entry(where, lambda texts: _asked(kind, given, texts), texts, plain)
    return made if isinstance(made, Left) else replace(made, place=where, name=first_words(plain))


def _finder(file: Incoming) -> Callable[[str], bytes | None]:
    def find(src: str) -> bytes | None:
        name = f"content/{src}"
        return (
            file.archive.read(name) if file.archive is not None and name in file.archive else None
        )

    return find


def _asked(kind: str, given: Parameters, texts: Texts) -> Asked:
    writer = WRITERS.get(kind)
    if writer is None:
        said = shaped("{kind}: {reason}", kind=kind, reason=NOBODY_KNOWS)
        raise NotThere(said if kind else NOBODY_KNOWS)
    stem, interaction, explanation = writer(given, texts)
    if not stem:
        raise NotThere(say("it asks nothing"))
    return Asked("", stem, interaction, figure=_figure(given, texts), explanation=explanation)


def _figure(given: Parameters, texts: Texts) -> Image | None:
    """The picture above a question."""
    media = given.get("media")
    inside = media.get("type", media) if isinstance(media, dict) else {}
    inside = inside.get("params", {}) if isinstance(inside, dict) else {}
    file = inside.get("file") if isinstance(inside, dict) else None
    if isinstance(file, dict) and _text(file, "path"):
        return texts.picture(_text(file, "path"), _text(inside, "alt"))
    if isinstance(inside, dict) and (inside.get("sources") or inside.get("files")):
        texts.note(say("sound or video was left out"))
    return None


def _multi_choice(given: Parameters, texts: Texts) -> Made:
    answers = _list(given.get("answers"))
    right = sum(bool(one.get("correct")) for one in answers)
    behaviour = given.get("behaviour")
    mode = _text(behaviour, "type")
    several = right != 1 if mode != "multi" else True
    share = 1 / max(1, right)
    picks = []
    for one in answers:
        told = one.get("tipsAndFeedback")
        why = together(texts.block(_text(told, "chosenFeedback")), texts.block(_text(told, "tip")))
        is_right = bool(one.get("correct"))
        picks.append(
            Pick(texts.line(_text(one, "text")), share if is_right else -share * several, why)
        )
    stem = texts.block(_text(given, "question"))
    return stem, some_of(picks, texts) if several else one_of(picks, texts), ""


def _single_choice(given: Parameters, texts: Texts) -> Made:
    """The first answer is right, and the player mixes them."""
    answers = given.get("answers")
    listed = [one for one in answers if isinstance(one, str)] if isinstance(answers, list) else []
    picks = [Pick(texts.line(one), float(n == 0)) for n, one in enumerate(listed)]
    return texts.block(_text(given, "question")), one_of(picks, texts), ""


def _true_false(given: Parameters, texts: Texts) -> Made:
    said = str(given.get("correct")).lower()
    if said not in ("true", "false"):
        raise NotThere(say("neither true nor false is right"))
    behaviour = given.get("behaviour")
    whys = (texts.block(_text(behaviour, f"feedbackOn{when}")) for when in ("Correct", "Wrong"))
    line = texts.line(_text(given, "question"))
    why = without_praise(together(*(one for one in whys if without_praise(one))))
    if not line:
        raise NotThere(say("there is no statement"))
    return say("True or false?"), Judgement((Statement(line, said == "true", why),)), ""


def _blanks(given: Parameters, texts: Texts) -> Made:
    """Answers between stars, `*right/also right:hint*`, in paragraphs."""
    parts = given.get("questions")
    text = (
        "\n".join(one for one in parts if isinstance(one, str)) if isinstance(parts, list) else ""
    )
    return _starred(text, texts.block(_text(given, "text")), texts, None)


def _drag_text(given: Parameters, texts: Texts) -> Made:
    """Words between stars that are dragged into their gaps: a list for each gap."""
    text = _text(given, "textField").replace("\n", " \n\n ")
    wrong = [texts.words(one) for one in STARRED.findall(_text(given, "distractors"))]
    return _starred(text, texts.block(_text(given, "taskDescription")), texts, wrong)


def _starred(text: str, lead_in: str, texts: Texts, wrong: Sequence[str] | None) -> Made:
    text = text.replace(HOLE, "")
    found = [one[1] for one in STARRED.finditer(text)]
    if not found:
        raise NotThere(say("it has no gap"))
    numbers = iter(range(len(found)))
    block = texts.block(STARRED.sub(lambda _: f"{HOLE}{next(numbers)}{HOLE}", text))
    answers = [_answers(one, texts) for one in found]
    if wrong is None:
        filled = [_typed(one) for one in answers]
    else:
        words = list(dict.fromkeys([one[0] for one in answers if one] + list(wrong)))
        filled = [_dragged(one, words, texts) for one in answers]
    stem, asked = gaps.filled_text(block, filled)
    return (lead_in if stem == gaps.LEAD_IN and lead_in else together(lead_in, stem)), asked, ""


def _answers(text: str, texts: Texts) -> list[str]:
    """The right answers of a gap, without its tip and its feedback."""
    said = re.split(r"(?<!\\)[:]|\\[+-]", text)[0]
    return [one for one in (texts.words(part) for part in said.split("/")) if one]


def _typed(answers: Sequence[str]) -> Gap:
    if not answers:
        raise NotThere(say("no answer to a gap is right"))
    accept = tuple(dict.fromkeys(map(gaps.typed, answers)))
    return Gap(Words(accept), accept[0])


def _dragged(answers: Sequence[str], words: Sequence[str], texts: Texts) -> Gap:
    if not answers or len(words) < 2:
        raise NotThere(say("there are fewer than two words to drag"))
    picks = tuple(Pick(texts.plain_line(one), float(one == answers[0])) for one in words)
    return Gap(Choice(picks), texts.plain_line(answers[0]))


WRITERS: dict[str, Callable[[Parameters, Texts], Made]] = {
    "MultiChoice": _multi_choice,
    "SingleChoiceSet": _single_choice,
    "TrueFalse": _true_false,
    "Blanks": _blanks,
    "DragText": _drag_text,
}
