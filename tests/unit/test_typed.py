"""What was typed is what is read: in banks, on pages, on paper, in the EPUB and in feedback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from reading import packed, seen
from sampled import long
from viva.assignments import load_all
from viva.assignments.feedback import _Keys
from viva.bank import types
from viva.base.cache import Cache
from viva.base.reader import Source, parse, read_front_matter
from viva.cli import main
from viva.course import fields, typed
from viva.course.conversion import Converter
from viva.course.references import Bibliography
from viva.course.settings import Settings
from viva.lint import quotes
from viva.offline import xhtml
from viva.paper import content
from viva.paper.runs import Block, Run, Table
from viva.site.markup import FieldMarkup
from viva.site.render import Context
from viva.site.site import Site
from viva.theme import Theme

DATA = Path(__file__).parents[1] / "data"
TEXTS: list[dict[str, Any]] = yaml.load((DATA / "typed.yml").read_text("utf-8"), yaml.CSafeLoader)
CUT: list[dict[str, Any]] = yaml.load((DATA / "cut.yml").read_text("utf-8"), yaml.CSafeLoader)
NAMES = [case["typed"] for case in TEXTS]
BANK = "questions:\n  - id: q-one\n    stem: {}\n    hint: x  # kept\n"


def converter(*extensions: object) -> Converter:
    data = {"markdown_extensions": list(extensions)}
    return Converter(Settings(Source("mkdocs.yml", {}, {}), data).extensions)


PAGES = converter()
MARKUP = FieldMarkup(PAGES, Bibliography({}), (), lambda target: target)
FIELDS = Context("", {}, {}, MARKUP.inline, MARKUP.block)


def wanted(case: dict[str, Any]) -> str:
    return packed(case.get("read", case["typed"]))


def test_there_are_many_of_each_kind():
    assert len(TEXTS) >= 120
    assert len(CUT) >= 40


@pytest.mark.parametrize("case", TEXTS, ids=NAMES)
def test_a_page_and_a_field_show_what_was_typed(case):
    text = case["typed"]
    shown = {"page": PAGES.html(text), "told": FIELDS.told(text)}
    assert {name: seen(html) for name, html in shown.items()} == dict.fromkeys(shown, wanted(case))
    for html in shown.values():
        assert typed.lost(text, html, comments=False) == []
    if not case.get("block"):
        assert seen(FIELDS.inline(text)) == wanted(case)
        assert packed(fields.spoken(text)) == packed(case.get("line", case.get("read", text)))


@pytest.mark.parametrize("case", TEXTS, ids=NAMES)
def test_a_text_that_is_no_markdown_stands_in_a_page_as_it_is(case):
    text = " ".join(case["typed"].split())
    assert seen(PAGES.html(f"# So {fields.as_text(text)}.")) == packed(f"So{text}.")


LINES = [
    "Findings:\n• one\n• two\n• three",
    "• one\n  ◦ two\n• three",
    "Findings:\n-peaked\n-wide\n-tall",
    "Findings\n– peaked\n– wide\n– tall",
    "HR 120\nBP 90/60\nRR 30\nSpO2 88%\nT 39.1",
    "Na `140`\nK **6.9**\nCa 2.2\nMg 0.8\nCl 100",
    "Heart rate: 120/min\nBlood pressure: 90/60 mmHg\nRespiratory rate: 30/min\nSaturation: 88 %",
    "a) one\nb) two\nc) three\nd) four",
    "+----+----+\n| a  | b  |\n+====+====+\n| 1  | 2  |\n+----+----+",
    "Red flags:\n>65 years\n>3 drugs",
    "For and against:\n+ quick\n+ at the bedside, in whoever comes with a pain of the chest\n- dear",
]


@pytest.mark.parametrize("text", LINES)
def test_lines_stay_lines_however_many(text):
    for html in (PAGES.html(text), FIELDS.told(text)):
        lines = [packed(re.sub("[`*]", "", one)) for one in text.split("\n")]
        assert [seen(one) for one in html.split("<br />")] == lines


@pytest.mark.parametrize(
    ("typed_", "shown"),
    [
        ("Normal 4 × 10^9^/L", "Normal 4 × 10⁹/L"),
        ("Typed 10<sup>-6</sup>/L", "Typed 10⁻⁶/L"),
        ("CO~2~ and *Ca^2+^*", "CO₂ and <em>Ca²⁺</em>"),
        ("the 5^th^ R~max~", "the 5<sup>th</sup> R<sub>max</sub>"),
        ("^99m^Tc and ^18^F", "<sup>99m</sup>Tc and ¹⁸F"),
        ("<b>10</b> <sup class='a'>6</sup>", "<b>10</b> <sup class='a'>6</sup>"),
        ("10^6^{.big}/L", '10<sup class="big">6</sup>/L'),
    ],
)
def test_an_exponent_in_a_heading_is_one_where_its_text_alone_is_told(typed_, shown):
    html = PAGES.html(f"## {typed_}")
    assert re.search(r"<h2[^>]*>(.*?)(?:<a class=.headerlink|</h2>)", html)[1] == shown
    assert typed.lost(f"## {typed_}", html) == []


def test_lines_of_prose_flow_however_short():
    assert "<br" not in PAGES.html("HR 120\nwas raised and the\npatient was pale\nso he\nwent home")
    assert "<br" not in PAGES.html("- a\n    goes on\n\n    ```\n    x\n    ```")


NESTED = {
    "* one\n* two\n  * three\n  * four": [1, 1, 2, 2],
    "- one\n  - two\n    - three\n  - four\n- five": [1, 2, 3, 2, 1],
    "1. one\n   - two\n\n     more\n2. three": [1, 2, 2, 1],
    "- one\n\n  more\n\n  - two\n- three": [1, 1, 2, 1],
    "!!! note\n    - one\n      - two\n    - three": [0, 1, 2, 1],
    "- one\n    - two\n        - three": [1, 2, 3],
    "  - one\n  - two": [1, 1],
    "Code:\n\n    - one\n      - two": [0, 0],
}


@pytest.mark.parametrize("text", NESTED)
def test_a_list_in_a_list_stays_in_it_with_two_spaces(text):
    soup = BeautifulSoup(PAGES.html(text), "html.parser")
    assert [len(one.find_parents("li")) for one in soup(string=str.strip)] == NESTED[text]


def test_terms_need_no_empty_line_between_them():
    html = PAGES.html("One\n:   said\n    of one\nTwo\n:   said\nof two\n")
    soup = BeautifulSoup(html, "html.parser")
    assert [packed(one.get_text()) for one in soup.dl(["dt", "dd"], recursive=False)] == [
        "One", "saidofone", "Two", "saidoftwo",
    ]


@pytest.mark.parametrize("case", CUT, ids=[case["typed"] for case in CUT])
def test_what_yaml_takes_is_said_where_it_stands(case, tmp_path):
    text = BANK.format(case["typed"])
    source = parse(text, "q.yml")
    said = [f"{one.line}:{one.column}: {one.message}" for one in source.problems]
    assert said == case.get("said", [])
    path = tmp_path / "q.yml"
    path.write_text(text, "utf-8")
    done = quotes.fix(path, "q.yml")
    if "fixed" in case or not said:
        stem = parse(path.read_text("utf-8"), "q.yml").data["questions"][0]["stem"]
        assert stem.strip() == case.get("fixed", case.get("read", case["typed"]))
        assert path.read_text("utf-8").endswith("    hint: x  # kept\n")
    assert bool(done) == ("fixed" in case)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("see <!-- not --> this", [(4, "a comment is not shown here")]),
        ("a <script>let x</script> b", [(10, "“let x” is not shown")]),
        ("!!! clinical pearl\n    x", [(0, "“!!! clinical pearl” is shown as “Clinical” (put the title")]),
        ("[r1]: http://x.org\n\nx", [(0, "“[r1]: http://x.org” explains nothing")]),
        ("a &#0; b", [(2, "&#0; is the number of no character")]),
        ("a &#x110000; or else &#7;", [(2, "&#x110000; is the number"), (21, "&#7; is the number")]),
        ("{*|**a*}", [(7, "“}” is not shown")]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", [(30, "“3” is not shown: its row has more")]),
        ("| a | b |\n|---|---|\n| P(A|B) | 2 |", [(31, "“2” is not shown: its row has more")]),
        ("1. alpha\n3. beta\n7. c", [(9, "the list counts on, so that 3."), (17, "the list counts on")]),
    ],
)
def test_what_cannot_be_shown_is_said(text, said):
    found = typed.lost(text, FIELDS.block(text), comments=False)
    assert [(one.at, one.message[: len(start)]) for one, (_, start) in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(
    "text",
    [
        '**a**{: title="x*" .b} `{: title="x*" .c}`',
        '![a](b.svg "[x] y") `](b.svg "[x] z")`',
        "+ ++",
        r"\(x\) and \[y\] z",
        "!!! note inline end\n    x",
    ],
)
def test_markup_that_begins_as_what_is_shown_after_it_is_no_loss(text):
    assert typed.lost(text, PAGES.html(text)) == []


@pytest.mark.parametrize("text", ["# y\n\n#\n\n# B\n\nBe", "# y #\n\n##\n## B ##\nCc\n"])
def test_a_heading_without_words_is_read_after_the_link_of_the_one_before(text):
    pages = converter("viva.course.literal", {"toc": {"permalink": True}})
    assert typed.lost(text, pages.html(text)) == []


def test_an_extension_that_changes_signs_is_noticed():
    smart = converter("pymdownx.smartsymbols", "smarty")
    (found,) = typed.lost('"a" -- (c) end', smart.html('"a" -- (c) end'))
    assert (found.at, found.said) == (7, "(c)")


def test_an_extension_that_nobody_knows_is_believed():
    assert not converter("pymdownx.emoji").is_known
    assert converter("smarty").is_known


PLAIN = {
    *("alt", "also", "author", "by", "comment", "date", "decision", "id", "ignore", "language", "objective"),
    *("of", "read", "references", "reject", "reviewed", "sheet", "sitting", "src", "tags", "unit", "version"),
}
"""The texts of questions that are no Markdown."""


def texts_of(found: Any, name: str = "") -> Iterator[str]:
    """The names of the texts in a model, or in the annotation of a field."""
    if isinstance(found, type) and issubclass(found, BaseModel):
        for field, given in found.model_fields.items():
            if found not in types.MODELS.values() or field != "steps":
                yield from texts_of(given.annotation, field)
    elif found is str:
        yield name
    for inner in get_args(found):
        yield from texts_of(inner, name)


@pytest.mark.parametrize("kind", sorted(types.MODELS))
def test_every_text_of_a_question_is_read_as_markdown_or_is_known_to_be_none(kind):
    named = set(texts_of(types.MODELS[kind])) - {"type"}
    assert {name for name in named if fields.role_of((name,)) is None} <= PLAIN


def bank(field: str) -> str:
    """A question for each text, in which it stands in a field."""
    made = []
    for number, case in enumerate(TEXTS):
        text = case["typed"] if field == "explanation" or not case.get("block") else "none"
        question: dict[str, Any] = {
            "id": f"q-{number}",
            "type": "single",
            "stem": f"Which is it {number}?",
            "options": [
                {"text": "first one", "correct": True, "why": "so"},
                {"text": "second one", "why": "so"},
            ],
            "explanation": "so",
        }
        if field == "option":
            question["options"][1]["text"] = text
        elif field == "why":
            question["options"][1]["why"] = text
        else:
            question[field] = text
        made.append(question)
    return yaml.safe_dump({"title": "T", "questions": made}, allow_unicode=True)


@pytest.fixture(params=[long("stem"), "option", long("why"), "hint", "explanation"])
def hostile(request, make_course):
    """A course with each text in one field of a question."""
    week = "title: 4*10^9/L <ULN\nquestions:\n" + "".join(f"  - q-{n}\n" for n in range(len(TEXTS)))
    files = {"quizzes/q.yml": bank(request.param), "quizzes/assignments/w.yml": week}
    course = make_course(files)
    assert [str(one) for one in course.problems if one.code != "MD515"] == []
    (given,), problems = load_all(course)
    assert problems == []
    site = Site(course, Theme(None), Cache(course.layout.cache))
    return request.param, given, site


def test_every_form_of_a_question_shows_what_was_typed(hostile):
    field, given, site = hostile
    paper = content.paper(given, 0, "1", site.context(""))
    for case, question, entry in zip(TEXTS, given.questions, paper.entries, strict=True):
        if case.get("block") and field != "explanation":
            continue
        key = _Keys(site).part(question, True, ())
        pages = [*key.before, key.stem, key.key or ""] if field != "hint" else []
        runs = [*entry.before, entry.stem, [*pieces(entry.explanation)]]
        runs += [piece for choice in entry.choices for piece in (choice.text, choice.why)]
        said = ["".join(run.text for run in piece) for piece in runs]
        if field != "hint":
            assert any(bare(wanted(case)) in bare(packed(one)) for one in said), ("paper", case)
            assert wanted(case) in seen("".join(pages)), ("feedback", case)
        html = site.context("").told(case["typed"])
        assert wanted(case) == seen(xhtml_of(html)), ("epub", case)


def pieces(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Every run of some blocks, those in the cells of tables too."""
    for one in blocks:
        cells = [cell for row in one.rows for cell in row] if isinstance(one, Table) else [one]
        yield from (run for cell in cells for run in cell)


