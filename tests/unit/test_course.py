"""What one file says of another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from viva.base import net
from viva.course import courses

QUESTION = """
  - id: {id}
    type: single
    stem: S?
    options: [{{text: A, correct: true}}, {{text: B}}]
"""


def messages(course) -> list[str]:
    return [str(problem) for problem in course.problems]


def test_a_sound_course_has_no_problems(make_course):
    course = make_course()
    assert messages(course) == []
    assert (len(course.banks), course.count(), list(course.objectives)) == (1, 1, ["knee-1"])


CROSS = {
    "objective": (
        ("objective: knee-1", "objective: knee-11"),
        "quizzes/knee.yml:6:16: no module declares the objective knee-11 (did you mean knee-1?)",
    ),
    "reference": (
        ("[smith2001]", "[smyth2001]"),
        "quizzes/knee.yml:15:18: reference smyth2001 is not in docs/references.bib "
        "(did you mean smith2001?)",
    ),
    "citation in a text": (
        ("It is lateral.", "It is lateral [@smith2010]."),
        "quizzes/knee.yml:10:14: [@smith2010] is not in docs/references.bib "
        "(did you mean smith2001?)",
    ),
    "heading": (
        ("#the-two-menisci", "#the-menisci"),
        "quizzes/knee.yml:14:11: docs/modules/knee.md has no heading #the-menisci "
        "(did you mean the-two-menisci?)",
    ),
    "page": (
        ("modules/knee.md#", "modules/kne.md#"),
        "quizzes/knee.yml:14:11: there is no page docs/modules/kne.md "
        "(did you mean modules/knee.md?)",
    ),
    "module": (
        ("module: modules/knee.md", "module: modules/knie.md"),
        "quizzes/knee.yml:2:9: there is no page docs/modules/knie.md "
        "(did you mean modules/knee.md?)",
    ),
    "image": (
        ("    options:\n", "    figure: {src: a.png, alt: A}\n    options:\n"),
        "quizzes/knee.yml:8:19: there is no file docs/a.png "
        "(check the name; paths are relative to docs/)",
    ),
    "image outside the docs": (
        ("    options:\n", "    figure: {src: ../mkdocs.yml, alt: A}\n    options:\n"),
        "quizzes/knee.yml:8:19: ../mkdocs.yml is not under docs/ "
        "(put the file there; paths are relative to docs/)",
    ),
}


@pytest.mark.parametrize("name", CROSS)
def test_what_is_not_there_gets_one_message(make_course, sound_bank, name):
    (old, new), message = CROSS[name]
    assert old in sound_bank
    assert messages(make_course({"quizzes/knee.yml": sound_bank.replace(old, new)})) == [message]


def test_an_id_is_unique_in_the_course_even_in_a_step(make_course):
    case = """\
    title: Case
    questions:
      - id: a-case
        type: case
        vignette: V
        steps:
          - id: knee-bones
            type: numeric
            stem: x?
            answer: 1
    """
    assert messages(make_course({"quizzes/case.yml": case})) == [
        "quizzes/knee.yml:4:9: id knee-bones is already used at quizzes/case.yml:7 "
        "(ids are unique in the course)"
    ]


def test_cross_mistakes_are_found_in_a_broken_question_too(make_course, sound_bank):
    broken = sound_bank.replace("stem:", "stm:").replace("knee-1\n", "knee-2\n")
    assert len(messages(make_course({"quizzes/knee.yml": broken}))) == 2


def test_a_page_that_asks_for_no_known_question(make_course):
    page = (
        "# P\n\n[viva: knee-bone]\n\n[viva later: knee-bones]\n\n[viva:]\n\n```\n[viva: x]\n```\n"
    )
    assert messages(make_course({"docs/p.md": page})) == [
        "docs/p.md:3:1: there is no question knee-bone (did you mean knee-bones?)",
        "docs/p.md:5:1: unknown directive viva later (write [viva: …] or [viva before: …])",
        "docs/p.md:7:1: the directive names no question (write [viva: question-id])",
    ]


def test_a_page_that_cites_no_known_source(make_course):
    assert messages(make_course({"docs/p.md": "# P\n\nSo it is [@smith2001; @nobody].\n"})) == [
        "docs/p.md:3:23: [@nobody] is not in docs/references.bib (add it there)"
    ]


def test_objectives_are_unique(make_course, sound_bank):
    page = "---\nobjectives:\n  - {id: knee-1, text: t}\n---\n# P\n"
    assert messages(make_course({"docs/p.md": page})) == [
        "docs/p.md:3:10: objective knee-1 is declared in modules/knee.md too (rename one)"
    ]


def test_broken_front_matter_and_bibliography_are_reported(make_course):
    found = messages(
        make_course(
            {
                "docs/p.md": "---\na: b: c\n---\n# P\n",
                "docs/references.bib": "@article{a, title={x}}\n@book{a, title={y}}\n",
            }
        )
    )
    assert "docs/p.md:2:5: ': ' inside text (put the text in \"straight quotes\")" in found
    assert any(m.startswith("docs/references.bib:2:1: reference a is there twice") for m in found)


def test_all_mistakes_come_in_one_run_in_order(make_course, sound_bank):
    course = make_course(
        {
            "quizzes/a.yml": "a: b: c\n",
            "quizzes/b.yml": b"\xff",
            "quizzes/c.yml": "title: C\nquestions:\n  - {id: c, type: x}\n",
            "quizzes/knee.yml": sound_bank.replace("knee-1", "nix"),
        }
    )
    places = [(p.path, p.line) for p in course.problems]
    assert places == sorted(places)
    assert {p.path for p in course.problems} == {
        "quizzes/a.yml",
        "quizzes/b.yml",
        "quizzes/c.yml",
        "quizzes/knee.yml",
    }


SETTINGS = "site_name: Test\nmarkdown_extensions:\n  - admonition\n  - {}\n"
READ = ("modules/knee.md#the-two-menisci", "modules/knee.md#{}")


@pytest.mark.parametrize(
    ("body", "anchor"),
    [
        ("The two bones\n-------------\n", "the-two-bones"),
        ('!!! note "Box"\n\n    ### Inside a box\n', "inside-a-box"),
        ("- item\n\n    ## In a list\n", "in-a-list"),
        ("## Named {#own-name}\n", "own-name"),
        ("[text](x.md){#by-attribute}\n", "by-attribute"),
        ('<p id="raw">Raw</p>\n', "raw"),
        ("Note[^1]\n\n[^1]: Foot.\n", "fn:1"),
        ("## Twice\n\n## Twice\n", "twice_1"),
    ],
)
def test_whatever_has_an_id_on_the_page_can_be_read_again(
    make_course, sound_module, sound_bank, body, anchor
):
    files = {
        "docs/modules/knee.md": f"{sound_module}\n{body}",
        "quizzes/knee.yml": sound_bank.replace(READ[0], READ[1].format(anchor)),
    }
    assert messages(make_course(files)) == []


def test_what_is_no_heading_has_no_anchor(make_course, sound_module, sound_bank):
    files = {
        "docs/modules/knee.md": f"{sound_module}\n```\n## In code\n```\n\n<!--\n## Hidden\n-->\n",
        "quizzes/knee.yml": sound_bank.replace(*(text.format("in-code") for text in READ)),
    }
    assert [m.partition(" (")[0] for m in messages(make_course(files))] == [
        "quizzes/knee.yml:14:11: docs/modules/knee.md has no heading #in-code"
    ]


def test_anchors_follow_the_options_of_the_extensions(make_course, sound_module, sound_bank):
    slug = "toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: none}}}"
    settings = SETTINGS.format(slug)
    bank = sound_bank.replace("#the-two-menisci", "#The-two-menisci")
    assert messages(make_course({"mkdocs.yml": settings, "quizzes/knee.yml": bank})) == []


def test_headings_are_plain_text(make_course, sound_module):
    body = "## The *two* `menisci` &amp; [more](x.md)[^1]\n\n[^1]: Foot.\n"
    settings = SETTINGS.format("toc: {permalink: true}")
    course = make_course({"mkdocs.yml": settings, "docs/p.md": f"# P\n\n{body}"})
    assert list(course.pages["p.md"].headings.values()) == ["P", "The two menisci & more"]


@pytest.mark.parametrize(
    ("extension", "said"),
    [
        ("no.such.thing", "extension no.such.thing: there is no module no (install its package"),
        ("toc: {no_such: 1}", "extension toc: "),
        ("toc: {slugify: !!python/name:no.such ''}", "extension toc: there is no module no"),
    ],
)
def test_an_extension_that_cannot_be_used_is_one_problem(make_course, extension, said):
    (message,) = messages(make_course({"mkdocs.yml": SETTINGS.format(extension)}))
    assert message.startswith(f"mkdocs.yml:4:5: {said}")


def test_a_page_that_has_not_changed_is_not_converted_again(make_course, monkeypatch):
    course = make_course()
    headings = dict(course.pages["modules/knee.md"].headings)
    monkeypatch.setattr("viva.course.conversion.Converter.skeleton", None)
    assert dict(make_course().pages["modules/knee.md"].headings) == headings
    make_course({"docs/modules/knee.md": "# Another\n"})
    assert "TypeError" in str(net.caught()), "what has changed is converted"


def test_the_glossary_has_an_anchor_for_each_term(make_course, sound_bank):
    bank = sound_bank.replace("modules/knee.md#the-two-menisci", "glossary.md#term-joint-space")
    glossary = "# Glossary\n\nJoint space\n:   A gap.\n"
    files = {"docs/glossary.md": glossary, "quizzes/knee.yml": bank}
    assert messages(make_course(files)) == []


FIELDS = {
    "a list in an option": (
        ("text: Fibula", "text: |\n          Bones\n          - Fibula"),
        "9:15: a list stands in an option, which is one line of text (write it in the stem)",
    ),
    "a table in an option": (
        ("text: Fibula", "text: |\n          | a |\n          |---|\n          | b |"),
        "9:15: a table stands in an option, which is one line of text (write it in the stem)",
    ),
    "code in an option": (
        ("text: Fibula", "text: |\n          ```\n          x\n          ```"),
        "9:15: a block of code stands in an option, which is one line of text "
        "(write it in the stem)",
    ),
    "a stem without a question": (
        ("stem: Which bone is at the front?", "stem: |\n      - one\n      - two"),
        "7:11: the stem is only a list (add the question as a paragraph of its own)",
    ),
    "a heading": (
        ("why: It is lateral.", "why: |\n          ## Side\n\n          It is lateral."),
        "10:14: a heading stands in a question (write the line in **bold**)",
    ),
    "a directive": (
        ("It is lateral.", "'Say [viva: knee-bones].'"),
        "10:14: a directive asks nothing here (only pages can hold one: delete it)",
    ),
    "an image": (
        ("It is lateral.", "See ![it](media/a.png)."),
        "10:14: there is no file docs/media/a.png (check the name; paths are relative to docs/)",
    ),
    "an image outside the docs": (
        ("It is lateral.", "See ![it](../mkdocs.yml)."),
        "10:14: ../mkdocs.yml is not under docs/ (put the file there; paths are relative to docs/)",
    ),
    "a link to a page": (
        ("It is lateral.", "See [it](modules/kne.md)."),
        "10:14: there is no page docs/modules/kne.md (did you mean modules/knee.md?)",
    ),
    "a link to a heading": (
        ("It is lateral.", "See [it](modules/knee.md#the-menisci)."),
        "10:14: docs/modules/knee.md has no heading #the-menisci (did you mean the-two-menisci?)",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_cannot_stand_in_a_field_gets_one_message(make_course, sound_bank, name):
    (old, new), message = FIELDS[name]
    assert old in sound_bank
    found = messages(make_course({"quizzes/knee.yml": sound_bank.replace(old, new)}))
    assert found == [f"quizzes/knee.yml:{message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Fibula", "text: '- 5 mm'"),
        ("text: Fibula", "text: '# 3'"),
        ("text: Fibula", "text: 'A **bone**, `- x`, $x$ and ![it](modules/knee.md)'"),
        ("It is lateral.", "'`[@x]`, `[viva: x]` and `[it](none.md)`'"),
        ("It is lateral.", "See [it](modules/knee.md#knee-1), [more](https://e.org/x.md)."),
        ("It is lateral.", "See [it](self-checks/knee.md) and [that](modules/knee.md#knee-bones)."),
        (
            "why: It is lateral.",
            "why: |\n          Signs:\n          - one\n\n          | a |\n          |---|",
        ),
        ("why: It is lateral.", "why: |\n          #NOF is common.\n          It is."),
        ("stem: Which", "stem: |\n      - one\n      - two\n\n      Which"),
    ],
)
def test_what_can_stand_in_a_field_is_no_problem(make_course, sound_bank, old, new):
    assert old in sound_bank
    assert messages(make_course({"quizzes/knee.yml": sound_bank.replace(old, new)})) == []


def test_nothing_scans_the_text_of_pages_for_what_the_converter_knows():
    """A pattern for headings or fences would be a second truth; fields have rules of their own.

    `literal` is a part of the converter, and `typed` judges what the converter has made.
    """
    wing = Path(courses.__file__).parent
    for path in (*wing.glob("*.py"), *(wing.parent / "engines").rglob("*.py")):
        if path.name not in ("fields.py", "literal.py", "typed.py"):
            assert not re.search(r"#\{1,6\}|\^#|```|~~~", path.read_text("utf-8")), path
