"""Which column of a table holds what: guessed from its headings, and shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viva.base.letters import letter
from viva.exchange.naming import slug

OURS = ("id", "type", "stem")
"""What our own table begins with. Its texts are Markdown; those of any other are plain."""
AFTER = (
    *("explanation", "hint", "objective", "level", "tags", "picture", "alt"),
    "model answer",
)
OPTIONS = 6
KNOWN: Mapping[str, str] = {
    "id": "id identifier code nr no num number nummer kennung question-id frage-nr item-id q-no",
    "type": "type typ art kind question-type qtype fragetyp tipo format item-type questiontype",
    "stem": "stem question questions question-text questiontext frage fragen fragetext pregunta "
    "domanda item prompt vignette text statement aussage fragestellung enonce pergunta title-text",
    "right": "right correct correct-answer correct-answers answer answers key solution loesung "
    "losung richtig richtige-antwort richtige-antworten correct-option correct-options antwort "
    "reponse correcte bonne-reponse respuesta respuesta-correcta correct-choice ans answer-key "
    "correct-answer-s korrekt right-answer right-answers risposta",
    "explanation": "explanation feedback general-feedback rationale erklarung erklaerung comment "
    "kommentar explication begrundung reason why justification explicacion discussion",
    "hint": "hint tip hinweis tipp indice",
    "objective": "objective learning-objective lernziel objectif objetivo lo outcome",
    "level": "level bloom taxonomy niveau stufe bloom-level nivel cognitive-level",
    "tags": "tags tag keywords topic category thema kategorie schlagworte subject chapter",
    "picture": "picture image bild figure img abbildung imagen grafik photo image-link",
    "alt": "alt alt-text picture-text bildbeschreibung description-of-picture",
    "tolerance": "tolerance toleranz margin plus-minus",
    "unit": "unit einheit unite unidad",
    "model": "model-answer musterantwort musterlosung",
}
BY_NAME = {name: field for field, names in KNOWN.items() for name in names.split()}
OPTION = re.compile(
    r"(?:(?:answer|option|choice|antwort|antwortoption|distractor|distraktor|reponse|respuesta|item"
    r"|auswahl|possible-answer|wahl|a|opt|statement|answer-option|wrong-answer|falsch)-?)?"
    r"([a-z]|\d{1,2})"
)
WHY = re.compile(
    r"(?:why|feedback|rationale|explanation|begrundung|erklarung|comment|kommentar|warum)"
    r"-?(?:answer|option|antwort|choice)?-?([a-z]|\d{1,2})"
)
WRONG = re.compile(r"(?:distractor|distraktor|wrong-answer|falsch)-?.*")


@dataclass(frozen=True)
class Columns:
    """Where each thing stands, by number from 0."""

    fields: Mapping[str, int]
    options: Mapping[str, int]
    """The column of each option, by its letter or number, in order."""
    whys: Mapping[str, int]
    unused: tuple[str, ...]
    is_ours: bool
    are_wrong: bool = False
    """Whether the options are those that are wrong, beside the right answer."""

    def told(self, header: Sequence[str]) -> str:
        """What was guessed, for the report."""
        named = [f"{field} = {header[at]}" for field, at in self.fields.items()]
        named += [f"options = {', '.join(header[at] for at in self.options.values())}"] * bool(
            self.options
        )
        named += [f"whys = {', '.join(header[at] for at in self.whys.values())}"] * bool(self.whys)
        said = f"columns: {'; '.join(named)}"
        return f"{said}; not used: {', '.join(self.unused)}" if self.unused else said


def is_stem(heading: str) -> bool:
    """Whether a heading is that of what is asked."""
    return BY_NAME.get(slug(heading)) == "stem"


def guessed(header: Sequence[str]) -> Columns | None:
    """The columns under these headings; None where they are none."""
    names = [slug(one) for one in header]
    fields: dict[str, int] = {}
    options: dict[str, int] = {}
    whys: dict[str, int] = {}
    unused = []
    for at, name in enumerate(names):
        why, option = WHY.fullmatch(name), OPTION.fullmatch(name)
        field = BY_NAME.get(name)
        if why:
            whys.setdefault(why[1], at)
        elif field and field not in fields:
            fields[field] = at
        elif option and name not in ("a1c",):
            options.setdefault(option[1], at)
        elif name:
            unused.append(header[at].strip())
    if "stem" not in fields or not (options or "right" in fields):
        return None
    is_ours = tuple(names[: len(OURS)]) == OURS
    are_wrong = bool(options) and all(WRONG.fullmatch(names[at]) for at in options.values())
    return Columns(fields, options, whys, tuple(unused), is_ours, are_wrong)


def ours(options: int = OPTIONS) -> list[str]:
    """The headings of our own table."""
    letters = [letter(number) for number in range(max(options, OPTIONS))]
    return [*OURS, *letters, "right", *(f"why {one}" for one in letters), *AFTER]