def bare(text: str) -> str:
    """Without the signs that paper puts before items and between cells."""
    return re.sub("[•|]", "", text)


def xhtml_of(html: str) -> str:
    rules = xhtml.Rules(id=lambda name: name, link=lambda target: target, image=lambda src: src)
    return xhtml.clean(html, rules)


WORDS = st.sampled_from(
    (
        *("a", "bc", "88", "9.8", "ULN", "<", ">", "*", "**", "_", "~", "^", "&", "#", "|", "`", "$"),
        *("{", "}", "[", "]", "(", ")", "!", ":", "-", "+", "=", "/", "%", '"', "'", "…", "é", "\\"),
        *(" ", " ", " ", "\n", "\n\n", "\n- ", "\n+ ", "\n1. ", "\n> ", "\n# ", "\n| ", "<b>", "&lt"),
    )
)
# Here words may go for a reason that no two lines can judge: an address, an attribute, a definition.
HIDING = re.compile(r"\]\s*[(\[:]|[{]\s*:?\s*[#.]|<b>", re.MULTILINE)
NO_WORD = re.compile(r"[\W_0-7]")
"""Digits below 8 stand in the numbers of lists only, which may be typed as 1. 1. 1."""


@given(st.lists(WORDS, min_size=1, max_size=14).map("".join))
def test_whatever_is_typed_is_read_or_said(text):
    """Letters and digits are never lost in silence, in a field or on a page."""
    text = text.strip()
    if not text or HIDING.search(text):
        return
    for html in (PAGES.html(text), FIELDS.told(text)):
        if not typed.lost(text, html, comments=False):
            assert NO_WORD.sub("", seen(html)) == NO_WORD.sub("", text)


