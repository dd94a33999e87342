"""Questions go to reviewers and come back: states, packets, comments beside the questions."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import docx
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from docx.oxml import OxmlElement

from viva.assignments import load_all
from viva.bank.question import content_hash
from viva.base.cache import Cache
from viva.base.refused import Refused
from viva.cli import main
from viva.course import courses, states, targets
from viva.course.layout import Layout
from viva.exchange.limits import Incoming
from viva.review import returned
from viva.site.embed import Embed
from viva.site.site import Site
from viva.theme import Theme

BANK = """\
title: Knee   # the joint
module: modules/knee.md
questions:
  # the first
  - id: first   # keep this id
    type: single
    objective: knee-1
    stem: Which bone is in front?
    options:
      - {text: Fibula, why: It is lateral.}
      - {text: Patella, correct: true, why: It lies in the tendon.}
    history: [{sitting: 2026-w1, n: 40, p: 0.62, r: 0.31, decision: "void: two readings"}]

  - {id: second, type: numeric, objective: knee-1, stem: How many?, answer: 2, status: draft}
  - id: third
    type: true-false
    objective: knee-1
    statements: [{text: It is round., answer: true, why: Seen from above.}]
    stem: Is it so?
    status: retired   # it got out
    reviews:
      - {by: A. Rao, date: 2026-11-01, comment: "Option #2 is odd"}
  - id: a-case
    type: case
    vignette: A man falls.
    status: in review
    steps:
      - {id: a-step, type: numeric, stem: How many?, answer: 2}
"""
MODULE = """\
---
title: Knee
objectives:
  - {id: knee-1, text: name its bones}
---
# Knee

