"""VG4xx, what a vignette tells: values, persons, the picture, and whether it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.base.words import say
from viva.lint.item import Item
from viva.lint.rule import ASKED, CHOSEN, ENGLISH, Flaw, rule
from viva.lint.text import content, sentences, words

LAB = (
    r"\b(ha?emoglobin|sodium|potassium|calcium|creatinine|urea|glucose|lactate|albumin|bilirubin"
    r"|ferritin|C-reactive protein|CRP|ESR|platelets?|leu[ck]ocytes?|white cell count"
    r"|(?:body )?temperature|blood pressure|heart rate|pulse|respiratory rate|body weight)\b"
    r"(?: (?:level|count|rate|concentration))?(?: (?:is|was|of|at|measures|reads)|:| =)? "
    r"(\d+(?:[.,/]\d+)*(?: ?(?:-|to) ?\d+(?:[.,]\d+)?)?)"
)
_LAB_WORDS = """
haemoglobin hemoglobin sodium potassium calcium creatinine urea glucose lactate albumin bilirubin
ferritin reactive crp esr platelet platelets leucocyte leucocytes leukocyte leukocytes white
temperature pressure heart pulse respiratory weight
"""
LAB_WORDS = frozenset(_LAB_WORDS.split())
"""Without one of these in it no question has a value that `LAB` finds."""
OF_AGE = frozenset(("old", "age", "aged"))
"""Without one of these none tells how old somebody is."""
_SHOWN = "shown figure image picture photograph radiograph diagram scan arrow arrowed"
SHOWN = frozenset(_SHOWN.split())
"""Without one of these none speaks of a figure."""
LAB_VALUE = re.compile(LAB + r"(?P<after>.{0,24})", re.IGNORECASE)
# Units are too many to list; what follows a number that has none is not.
NO_UNIT = re.compile(
    r"^(?:[.;?!)]+(?:$|\s(?![x×]))|, (?!\d)| (?=(?:and|with|but|on|in|at|which|who|while|whereas"
    r"|after|before|today|is|was|are|or|as|when|this|that|the|his|her|both|despite)\b|\()|$)"
)
UNIT = re.compile(
    r"^ ?(?:°|%|mm|cm|m?mol|[µu]mol|nmol|pmol|mg|g\b|g/|ng|pg|[µu]g|IU|U/|units?|/ ?[mµ]|mEq)",
    re.IGNORECASE,
)
SCALED = re.compile(
    r"^[\s,]*(?:(?:per|in) )?(?:[A-Z]{1,2}/|mEq|kPa|mmHg|mm|IU|U\b|[CFK]\b|K/|Torr|Eq|Hz|N/"
    r"|MU|Pa\b|SI)"
)
SI = (("mmol/L", "mg/dL"), ("°C", "°F"), ("g/L", "g/dL"), ("µmol/L", "mg/dL"), ("kPa", "mmHg"))
WITH_UNIT = re.compile(r"\d\s?(mmol/L|[µμ]mol/L|mg/dL|g/dL|g/L|[°º] ?[CF]\b|kPa|mm ?Hg)")
REFERENCE = re.compile(
    r"\b(?:reference|normal|range|N\b|upper limit|limit)\b|\(\D*\d+(?:\.\d+)? ?(?:-|to)", re.I
)
TO_PATIENT = re.compile(
    r"\b(?:patient|patient's|his|her|he|she|him|they|their|them|these|this|those|that|such|you|now"
    r"|likely|next|first|also|here|both|result|finding|same|it|its|injured|lies?|between|appropriate"
    r"|best|initial|step|caused?|diagnos\w+|treat\w*|therap\w+|pharmaco\w+|manage\w*|drugs?"
    r"|vaccines?|expected|indicated|explains?|statements?|additional|responsible|culprit"
    r"|observed|occur(?:red|s)?|complications?|will|involved(?=\?)"
    r"|the (?:condition|procedure|operation|study|reaction|man|woman|child|boy|girl|baby"
    r"|infant))\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(\d+[- ]year[- ]old|aged? \d+)\b[^.?]{0,40}?\b(man|woman|boy|girl|male|female)\b",
    re.IGNORECASE,
)
AGE = re.compile(r"\b\d+[- ](?:year|month|week|day)s?[- ]old\b", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(man|men|woman|women|boy|girl|mother|father|son|daughter|sister|brother|cousin|wife|husband"
    r"|colleague|friend|partner|aunt|uncle|surgeon|doctor|physician|nurse|therapist|physiotherapist"
    r"|student|trainer|coach|teacher|radiologist|registrar|trainee)s?\b"
)
"""In lower case, which is looked through four times as fast as any case."""
NOT_A_PATIENT = re.compile(
    rf"{PEOPLE.pattern}|\b(?:adults|cadavers?|cohort|group|limbs|meta-analysis|patients|people"
    r"|report|research|review|series|study|studies|trial|volunteers|you|your|-old)\b|[\d?]",
    re.IGNORECASE,
)
NO_SENTENCE = re.compile(r"\W*|(?:Mr|Mrs|Ms|Dr|Prof)\.?")
"""What stands alone where a sentence is cut off: a full stop before it, a title before a name."""
CHILD = re.compile(r"\b(?:newborn|neonate|infant|baby|child|f(?:o?e)tus)s?\b", re.IGNORECASE)
DIGIT = re.compile(r"\d")
HIS = re.compile(r"\b(?:he|his|him|himself)\b")
HER = re.compile(r"\b(?:she|her|hers|herself)\b")
MENTIONS_FIGURE = re.compile(
    r"\b(?:shown (?:below|above|here|in the (?:figure|image|picture|photograph|diagram))"
    r"|(?:figure|image|picture|photograph|radiograph|diagram|scan) (?:below|above|shown)"
    r"|in (?:the|this) (?:figure|picture|photograph|diagram)\b|arrowed|the arrow)",
    re.IGNORECASE,
)
PICTURE = re.compile(r"!\[[^\]]*\]\(")
TABLE = re.compile(r"^\s*\|.*\|\s*$|^\s*[:|-]+-{3}", re.MULTILINE)
# What is shown below as text: values, a table, a list, a formula.
IN_WORDS = re.compile(
    r"\b(?:lab\w*|results?|values?|tests?|panel|counts?|table|gas\w*|studies|data|list|sequences?"
    r"|equations?|formula|reactions?|passage|text|code|pedigree data|parameters?|measurements?)\b"
    r"[^.?]*$",
    re.IGNORECASE,
)
WINDOW = 40
_OPEN = """
action approach cause conclusion condition diagnosis disorder examination explanation imaging
intervention investigation management mechanism method muscle nerve operation procedure state
structure suits treatment
"""
OPEN = content(_OPEN.split())
SPELT = str.maketrans({"μ": "µ", "º": "°", " ": None})
CONVERTED = re.compile(r"\([^()]*\d[^()]*\)")
"""The same in other units, for readers of both, or a range: 38.6°C (101.5°F)."""
ALWAYS_MOLAR = re.compile(
    r"\b(?:sodium|potassium|chloride|bicarbonate|lactate|lactic acid|ammonia|Na|K|Cl|HCO3|HCO₃|CO2"
    r"|NH3)\b[^.;,\n]{0,40}?[\d.,]+\s?[mµμ]mol/L"
    r"(?:\s*(?:N|normal|reference)?:?\s*[\d.,]+\s?[–-]\s?[\d.,]+\s?[mµμ]mol/L)?",
    re.IGNORECASE,
)
"""What is told in moles beside conventional units too."""


@rule("VG401", "info", languages=ENGLISH)
def value_without_unit(item: Item) -> Iterator[Flaw]:
    """A laboratory value or vital sign without its unit.

    Bad:
        stem: A man has a haemoglobin of 92. What do you do next?
    Good:
        stem: A man has a haemoglobin of 92 g/L (reference 130 to 170). What do you do next?
    Source: Convention of clinical writing: a value has a unit.
    Measured: 8 of 8 hits right, all that there were; 5,414 items of Medbullets, AfriMed-QA and the
    test of MedQA, 29 November 2026.
    """
    if not item.mentions(LAB_WORDS):
        return
    for loc, text in item.texts:
        for found in LAB_VALUE.finditer(text) if DIGIT.search(text) else ():
            if _bare(found):
                said = say(
                    "{name} {value} has no unit (write one)",
                    name=found[1],
                    value=found[2],
                )
                yield Flaw(loc, said)
                return


def _bare(found: re.Match[str]) -> bool:
    """Whether a value stands alone. A blood pressure of 120/80 is in mmHg wherever it is read."""
    if "pressure" in found[1].lower() and "/" in found[2]:
        return False
    after = found["after"]
    return bool(NO_UNIT.match(after)) and not SCALED.match(after)


@rule("VG402", "info")
def mixed_systems(item: Item) -> Iterator[Flaw]:
    """Conventional and SI units in one question.

    Bad:
        stem: Glucose is 5.4 mmol/L (normal), creatinine 1.1 mg/dL. What is the next step?
    Good:
        stem: Glucose is 5.4 mmol/L (normal), creatinine 97 µmol/L. What is the next step?
    Source: Convention of clinical writing: one system of units.
    Measured: none since conversions in brackets, ions and lactate are left alone, before that 0 of
    17 right; 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    if "/" not in item.told and "°" not in item.told and "kPa" not in item.told:
        return
    told = CONVERTED.sub("", item.told)
    told = ALWAYS_MOLAR.sub("", told) if "mol/" in told.lower() else told
    found = {unit[1].translate(SPELT) for unit in WITH_UNIT.finditer(told)}
    for one, other in SI:
        if one in found and other in found:
            said = say("{name} and {other} are mixed (use one system)", name=one, other=other)
            yield Flaw(("stem",), said)
            return


