"""What a translation breaks is told at its line of its `.po` file, before anything is built."""

from __future__ import annotations

import pytest

from viva.base.problems import in_order
from viva.cli import checked
from viva.course.layout import Layout

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
SETTINGS = "site_name: Course\nplugins:\n  - viva: {translations: [de]}\n"
PAGE = "---\ndescription: What it is about.\n---\n# Heart\n\nIt beats [once](index.md) a second [@key].\n\n**It has** four valves.\n"
SOURCES = "@book{key, title = {Heart}, author = {A B}, year = {2000}, publisher = {C}}\n"
BANK = """title: Heart
questions:
  - id: gap
    type: cloze
    stem: How many are there?
    text: It has {many} valves.
    gaps: [{id: many, accept: [four]}]
  - id: valve
    type: single
    stem: Which is on the left?
    options:
      - {text: Mitral, correct: true, why: It is.}
      - {text: Tricuspid, why: It is not.}
"""
BEATS = "It beats [once](index.md) a second [@key]."
OPTIONS = {
    "valve.stem": ("Which is on the left?", "Welche ist links?"),
    "valve.options.1.text": ("Mitral", "Mitralklappe"),
    "valve.options.1.why": ("It is.", "Ja."),
    "valve.options.2.text": ("Tricuspid", "Mitralklappe"),
    "valve.options.2.why": ("It is not.", "Nein."),
}


def catalogue(texts: dict[str, tuple[str, str]]) -> str:
    entries = (f'msgctxt "{name}"\nmsgid "{said}"\nmsgstr "{told}"\n' for name, (said, told) in texts.items())
    return "\n".join((HEAD, *entries))


@pytest.fixture
def check(tmp_path, monkeypatch):
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": PAGE,
        "docs/references.bib": SOURCES,
        "quizzes/heart.yml": BANK,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)

    def problems(name: str, texts: dict[str, tuple[str, str]]) -> list[str]:
        (tmp_path / name).write_text(catalogue(texts), "utf-8")
        found = in_order(checked.check(Layout.of(tmp_path)).mistakes)
        return [str(one) for one in found if one.severity == "error" or one.code == "TR003"]

    return problems


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Es schlägt [einmal](nowhere.md) je Sekunde [@key].", "the link nowhere.md leads nowhere"),
        ("Es schlägt [einmal](index.md) je Sekunde [@kay].", "[@kay] is not in docs/references.bib"),
        ("Es schlägt $\\\\frac{1}$ je Sekunde [@key].", "the formula cannot be read"),
    ],
)
def test_what_a_page_says_wrongly_in_the_other_language(check, said, wrong):
    (found,) = check("docs/index.de.po", {"#heart": (BEATS, said)})
    assert found.startswith(f"docs/index.de.po:6:1: {wrong}")


def test_a_gap_that_was_lost(check):
    texts = {"gap.stem": ("How many are there?", "Wie viele sind es?"), "gap.text": ("It has {many} valves.", "Es hat Klappen."), "gap.gaps.1.accept.1": ("four", "vier")}
    (found,) = check("quizzes/heart.de.po", texts)
    assert found.startswith("quizzes/heart.de.po:10:1: the text has no {many}")


def test_two_options_that_became_one(check):
    (found,) = check("quizzes/heart.de.po", OPTIONS)
    assert found.startswith("quizzes/heart.de.po:") and "'Mitralklappe' is there twice" in found


def test_what_is_wrong_already_is_told_of_the_original_alone(check, tmp_path):
    bank = tmp_path / "quizzes/heart.yml"
    bank.write_text(bank.read_text("utf-8") + "titel: x\n", "utf-8")
    found = check("docs/index.de.po", {"#heart": (BEATS, "Es schlägt.")})
    assert [one.split(":")[0] for one in found] == ["quizzes/heart.yml"]


def test_a_mended_translation_is_looked_at_again(check):
    assert check("docs/index.de.po", {"#heart": (BEATS, "Es schlägt [@kay].")})
    assert check("docs/index.de.po", {"#heart": (BEATS, "Es schlägt [@key].")}) == []


def test_a_translation_of_no_page(check):
    (found,) = check("docs/gone.de.po", {"#heart": ("It beats.", "Es schlägt.")})
    assert found.startswith("docs/gone.de.po:1:1: this translates no page")
