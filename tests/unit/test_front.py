"""Front matter is checked as strictly as a bank, and fields of others pass."""

from __future__ import annotations

import pytest

PAGE = "---\n{}\n---\n# A page\n"


def found(make_course, front: str) -> list[str]:
    course = make_course({"docs/page.md": PAGE.format(front)})
    return [f"{p.severity} {p}" for p in course.problems]


WRONG = {
    "level: rember": "2:1: level belongs to an objective (write it in an entry under objectives:)",
    "revised: 22 November 2026": "2:10: revised is '22 November 2026' (write a day as 2026-11-22)",
    "revised: 2026-02-30": "2:10: revised is '2026-02-30' (write a day as 2026-11-22)",
    "title: {a: b}": "2:8: title is a mapping (write text; put it in quotes if it has ': ' in it or starts with a bracket)",
    "hide: 5": "2:7: hide is '5' (write a list, such as hide: [toc])",
    "hide: {a: b}": "2:7: hide is a mapping (write a list: one line each, starting with -)",
    "hide: ''": "2:7: hide is empty (write a list: one line each, starting with -)",
    "hide: [[toc]]": "2:8: hide is a list (write text; put it in quotes if it has ': ' in it or starts with a bracket)",
    "hide: [tocs]": "2:8: there is no tocs to hide (did you mean toc?)",
    "tags: x": "2:7: tags is 'x' (write a list: one line each, starting with -)",
    "search: 5": "2:9: search is '5' (write exclude: true or boost: 2 under it)",
    "titel: x": "2:1: unknown field titel (did you mean title?)",
    "objektives: []": "2:1: unknown field objektives (did you mean objectives?)",
    "objectives: x": "2:13: objectives is 'x' (write a list: one line each, starting with -)",
    "objectives: [{id: a-1}]": "2:14: objective has no text (write text: what the reader can do afterwards)",
    "objectives: [{id: a-1, text: b, level: rember}]": "2:40: level is 'rember' (did you mean remember?)",
    "objectives: [{id: a-1, txt: b}]": "2:24: unknown field txt (did you mean text?)",
    "objectives: [{id: a 1, text: b}]": "2:19: id 'a 1' is not an id (use a-z, 0-9 and single hyphens)",
    "lang: xx": "2:7: xx is no language (write its tag: de, pt-BR, ar)",
    "": "1:1: the front matter has no fields (write title: …, or begin with an empty line)",
    "just text": "1:1: the front matter has no fields (write title: …, or begin with an empty line)",
}


@pytest.mark.parametrize("front", WRONG)
def test_a_mistake_gives_one_message(make_course, front):
    assert found(make_course, front) == [f"error docs/page.md:{WRONG[front]}"]


@pytest.mark.parametrize(
    "front",
    [
        "template: home.html\nicon: material/bone\nstatus: new\nhide: [toc, navigation]\ntags: [a]",
        "search: {exclude: true}\nsearch: {boost: 2}"[:24],
        "author: A\ndate: 2026-11-22\ncomments: true\nsubtitle: x\nsocial: {cards: false}",
        "title: No\ndescription: 2019-10-01\nrevised: 2026-11-22\nhide: toc\nlang: pt-BR",
    ],
)
def test_fields_that_engines_and_themes_know_pass(make_course, front):
    assert found(make_course, front) == []


def test_a_field_that_nobody_is_known_to_read_is_a_warning(make_course):
    assert found(make_course, "quokka: 1")[0].startswith("warning docs/page.md:2:1: nothing is known")


def test_front_matter_without_an_end_and_a_first_line_that_would_vanish_are_told(make_course):
    open_ended = make_course({"docs/page.md": "---\ntitle: A\n\n# A page\n"})
    assert [p.message for p in open_ended.problems] == [
        "the front matter has no end (write a line with --- below its last field)"
    ]
    eaten = make_course({"docs/page.md": "Note: this line is lost.\n"})
    assert "would be taken for a field and vanish" in eaten.problems[0].message


def test_a_latin_1_bibliography_is_told_and_nothing_that_follows_from_it(make_course):
    course = make_course({"docs/references.bib": b"@book{smith2001, title={Caf\xe9}}"})
    assert [str(p) for p in course.problems] == [
        "docs/references.bib:1:28: a character is not UTF-8 (save the file as UTF-8)"
    ]


SHIFTED = {
    "\n---\ntitle: K\nobjectives: [{id: k-1, text: x}]\n---\n# K\n": "1:1: the front matter is printed",
    "----\ntitle: K\n---\n# K\n": "1:1: the front matter is printed",
    " ---\ntitle: K\n---\n# K\n": "1:1: the front matter is printed",
    '+++\ntitle = "K"\n+++\n# K\n': "1:1: the front matter is printed",
    "—\ntitle: K\nobjectives: [{id: k-1, text: x}]\n—\n# K\n": "1:1: the front matter is printed",
    "---\ntitle:\tK\n---\n# K\n": "2:7: a tab stands between words (use a space)",
    "---\ntitle: a\tb\n---\n# K\n": "2:9: a tab stands between words (use a space)",
    "---\ntitle: K\n---\n# K\n\nA\x00B\n": "6:2: invisible control character U+0000 (delete it)",
    "# K\n\nA\x02B\n": "3:2: invisible control character U+0002 (delete it)",
}


@pytest.mark.parametrize("text", SHIFTED)
def test_what_an_engine_would_print_or_swallow_is_one_message(make_course, text):
    files = {"docs/page.md": text.encode(), "quizzes/blueprint.yml": "objectives: {k-1: 2}\n"} if "k-1" in text else {"docs/page.md": text.encode()}
    found = [str(one) for one in make_course(files).problems if one.path == "docs/page.md"]
    assert [one.startswith(f"docs/page.md:{SHIFTED[text]}") for one in found] == [True], found


@pytest.mark.parametrize("text", ["---\n\n# K\n", "# K\n\n---\nNote: x\n---\n", "# K\n\nA\tB\n", '---\ntitle: "a\\tb"\n---\n# K\n'])
def test_lines_and_tabs_that_mean_nothing_pass(make_course, text):
    assert [str(one) for one in make_course({"docs/page.md": text}).problems] == []