@rule("VG403", "info", languages=ENGLISH)
def no_reference_range(item: Item) -> Iterator[Flaw]:
    """A laboratory value without its reference range.

    Ranges differ between laboratories; the question should not test them by accident.

    Bad:
        stem: A man has a ferritin of 12 µg/L. Which test do you ask for next?
    Good:
        stem: A man has a ferritin of 12 µg/L (reference 30 to 400). Which test do you ask for next?
    Source: Convention of laboratory reports: a value comes with its range.
    Measured: 20 of 20 hits right in a sample of 63; 5,414 items of Medbullets, AfriMed-QA and the
    test of MedQA, 29 November 2026.
    """
    if not item.mentions(LAB_WORDS):
        return
    found = LAB_VALUE.search(item.told)
    vital = found and re.match(r"(?:body|temp|blood p|heart|pulse|resp)", found[1], re.IGNORECASE)
    if found and not vital and UNIT.match(found["after"]) and not REFERENCE.search(item.told):
        said = say("{name} has no reference range (give it in brackets)", name=found[1])
        yield Flaw(("stem",), said)


@rule("VG404", "info", *CHOSEN, languages=ENGLISH)
def window_dressing(item: Item) -> Iterator[Flaw]:
    """A vignette that the question does not need.

    The lead-in speaks neither of the patient nor of anything in the story.

    Bad:
        stem: >-
          A 47-year-old teacher has had an ache in the right calf for a year. Strolling is
          comfortable. When she hurries for a train, the ache arrives after a hundred steps, and it
          goes while she stands still. She has tried tablets, heat and rest. Which nerve supplies
          deltoid?
    Good:
        stem: Which nerve supplies deltoid?
    Source: Haladyna 2002, guideline 16 (window dressing).
    Measured: 2 of 3 hits right, all that are left since 16 wrong ones of 19 have taught it words;
    5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    if len(item.stem_words) < WINDOW or (
        not PERSON.search(item.stem) and not AGE.search(item.stem)
    ):
        return
    if TO_PATIENT.search(item.lead_in):
        return
    asked = content(words(item.lead_in)) - OPEN
    story = content(words(item.stem.replace(item.lead_in, " ")))
    answers = frozenset().union(*(choice.content for choice in item.choices))
    if len(asked) >= 2 and not (asked | answers) & story:
        message = say(
            "the question can be answered without the story (cut it, or ask about the patient)"
        )
        yield Flaw(("stem",), message)


@rule("VG405", "info", languages=ENGLISH)
def age_comes_late(item: Item) -> Iterator[Flaw]:
    """The patient's age comes after the first sentence.

    Readers build their picture from age and sex; late, they have to rebuild it.

    Bad:
        stem: The pain came on deep breaths. The caller is a 47-year-old woman. What is inflamed?
    Good:
        stem: A 47-year-old woman has pain on deep breaths. What is inflamed?
    Source: Convention of case presentations: age and sex come first.
    Measured: none since “you are asked to see”, titles before names and mothers are left alone,
    before that 0 of 10 right; 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29
    November 2026. In 5,710 items of MMLU (but those in MMLU-Redux) and OpenStax Anatomy and
    Physiology 0 of 9, none of them about a patient.
    """
    if item.case or not item.mentions(OF_AGE) or not AGE.search(item.told):
        return
    parts = sentences(item.told)
    parts = [part for part in parts if not NO_SENTENCE.fullmatch(part)]
    first = next((n for n, part in enumerate(parts) if AGE.search(part)), 0)
    if first > 0 and len(parts) > 2 and not any(NOT_A_PATIENT.search(p) for p in parts[:first]):
        yield Flaw(item.free_texts[0][0], say("the age comes late (open with age and sex)"))


@rule("VG406", "info", languages=ENGLISH)
def wrong_pronoun(item: Item) -> Iterator[Flaw]:
    """He for a woman, or she for a man.

    Looked for only where nobody else is in the story.

    Bad:
        stem: A 47-year-old woman has pain on deep breaths. Where does he feel it?
    Good:
        stem: A 47-year-old woman has pain on deep breaths. Where does she feel it?
    Source: Haladyna 2002, guideline 11 (edit and proof items).
    Measured: none since newborns are left alone, with whom the only hit was wrong; 5,414 items of
    Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    found = PERSON.search(item.told) if item.case or item.mentions(OF_AGE) else None
    told = item.told.lower()
    if not found or len(PEOPLE.findall(told)) != 1 or CHILD.search(item.told):
        return
    is_woman = found[2].lower() in ("woman", "girl", "female")
    other = (HIS if is_woman else HER).search(told)
    if other and not (HER if is_woman else HIS).search(told):
        said = say(
            "“{other}” for a {person} (write the same person throughout)",
            other=other[0],
            person=found[2],
        )
        yield Flaw(("stem",), said)


