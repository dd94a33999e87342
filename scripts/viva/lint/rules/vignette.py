"""VG: the language of the clinic, in vignettes and everywhere else that a student reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.lint.item import Item
from viva.lint.rule import Flaw, rule
from viva.lint.text import content, sentences, words

ASKED = ("single", "multiple", "matching", "short-answer", "numeric", "ordering")
LAB = (
    r"\b(ha?emoglobin|sodium|potassium|calcium|creatinine|urea|glucose|lactate|albumin|bilirubin"
    r"|ferritin|C-reactive protein|CRP|ESR|platelets?|leu[ck]ocytes?|white cell count"
    r"|(?:body )?temperature|blood pressure|heart rate|pulse|respiratory rate|body weight)\b"
    r"(?: (?:level|count|rate|concentration))?(?: (?:is|was|of|at|measures|reads)|:| =)? "
    r"(\d+(?:[.,/]\d+)*)"
)
LAB_HINTS = (
    "globin",
    "sodium",
    "potass",
    "calcium",
    "creatin",
    "urea",
    "glucose",
    "lactate",
    "albumin",
    "bilirubin",
    "ferritin",
    "c-reactive",
    "crp",
    "esr",
    "platelet",
    "leuc",
    "leuk",
    "white cell",
    "temperature",
    "pressure",
    "heart rate",
    "pulse",
    "respiratory rate",
    "body weight",
)
LAB_VALUE = re.compile(LAB + r"(?P<after>.{0,14})", re.IGNORECASE)
UNIT = re.compile(
    r"^ ?(?:°|%|mm|cm|m?mol|[µu]mol|nmol|pmol|mg|g\b|g/|ng|pg|[µu]g|IU|U/|units?|kg|lb|beats|bpm"
    r"|breaths|per |/ ?min|/ ?h|×|x ?10|k/|cells|degrees|C\b|F\b|mEq|kPa)",
    re.IGNORECASE,
)
SI = (("mmol/L", "mg/dL"), ("°C", "°F"), ("g/L", "g/dL"), ("µmol/L", "mg/dL"), ("kPa", "mmHg"))
REFERENCE = re.compile(
    r"\b(?:reference|normal|range|N\b|upper limit|limit)\b|\(\D*\d+(?:\.\d+)? ?(?:-|to)", re.I
)
TO_PATIENT = re.compile(
    r"\b(?:patient|patient's|his|her|he|she|him|they|their|them|these|this|those|that|such|you|now"
    r"|most likely|next|first|also|here|both|result|finding|same|it|its|injured|lies?|between)\b",
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
    r"|student|trainer|coach|teacher|radiologist|registrar|trainee)s?\b",
    re.IGNORECASE,
)
NOT_A_PATIENT = re.compile(
    rf"{PEOPLE.pattern}|\b(?:adults|cadavers?|cohort|group|hips|meta-analysis|patients|people"
    r"|report|research|review|series|study|studies|trial|volunteers)\b|\d",
    re.IGNORECASE,
)
HIS = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
HER = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
LOADED = {
    r"diabetics?(?= (?:man|woman|patient|who|with|is|was|has)|[.,?])": "person with diabetes",
    r"epileptics?(?= (?:man|woman|patient|who|is|was|has)|[.,?])": "person with epilepsy",
    r"schizophrenics?(?= (?:man|woman|patient|who|is|was|has)|[.,?])": "person with schizophrenia",
    r"(?:drug|substance|alcohol) abusers?|addicts?": "person with a substance use disorder",
    r"alcoholics?(?= (?:man|woman|patient|who|is|was|has))": "person with alcohol use disorder",
    r"non-?complian(?:t|ce)": "has not taken / could not follow",
    r"suffer(?:s|ed|ing)? from": "has",
    r"wheelchair-bound|confined to a wheelchair": "uses a wheelchair",
    r"mental(?:ly)? retard(?:ation|ed)": "intellectual disability",
    r"commit(?:s|ted|ting)? suicide": "died by suicide",
    r"caucasians?": "White, or the country of origin, if it matters",
    r"morbidly obese": "with a BMI of …",
    r"the elderly": "older people",
    r"failed (?:to lose|his|her) (?:weight|treatment)": "treatment did not help",
}
LOADED_TERMS = [(re.compile(rf"\b(?:{term})", re.IGNORECASE), say) for term, say in LOADED.items()]
LOADED_HINTS = (
    "diabetic",
    "epileptic",
    "schizophrenic",
    "abuser",
    "addict",
    "alcoholic",
    "complian",
    "suffer",
    "wheelchair",
    "retard",
    "suicide",
    "caucasian",
    "obese",
    "elderly",
    "failed",
    "complain",
    "denie",
)
DOUBTING = re.compile(r"\b(complains? of|complaining of|den(?:ies|ied))\b", re.IGNORECASE)
RACE = re.compile(
    r"\b(?:(?:African[- ]American|Hispanic|Latin[ao]|Asian|Afro-Caribbean|white|black|Caucasian"
    r"|Chinese|Indian|Arab|Roma)(?: (?:man|woman|boy|girl|male|female|patient))\b|of \w+ descent\b)"
)
SHORT = re.compile(r"(?<![\w@#/.°-])[A-Z](?=[A-Z0-9]*[A-Z])[A-Z0-9]{1,5}s?(?![\w-])")
_COMMON = """
AD AM BC BCE CT DNA ECG HIV ID II III IV IX MRI OK PM RNA TV UK US USA VI VII VIII XI XII
EXCEPT FALSE INCORRECT LEAST NEVER NOT TODO TRUE
"""
COMMON = frozenset(_COMMON.split())
EPONYM = re.compile(
    r"\b([A-Z][a-zé]+)'s (?=(?:disease|syndrome|test|sign|sarcoma|lymphoma|palsy|reflex|triangle"
    r"|fracture|contracture|ligament|manoeuvre|procedure|anaemia|tumour|oedema)\b)"
)
UNSAFE = (
    (re.compile(r"\b\d+(?:\.\d+)? ?U\b(?!/)"), "U reads like 0: write units"),
    (re.compile(r"\b\d+\.0 ?(?:mg|g|mcg|µg|mL|ml|units?|IU)\b"), "1.0 reads like 10: write 1"),
    (re.compile(r"(?<![\w.])\.\d+ ?(?:mg|g|mcg|µg|mL|ml|units?|IU)\b"), ".5 reads like 5: use 0.5"),
    (re.compile(r"\b(?:Q\.?O\.?D|q\.o\.d|QD|q\.d)\b\.?"), "write daily, or every other day"),
    (re.compile(r"\b\d+(?:\.\d+)? ?ug\b"), "ug reads like mg: write micrograms"),
    (re.compile(r"\b(?:MSO4|MgSO4)\b"), "write morphine sulfate or magnesium sulfate"),
)  # fmt: skip
UNSAFE_HINT = re.compile(r"\d ?u\b|\d ?ug\b|\.0 ?[gmuµi]|[ (]\.\d|\bq\.?o?\.?d\b|so4")
ANY_UNSAFE = re.compile("|".join(pattern.pattern for pattern, _ in UNSAFE))
MENTIONS_FIGURE = re.compile(
    r"\b(?:shown (?:below|above|here|in the (?:figure|image|picture|photograph|diagram))"
    r"|(?:figure|image|picture|photograph|radiograph|diagram|scan) (?:below|above|shown)"
    r"|in (?:the|this) (?:figure|picture|photograph|diagram)\b|arrowed|the arrow)",
    re.IGNORECASE,
)
PICTURE = re.compile(r"!\[[^\]]*\]\(")
WINDOW = 40
_OPEN = """
action approach cause conclusion condition diagnosis disorder examination explanation imaging
intervention investigation management mechanism method muscle nerve operation procedure state
structure suits treatment
"""
OPEN = content(_OPEN.split())


@rule("VG401", "warning")
def value_without_unit(item: Item) -> Iterator[Flaw]:
    """A laboratory value or vital sign without its unit.

    Bad:
        stem: A man has a haemoglobin of 92. What do you do next?
    Good:
        stem: A man has a haemoglobin of 92 g/L (reference 130 to 170). What do you do next?
    Source: Convention of clinical writing: a value has a unit.
    """
    if not item.mentions(LAB_HINTS):
        return
    for loc, text in item.texts:
        for found in LAB_VALUE.finditer(text):
            if not UNIT.match(found["after"]):
                yield Flaw(loc, f"{found[1]} {found[2]} has no unit (write one)")
                return


@rule("VG402", "info")
def mixed_systems(item: Item) -> Iterator[Flaw]:
    """Conventional and SI units in one question.

    Bad:
        stem: Glucose is 5.4 mmol/L (normal), creatinine 1.1 mg/dL. What is the next step?
    Good:
        stem: Glucose is 5.4 mmol/L (normal), creatinine 97 µmol/L. What is the next step?
    Source: Convention of clinical writing: one system of units.
    """
    if "/" not in item.told and "°" not in item.told and "kPa" not in item.told:
        return
    for one, other in SI:
        if one in item.told and other in item.told:
            yield Flaw(("stem",), f"{one} and {other} are mixed (use one system)")
            return


@rule("VG403", "info")
def no_reference_range(item: Item) -> Iterator[Flaw]:
    """A laboratory value without its reference range.

    Ranges differ between laboratories; the question should not test them by accident.

    Bad:
        stem: A man has a ferritin of 12 µg/L. Which test do you ask for next?
    Good:
        stem: A man has a ferritin of 12 µg/L (reference 30 to 400). Which test do you ask for next?
    Source: Convention of laboratory reports: a value comes with its range.
    """
    if not item.mentions(LAB_HINTS):
        return
    found = LAB_VALUE.search(item.told)
    vital = found and re.match(r"(?:body|temp|blood p|heart|pulse|resp)", found[1], re.IGNORECASE)
    if found and not vital and UNIT.match(found["after"]) and not REFERENCE.search(item.told):
        yield Flaw(("stem",), f"{found[1]} has no reference range (give it in brackets)")


@rule("VG404", "warning", "single", "multiple")
def window_dressing(item: Item) -> Iterator[Flaw]:
    """A vignette that the question does not need.

    The lead-in speaks neither of the patient nor of anything in the story.

    Bad:
        stem: >-
          A 47-year-old teacher has had an ache in the right buttock for a year. Strolling is
          comfortable. When she hurries for a train, the ache arrives at the end of each long step,
          while the right leg trails. She has tried tablets, heat and rest. Which nerve supplies
          gluteus maximus?
    Good:
        stem: Which nerve supplies gluteus maximus?
    Source: Haladyna 2002, guideline 16 (window dressing).
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
        message = (
            "the question can be answered without the story (cut it, or ask about the patient)"
        )
        yield Flaw(("stem",), message)


