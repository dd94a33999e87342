"""Words, sentences and their likeness: the few operations on text that the rules share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Literal

from viva.base.words import Said, count
from viva.base.words import quoted as in_marks
from viva.formulas import typed

MARKUP = re.compile(
    r"\[@[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)|[*`]|\{[^}]*\}|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w)"
)
DASHES = str.maketrans("–—‐‑‒−’‘“”\u00a0\u202fμ", "------''\"\"  µ")
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.?!:])[\"')]*\s+(?=[\"'(A-Z0-9])")
SUBORDINATE = re.compile(
    r"\b(?:who|that|whose|whom|where|when|if|because|since|although|while|unless|whether)\b[^,?]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PLAIN = re.compile(r"\w+")


def _blanks(kept: str) -> str:
    """A table to translate ASCII by: all but letters, digits and what is kept becomes a space."""
    return "".join(sign if sign.isalnum() or sign in kept else " " for sign in map(chr, range(128)))


# To translate and split takes a third of the time that a pattern takes.
RUNS, WORDS = _blanks("_"), _blanks("-'")

# Words that any clinical question may use without giving anything away.
_GENERIC = """
about after again against alone along also always among another answer anything because
become before being below best better between beyond both bring brought called cannot cause
caused causes change changes common compared condition could describe described describes
despite development different disease disorder does doing during each either effect effects
evidence examination expect explain explains finding findings first fits following found from
further given gives good have having history however increase increased indicate into itself
large larger later leave left less level likely longer lower made main make many mean means
measure measured medical might more most much name near nearest never next normal nothing number
often once only option other over pain part patient patients people person point position
possible present probable probably problem quite rather reading reason reasonable reduce reduced
result results right same second seem several should show shown shows side sign similar since
small smaller some sometimes statement still story study such suggest suggests symptoms takes
test than that their them then there these they thing think third this those though three
through time treatment true typical under until upon used useful using usual usually value very
want well were what when where whether which while whole with within without woman women would
years young
"""
GENERIC = frozenset(_GENERIC.split())


def normalised(text: str) -> str:
    """The text without markup and citations, its dashes, quotes and spaces unified."""
    text = typed.words(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(DASHES)).translate(DASHES)
    if "[" in text or "*" in text or "_" in text or "`" in text or "{" in text:
        text = MARKUP.sub(lambda found: found[1] or "", text)
    if "  " in text or "\n" in text or "\t" in text:
        return " ".join(text.split())  # many times as fast as a pattern
    return text.strip()


def vocabulary(lower: str) -> frozenset[str]:
    """Every run of letters and digits in a text: what a pattern of whole words may find."""
    return frozenset(lower.translate(RUNS).split() if lower.isascii() else PLAIN.findall(lower))


def words(text: str) -> list[str]:
    """The words and numbers of normalised text, in lower case."""
    lower = text.lower()
    if not lower.isascii():
        return WORD.findall(lower)
    found = lower.translate(WORDS).split()
    if "-" not in lower and "'" not in lower:
        return found
    return [word for one in found for word in ([one] if one.isalnum() else WORD.findall(one))]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the endings that number and tense give it; the same for both is enough."""
    for ending, least in (("ies", 4), ("ing", 6), ("ed", 6), ("es", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least + len(ending) - 1:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                return word
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def content(tokens: list[str]) -> frozenset[str]:
    """The words that carry meaning, shortened to their stems."""
    return frozenset(chain.from_iterable(map(_meaning, tokens)))


@lru_cache(maxsize=20_000)
def _meaning(token: str) -> tuple[str, ...]:
    """The stems of those parts of a word that carry meaning."""
    return tuple(
        stem(word)
        for word in token.removesuffix("'s").split("-")
        if len(word) >= 5 and word not in GENERIC and not word[0].isdigit()
    )


def sentences(text: str) -> list[str]:
    """The sentences of normalised text."""
    return SENTENCE_END.split(text)


def lead_in(parts: list[str]) -> str:
    """The sentence that asks: the last one that ends in a question mark, else the last one."""
    asking = [part for part in parts if part.rstrip("\"')").endswith("?")]
    return (asking or parts or [""])[-1]


def main_clause(sentence: str) -> str:
    """A sentence without its subordinate clauses, whose negatives are no trap."""
    return SUBORDINATE.sub(" ", sentence)


def folded(words: list[str]) -> str:
    """What is left of a text when case, articles and punctuation do not count."""
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words as a share of all (Jaccard), 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


Noun = Literal["option", "prompt", "question", "vote"]
COUNTED: Mapping[Noun, Callable[[int], Said]] = {
    "option": lambda n: count("{n} option", "{n} options", n),
    "prompt": lambda n: count("{n} prompt", "{n} prompts", n),
    "question": lambda n: count("{n} question", "{n} questions", n),
    "vote": lambda n: count("{n} vote", "{n} votes", n),
}


def many(number: int, noun: Noun) -> Said:
    """A number with its noun: `1 option`, `3 options`."""
    return COUNTED[noun](number)


def quoted(text: str, most: int = 40) -> Said:
    """A text in quotation marks, cut to a readable length."""
    cut = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return in_marks(cut)