@rule("VG412", "error", *ASKED, languages=ENGLISH)
def missing_figure(item: Item) -> Iterator[Flaw]:
    """The question speaks of a picture that it does not show.

    Bad:
        stem: Which muscle does the arrow point to in the figure below?
    Good:
        figure:
          src: assets/figures/hand.svg
          alt: The palm of a right hand with one muscle marked by an arrow
        stem: Which muscle does the arrow point to in the figure below?
    Source: WCAG 2.2, 1.1.1.
    Measured: 34 of 35 hits right of 51 that there are; MedMCQA, MedQA, MMLU and MMLU-Redux, 28
    November 2026.
    """
    if not item.mentions(SHOWN):
        return
    found = next((one for one in MENTIONS_FIGURE.finditer(item.stem) if not _in_words(one)), None)
    found = None if found and TABLE.search(item.question.stem) else found
    shown = item.question.figure or (item.case and item.case.question.figure)
    if found and not shown and not PICTURE.search(item.question.stem):
        said = say(
            "“{words}”, but there is no figure (add figure: with src and alt)",
            words=found[0],
        )
        yield Flaw(("stem",), said)


def _in_words(found: re.Match[str]) -> bool:
    """Whether what is shown below or above stands there as text."""
    said = found[0].lower().endswith(("below", "above", "here"))
    return said and bool(IN_WORDS.search(found.string[: found.start()]))