@rule("VG405", "info")
def age_comes_late(item: Item) -> Iterator[Flaw]:
    """The patient's age comes after the first sentence.

    Readers build their picture from age and sex; late, they have to rebuild it.

    Bad:
        stem: The pain came on long strides. The runner is a 47-year-old woman. What is squeezed?
    Good:
        stem: A 47-year-old woman has pain on long strides. What is squeezed?
    Source: Convention of case presentations: age and sex come first.
    """
    if item.case or not AGE.search(item.told):
        return
    parts = sentences(item.told)
    first = next((n for n, part in enumerate(parts) if AGE.search(part)), 0)
    if first > 0 and len(parts) > 2 and not any(NOT_A_PATIENT.search(p) for p in parts[:first]):
        field = "vignette" if item.type == "case" else "stem"
        yield Flaw((field,), "the age comes late (open with age and sex)")


@rule("VG406", "info")
def wrong_pronoun(item: Item) -> Iterator[Flaw]:
    """He for a woman, or she for a man.

    Looked for only where nobody else is in the story.

    Bad:
        stem: A 47-year-old woman has pain on long strides. Where does he feel it?
    Good:
        stem: A 47-year-old woman has pain on long strides. Where does she feel it?
    Source: Haladyna 2002, guideline 11 (edit and proof items).
    """
    found = PERSON.search(item.told)
    if not found or len(PEOPLE.findall(item.told)) != 1:
        return
    is_woman = found[2].lower() in ("woman", "girl", "female")
    other = (HIS if is_woman else HER).search(item.told)
    if other and not (HER if is_woman else HIS).search(item.told):
        yield Flaw(("stem",), f"“{other[0]}” for a {found[2]} (write the same person throughout)")


