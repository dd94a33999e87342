"""What every format promises: losses as in the table, the same bytes twice, all of the text."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import sys
import zipfile
from html import unescape

import openpyxl
import pytest
from click.testing import CliRunner
from lxml import etree

import exchanging
from viva.bank import types
from viva.bank.interactions import Choice
from viva.base import net
from viva.cli import main
from viva.exchange import export
from viva.exchange.items import items
from viva.scaffold import questions as scaffold

PAGES = {"scorm12", "scorm2004"}
FORMATS = [name for name in export.names() if name not in PAGES]

SIGNS = {"approximated": "≈", "left out": "✗"}


def told(data: bytes) -> str:
    """All that a file says, without its tags."""
    if data.startswith(b"PK"):
        package = zipfile.ZipFile(io.BytesIO(data))
        return "\n".join(_member(package, name) for name in package.namelist())
    return plain(data.decode())


def _member(package: zipfile.ZipFile, name: str) -> str:
    if name == "collection.anki2":
        known = sqlite3.connect(":memory:")
        known.deserialize(package.read(name))
        return "\n".join(plain(row[0]) for row in known.execute("select flds from notes"))
    return plain(package.read(name).decode()) if name.endswith(".xml") else ""


def plain(markup: str) -> str:
    """Text without tags, unescaped as often as it was escaped."""
    markup = re.sub(r"\\([~=#{}:*\\])", r"\1", markup)
    for _ in range(3):
        markup = unescape(re.sub(r"</?[a-zA-Z?!][^<>]*>", "", markup))
    return re.sub(r"\s+", " ", markup)


@pytest.mark.parametrize("name", FORMATS)
def test_losses_are_those_of_the_table(course, name):
    _, tally = exchanging.exported(course, name)
    found = dict.fromkeys((row[0] for row in exchanging.ROWS[1:]), "✓")
    for loss in sorted(tally.losses, key=lambda loss: loss.kind):
        found[loss.question] = SIGNS[loss.kind]
    column = exchanging.ROWS[0].index(name) + 1
    assert found == {row[0]: row[column] for row in exchanging.ROWS[1:]}
    assert tally.questions == len(exchanging.ROWS) - 1
    signs = list(found.values())
    assert (tally.count("approximated"), tally.count("left out")) == (signs.count("≈"), signs.count("✗"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_questions_give_the_same_bytes(course, name):
    first, _ = exchanging.exported(course, name)
    assert exchanging.exported(course, name)[0] == first


@pytest.mark.parametrize("name", FORMATS)
def test_a_loss_has_a_place_and_a_remedy(course, name):
    _, tally = exchanging.exported(course, name)
    lines = (exchanging.DATA / "kinds.yml").read_text("utf-8").splitlines()
    for loss in tally.losses:
        assert f"id: {loss.question}" in lines[loss.line - 1] + lines[loss.line], loss
        assert re.search(r"\(.+\)$", loss.message), loss


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("aiken", "table")])
def test_all_that_is_said_arrives(course, name):
    """Every text of a question that is not left out, whatever signs are in it."""
    data, tally = exchanging.exported(course, name)
    said, out = told(data), {one.question for one in tally.losses if one.kind == "left out"}
    html = export.Job(course, course.banks, "", lambda name: name).html
    for bank in course.banks:
        for item in items(bank):
            if item.id in out or not isinstance(item.interaction, Choice):
                continue
            for option in item.interaction.options:
                for text in filter(None, (option.text, option.why)):
                    assert plain(html.plain(text)).strip() in said, (item.id, text)


HOSTILE = '3 < 5 & K > 4 ]]> {x} {1:MC:=a} ~ = # % "q" \'a\' ** | [gap1] $x$ &lt;i&gt; // :: -> ____'


def hostile(kind: str) -> str:
    """The example of a type with signs in every text that mean something to some format."""
    example = scaffold.example(kind, "a")
    keep = r"^(\s*(?:- )?(?:id|type|src|answer|correct|panel|points|unit|tolerance|millimetres|within|right)\b.*)$"
    made = []
    for line in example.splitlines():
        found = re.match(r"(\s*(?:- )?(?:stem|text|why|label|alt|hypothesis|finding|vignette|reveal|theme|panel_source): )(?![|>])(\S.*)", line)
        made.append(f"{found[1]}{json.dumps(f'{found[2]} {HOSTILE}')}" if found and not re.match(keep, line) else line)
    return "\n".join(made)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_breaks_nothing(tmp_path, name):
    """Whatever is typed, XML stays XML, and there are as many questions as without it."""
    kinds = [kind for kind in types.TYPES if kind not in ("matching", "hotspot", "measure", "stack")]
    body = "\n".join(hostile(kind).replace("id: a", f"id: q-{kind}", 1) for kind in kinds)
    bank = f"title: 'Hostile {HOSTILE.replace(chr(39), '')}'\nquestions:\n{body}\n"
    course = exchanging.make(tmp_path, {"hostile": bank})
    assert len(course.banks[0].questions) == len(kinds)
    data, tally = exchanging.exported(course, name)
    assert tally.questions >= len(kinds)
    if data.startswith(b"PK"):
        package = zipfile.ZipFile(io.BytesIO(data))
        assert package.testzip() is None
        for member in package.namelist():
            if member.endswith(".xml"):
                etree.fromstring(package.read(member))
    elif name == "moodle-xml":
        etree.fromstring(data)


def test_a_hint_goes_where_there_is_a_place_for_it(tmp_path):
    bank = scaffold.example("single", "a") + "    hint: Look again.\n"
    course = exchanging.make(tmp_path, {"b": f"title: B\nquestions:\n{bank}"})
    data, tally = exchanging.exported(course, "moodle-xml")
    assert tally.losses == []
    assert b"Look again." in data
    for name in ("gift", "canvas", "qti3", "common-cartridge", "anki"):
        _, tally = exchanging.exported(course, name)
        assert [loss.kind for loss in tally.losses] == ["approximated"], name
        assert "hint" in tally.losses[0].message


@pytest.mark.parametrize("name", ["moodle-xml", "gift", "canvas", "qti21", "qti3", "common-cartridge"])
def test_a_step_of_a_case_repeats_the_story_so_far(course, name):
    said = told(exchanging.exported(course, name)[0])
    assert said.count("A walker comes & goes.") == 2
    assert said.count("Mist rises.") == 1


def test_what_begins_with_an_equals_sign_is_no_formula(tmp_path):
    bank = scaffold.example("single", "a").replace("text: First option", 'text: "=1+1"')
    course = exchanging.make(tmp_path, {"b": f"title: B\nquestions:\n{bank}"})
    book = openpyxl.load_workbook(io.BytesIO(exchanging.exported(course, "table")[0]))
    (sheet,) = book.worksheets
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


MATCH = """\
  - id: a
    type: matching
    stem: What is it?
    options: [{text: '%s'}, {text: Other}]
    prompts: [{stem: $x$, answer: '%s'}, {stem: y, answer: Other}]
