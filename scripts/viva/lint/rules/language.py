"""VG4xx, the words of the clinic: respectful, explained and safe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.base.words import say
from viva.lint.item import Item
from viva.lint.rule import ENGLISH, Flaw, rule

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
    r"the elderly(?! (?:(?:wo)?m[ae]n|patients?|people|persons?|lady|couple)\b)": "older people",
    r"failed (?:to lose|his|her) (?:weight|treatment)": "treatment did not help",
}
LOADED_TERMS = [
    (re.compile(rf"\b(?:{term})(?!\w)", re.IGNORECASE), say) for term, say in LOADED.items()
]
_LOADED_WORDS = """
diabetic diabetics epileptic epileptics schizophrenic schizophrenics abuser abusers addict addicts
alcoholic alcoholics compliant compliance noncompliant noncompliance suffers suffered suffering
suffer wheelchair retardation retarded suicide caucasian caucasians obese elderly failed
complain complains complaining denies denied
"""
LOADED_WORDS = frozenset(_LOADED_WORDS.split())
"""Without one of these in it no question has a loaded or a doubting term."""
DOUBTING = re.compile(r"\b(complains? of|complaining of|den(?:ies|ied))\b", re.IGNORECASE)
RACE = re.compile(
    r"\b(?:(?:African[- ]American|Hispanic|Latin[ao]|Asian|Afro-Caribbean|white|black|Caucasian"
    r"|Chinese|Indian|Arab|Roma)(?: (?:man|woman|boy|girl|male|female|patient))\b"
    r"|of (?!Gradient)[A-Z]\w+ descent\b)"
)
_RACE_WORDS = """
african hispanic latino latina asian afro white black caucasian chinese indian arab roma descent
"""
RACE_WORDS = frozenset(_RACE_WORDS.split())
DIGIT = re.compile(r"\d")
SHORT = re.compile(r"[A-Z](?<![\w@#/.°-].)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{1,5}s?(?![\w'’-])")
# What every reader of a medical text knows, units and formulae among it; a sign with a digit in it
# (CD4, CYP3A4, H2O, T3N2M0) names a thing and shortens no words.
_COMMON = """
AD AM BC BCE CT DNA ECG EKG HIV ID II III IV IX MRI OK PM RNA TV UK US USA VI VII VIII XI XII XIII
ABO ACE ACTH ADH ADHD ADP AFP AIDS ALP ALT AMP ANA ANOVA APGAR AST ATP AV BCG BMI BP BPM BUN CBC
CFTR CI CK CKD CMV CN CNS CO COPD CPR CRP CSF CVP CXR DTP EBV ED EDTA EEG EKG EMG ENT ER ESR EU FDA
FSH GABA GCS GDP GFR GI GP HBV HCG HCV HDL HLA HPV HR HSV ICD ICU IQ IM INR IU IUGR JVP KOH LDH LDL
LH MCH MCV MHC NADH NADPH NATO NHS NO NSAID OH OR PCR PET PH PT PTH PTT QRS QT RBC RH ROM RR SD SE
SI SLE ST STD TB TNF TSH UN UV VLDL WBC WHO XX XY XXY RNAS HCL NACL UTI ASAP FAQ PDF CD DVD
EXCEPT FALSE INCORRECT LEAST NEVER NOT TODO TRUE CANNOT UNLIKELY AND BUT ONLY ALL NONE BOTH
"""
COMMON = frozenset(_COMMON.split())
GENE = re.compile(r"^s? (?:gene|oncogene|mutation|protein|receptor|kinase|antigen|locus|allele)")
SHOUTED = re.compile(r"\b[A-Z]{2,}\b(?:\W+[A-Z]{2,}\b){2}")
EPONYM = re.compile(
    r"\b([A-Z][a-zé]+)'s (?=(?:disease|syndrome|test|sign|sarcoma|lymphoma|palsy|reflex|triangle"
    r"|fracture|contracture|ligament|manoeuvre|procedure|anaemia|tumour|oedema)\b)"
)
BRANDS = {
    "advil": "ibuprofen", "nurofen": "ibuprofen", "tylenol": "paracetamol",
    "panadol": "paracetamol",
    "voltaren": "diclofenac", "voltarol": "diclofenac", "naprosyn": "naproxen",
    "celebrex": "celecoxib", "botox": "botulinum toxin", "valium": "diazepam",
    "xanax": "alprazolam", "lyrica": "pregabalin", "neurontin": "gabapentin", "lasix": "furosemide",
    "ventolin": "salbutamol", "lipitor": "atorvastatin", "zantac": "ranitidine",
    "prozac": "fluoxetine", "viagra": "sildenafil", "xarelto": "rivaroxaban", "eliquis": "apixaban",
    "clexane": "enoxaparin", "lovenox": "enoxaparin", "humira": "adalimumab",
}  # fmt: skip
BRAND_NAMES = frozenset(BRANDS)
BRAND = re.compile(rf"\b(?:{'|'.join(BRANDS)})\b", re.IGNORECASE)
# A dose may be for a kilogram, a day or an hour. What is per volume is a laboratory value, where
# the last zero says how exactly it was measured.
_AMOUNT = (
    r"(?:mg|g|mcg|µg|mL|ml|units?|IU)\b"
    r"(?! ?(?:/|per) ?(?:100 ?)?(?:[dcmµunpf]?[lL]\b|mm|cm|mol|mmol|g\b|creatinine|24|cell"
    r"|test)| ?%)"
)
UNSAFE = (
    (re.compile(r"\b\d+(?:\.\d+)? ?U\b(?!\.| ?/| (?:per )?[lL]\b)"), "U reads like 0: write units"),
    (re.compile(rf"\b\d+\.0 ?{_AMOUNT}"), "1.0 reads like 10: write 1"),
    (re.compile(rf"(?<![\w.])\.\d+ ?{_AMOUNT}"), ".5 reads like 5: use 0.5"),
    (re.compile(r"\b(?:Q\.?O\.?D|q\.o\.d|QD|q\.d)\b\.?"), "write daily, or every other day"),
    (re.compile(r"\b\d+(?:\.\d+)? ?ug\b(?! ?/ ?[dm]?[lL])"), "ug reads like mg: write micrograms"),
    (re.compile(r"\b(?:MSO4|MgSO4)\b"), "write morphine sulfate or magnesium sulfate"),
)  # fmt: skip
DOSING = re.compile(
    r"\b(?:dos(?:e|es|age|ing)|giv(?:e|es|en)|inject\w*|prescri\w*|tak(?:e|es|ing)|taken|daily|twice"
    r"|a day|per day|hourly|orally|intra(?:venous|muscular)\w*|IV|IM|tablets?|capsules?|administ\w*"
    r"|receiv\w*|infus\w*|bolus|loading|treat\w*|therapy|starts?|started|intake|insulin|heparin)\b"
    r"|/kg|/day",
    re.IGNORECASE,
)
UNSAFE_WORDS = frozenset(("u", "ug", "q", "qo", "qd", "qod", "mso4", "mgso4"))
UNSAFE_SIGNS = (".0", " .", "(.", "\n.", *(f"{digit}u" for digit in range(10)))
ANY_UNSAFE = re.compile("|".join(pattern.pattern for pattern, _ in UNSAFE))


@rule("VG407", "warning", languages=ENGLISH)
def loaded_term(item: Item) -> Iterator[Flaw]:
    """A term that reduces people to a disease, or judges them.

    “Complains of” and “denies”, which cast doubt, are information.

    Bad:
        stem: A diabetic man suffers from back pain. What do you examine first?
    Good:
        stem: A man with diabetes has back pain. What do you examine first?
    Source: a convention of clinical writing.
    Measured: 26 of 30 warnings right in a sample of 58; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026. Of what is information 0 of 20 in a sample of
    58, all in questions of law or history; 5,710 items of MMLU (but those in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 29 November 2026. Of warnings in 5,414 items of Medbullets,
    AfriMed-QA and the test of MedQA, 29 November 2026, 18 of 20 in a sample of 107.
    """
    words = item.mentioned(LOADED_WORDS)
    if not words:
        return
    for loc, text in (*item.texts, *item.rationale):
        lower = text.lower()
        if not any(word in lower for word in words):
            continue
        for pattern, instead in LOADED_TERMS:
            found = pattern.search(text)
            if found:
                said = say(
                    "“{word}” labels the person (write: {instead})",
                    word=found[0],
                    instead=instead,
                )
                yield Flaw(loc, said)
                return
        doubt = DOUBTING.search(text)
        if doubt:
            said = say("“{word}” casts doubt (write: has, reports, has no)", word=doubt[0])
            yield Flaw(loc, said, "info")
            return


@rule("VG408", "info", languages=ENGLISH)
def race_without_reason(item: Item) -> Iterator[Flaw]:
    """A patient's race or ancestry is named.

    Right where it changes the answer; else it teaches that it does.

    Bad:
        stem: A 47-year-old Asian woman has pain on deep breaths. What do you examine first?
    Good:
        stem: A 47-year-old woman has pain on deep breaths. What do you examine first?
    Source: a convention of clinical writing.
    Measured: 13 of 20 hits right in a sample of 43; 5,414 items of Medbullets, AfriMed-QA and the
    test of MedQA, 29 November 2026. In 5,710 items of MMLU (but those in MMLU-Redux) and OpenStax
    Anatomy and Physiology 1 of 5, the others in history.
    """
    found = RACE.search(item.told) if item.case or item.mentions(RACE_WORDS) else None
    if found:
        said = say("“{word}”: does it change the answer? (leave it out if not)", word=found[0])
        yield Flaw(("stem",), said)


@rule("VG409", "info", languages=ENGLISH)
def unexplained_abbreviation(item: Item) -> Iterator[Flaw]:
    """An abbreviation that is neither in the glossary nor spelled out in the question.

    Bad:
        stem: Which finding of the QXZ scale fits the fracture?
    Good:
        stem: Which finding of the quick example scale (QXZ) fits the fracture?
    Source: a convention of clinical writing (abbreviations are expanded at first mention).
    Measured: 11 of 20 hits right in a sample of 253; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    for loc, text in item.texts:
        for found in SHORT.finditer(text):
            name = found[0].removesuffix("s")
            if DIGIT.search(name) or GENE.match(text[found.end() :]) or SHOUTED.search(text):
                continue
            if name in COMMON or name in item.home.abbreviations:
                continue
            if f"({name}" not in item.told and f"{name} (" not in item.told:
                message = say(
                    "{name} is not explained (add it to docs/glossary.md, or spell it out)",
                    name=name,
                )
                yield Flaw(loc, message)
                return


@rule("VG410", "info", languages=ENGLISH)
def possessive_or_brand(item: Item) -> Iterator[Flaw]:
    """An eponym with an apostrophe, or a drug by its brand name.

    Bad:
        stem: Which nerve does Tinel's sign at the wrist judge?
    Good:
        stem: Which nerve does the Tinel sign at the wrist judge?
    Source: a convention of clinical writing (nonpossessive eponyms, international drug names).
    Measured: 16 of 18 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    branded = item.mentions(BRAND_NAMES)
    for loc, text in item.texts:
        eponym = EPONYM.search(text) if "'s " in text else None
        brand = BRAND.search(text) if branded else None
        if eponym:
            said = say(
                "“{name}” (write it without the apostrophe: {bare} …)",
                name=eponym[0].strip(),
                bare=eponym[1],
            )
        elif brand:
            name = BRANDS[brand[0].lower()]
            said = say("“{brand}” is a brand (write {name})", brand=brand[0], name=name)
        else:
            continue
        yield Flaw(loc, said)
        return


@rule("VG411", "info", languages=ENGLISH)
def unsafe_notation(item: Item) -> Iterator[Flaw]:
    """A dose written in a way that has harmed patients.

    Bad:
        stem: You prescribe 1.0 mg of the drug. Which effect do you expect?
    Good:
        stem: You prescribe 1 mg of the drug. Which effect do you expect?
    Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations.
    Measured: 2 of 3 hits right, all that there were; 5,414 items of Medbullets, AfriMed-QA and the
    test of MedQA, 29 November 2026. In 5,710 items of MMLU (but those in MMLU-Redux) and OpenStax
    Anatomy and Physiology 0 of 2.
    """
    words = item.mentioned(UNSAFE_WORDS)
    if not (words or _may_be_unsafe(item.lower)):
        return
    for loc, text in (*item.texts, *item.rationale):
        lower = text.lower()
        if not (any(word in lower for word in words) or _may_be_unsafe(lower)):
            continue
        if ANY_UNSAFE.search(text) and DOSING.search(text):
            for pattern, instead in UNSAFE:
                found = pattern.search(text)
                if found:
                    said = say(
                        "“{text}” is error-prone ({instead})",
                        text=found[0].strip(),
                        instead=instead,
                    )
                    yield Flaw(loc, said)
                    return


def _may_be_unsafe(lower: str) -> bool:
    """Whether anything in it looks like one of these ways to write a dose, at a quick glance."""
    return lower.startswith(".") or any(map(lower.__contains__, UNSAFE_SIGNS))
