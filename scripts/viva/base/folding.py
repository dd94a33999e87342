"""Comparing a typed answer with the author's: what is folded away, and which typos are forgiven.

The browser does the same in `viva/folding.js`; the golden cases keep the two alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# British to American, on folded text. Applied to both sides, so an odd result does no harm.
SPELLING = (
    (re.compile(r"[ao]+e"), "e"),
    (re.compile(r"our\b", re.ASCII), "or"),
    (re.compile(r"([iy])s(e[ds]?|ing|ation)\b", re.ASCII), r"\1z\2"),
    (re.compile(r"(cent|fib|lit|met|calib)re(s?)\b", re.ASCII), r"\1er\2"),
    (re.compile(r"l{2,}(ed|ing)\b", re.ASCII), r"l\1"),
    (re.compile(r"sulph"), "sulf"),
)
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "µ": "micro", "μ": "micro"}
EXACT = re.compile(r"[0-9]+|(?<!\S)\S(?!\S)")
ARTICLES = {"a", "an", "the"}
# Accents, and the points of Arabic and Hebrew that one may leave out.
ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")

# A letter apart, and opposite or elsewhere in the body: never a typing error.
LOOK_ALIKE = (
    ("abduct", "adduct"),
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("ante", "anti"),
    ("ilium", "ileum"),
    ("ilio", "ileo"),
    ("iliac", "ileac"),
    ("perine", "perone"),
    ("ectomy", "otomy"),
    ("ostomy", "otomy"),
    ("quadratus", "quadriceps"),
    ("internal", "external"),
    ("flex", "reflex"),
    ("symptomatic", "asymptomatic"),
    ("typical", "atypical"),
    ("displaced", "undisplaced"),
    ("stable", "unstable"),
)


LETTERS = str.maketrans(
    {"ß": "ss", "ς": "σ", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "ँ": "ं"}
)
"""Letters that people write as others, in the languages that have them."""
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def spelled_out(text: str) -> str:
    """The text with umlauts as keyboards without them have it: `Huefte` for `Hüfte`."""
    return unicodedata.normalize("NFC", text).translate(UMLAUTS)


@lru_cache(maxsize=2**14)
def fold(text: str) -> str:
    """The text without case, accents, punctuation, hyphens, articles and British spelling.

    The letters of every script stay, and marks that are part of a letter rather than on it.
    """
    text = ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower()).translate(LETTERS)
    for letter, name in GREEK.items():
        text = text.replace(letter, name)
    text = re.sub(r"(?<=[0-9])[.,](?=[0-9])", "point", text)
    text = re.sub("['’]", "", text)
    text = re.sub(r"[^a-z0-9]", _letter, text)
    for pattern, replacement in SPELLING:
        text = pattern.sub(replacement, text)
    words = text.split()
    last = len(words) - 1  # in "vitamin A" the A is no article
    kept = (w for at, w in enumerate(words) if w not in ARTICLES or (w == "a" and at == last))
    return " ".join(kept)


def _letter(sign: re.Match[str]) -> str:
    """A sign that belongs to a word of any script, else a space."""
    return sign[0] if unicodedata.category(sign[0])[0] in "LNM" else " "


def compared(answer: str, accept: Iterable[str], reject: Iterable[str] = ()) -> bool | None:
    """Whether a typed answer is right, or wrong; None where neither list knows it.

    Small typing errors are forgiven, but never towards an answer that is rejected.
    """
    given = fold(answer)
    right, wrong = [fold(one) for one in accept], [fold(one) for one in reject]
    if not given:
        return False
    if given in right or fold(spelled_out(answer)) in [fold(spelled_out(one)) for one in accept]:
        return True
    if any(near(given, text) for text in wrong):
        return False
    return True if any(near(given, text) for text in right) else None


def near(given: str, wanted: str) -> bool:
    """Whether two folded texts differ by a typing error only, or by a space.

    One slip for 5 to 8 letters, two for more; none in a number or a letter of its own, as in
    hepatitis A, and none between look-alikes.
    """
    if given.replace(" ", "") == wanted.replace(" ", ""):
        return True
    allowed = 0 if len(wanted) < 5 else 1 if len(wanted) <= 8 else 2
    if not allowed or EXACT.findall(given) != EXACT.findall(wanted):
        return False
    slips = distance(given, wanted, allowed)
    return slips <= allowed and not _look_alike(given, wanted, slips)


def _look_alike(given: str, wanted: str, slips: int) -> bool:
    """Whether the given text may as well be meant for a look-alike of the wanted one."""
    pairs = (*LOOK_ALIKE, *((other, one) for one, other in LOOK_ALIKE))
    return any(
        distance(given, wanted.replace(one, other), slips) <= slips
        for one, other in pairs
        if one in wanted
    )


def distance(a: str, b: str, limit: int) -> int:
    """Damerau-Levenshtein distance (adjacent letters may swap); above `limit`, any number above."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