@given(st.lists(WORDS, min_size=1, max_size=10).map("".join))
def test_a_value_in_a_bank_is_whole_or_said(text):
    """YAML takes nothing in silence from a plain value of one line."""
    value = " ".join(text.split())
    if not value or value[0] in "\"'":
        return
    source = parse(BANK.format(value), "q.yml")
    if not source.problems:
        stem = source.data["questions"][0]["stem"]
        assert not isinstance(stem, str) or stem == value


def test_what_is_lost_on_a_page_and_in_a_card_is_said_with_its_place(make_course):
    text = """\
---
title: Knee
objectives: [{id: knee-1, text: "name <!-- the --> bones"}]
cards:
  - id: a-card
    front: What is #1?
    back: The one
---
# Knee

[viva: knee-bones]

## Knee bones

| a | b |
| --- | --- |
| 1 | 2 | 3 |
"""
    found = [str(one) for one in make_course({"docs/modules/knee.md": text}).problems]
    page = "docs/modules/knee.md"
    assert [one for one in found if not one.startswith("quizzes")] == [
        f"{page}:3:39: a comment is not shown here (delete it, or write \\<!--)",
        f"{page}:6:20: “#1?” is a comment to YAML and left out (put the whole text in quotes)",
        f"{page}:11:1: a heading on this page is #knee-bones too"
        " (rename the heading, or give it an id: ## Heading { #another-id })",
        f"{page}:17:11: “3” is not shown: its row has more cells than the head"
        " (write \\| for a sign)",
    ]


