"""The words of the interface: nothing is left out of a language, and what is said is said rightly."""

from __future__ import annotations

import ast
import json
import pickle
import re
from datetime import datetime

import pytest
from babel.messages.pofile import read_po

import words as tool
from viva.base.words import ENGLISH, Listed, Percent, Said, count, kept, of, say
from viva.base.words.catalogue import HERE, languages
from viva.base.words.scripts import calls, translated
from viva.site.render import environment_of

GERMAN, ARABIC, POLISH = of("de"), of("ar"), of("pl")
AWAITED = set[str]()
"""Languages that are not complete yet. Gets shorter."""
PLACE = re.compile(r"\{(\w+)\}")
SOURCES = [
    path
    for path in sorted(tool.VIVA.rglob("*"))
    if path.suffix in (".js", ".py") and not set(tool.NOT_OURS) & set(path.parts)
]


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


@pytest.fixture(scope="module")
def wanted():
    return tool.template()


def test_the_template_has_every_message(wanted):
    assert tool.TEMPLATE.read_bytes() == tool.written(wanted), "run make words"


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_message(wanted, language):
    path = languages()[language]
    assert path.read_bytes() == tool.updated(path, wanted), "run make words"
    with path.open("rb") as file:
        found = [one for one in read_po(file, locale=path.stem) if one.id]
    assert [one.id for one in found if one.fuzzy] == []
    open_ = [one.id for one in found if not (all(one.string) if one.pluralizable else one.string)]
    assert open_ == [] or language in AWAITED


@pytest.mark.parametrize("language", languages())
def test_places_agree(language):
    with languages()[language].open("rb") as file:
        for one in read_po(file):
            ids = one.id if one.pluralizable else (one.id,)
            forms = one.string if one.pluralizable else (one.string,)
            known = places(" ".join(ids))
            for form in filter(None, forms if one.id else ()):
                assert places(form) <= known, one.id
                assert known - places(form) <= ({"n"} if one.pluralizable else set()), one.id


def test_every_course_language_is_there():
    others = {"de", "fr", "es", "pt-BR", "it", "nl", "pl", "tr", "ar", "fa", "hi", "zh", "ja"}
    assert others <= set(languages())


