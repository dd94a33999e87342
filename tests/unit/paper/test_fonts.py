"""Signs that no font has are named before an exam is printed; a course may name its own font."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from viva.assignments import load_all
from viva.base.cache import Cache
from viva.base.refused import Refused
from viva.paper import fonts, write
from viva.site.site import Site
from viva.theme import Theme

WEEK = """\
title: Week 1
private:
  - {id: q-one, type: numeric, stem: "How many?", answer: 4}
  - id: q-two
    type: single
    stem: Which is 心?
    options: [{text: Heart, correct: true, why: "The sign is 心."}, {text: "Lung 🫁", why: No.}]
"""
OTHER = "site_name: T\nplugins: [{viva: {print: {font: %s}}}]\n"


@pytest.fixture
def made(make_course, tmp_path):
    """The documents of the exam, with some settings."""

    def make(week: str = WEEK, settings: str = "site_name: T\n", formats=("pdf",)):
        read = make_course({"quizzes/assignments/week-1.yml": week, "mkdocs.yml": settings})
        (found,), problems = load_all(read)
        assert not (problems or read.problems), (problems, read.problems)
        site = Site(read, Theme(None), Cache(tmp_path / ".cache"))
        return dict(write.documents(found, site, write.Copies(formats=formats)))

    return make


def test_signs_that_no_font_has_are_named_with_their_question(made):
    with pytest.raises(Refused) as refused:
        made()
    assert "question 2: 心 (U+5FC3), 🫁 (U+1FAC1) (name a font" in str(refused.value)
    assert "print: {font: " in str(refused.value) and "question 1" not in str(refused.value)


def test_word_finds_its_own_fonts(made):
    assert len(made(formats=("docx",))) == 3


@pytest.mark.parametrize("sign", "äß½≥→αДµ²₂×±°–“”…♀♂◯")
def test_what_exams_need_is_there(sign):
    assert fonts.missing([sign], fonts.Fonts()) == []


def test_what_is_there_and_what_is_not_are_told_apart():
    assert fonts.missing(["Aα\u0301→漢\u200b字", "漢"], fonts.Fonts()) == ["字", "漢"]


def test_a_font_of_the_course_is_used(made, tmp_path):
    plain = WEEK.replace("心", "heart").replace(" 🫁", "")
    pdf = tmp_path / "exam.pdf"
    named = {"New Computer Modern": "NewCM", "[DejaVu Sans Mono, New Computer Modern]": "DejaVu"}
    for name, wanted in named.items():
        pdf.write_bytes(made(plain, OTHER % name)["week-1-A-exam.pdf"])
        first = PdfReader(pdf).pages[0]["/Resources"]["/Font"]
        used = {str(one.get_object()["/BaseFont"]) for one in first.values()}
        assert any(wanted in one for one in used), used


def test_a_font_that_is_not_there_is_refused(made):
    with pytest.raises(Refused, match=r"there is no font New Computer Moderm .*did you mean New Computer"):
        made(WEEK, OTHER % "New Computer Moderm")


def test_a_setting_that_is_no_font_is_a_problem(make_course):
    read = make_course({"mkdocs.yml": "site_name: T\nplugins: [{viva: {print: {fount: X}}}]\n"})
    assert any("fount" in one.message for one in read.problems), read.problems


def test_a_language_of_other_letters_takes_the_first_of_its_fonts_that_is_there(make_course, monkeypatch):
    read = make_course({"mkdocs.yml": "site_name: T\ntheme: {language: hi}\n"})
    monkeypatch.setitem(fonts.USUAL, "hi", ("Not There", "New Computer Modern", "Libertinus Serif"))
    found = fonts.of(read.layout)
    assert found.names == ("New Computer Modern",) and found.example == "Not There"
    monkeypatch.setitem(fonts.USUAL, "hi", ("Not There",))
    assert fonts.of(read.layout).names == ()


def test_letters_that_have_to_be_joined_are_missing_where_nothing_joins_them():
    assert fonts.missing(["कa"], fonts.Fonts()) == ["क"]


def test_a_long_row_of_missing_signs_is_cut(made):
    with pytest.raises(Refused) as refused:
        made(WEEK.replace("心", "心肝脾肺腎胃腸胆膵骨"))
    assert str(refused.value).count("U+") == fonts.MOST_SIGNS