"""


@pytest.mark.parametrize("name", ["moodle-xml", "gift", "canvas"])
@pytest.mark.parametrize(
    ("option", "losses"), [("5 $ or 6 $", 0), (r"\$x\$", 0), ("$x^2$", 1), (r"\(x^2\)", 1), ("*x*", 1)]
)
def test_a_formula_in_a_menu_becomes_words_and_is_said(tmp_path, name, option, losses):
    bank = MATCH % (option, option)
    course = exchanging.make(tmp_path, {"b": f"title: B\nquestions:\n{bank}"})
    data, tally = exchanging.exported(course, name)
    said = [loss.message for loss in tally.losses if "its options are plain text" in loss.message]
    assert len(said) == losses
    assert ("x²" in told(data)) == ("x^2" in option)


def _with_exponents() -> str:
    matched = "options: [{text: 10^6^/L}, {text: 10^9^/L}], prompts: [{stem: x, answer: 10^6^/L}, {stem: y, answer: 10^9^/L}]"
    return (
        "title: B\nquestions:\n"
        "  - {id: one, type: single, stem: Which?, options: [{text: 10^6^/L, correct: true}, {text: CO~2~}]}\n"
        f"  - {{id: two, type: matching, stem: Match?, {matched}}}\n"
    )


@pytest.mark.parametrize(("name", "wanted"), [("aiken", "10⁶/L CO₂"), ("gift", "10⁹/L"), ("moodle-xml", "10⁹/L"), ("canvas", "10⁹/L")])
def test_an_exponent_stays_one_in_plain_text(tmp_path, name, wanted):
    course = exchanging.make(tmp_path, {"b": _with_exponents()})
    data, _ = exchanging.exported(course, name)
    text = re.sub(r"\s*[AB]\) ", " ", told(data))
    assert wanted in text


def test_what_aiken_leaves_behind_is_said(tmp_path):
    bare = "  - {id: a, type: single, stem: So?, options: [{text: Yes, correct: true}, {text: No}]%s}\n"
    for more, losses in (("", 0), (", explanation: Because.", 1)):
        course = exchanging.make(tmp_path, {"b": f"title: B\nquestions:\n{bare % more}"})
        _, tally = exchanging.exported(course, "aiken")
        assert len(tally.losses) == losses


def test_a_figure_leaves_in_its_state(course):
    """The red label of the figure must not be in the picture of a question that hides it."""
    made = export.Job(course, course.banks, "", lambda name: name)
    hidden = made.pictures.get("assets/figures/plan.svg#unlabelled")
    shown = made.pictures.get("assets/figures/plan.svg")
    assert hidden is not None
    assert shown is not None
    assert hidden.content != shown.content
    assert hidden.name != shown.name


def test_a_type_that_says_nothing_is_a_loss(course, monkeypatch):
    kind = types.TYPES["single"]
    monkeypatch.setattr(type(kind), "interaction", lambda self, question: None)
    _, tally = exchanging.exported(course, "qti3")
    assert {"one", "walk-first"} <= {loss.question for loss in tally.losses if loss.kind == "left out"}


# The command.


def run(folder, monkeypatch, *words):
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, ["export", *words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path):
    exchanging.make(tmp_path)
    return tmp_path


def test_without_a_format_it_lists_them(folder, monkeypatch):
    done = run(folder, monkeypatch)
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == export.names()


def test_it_says_the_path_the_losses_and_what_to_click(folder, monkeypatch):
    done = run(folder, monkeypatch, "moodle-xml", "--bank", "kinds", "--out", "out/q.xml")
    assert done.exit_code == 0
    assert done.stdout == "out/q.xml\n"
    assert (folder / "out/q.xml").is_file()
    assert "quizzes/kinds.yml:98:5: caliper: left out: Moodle has no question of this kind" in done.stderr
    assert "22 questions: 14 exact, 6 approximated, 2 left out" in done.stderr
    assert "1. In Moodle open your course" in done.stderr


def test_strict_fails_on_a_loss(folder, monkeypatch):
    assert run(folder, monkeypatch, "moodle-xml", "--strict").exit_code == 1
    bank = f"title: B\nquestions:\n{scaffold.example('single', 'a')}"
    exchanging.make(folder, {"kinds": bank})
    assert run(folder, monkeypatch, "moodle-xml", "--strict").exit_code == 0


def test_nothing_is_written_where_nothing_can_be(folder, monkeypatch):
    exchanging.make(folder, {"kinds": f"title: B\nquestions:\n{scaffold.example('ordering', 'a')}"})
    done = run(folder, monkeypatch, "aiken")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "Nothing was written." in done.stderr
    assert not list(folder.glob("*.txt"))


def test_losses_as_json(folder, monkeypatch):
    done = run(folder, monkeypatch, "qti3", "--format", "json")
    said = json.loads(done.stdout)
    assert (said["questions"], said["approximated"], said["left_out"]) == (22, 6, 2)
    assert said["losses"][0] == {
        "path": "quizzes/kinds.yml",
        "line": 74,
        "column": 5,
        "question": "number",
        "kind": "approximated",
        "message": "QTI takes a number without a unit (name the unit in the stem)",
    }


def test_a_file_of_somebody_else_is_not_written_over(folder, monkeypatch):
    (folder / "mine.xml").write_text("mine", "utf-8")
    done = run(folder, monkeypatch, "moodle-xml", "--out", "mine.xml")
    assert done.exit_code == 1
    assert "--out" in done.stderr
    assert (folder / "mine.xml").read_text("utf-8") == "mine"
    assert run(folder, monkeypatch, "moodle-xml", "--out", "other.xml").exit_code == 0
    assert run(folder, monkeypatch, "moodle-xml", "--out", "other.xml").exit_code == 0


def test_what_is_not_installed_is_named(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "genanki", None)
    monkeypatch.delitem(sys.modules, "viva.exchange.exporters.anki", raising=False)
    done = run(folder, monkeypatch, "anki")
    assert done.exit_code == 1
    assert 'anki needs genanki (type: pip install "viva-course[exchange]")' in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("moodle",), "there is no format moodle (did you mean moodle-xml?)"),
        (("qti3", "--bank", "kind"), "there is no bank kind (did you mean kinds?)"),
    ],
)
def test_a_wrong_name_suggests_the_right_one(folder, monkeypatch, words, said):
    done = run(folder, monkeypatch, *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_course_without_questions(folder, monkeypatch):
    (folder / "quizzes/kinds.yml").unlink()
    done = run(folder, monkeypatch, "anki")
    assert done.exit_code == 1
    assert "there are no questions to export" in done.stderr


def test_a_broken_course_is_not_exported(folder, monkeypatch):
    (folder / "quizzes/kinds.yml").write_text("title: B\nquestions:\n  - id: a\n", "utf-8")
    done = run(folder, monkeypatch, "qti3")
    assert done.exit_code == 1
    assert "quizzes/kinds.yml:3:5" in done.stderr
    assert "nothing was exported" in done.stderr


def test_a_question_at_which_viva_fails_costs_that_one(course, monkeypatch):
    real = export.Job._write

    def write(job, item, writers):
        return 1 / 0 if item.id == failing else real(job, item, writers)

    failing = next(iter(exchanging.asked(course)))
    before = exchanging.exported(course, "moodle-xml")[1]
    monkeypatch.setattr(export.Job, "_write", write)
    tally = exchanging.exported(course, "moodle-xml")[1]
    (lost,) = [one for one in tally.losses if "ZeroDivisionError" in one.message]
    assert (lost.question, lost.kind) == (failing, "left out")
    assert (tally.questions, tally.written) == (before.questions, before.written - 1)
    assert len(net.failed()) == 1