[viva: first]
"""
FILES = {"quizzes/knee.yml": BANK, "docs/modules/knee.md": MODULE}


@pytest.fixture
def course(make_course, tmp_path, monkeypatch):
    """A course with a question in each state, and a way to run commands in it."""
    make_course(FILES)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, words)


def read(folder):
    return courses.load(Layout.of(folder))


def fill(path, said, by="Dr A. Example", date="2026-12-08"):
    """Write into the tables of a packet as a reviewer does in Word."""
    document = docx.Document(path)
    for table in document.tables:
        rows = {row.cells[0].text: row.cells[1] for row in table.rows}
        if "Reviewer" in rows:
            rows["Reviewer"].text, rows["Date"].text = by, date
        elif rows["Question"].text in said:
            rows["State"].text, rows["Comment"].text = said[rows["Question"].text]
    document.save(path)


def test_students_see_no_draft_and_nothing_retired(course, tmp_path):
    found = read(tmp_path)
    assert not found.problems, found.problems
    assert [*states.published(found).questions] == ["first", "a-case"]
    assert [*states.published(found, drafts=True).questions] == ["first", "second", "a-case"]


def test_a_page_that_asks_for_them_is_told(make_course, tmp_path):
    text = MODULE.replace("[viva: first]", "[viva: first, second]\n\n[viva: third]")
    make_course(FILES | {"docs/modules/knee.md": text})
    said = [(one.severity, one.line, one.message) for one in read(tmp_path).problems]
    assert said == [
        ("warning", 8, "question second is a draft: students do not see it here yet (finish it)"),
        ("error", 10, "question third is retired, and no page shows it (take it out here)"),
    ]


def test_a_state_is_one_of_four_and_belongs_to_the_whole_case(make_course, tmp_path):
    bank = BANK.replace("status: draft", "status: drafted").replace(
        "answer: 2}\n", "answer: 2, status: accepted}\n"
    )
    make_course(FILES | {"quizzes/knee.yml": bank})
    said = [one.message for one in read(tmp_path).problems]
    assert any("drafted" in one and "did you mean draft" in one for one in said), said
    assert "status belongs to the whole case (write it under the case's id)" in said


@pytest.mark.parametrize(("wish", "counted"), [("", ["first", "a-step"]), ("accepted: true", [])])
def test_the_blueprint_counts_what_is_accepted_if_asked(make_course, tmp_path, wish, counted):
    bank = BANK.replace("{id: a-step, ", "{id: a-step, objective: knee-1, ")
    make_course(FILES | {"quizzes/knee.yml": bank, "quizzes/blueprint.yml": f"each: 1\n{wish}\n"})
    (row,) = targets.load(read(tmp_path)).rows
    assert [one.id for one in row.questions] == counted


def test_an_assignment_draws_neither_and_names_no_draft(make_course, tmp_path):
    files = FILES | {
        "quizzes/assignments/drawn.yml": "title: D\nquestions: [{draw: 2, bank: knee}]\n",
        "quizzes/assignments/named.yml": "title: N\nquestions: [first, second, third]\n",
    }
    make_course(files)
    found, problems = load_all(read(tmp_path), keep=True)
    drawn, named = ([q.id for q in one.questions] for one in found)
    assert (sorted(drawn), named) == (["a-case", "first"], ["first", "second", "third"])
    assert [(one.path, one.line, one.column, one.severity) for one in problems] == [
        ("quizzes/assignments/named.yml", 2, 20, "error"),
        ("quizzes/assignments/named.yml", 2, 28, "warning"),
    ]


def test_a_packet_has_question_key_whys_findings_and_history(course, tmp_path):
    done = course("review", "packet", "knee")
    assert done.exit_code == 0, done.output
    said = [(tmp_path / "review/review.html").read_text("utf-8")]
    document = docx.Document(tmp_path / "review/review.docx")
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said.append("\n".join([*(line.text for line in document.paragraphs), *tables]))
    for text in (re.sub(r"<[^>]+>", "", one) for one in said):
        for wanted in (
            "Which bone is in front?", "It lies in the tendon.", "(right)", "Key:", "first",
            "2026-w1: 40 students, p 0.62, r 0.31, void: two readings", "MD", "A man falls.",
            "name its bones",
        ):  # fmt: skip
            assert wanted in text
        assert "Is it so?" not in text  # retired
    assert all(content_hash(read(tmp_path).questions["first"]) in one for one in said)
    again = course("review", "packet", "third")
    assert again.exit_code == 1 and "no question is in that state" in again.output


def test_a_packet_shows_formulas_hints_and_what_each_step_is_about(make_course, tmp_path, monkeypatch):
    bank = BANK.replace("stem: How many?, answer: 2}", "stem: How many?, answer: 2, objective: knee-1}")
    hinted = "hint: Think of *it*.\n    stem: Which is $\\frac{a}{b}$ of it?"
    make_course(FILES | {"quizzes/knee.yml": bank.replace("stem: Which bone is in front?", hinted)})
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["review", "packet"]).exit_code == 0
    page = BeautifulSoup((tmp_path / "review/review.html").read_text("utf-8"), "html.parser")
    first = page.find(id="q-first")
    assert first["data-question"] == "first" and first.find("a")["href"] == "#q-first"
    assert first.find("math").find("mfrac") and "a/b" not in first.text
    facts = {one.dt.text: one.dd.text for one in first.find_all("div")}
    assert facts["Hint"] == "Think of it."
    case = {one.dt.text: one.dd.text for one in page.find(id="q-a-case").find_all("div")}
    assert case["3a Objective"] == "name its bones"
    text = "\n".join(one.text for one in docx.Document(tmp_path / "review/review.docx").paragraphs)
    assert "Hint: Think of it." in text and "3a Objective: name its bones" in text


def test_a_packet_keeps_blocks_and_lines(make_course, tmp_path, monkeypatch):
    told = 'explanation: "One.\\n\\n!!! note \\"Mind\\"\\n    two\\n\\n| A | B |\\n|---|---|\\n| 1 | 2 |\\n"'
    bank = BANK.replace("stem: Which bone is in front?", f"{told}\n    stem: Which bone is in front?")
    bank = bank.replace("It lies in the tendon.", '"It lies\\n\\nin the tendon."')
    make_course(FILES | {"quizzes/knee.yml": bank})
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["review", "packet", "first"]).exit_code == 0
    page = BeautifulSoup((tmp_path / "review/review.html").read_text("utf-8"), "html.parser")
    first = page.find(id="q-first")
    assert [one.text for one in first.table("tr")] == ["AB", "12"]
    assert [first.find("p", string=one) is not None for one in ("One.", "Mind", "two")] == [True] * 3
    assert re.search(r"It lies\s*<br/>\s*in the tendon\.", str(first))


def test_what_a_document_brings_back_is_written_beside_the_questions(course, tmp_path):
    course("review", "packet")
    path = tmp_path / "review/review.docx"
    fill(path, {
        "first": ("Accepted", 'Good: "clear".\nKeep it. #1'),
        "second": ("", "Say of which joint."),
        "a-case": ("retire", ""),
    })  # fmt: skip
    done = course("review", "read", str(path))
    assert done.exit_code == 0, done.output
    after = (tmp_path / "quizzes/knee.yml").read_text("utf-8")
    found = read(tmp_path).questions
    one = found["first"]
    assert (one.status, one.reviews[0].by, one.reviews[0].date) == (
        "accepted", "Dr A. Example", "2026-12-08",
    )  # fmt: skip
    assert one.reviews[0].comment == 'Good: "clear".\nKeep it. #1'
    assert one.signed == one.reviews[0]
    assert (found["second"].status, found["second"].reviews[0].comment) == (
        "draft", "Say of which joint.",
    )  # fmt: skip
    assert (found["a-case"].status, found["a-case"].reviews[0].status) == ("retired", "retired")
    # Nothing else has changed, and a second reading adds nothing.
    kept = [line for line in after.splitlines() if line in BANK.splitlines()]
    changed = {"  - {id: second", "    status: in review"}
    lost = [one for one in BANK.splitlines() if one not in kept]
    assert all(any(one.startswith(start) for start in changed) for one in lost), lost
    assert course("review", "read", str(path)).exit_code == 0
    assert (tmp_path / "quizzes/knee.yml").read_text("utf-8") == after


def noted(path, notes):
    """Notes in the margin, as Word keeps them, beside the first run that has the words."""
    document = docx.Document(path)
    for about, text, author in notes:
        run = next(run for line in document.paragraphs for run in line.runs if about in run.text)
        document.add_comment(run, text, author)
    document.save(path)


def test_notes_in_the_margin_are_comments_of_the_question_that_they_stand_at(course, tmp_path):
    course("review", "packet")
    path = tmp_path / "review/review.docx"
    fill(path, {"first": ("accepted", "Good.")})
    noted(path, [
        ("Which bone is", "Say of which knee.", "Dr A. Example"),
        ("Fibula", "Too far away.\nTake the tibia.", "B. Lind"),
        ("A man falls", "From where?", "Dr A. Example"),
        ("Review of questions", "Thank you!", "Dr A. Example"),
    ])  # fmt: skip
    done = course("review", "read", str(path))
    assert "a note stands in the margin of no question: '“Review of questions”: Thank you!'" in done.output
    found = read(tmp_path).questions
    assert found["first"].reviews[0].comment == (
        "Good.\n“Which bone is in front?”: Say of which knee.\nB. Lind: “Fibula”: Too far away.\nTake the tibia."
    )
    case = found["a-case"]
    assert [one.comment for one in case.reviews] == ["“A man falls.”: From where?"]
    assert (case.status, found["second"].reviews) == ("in review", ())


TABLE = BANK.replace("stem: Which bone is in front?", """stem: |
      A man falls.

      | Question | Answer |
      | --- | --- |
      | Pain | 7 of 10 |

      Which bone is in front?""")


def test_a_table_in_a_question_is_none_to_fill_in(course, tmp_path):
    """What is noted or edited in it and before it belongs to its question."""
    (tmp_path / "quizzes/knee.yml").write_text(TABLE, "utf-8")
    course("review", "packet", "first")
    path = tmp_path / "review/review.docx"
    document = docx.Document(path)
    who, values, boxes = document.tables
    assert [cell.text.strip() for cell in values.rows[1].cells] == ["Pain", "7 of 10"]
    who.rows[0].cells[1].text, who.rows[1].cells[1].text = "A. Rao", "2026-12-08"
    boxes.rows[2].cells[1].text = "accepted"
    asked = next(line for line in document.paragraphs if line.text == "A man falls.")
    for run in (asked.runs[0], values.rows[1].cells[0].paragraphs[0].runs[0]):
        document.add_comment(run, "When?", "A. Rao")
    document.save(path)
    done = course("review", "read", str(path))
    assert done.exit_code == 0, done.output
    one = read(tmp_path).questions["first"].reviews[0]
    assert (one.status, one.comment) == ("accepted", "“A man falls.”: When?\n“Pain”: When?")
    html = BeautifulSoup((tmp_path / "review/review.html").read_text("utf-8"), "html.parser")
    assert [cell.get_text().strip() for cell in html.table("td")] == ["Pain", "7 of 10"]


def test_no_page_of_a_packet_parts_a_question_from_its_boxes(course, tmp_path):
    course("review", "packet", "first")
    body = docx.Document(tmp_path / "review/review.docx").element.body
    heading = next(n for n, one in enumerate(body) if "first" in "".join(one.itertext()))
    boxes = max(n for n, one in enumerate(body) if one.tag.endswith("}tbl"))
    parts = list(body)[heading:boxes]
    assert len(parts) > 5
    assert all("keepNext" in one.xml for one in parts)


def test_who_writes_in_the_margin_alone_is_the_reviewer(course, tmp_path):
    course("review", "packet", "first")
    path = tmp_path / "review/review.docx"
    noted(path, [("Fibula", "Why not the tibia?", "C. Wu")])
    assert course("review", "read", str(path)).exit_code == 0
    review = read(tmp_path).questions["first"].reviews[0]
    assert (review.by, review.comment) == ("C. Wu", "“Fibula”: Why not the tibia?")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", review.date)


def test_edits_of_the_text_with_tracked_changes_are_told(course, tmp_path):
    course("review", "packet", "first")
    path = tmp_path / "review/review.docx"
    fill(path, {"first": ("accepted", "")})
    document = docx.Document(path)
    run = next(run for line in document.paragraphs for run in line.runs if "Fibula" in run.text)._r
    change = OxmlElement("w:del")
    run.addprevious(change)
    change.append(run)
    document.save(path)
    done = course("review", "read", str(path))
    assert "first: its text was changed in the document, which changes no bank" in done.output
    assert read(tmp_path).questions["first"].status == "accepted"


def test_a_second_review_joins_the_first(course, tmp_path):
    came = {"viva-review": 1, "by": "B. Lind", "date": "2026-12-09", "reviews": [
        {"question": "third", "version": "", "status": "in review", "comment": "Bring it back."},
    ]}  # fmt: skip
    (tmp_path / "b.json").write_text(json.dumps(came), "utf-8")
    assert course("review", "read", "b.json").exit_code == 0
    after = (tmp_path / "quizzes/knee.yml").read_text("utf-8")
    assert '      - {by: A. Rao, date: 2026-11-01, comment: "Option #2 is odd"}\n      - {by' in after
    assert 'status: "in review"   # it got out' in after
    assert [one.by for one in read(tmp_path).questions["third"].reviews] == ["A. Rao", "B. Lind"]


def test_who_accepts_what_was_edited_since_has_accepted_nothing(course, tmp_path):
    course("review", "packet", "first")
    fill(tmp_path / "review/review.docx", {"first": ("accepted", "Fine.")})
    bank = tmp_path / "quizzes/knee.yml"
    bank.write_text(bank.read_text("utf-8").replace("Fibula", "Tibia"), "utf-8")
    done = course("review", "read", "review/review.docx")
    assert done.exit_code == 1
    assert "first was edited after the packet was made: not accepted (send it again)" in done.output
    one = read(tmp_path).questions["first"]
    assert (one.status, one.reviews[0].comment, one.signed) == (None, "Fine.", None)


def test_reviewers_who_disagree_change_no_state(course, tmp_path):
    for by, state in (("A. Rao", "accepted"), ("B. Lind", "retired")):
        said = [{"question": "first", "version": "", "status": state, "comment": ""}]
        came = {"viva-review": 1, "by": by, "date": "2026-12-09", "reviews": said}
        (tmp_path / f"{by[0]}.json").write_text(json.dumps(came), "utf-8")
    done = course("review", "read", "A.json", "B.json")
    assert done.exit_code == 1
    assert "first: reviewers do not agree (A. Rao: accepted, B. Lind: retired); its state stays" in done.output
    assert read(tmp_path).questions["first"].status is None


def test_what_an_assignment_asks_is_read_back_though_it_is_a_draft(course, tmp_path):
    week = tmp_path / "quizzes/assignments/week-1.yml"
    week.parent.mkdir()
    week.write_text("title: Week 1\nquestions: [second]\n")
    assert course("review", "packet", "second").exit_code == 0
    fill(tmp_path / "review/review.docx", {"second": ("accepted", "")})
    assert course("review", "read", "review/review.docx").exit_code == 0
    assert read(tmp_path).questions["second"].status == "accepted"


@pytest.mark.parametrize(
    ("by", "date", "state", "said"),
    [
        ("", "2026-12-08", "accepted", "no reviewer is named"),
        ("A. Rao", "12/8/26", "accepted", "'12/8/26' is not a day (write 2026-12-08)"),
        ("A. Rao", "8. December 2026", "excepted", "no state 'excepted' (did you mean accepted"),
        ("A. Rao", "2026-12-08", "x", "'x' (write one of: accepted, draft, in review, retired)"),
    ],
)
def test_what_is_not_clear_is_said(course, tmp_path, by, date, state, said):
    course("review", "packet", "first")
    fill(tmp_path / "review/review.docx", {"first": (state, "")}, by, date)
    done = course("review", "read", "review/review.docx")
    assert done.exit_code == 1 and said in done.output


def test_what_is_struck_out_with_tracked_changes_is_gone():
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def row(name, said):
        return f"<w:tr><w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc><w:tc>{said}</w:tc></w:tr>"

    def run(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    struck = (
        "<w:p><w:del><w:r><w:delText>No.</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Yes.</w:t></w:r></w:ins></w:p>"
    )
    who = row("Reviewer", run("A. Rao")) + row("Date", run("2026-12-08"))
    asked = row("Question", run("first")) + row("State", "<w:p/>") + row("Comment", struck)
    body = f"<w:tbl>{who}</w:tbl><w:tbl>{asked}</w:tbl>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("word/document.xml", f'<w:document xmlns:w="{word}">{body}</w:document>')
    found = returned.read(Incoming("a.docx", file.getvalue()))
    assert [(one.question, one.status, one.comment) for one in found.said] == [("first", None, "Yes.")]


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"viva-review": 2}', b"PK\x05\x06" + bytes(18), b"\xff"])
def test_another_file_is_refused(content):
    with pytest.raises(Refused, match="not a packet"):
        returned.read(Incoming("a.json", content))


def test_the_list_says_the_state_of_each(course):
    done = course("review", "list")
    rows = [*csv.DictReader(io.StringIO(done.stdout))]
    assert [(one["question"], one["state"], one["by"]) for one in rows] == [
        ("first", "", ""), ("second", "draft", ""), ("third", "retired", "A. Rao"),
        ("a-case", "in review", ""),
    ]  # fmt: skip


def made(folder, name):
    """The HTML of a question of the course."""
    found = read(folder)
    site = Site(found, Theme(None), Cache(folder / ".cache"))
    return site.html(Embed("self-check", (found.questions[name],)), "")


def test_a_draft_is_marked_and_a_sign_off_shown_only_where_the_course_wants_it(course, tmp_path):
    assert "Draft: students do not see this question." in made(tmp_path, "second")
    assert "Draft" not in made(tmp_path, "first")
    course("review", "packet")
    fill(tmp_path / "review/review.docx", {"first": ("accepted", "Private words.")})
    assert course("review", "read", "review/review.docx").exit_code == 0
    assert "Reviewed by" not in made(tmp_path, "first")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: Test\nplugins: [{viva: {sign_off: true}}]\n", "utf-8")
    shown = made(tmp_path, "first")
    assert "Reviewed by Dr A. Example, 8 December 2026." in shown and "Private" not in shown
    bank = tmp_path / "quizzes/knee.yml"
    bank.write_text(bank.read_text("utf-8").replace("Fibula", "Tibia"), "utf-8")
    assert "Reviewed by" not in made(tmp_path, "first")  # edited since


def test_numbers_of_an_analysis_show_at_the_next_build(course, tmp_path):
    assert "of an earlier class" not in made(tmp_path, "first")
    bank = tmp_path / "quizzes/knee.yml"
    text = bank.read_text("utf-8")
    bank.write_text(text.replace("    history:", "    statistics: {p: 0.6, n: 40}\n    history:"), "utf-8")
    assert "60\u00a0% of an earlier class were right." in made(tmp_path, "first")
    bank.write_text(text.replace("    history:", "    statistics: {p: 0.7, n: 80}\n    history:"), "utf-8")
    assert "70\u00a0% of an earlier class were right." in made(tmp_path, "first")


def test_an_export_takes_neither_along(course, tmp_path):
    done = course("export", "gift", "--out", "knee.gift")
    assert "2 questions left out: drafts, or retired" in done.stderr
    text = (tmp_path / "knee.gift").read_text("utf-8")
    assert "Which bone is in front?" in text
    assert "Is it so?" not in text and "id: second" not in text
