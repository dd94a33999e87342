"""Rules that know words know those of four languages, and are silent, not wrong, in all others."""

from __future__ import annotations

import pytest

from viva.bank import others
from viva.lint import check

NONE = [
    "Keine der genannten Antworten", "Keine der oben aufgeführten Möglichkeiten ist richtig", "Keine davon",
    "Aucune des réponses ci-dessus", "Aucune de ces propositions n’est exacte", "Aucune réponse",
    "Ninguna de las anteriores", "Ninguna opción es correcta", "Nada de lo anterior",
]  # fmt: skip
ALL = [
    "Alle genannten Antworten", "Alle Aussagen sind richtig", "Beide Antworten treffen zu",
    "Toutes ces réponses", "Toutes les réponses ci-dessus sont exactes", "Les deux propositions",
    "Todas las anteriores", "Todas las respuestas son correctas", "Ambas opciones",
]  # fmt: skip
NEITHER = [
    "Keine Schmerzen", "Alle drei Monate", "Beide Nieren", "Nichts", "Keine Antwort des Knochenmarks auf Eisen bei Anämie in der Schwangerschaft",
    "Aucune douleur", "Tous les mois", "Les deux reins", "Toutes les artères",
    "Ninguna fractura", "Todos los meses", "Ambos riñones",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_none_of_the_others_is_known(text):
    assert others.kind(text) == "none"


@pytest.mark.parametrize("text", ALL)
def test_all_of_the_others_is_known(text):
    assert others.kind(text) == "all"


@pytest.mark.parametrize("text", NEITHER)
def test_an_amount_of_something_is_no_option_about_options(text):
    assert others.kind(text) is None


def found(make_course, language: str, stem: str, *options: str) -> dict[str, str]:
    """What is said about a question of a course in a language: the codes of words, with severity."""
    listed = "".join(f"      - text: {text}\n        why: W.\n" for text in options)
    bank = (
        f"title: Bank\nquestions:\n  - id: q\n    type: single\n    stem: {stem}\n    options:\n"
        f"{listed}        correct: true\n"
    )
    settings = f"site_name: C\ntheme: {{name: material, language: {language}}}\n"
    course = make_course({"quizzes/bank.yml": bank, "mkdocs.yml": settings})
    codes = ("ST101", "ST102", "OP201", "OP202", "OP209", "OP210")
    return {p.code: p.severity for p in check(course) if p.path == "quizzes/bank.yml" and p.code in codes}


PLAIN = ("Femur", "Fibula", "Tibia")


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("de", "Welcher Muskel wird nicht vom Nervus medianus versorgt?"),
        ("de-AT", "Welche der folgenden Aussagen ist falsch?"),
        ("de", "Alle folgenden Knochen gehören zum Bein, außer welchem?"),
        ("fr", "Quel muscle n’est pas innervé par le nerf médian ?"),
        ("fr", "Laquelle de ces propositions est fausse ?"),
        ("es", "¿Qué músculo no está inervado por el nervio mediano?"),
        ("es", "¿Cuál de las siguientes afirmaciones es falsa?"),
    ],
)
def test_a_quiet_negative_is_a_remark(make_course, language, stem):
    assert found(make_course, language, stem, *PLAIN) == {"ST102": "info"}


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("de", "Welcher Wert spricht für ein falsch-positives Ergebnis?"),
        ("de", "Welches nichtsteroidale Antirheumatikum passt zu ihr?"),
        ("de", "Was hilft einem Patienten, der nicht schlafen kann, am ehesten?"),
        ("de", "Welcher Muskel wird **NICHT** vom Nervus medianus versorgt?"),
        ("fr", "Que signifie un résultat faux positif ?"),
        ("es", "¿Qué explica un falso negativo?"),
        ("it", "Quale muscolo non è innervato dal nervo mediano?"),
        ("ja", "正中神経に支配されないのはどれか？"),
        ("pl", "Który mięsień nie jest unerwiony przez nerw pośrodkowy?"),
    ],
)
def test_what_is_no_quiet_negative_or_not_known_is_left_alone(make_course, language, stem):
    assert found(make_course, language, stem, *PLAIN) == {}


@pytest.mark.parametrize(
    ("language", "options", "said"),
    [
        ("de", ("Femur", "Tut immer weh", "Tibia"), {"OP209"}),
        ("de", ("Femur", "Keine der genannten", "Tibia"), {"OP201"}),
        ("de", ("Femur", "Meistens nachts", "Tibia"), {"OP210"}),
        ("fr", ("Fémur", "Toutes ces réponses", "Tibia"), {"OP202"}),
        ("fr", ("Fémur", "Souvent la nuit", "Jamais la nuit"), {"OP209", "OP210"}),
        ("es", ("Fémur", "Ninguna de las anteriores", "A veces de noche"), {"OP201", "OP210"}),
        ("es", ("Fémur", "Siempre de noche", "Tibia"), {"OP209"}),
        ("it", ("Femore", "Sempre di notte", "Nessuna delle precedenti"), set()),
        ("tr", ("Femur", "Always at night", "Tibia"), set()),
    ],
)
def test_options_in_other_words(make_course, language, options, said):
    assert found(make_course, language, "Was?", *options) == dict.fromkeys(said, "info")