@rule("VG407", "warning")
def loaded_term(item: Item) -> Iterator[Flaw]:
    """A term that reduces people to a disease, or judges them.

    “Complains of” and “denies”, which cast doubt, are information.

    Bad:
        stem: A diabetic man suffers from buttock pain. What do you examine first?
    Good:
        stem: A man with diabetes has buttock pain. What do you examine first?
    Source: Goddu 2018 (stigmatising language in records changes care); AMA Manual of Style.
    """
    if not item.mentions(LOADED_HINTS):
        return
    for loc, text in (*item.texts, *item.rationale):
        for pattern, instead in LOADED_TERMS:
            found = pattern.search(text)
            if found:
                yield Flaw(loc, f"“{found[0]}” labels the person (write: {instead})")
                return
        doubt = DOUBTING.search(text)
        if doubt:
            yield Flaw(loc, f"“{doubt[0]}” casts doubt (write: has, reports, has no)", "info")
            return


@rule("VG408", "info")
def race_without_reason(item: Item) -> Iterator[Flaw]:
    """A patient's race or ancestry is named.

    Right where it changes the answer; else it teaches that it does.

    Bad:
        stem: A 47-year-old Asian woman has pain on long strides. What do you examine first?
    Good:
        stem: A 47-year-old woman has pain on long strides. What do you examine first?
    Source: Flanagin 2021 (guidance of JAMA on race and ethnicity).
    """
    found = RACE.search(item.told)
    if found:
        yield Flaw(("stem",), f"“{found[0]}”: does it change the answer? (leave it out if not)")


