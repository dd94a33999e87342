"""Options that speak of the other options: none of them, all of them, some of them by letter.

English in all its ways; in German, French and Spanish what exams commonly say. In another language
nothing here is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from viva.base.letters import letter

Kind = Literal["none", "all"]

# `the above`, `these options`, `the given answers`, `the options listed`
_WHAT = (
    r"(?:(?:the|these|those|them|listed|given|following|mentioned|stated|other) )*"
    r"(?:(?:above|below|options?|answers?|choices|others?|statements?|alternatives|responses|items|these"
    r"|those|them|listed|given|mentioned|following)\b ?)+(?:(?:above|given|listed|below|here) ?)*"
)
# What may follow: `is correct`, `would be expected in this patient`
_SAID = (
    r"(?:\b(?:is|are|is/are|was|were|would|will|can|may|should|apply|applies|have|has)\b.{0,60}"
    r"|[,;:-] ?.{0,80})?"
)
_TRUE = r"(?:correct|true|right|possible|valid|appropriate|applicable)"
_NONE = (
    rf"(?:none|neither|nothing|no(?:t any| ?one)?|not? one|not) (?:of )?(?:the )?{_WHAT}{_SAID}"
    rf"|(?:none|neither)(?: of (?:the )?(?:two|three|four|five))?(?: (?:is|are|apply"
    rf"|applies)\b.{{0,40}})?"
    rf"|none is {_TRUE}|no (?:answer|option|choice)\b.{{0,40}}"
    rf"|no {_TRUE} (?:answer|option|choice)|n\.?o\.?t\.?a\.?"
    r"|neither (?:option )?\(?[a-e]\)?\.? n?or (?:option )?\(?[a-e]\)?"
)
_ALL = (
    rf"(?:all|any|both|each|every one|either) (?:of )?(?:the )?{_WHAT}{_SAID}"
    rf"|(?:all|any|both)(?: of (?:the )?(?:two|three|four|five))?(?: (?:is|are|apply)\b.{{0,40}})?"
    r"|(?:all|both) (?:can|may|will) (?:be|occur|happen)|a\.?o\.?t\.?a\.?"
)
_DE = (
    r"(?:der |von den |dieser |diese |die |dies )*(?:oben |hier |zuvor |vorher )?"
    r"(?:(?:genannt|aufgeführt|angegeben|angeführt|obig|vorgenannt|ander|davon|Antwort|Aussage"
    r"|Möglichkeit|Option|Alternative)\w* ?)+(?:(?:ist|sind|trifft|treffen) .{1,30})?"
)
_FR = (
    r"(?:des |de ces |de |les |ces )*(?:(?:réponse|proposition|option|affirmation|choix|item|énoncé"
    r"|précédente?|proposée?|citée?|mentionnée?|donnée?|indiquée?)s? ?|ci-dessus ?)+"
    r"(?:(?:n['’]est|ne|est|sont) .{1,30})?"
)
_ES = (
    r"(?:de las |de los |de estas |de estos |de |las |los |estas )*(?:(?:respuesta|opci[oó]n"
    r"|opcione|afirmaci[oó]n|afirmacione|alternativa|anterior|anteriore|mencionad[oa]|citad[oa]|indicad[oa]"
    r"|señalad[oa])s? ?)+(?:(?:es|son) .{1,30})?"
)
_NONE_ELSEWHERE = (
    rf"keine?[rs]? {_DE}|nichts (?:davon|von (?:alledem|dem Genannten))|weder noch"
    rf"|aucune? {_FR}|rien de tout cela|ni l['’]une? ni l['’]autre"
    rf"|ningun[oa] {_ES}|nada de lo anterior|ni un[oa] ni otr[oa]"
)
_ALL_ELSEWHERE = (
    rf"(?:alle|alles|sämtliche|beide) {_DE}|tou(?:te)?s (?:les deux )?{_FR}|les deux {_FR}"
    rf"|(?:tod[oa]s|ambas|ambos) {_ES}|todo lo anterior"
)
META = re.compile(
    rf"^\W*(?:[a-f][.):] )?(?:(?P<none>{_NONE}|{_NONE_ELSEWHERE})"
    rf"|(?P<all>{_ALL}|{_ALL_ELSEWHERE}))\W*$",
    re.IGNORECASE,
)

_SIGN = r"['\"(]?(?:[a-f]|i{1,3}|iv|v|vi|[1-9])['\")]?"
SIGNS = frozenset((*"abcdef", "i", "ii", "iii", "iv", "v", "vi", *"0123456789"))
"""The words by which an option may name another."""
_NAMED = r"(?:options?|answers?|statements?|choices?|nos?\.?) ?"
_JOIN = r"(?: ?[,;&+/] ?(?:(?:and|or|nor|&) )?| (?:and|or|nor) | )"
# `both A and B`, `I, II and III only`, `1, 3 are correct`
COMBINED = re.compile(
    rf"^(?!\d+ ?[/+,] ?\d+\W*$)(?:(?:only|both|neither|either|all of"
    rf"|all) )*(?:{_NAMED})?(?P<first>{_SIGN})"
    rf"(?P<more>(?:{_JOIN}(?:{_NAMED})?{_SIGN})+)(?: only| alone)?(?: (?:is|are)\b.{{0,20}})?\W*$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\d(?: ?, ?\d)+\W*$")
LONE = re.compile(
    rf"^(?:only (?:{_NAMED})?{_SIGN}|(?:{_NAMED})?{_SIGN} (?:only|alone))(?: is\b.{{0,20}})?\W*$",
    re.IGNORECASE,
)
LETTERS = re.compile(r"(?<![A-Za-z])[A-Fa-f](?![A-Za-z])")
_PARTS = re.compile(r",? and |,? or |,? nor |, | & | plus ")
_JOINTS = (" and ", " or ", " nor ", ", ", " & ", " plus ")
_ROUND = re.compile(r"^(?:both|neither|either|only|all of) |(?: only| alone)?[.;]?$")


def kind(text: str) -> Kind | None:
    """`none` or `all` for an option that says that of the others, in normalised text."""
    found = META.match(text) if len(text) < 120 else None
    if found is None:
        return None
    return "none" if found["none"] else "all"


def combines(text: str) -> bool:
    """Whether an option joins others by their letters or numbers: `A and B`, `I, III only`."""
    return bool(COMBINED.match(text) or NUMBERED.match(text))


def joins(text: str, number: int) -> bool:
    """Whether option `number` names all before it by their letters: `A, B and C are correct`."""
    if number < 2 or not COMBINED.match(text):
        return False
    named = sorted(sign.upper() for sign in LETTERS.findall(text))
    return named == [letter(place) for place in range(number)]


def lone(text: str) -> bool:
    """Whether it is one sign set apart from combinations: `II only`."""
    return bool(LONE.match(text))


def signs(text: str) -> bool:
    """Whether it is made of the signs of others: `A and B`, `II only`."""
    return combines(text) or lone(text)


def refers(text: str) -> bool:
    """Whether an option speaks of others, so that its place and theirs have to stay."""
    return kind(text) is not None or signs(text)


def spelled(texts: Sequence[str]) -> int | None:
    """The first option that joins others in their own words: `speed`, `mass`, `speed and mass`."""
    every = "\n".join(texts).lower()
    if not any(sign in every for sign in _JOINTS):
        return None
    bare = [_ROUND.sub("", text.strip()) for text in every.split("\n")]
    for number, text in enumerate(bare):
        parts = _PARTS.split(text)
        if len(parts) > 1 and all(part in bare and part != text for part in parts):
            return number
    return None


def staying(texts: Sequence[str], keep: Sequence[bool], said: str = "") -> frozenset[int]:
    """The options that keep their place when others are mixed, by their numbers.

    Those that are to, and `None of these`. All of them, where letters name them, in an option or
    in what is `said` of the question, or where they are numbers in order.
    """
    every = range(len(texts))
    named = any(signs(text) for text in texts) or _names_letters(said, len(texts))
    if named or _rises(texts):
        return frozenset(every)
    above = any(ABOVE.search(text) and kind(text) for text in texts[:-1])
    if above:
        return frozenset(every)
    return frozenset(n for n in every if keep[n] or kind(texts[n]))


ABOVE = re.compile(r"\b(?:above|below)\b", re.IGNORECASE)
SAID = re.compile(
    r"\b(?:options?|answers?|choices?) \(?([A-H])\)?(?![\w'’-])"
    r"|(?<![\w.-])(?<!itamin )\(?([A-H])\)? (?:and [A-H] )?(?:is|are) "
    r"(?:the |both )*(?:right|correct|true|wrong|false|incorrect|best)\b"
)
NUMBER = re.compile(r"^[<>≤≥~≈]?\s*([-+−]?\d+(?:[.,]\d+)*)")


def _names_letters(said: str, count: int) -> bool:
    """Whether a text speaks of an option by its letter."""
    letters = {one for found in SAID.finditer(said) for one in found.groups() if one}
    return any(one in map(letter, range(count)) for one in letters)


def _rises(texts: Sequence[str]) -> bool:
    """Whether options are numbers that rise or fall; those about others do not count."""
    found = [NUMBER.match(text.strip()) for text in texts if not kind(text)]
    if len(found) < 2 or not all(found):
        return False
    sizes = [float(one[1].replace(",", "").replace("−", "-")) for one in found if one]
    return sizes in (sorted(sizes), sorted(sizes, reverse=True))