def test_tags_and_comments_are_at_home_in_settings(make_course):
    settings = """\
site_name: Course #1
site_url: !ENV [SITE, ""] #here
markdown_extensions:
  - toc: {slugify: !!python/name:markdown.extensions.toc.slugify ""} # as usual
"""
    found = [str(one) for one in make_course({"mkdocs.yml": settings}).problems]
    assert found == [
        "mkdocs.yml:1:19: “#1” is a comment to YAML and left out (put the whole text in quotes)"
    ]


@pytest.mark.parametrize(
    ("written", "set_to", "name"),
    [
        ("!ENV [NO_SUCH_NAME, COURSE_NAME, Other]", "ECG: the basics", "ECG: the basics"),
        ("!ENV COURSE_NAME", "[ECG] #1", "[ECG] #1"),
        ("!ENV [COURSE_NAME]", "ECG", "ECG"),
        ("!ENV [NO_SUCH_NAME, 'Other: course']", "ECG", "Other: course"),
    ],
)
def test_the_name_of_a_course_may_be_that_of_a_variable(make_course, monkeypatch, written, set_to, name):
    """As MkDocs reads it: what a variable holds is one value, and no YAML."""
    monkeypatch.setenv("COURSE_NAME", set_to)
    course = make_course({"mkdocs.yml": f"site_name: {written}\ncopyright: !ENV NO_SUCH_NAME\n"})
    assert [*course.problems] == []
    assert course.layout.settings.name == name