@rule("VG409", "warning")
def unexplained_abbreviation(item: Item) -> Iterator[Flaw]:
    """An abbreviation that is neither in the glossary nor spelled out in the question.

    Bad:
        stem: Which finding of the QXZ scale fits the impingement?
    Good:
        stem: Which finding of the quick example scale (QXZ) fits the impingement?
    Source: AMA Manual of Style, 11th edition (abbreviations are expanded at first mention).
    """
    known = item.home.abbreviations | COMMON
    for loc, text in item.texts:
        for found in SHORT.finditer(text):
            name = found[0].removesuffix("s")
            if name not in known and f"({name}" not in item.told and f"{name} (" not in item.told:
                message = f"{name} is not explained (add it to docs/glossary.md, or spell it out)"
                yield Flaw(loc, message)
                return


@rule("VG410", "info")
def possessive_eponym(item: Item) -> Iterator[Flaw]:
    """An eponym with an apostrophe.

    Bad:
        stem: Which muscle does Thomas's test judge?
    Good:
        stem: Which muscle does the Thomas test judge?
    Source: AMA Manual of Style, 11th edition (nonpossessive eponyms).
    """
    for loc, text in item.texts:
        found = EPONYM.search(text) if "'s " in text else None
        if found:
            yield Flaw(loc, f"“{found[0].strip()}” (write it without the apostrophe: {found[1]} …)")
            return


@rule("VG411", "error")
def unsafe_notation(item: Item) -> Iterator[Flaw]:
    """A dose written in a way that has harmed patients.

    Bad:
        stem: You prescribe 1.0 mg of the drug. Which effect do you expect?
    Good:
        stem: You prescribe 1 mg of the drug. Which effect do you expect?
    Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations.
    """
    if not UNSAFE_HINT.search(item.lower):
        return
    for loc, text in (*item.texts, *item.rationale):
        if ANY_UNSAFE.search(text):
            for pattern, instead in UNSAFE:
                found = pattern.search(text)
                if found:
                    yield Flaw(loc, f"“{found[0].strip()}” is error-prone ({instead})")
                    return


@rule("VG412", "error", *ASKED)
def missing_figure(item: Item) -> Iterator[Flaw]:
    """The question speaks of a picture that it does not show.

    Bad:
        stem: Which muscle does the arrow point to in the figure below?
    Good:
        figure:
          src: assets/figures/posterior.svg
          alt: The right hip from behind with one muscle marked by an arrow
        stem: Which muscle does the arrow point to in the figure below?
    Source: WCAG 2.2, 1.1.1.
    """
    found = MENTIONS_FIGURE.search(item.stem)
    shown = item.question.figure or (item.case and item.case.question.figure)
    if found and not shown and not PICTURE.search(item.question.stem):
        yield Flaw(
            ("stem",), f"“{found[0]}”, but there is no figure (add figure: with src and alt)"
        )