def given(path):
    """Every call of a module that says something: its name, its arguments, its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or tool._name(node) not in tool.TEXTS:
            continue
        texts = [one for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if len(texts) >= tool.TEXTS[tool._name(node)]:
            yield node, " ".join(one.value for one in texts)


def test_every_call_gives_what_its_message_has_places_for():
    """A message without values is a text to fill in later."""
    wrong = []
    for path in SOURCES:
        for node, text in given(path) if path.suffix == ".py" else ():
            named = {one.arg for one in node.keywords}
            named |= {"n"} if tool._name(node) == "count" else set()
            if named and None not in named and named != places(text) | (named & {"n"}):
                wrong.append(f"{path.name}:{node.lineno}: {text}")
    assert wrong == []


OF_VIVA = re.compile(r'viva\.(?:say|within)\((?!\s*")')
TAKEN = re.compile(r"\{[^}]*\bsay\b[^}]*\} = window\.viva")
OF_ITS_OWN = re.compile(r'(?<![\w.])say\((?!\s*"|words\)|\))')


def test_a_script_says_literals():
    """`leaf.say(words)` announces; `say(…)` of viva takes a literal, so that it can be found."""
    found = []
    for path in SOURCES:
        text = path.read_text("utf-8") if path.suffix == ".js" else ""
        taken = TAKEN.search(text)
        for line in text.splitlines():
            if OF_VIVA.search(line) or (taken and OF_ITS_OWN.search(line)):
                found.append(f"{path.name}: {line.strip()}")
    assert found == []


SCRIPTS = [path for path in SOURCES if path.suffix == ".js"]
COMMENT = re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", re.S)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SENTENCE = re.compile(r"^[A-Z][a-z]+(?: [a-z]|\.$)|[a-z] [a-z]+\.$|\} [a-z]+ (?:[a-z]|\$\{)")
"""What somebody would read: “Choose an answer”, “Right.”, “${n} of ${total}”."""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_script_has_no_words_beside_its_messages(path):
    script = COMMENT.sub("", path.read_text("utf-8"))
    for one in calls(script):
        for text in one.texts:
            script = script.replace(json.dumps(text, ensure_ascii=False), "")
    found = ["".join(one) for one in LITERAL.findall(script)]
    assert [text for text in found if SENTENCE.search(text) and "<" not in text] == []


# Saying


def test_a_message_is_said_in_english_without_a_catalogue():
    assert ENGLISH.say("Step {n} of {total}", n=1, total=3) == "Step 1 of 3"
    assert [ENGLISH.count("{n} gap", "{n} gaps", n) for n in (0, 1, 2)] == ["0 gaps", "1 gap", "2 gaps"]


def test_and_in_another_language():
    assert GERMAN.say("Step {n} of {total}", n=1, total=3) == "Schritt 1 von 3"
    assert [GERMAN.count("{n} gap", "{n} gaps", n) for n in (1, 2)] == ["1 Lücke", "2 Lücken"]
    assert GERMAN.say("Nobody has translated {this}", this=1) == "Nobody has translated 1"


def test_text_that_was_said_in_english_is_told_anew():
    said = say("Step {n} of {total}", n=1, total=say("Exam"))
    assert said == "Step 1 of Exam" and isinstance(said, str)
    assert GERMAN.tell(said) == "Schritt 1 von Prüfung"
    assert GERMAN.tell(pickle.loads(pickle.dumps(said))) == "Schritt 1 von Prüfung"
    assert GERMAN.tell(count("{n} gap", "{n} gaps", 2)) == "2 Lücken"
    assert GERMAN.tell("typed by an author") == "typed by an author"
    assert str(say("{items}", items=Listed(("A", "B", "C"), "or"))) == "A, B or C"


def test_what_a_value_says_is_not_filled_in_again():
    assert ENGLISH.say("{a} {b}", a="{b}", b="x") == "{b} x"


@pytest.mark.parametrize(
    ("language", "number", "half", "day", "listed"),
    [
        ("en", "−1234.5", "50\u00a0%", "22 November 2026", "A, B and C"),
        ("de", "−1234,5", "50\u00a0%", "22. November 2026", "A, B und C"),
        ("fr", "−1234,5", "50\u00a0%", "22 novembre 2026", "A, B et C"),
        ("tr", "−1234,5", "%50", "22 Kasım 2026", "A, B ve C"),
        ("ja", "−1234.5", "50%", "2026年11月22日", "A、B、C"),
    ],
)
def test_numbers_days_and_lists(language, number, half, day, listed):
    words = of(language)
    assert words.number(-1234.5) == number
    assert words.percent(0.5) == half
    assert words.day("2026-11-22") == day
    assert words.listed("ABC") == listed


def test_arabic_and_persian_have_their_own_digits_and_direction():
    assert (ARABIC.direction, of("fa").direction, GERMAN.direction) == ("rtl", "rtl", "ltr")
    assert ARABIC.number(12.5) == "١٢٫٥" and of("fa").number(12.5) == "۱۲٫۵"
    assert "٢٠٢٦" in ARABIC.day("2026-11-22") and "۲۰۲۶" in of("fa").day("2026-11-22")


def test_digits_behind_the_point():
    assert [ENGLISH.number(2, 1, 1), ENGLISH.number(2.25, 1), ENGLISH.number(2.0, 1)] == ["2.0", "2.2", "2"]
    assert [GERMAN.number(2, 1, 1), GERMAN.number(2.25, 1), GERMAN.number(2.0, 1)] == ["2,0", "2,2", "2"]
    assert ENGLISH.number(15.0) == GERMAN.number(15.0) == "15"


def test_a_day_that_is_none_is_as_it_was():
    assert ENGLISH.day("soon") == "soon"
    assert GERMAN.day(datetime(2026, 12, 1, 18, 5)) == "1. Dezember 2026, 18:05"


def test_a_language_is_found_by_its_tag():
    assert of("de-AT").say("Exam") == "Prüfung"
    assert of("xx") is ENGLISH and of("zh-TW") is ENGLISH
    assert of("pt").language == "pt" and of("pt").catalogue.digest == of("pt-BR").catalogue.digest


def test_templates_escape_what_is_no_html():
    environment = environment_of(tool_loader(), GERMAN)
    made = environment.from_string(
        '{% set x %}<b>1</b>{% endset %}{{ say("Step {n} of {total}", n=x, total="<3>") }} {{ given }}'
    ).render(given=say("Exam"))
    assert made == "Schritt <b>1</b> von &lt;3&gt; Prüfung"


def tool_loader():
    from jinja2 import DictLoader

    return DictLoader({})


# Scripts


def test_the_messages_of_a_script_are_found():
    script = 'say("One."); other.count(items, f); viva.count("{n} a", "{n} b", n)\nwithin("x", "Open")'
    found = [(one.name, one.texts, one.line) for one in calls(script)]
    assert found == [("say", ("One.",), 1), ("count", ("{n} a", "{n} b"), 1), ("within", ("x", "Open"), 2)]


def test_a_script_is_published_in_a_language():
    made = translated('say("Exam") + count("{n} gap", "{n} gaps", 3, {}) + say("Locked.", {})', GERMAN)
    forms = '{"other": "{n} Lücken", "one": "{n} Lücke"}'
    assert made == f'say("Prüfung") + count({forms}, "", 3, {{}}) + say("Festgelegt.", {{}})'
    assert translated('say("Exam")', ENGLISH) == 'say("Exam")'


def test_said_is_text():
    assert isinstance(say("Exam"), Said) and say("Exam").upper() == "EXAM" and HERE.is_dir()


def test_what_was_said_is_kept_as_json():
    """A cache gives back what any language can tell anew."""
    values = {"why": say("Exam"), "items": Listed(("A", say("Exam")), "or"), "at": Percent(0.5)}
    said = count("{n} gap: {why} {items} {at}", "{n} gaps: {why} {items} {at}", 2, **values)
    again = kept.value(json.loads(json.dumps(kept.data(said))))
    assert again == said and (again.plural, dict(again.values)) == (said.plural, dict(said.values))
    assert GERMAN.tell(again) == GERMAN.tell(said) == "2 gaps: Prüfung A oder Prüfung 50\u00a0%"
    assert [kept.value(kept.data(one)) for one in ("x", 1.5, None, HERE)] == ["x", 1.5, None, str(HERE)]


JINJA = re.compile(r"\{#.*?#\}|\{[%{].*?[%}]\}|<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HEARD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
COEFFICIENTS, STYLE = {"KR-20", "SEM"}, "sheet.html"
"""The same in every language, and a template that holds a style alone."""


def test_no_template_has_words_that_are_no_message():
    found = {}
    for path in sorted(tool.VIVA.rglob("*.html")):
        text = JINJA.sub(" ", path.read_text("utf-8"))
        said = " ".join([TAG.sub(" ", text), *HEARD.findall(text)]).split()
        left = [word for word in said if re.search(r"[A-Za-z]{3}", word) and word not in COEFFICIENTS]
        if left and path.name != STYLE:
            found[path.name] = left
    assert found == {"progress.html": ["python3", "http.server", "--bind"]}