def test_a_variable_without_another_value_may_be_missing(make_course):
    settings = make_course({"mkdocs.yml": "site_name: A\nsite_url: !ENV [NO_SUCH_NAME]\n"}).layout.settings
    assert settings.text("site_url") == ""


def test_what_else_looks_like_a_tag_in_what_is_printed_is_told(make_course):
    found = [str(one) for one in make_course({"mkdocs.yml": "site_name: !ECG now\n"}).problems]
    assert found == ["mkdocs.yml:1:12: “!ECG” is a tag to YAML and left out (put the whole text in quotes)"]


LISTS = {
    "accept: [47,XXY]": "4:14: 47,XXY is read as two entries (put it in quotes; or a space after the comma)",
    "items: [0,5, 1]": "4:13: 0,5 is read as two entries (put it in quotes; or a space after the comma)",
    "accept: [<5, %TBSA]": "4:18: text starts with a reserved character (put it in quotes)",
    "items:\n      - Drug: dose: route": '5:19: \': \' inside text (put the text in "straight quotes")',
    "items:\n      - \"Quoted\" word": "5:18: text goes on after its closing quotation mark (put the other kind around it)",
    "items:\n      - : first": "5:9: text starts with : (put the text in quotes)",
}
FIXED = {
    "items:\n      - Drug: dose: route": ["Drug: dose: route"],
    "items:\n      - : first": [": first"],
}


@pytest.mark.parametrize("fields", LISTS)
def test_what_yaml_takes_from_an_entry_is_said_and_no_list_becomes_a_text(fields, tmp_path):
    text = f"title: T\nquestions:\n  - id: q\n    {fields}\n"
    assert [f"{one.line}:{one.column}: {one.message}" for one in parse(text, "q.yml").problems] == [LISTS[fields]]
    path = tmp_path / "q.yml"
    path.write_text(text, "utf-8")
    quotes.fix(path, "q.yml")
    if fields in FIXED:
        assert parse(path.read_text("utf-8"), "q.yml").data["questions"][0]["items"] == FIXED[fields]
    else:
        assert path.read_text("utf-8") == text


@pytest.mark.parametrize("fields", ["points: [[0.1,0.2], [0.3,0.4]]", "panel: [1,2,3]", "accept: [C5,C6]", "accept: [1, 2]"])
def test_a_list_of_numbers_may_stand_close(fields):
    assert parse(f"title: T\nquestions:\n  - id: q\n    {fields}\n", "q.yml").problems == ()


def test_check_fixes_what_yaml_cuts(make_course, monkeypatch, sound_bank):
    course = make_course({"quizzes/knee.yml": sound_bank.replace("It is lateral.", "Muscle #3 lies there. # sure")})
    monkeypatch.chdir(course.layout.root)
    CliRunner().invoke(main, ["check", "--fix"])
    text = (course.layout.quizzes / "knee.yml").read_text("utf-8")
    assert "why: 'Muscle #3 lies there. # sure'\n" in text
    assert read_front_matter(course.layout.docs / "modules/knee.md").losses == ()
