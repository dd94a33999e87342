"""Words that rules look for, in the languages other than English that they know.

The lists are short on purpose: what is found there is said as a remark, for nobody has measured yet
how often it is right. A language that is not here has no words, and its rules stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Words = Mapping[str, re.Pattern[str]]


def _either(*lists: str) -> re.Pattern[str]:
    """A pattern of any of these words, each with what may follow its stem."""
    return re.compile(rf"\b({'|'.join(' '.join(lists).split())})\b", re.IGNORECASE)


ABSOLUTE: Words = {
    "de": _either(
        "immer stets niemals nie ausnahmslos ausschlie(?:ß|ss)lich vollst[äa]ndig völlig",
        "vollkommen unmöglich zwangsläufig unweigerlich nur sämtliche alle[nrs]? jede[mnrs]?",
        "keine[mnrs]? muss müssen",
    ),
    "fr": _either(
        "toujours jamais invariablement absolument totalement entièrement complètement",
        "exclusivement impossible inévitablement uniquement seulement tous toutes",
        "aucune? doit doivent",
    ),
    "es": _either(
        "siempre nunca jamás invariablemente absolutamente totalmente completamente exclusivamente",
        "imposible inevitablemente s[oó]lo únicamente todos todas ning[uú]n ningun[oa] debe deben",
    ),
}
VAGUE: Words = {
    "de": _either(
        "gewöhnlich meist meistens oft häufig manchmal gelegentlich selten mitunter üblicherweise",
        "normalerweise typischerweise wahrscheinlich vermutlich möglicherweise in\\sder\\sRegel",
    ),
    "fr": _either(
        "habituellement souvent fréquemment parfois rarement occasionnellement généralement",
        "typiquement probablement peut-être",
    ),
    "es": _either(
        "habitualmente frecuentemente raramente ocasionalmente generalmente normalmente",
        "típicamente probablemente posiblemente a\\smenudo con\\sfrecuencia a\\sveces rara\\svez",
    ),
}
HARMLESS: Words = {
    "de": re.compile(
        r"nicht nur|nicht-\w+|falsch[- ](?:positiv|negativ)\w*|ob oder nicht"
        r"|kein(?:e[mnrs]?)? einzige\w*"
        r"|(?<=,) ?(?:der|die|das|dem|den|wenn|weil|da|obwohl|falls|sofern)\b[^,?]*,",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"pas seulement|faux[- ](?:positif|négatif)s?|fausse[- ](?:route|couche)s?"
        r"|(?<=,) ?(?:qui|que|dont|lorsque|quand|si|car|bien que)\b[^,?]*,",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"no s[oó]lo|fals[oa]s? (?:positiv|negativ)[oa]s?"
        r"|(?<=,) ?(?:que|quien|cuando|si|porque|aunque)\b[^,?]*,",
        re.IGNORECASE,
    ),
}
"""What has a negative word and turns no question round."""
NEGATIVE: Words = {
    "de": re.compile(
        r"\b(nicht|kein(?:e[mnrs]?)?|niemals|außer|ausser|ausgenommen|mit Ausnahme|am wenigsten"
        r"|falsch(?:e[mnrs]?)?|unzutreffend(?:e[mnrs]?)?|inkorrekt(?:e[mnrs]?)?)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:ne|n['’])\W?.{0,40}?\b(pas|jamais|aucune?)\b"
        r"|\b(sauf|excepté|à l['’]exception|le moins|la moins"
        r"|faux|fausses?|incorrecte?s?|inexacte?s?|erronée?s?)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(no|nunca|excepto|salvo|menos (?:probable|frecuente|adecuad[oa])"
        r"|fals[oa]s?|incorrect[oa]s?|erróne[oa]s?)\b",
        re.IGNORECASE,
    ),
}
