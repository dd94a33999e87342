"""Questions of a course in another language: they leave, and come back, with its words."""

from __future__ import annotations

import json

import pytest

from viva.base.words import of
from viva.course import courses
from viva.exchange import export, importing
from viva.exchange.limits import Incoming

BANK = """title: Herz
questions:
  - id: pumpe
    type: true-false
    stem: Was stimmt?
    statements:
      - {text: Das Herz pumpt., answer: true, why: Es ist ein Muskel.}
      - {text: Das Herz denkt., answer: false, why: Das tut das Gehirn.}
    references: [a2020]
  - id: name
    type: short-answer
    stem: Wie heißt die große Schlagader?
    answer: Aorta
    accept: [Aorta, Hauptschlagader]
"""
BIB = "@article{a2020, author = {A, B}, title = {T}, journal = {J}, year = {2020}}\n"
SETTINGS = "site_name: Kurs\ntheme: {name: material, language: de}\nplugins: [viva]\n"


@pytest.fixture
def german(tmp_path):
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Kurs\n",
        "docs/references.bib": BIB,
        "quizzes/herz.yml": BANK,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    from viva.course.layout import Layout

    return courses.load(Layout.of(tmp_path))


def test_what_students_read_elsewhere_is_in_their_language(german):
    made, tally = export.export(german, german.banks, export.named("moodle-xml"))
    text = made.decode()
    for said in ("Richtig", "Falsch", "Musterantwort: Aorta", "Literatur"):
        assert said in text, said
    for english in ("True", "False", "Model answer", "References"):
        assert english not in text, english
    told = [of("de").tell(one.told) for one in tally.losses]
    assert any("verzeiht keine Tippfehler" in one for one in told), told


def test_and_comes_back_as_it_was(german, tmp_path):
    made, _ = export.export(german, german.banks, export.named("moodle-xml"))
    desk = importing.desk_for(german, "zurueck", lambda: None)
    _, read = importing.taken(Incoming("a.xml", made), None, desk)
    made = importing.composing.compose(read, "zurueck", german, "", desk)
    data = {one.asked.source: one.data for one in made.made}
    both = json.dumps(list(data.values()), ensure_ascii=False)
    assert '"answer": true' in both and '"answer": false' in both
    assert "Musterantwort" not in both and "Literatur" not in both
