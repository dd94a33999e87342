"""An assignment on paper: every type, every version, exam, key and answer sheet."""

from __future__ import annotations

import io
import re
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from viva.assignments import load_all
from viva.bank import types
from viva.base.cache import Cache
from viva.base.refused import Refused
from viva.base.words import ENGLISH
from viva.cli import main
from viva.course.courses import Course
from viva.paper import content, docx, figures, pdf
from viva.paper.content import Picture
from viva.paper.runs import MARKS, Run, Table, lines, paragraphs, runs, turned
from viva.scaffold import questions as scaffold
from viva.site.site import Site
from viva.theme import Theme

KINDS = sorted(types.TYPES)
WEEK = "title: Week 1\ninstructions: Work *alone*.\nprivate:\n" + "".join(
    scaffold.example(kind, f"a-{kind}") for kind in KINDS
)
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="400" height="300">'
    "<style>:root{--ink:#123456}@media (prefers-color-scheme: dark){:root{--ink:#abcdef}}"
    '#bare:target ~ .names{display:none}</style><g id="bare"/><rect width="400" height="300" '
    'fill="var(--ink)"/><text class="names" x="9" y="20">Name</text></svg>'
)


class AsTyped:
    """Markdown without any markup."""

    words = ENGLISH

    def told(self, text: str) -> str:
        return text

    def blocks(self, text: str) -> tuple[str, str]:
        return "", text


@pytest.fixture
def course(make_course, tmp_path) -> Course:
    """A course with a figure and an assignment on every type."""
    read = make_course(
        {"quizzes/assignments/week-1.yml": WEEK, "docs/assets/figures/name.svg": FIGURE}
    )
    assert not read.problems
    return read


@pytest.fixture
def papers(course) -> list[content.Paper]:
    """Three versions."""
    (week,), problems = load_all(course)
    assert not problems
    return [content.paper(week, version, "7", AsTyped()) for version in range(3)]


def text_of(pieces) -> str:
    return "".join(one.text for one in pieces)


def entries(paper: content.Paper) -> dict[str, content.Entry]:
    return {entry.how: entry for entry in paper.entries}


def test_the_first_version_keeps_the_order_of_the_author(papers):
    found = entries(papers[0])
    assert [text_of(c.text) for c in found["one best answer"].choices] == [
        "First option",
        "Second option",
        "Third option",
    ]
    assert found["one best answer"].answer == "B"
    assert found["all that apply"].answer == "A, C"
    assert found["true or false, each"].answer == "a true, b false"
    assert found["match each"].answer == "a A, b C"
    assert found["a number"].answer == "15\u00a0mm (from 14.5 to 15.5\u00a0mm)"
    assert found["a few words"].answer.startswith("The model answer")
    assert found["one place in the figure"].answer == "A (First place)"
    assert found["measure in the figure"].answer.startswith("40\u00a0mm (from 38 to 42\u00a0mm)")
    assert "measure it with a ruler" in text_of(found["measure in the figure"].bank[0].text)
    assert found["script concordance"].answer == "A 0, B 0.17, C 0.33, D 1, E 0.5"


@pytest.mark.parametrize("version", range(3))
def test_the_key_of_every_version_names_the_same_texts(papers, version):
    found = entries(papers[version])
    single = found["one best answer"]
    right = {choice.label: text_of(choice.text) for choice in single.choices}[single.answer]
    assert right == "Second option"
    many = found["all that apply"]
    texts = {choice.label: text_of(choice.text) for choice in many.choices}
    assert {texts[label] for label in many.answer.split(", ")} == {"First option", "Third option"}
    bank = {choice.label: text_of(choice.text) for choice in found["match each"].bank}
    answers = re.findall(r"[a-z] ([A-Z])", found["match each"].answer)
    assert [bank[label] for label in answers] == ["First option", "Third option"]
    order = found["write the letters in order"]
    items = {choice.label: text_of(choice.text) for choice in order.choices}
    assert [items[label] for label in order.answer.split(", ")] == [
        "What happens first",
        "What happens next",
        "What happens last",
    ]


def test_versions_differ_and_a_seed_repeats_them(course, papers):
    (week,), _ = load_all(course)
    again = [content.paper(week, version, "7", AsTyped()) for version in range(3)]
    assert again == papers
    assert (
        len({entry.answer for p in papers for entry in p.entries if entry.bank or entry.choices})
        > 8
    )
    other = content.paper(week, 1, "8", AsTyped())
    assert other != papers[1]


def test_steps_of_a_case_are_numbered_with_letters(papers):
    steps = papers[0].entries[:2]
    assert [entry.number for entry in steps] == ["1a", "1b"]
    assert text_of(steps[0].before[0]).startswith("A patient comes to you")
    assert text_of(steps[1].before[0]) == "What the first step has shown."


def test_the_answer_sheet_has_a_row_for_every_decision(papers):
    rows = {entry.number: [row.label for row in entry.rows] for entry in papers[0].entries}
    assert (rows["1a"], rows["1b"]) == (["1a"], ["1b"])
    for how, parts in (("match each", "ab"), ("a number", ""), ("true or false, each", "ab")):
        number = entries(papers[0])[how].number
        assert rows[number] == [f"{number}{part}" for part in parts or [""]]
    assert [row.bubbles for row in entries(papers[0])["true or false, each"].rows] == [
        ("T", "F")
    ] * 2
    assert entries(papers[0])["a number"].rows[0].bubbles == ()


def test_markup_becomes_runs_and_citations_go():
    html = 'a <em>b</em><sup class="viva-cites"><a class="viva-cite">1</a></sup> <sub>c</sub> &lt;d'
    assert runs(html) == (
        Run("a "),
        Run("b", italic=True),
        Run(" "),
        Run("c", lowered=True),
        Run(" <d"),
    )


def test_a_figure_is_printed_light_in_its_state_and_with_letters(course):
    src = "assets/figures/name.svg#bare"
    places = (((0.1, 0.1), (0.4, 0.1), (0.4, 0.4)), ((0.5, 0.5), (0.9, 0.5), (0.9, 0.9)))
    ending, made = figures.printed(Picture(src, "alt", places=places), course.layout.docs)
    text = made.decode()
    assert ending == ".svg"
    assert 'fill="#123456"' in text
    assert "abcdef" not in text
    assert re.search(r"<style>[^<]*[^~ ]\.names\{display:none\}", text)
    assert text.count("<polygon") == 2
    assert ">A</text>" in text
    assert ">B</text>" in text


def test_a_letter_stands_in_its_own_place_only():
    wide = [(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (0.0, 4.0)]
    across = [(4.0, -5.0), (6.0, -5.0), (6.0, 9.0), (4.0, 9.0)]
    middle = figures._middle(wide, [across])
    assert figures._holds(wide, middle)
    assert not figures._holds(across, middle)
    assert min(abs(middle[0] - 4), abs(middle[0] - 6)) > 1


def test_places_on_pixels_are_refused(course):
    (course.layout.docs / "photo.png").write_bytes(b"png")
    picture = Picture("photo.png", "alt", places=(((0, 0), (1, 0), (1, 1)),))
    with pytest.raises(Refused, match="on an SVG only"):
        figures.printed(picture, course.layout.docs)


def test_a_picture_for_word_is_a_png(course):
    made = pdf.as_png(Picture("assets/figures/name.svg", "alt"), course.layout.docs)
    assert made.startswith(b"\x89PNG")


SECRETS = ("Why it is right", "Why it tempts", "What to remember", "The model answer", "right)")
ASKED = ("A question that can be answered before reading the options?", "Second option",
         "How large is it, in millimetres?", "What the first step has shown.", "Work alone")  # fmt: skip


def pdf_text(path: Path) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def docx_text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


READ = {"pdf": pdf_text, "docx": docx_text}


def printed(course: Course, *options: str) -> Path:
    out = course.layout.root / "paper"
    assignment = course.layout.quizzes / "assignments/week-1.yml"
    done = CliRunner().invoke(main, ["print", str(assignment), "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    return out


def test_every_document_holds_what_it_should_and_the_exam_no_key(course):
    out = printed(course, "--versions", "2", "--seed", "7")
    kinds = ("answer-sheet", "exam", "key")
    names = sorted(f"week-1-{v}-{k}.{e}" for v in "AB" for k in kinds for e in ("docx", "pdf"))
    assert sorted(path.name for path in out.glob("[!.]*")) == [*names, "week-1-papers.json"]
    for version in "AB":
        for ending, read in READ.items():
            exam = read(out / f"week-1-{version}-exam.{ending}")
            assert not [text for text in ASKED if text not in exam]
            assert not [text for text in SECRETS if text in exam]
            key = read(out / f"week-1-{version}-key.{ending}")
            assert not [text for text in SECRETS if text not in key]
            sheet = read(out / f"week-1-{version}-answer-sheet.{ending}")
            assert "Name" in sheet
            assert f"{len(KINDS)}b" in sheet
            assert f"Version {version}" in sheet


BANK = """\
title: T
module: modules/knee.md
questions:
  - {id: moves, type: single, stem: Which?, options: [{text: Ada, correct: true}, {text: Ben}, {text: Cy}]}
  - {id: refers, type: single, stem: Which?, options: [{text: Ada, correct: true}, {text: Ben}, {text: Both A and B}],
     explanation: A is right.}
  - {id: keeps, type: single, stem: Which?, options: [{text: Ada, correct: true}, {text: Ben, keep: true}]}
  - {id: number, type: numeric, stem: How many?, answer: 2}
"""


@pytest.mark.parametrize(("versions", "said"), [("1", ""), ("2", "letters: refers, keeps\n")])
def test_what_stands_in_the_same_order_in_every_version_is_named(make_course, versions, said):
    week = "title: W\nquestions: [moves, refers, keeps, number]\n"
    files = {"quizzes/t.yml": BANK, "docs/modules/knee.md": "# Knee\n", "quizzes/assignments/week-1.yml": week}
    root = make_course(files).layout.root
    words = ["print", f"{root}/quizzes/assignments/week-1.yml", "--out", f"{root}/paper"]
    done = CliRunner().invoke(main, [*words, "--versions", versions, "--format", "docx"])
    assert done.exit_code == 0, done.output
    assert done.stderr.endswith(said) and bool(done.stderr) == bool(said)


def test_the_same_seed_gives_the_same_pdf(course):
    first = (printed(course, "--format", "pdf") / "week-1-A-exam.pdf").read_bytes()
    assert (printed(course, "--format", "pdf") / "week-1-A-exam.pdf").read_bytes() == first


def test_the_pdf_is_tagged_and_names_its_language_and_figures(course):
    reader = PdfReader(printed(course, "--format", "pdf") / "week-1-A-exam.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "Week 1, version A"


def test_large_print_is_large(course):
    out = printed(course, "--format", "pdf", "--large")
    sizes: list[float] = []
    page = PdfReader(out / "week-1-A-exam-large.pdf").pages[0]
    page.extract_text(
        visitor_text=lambda text, _, tm, font, size: sizes.append(size) if text.strip() else None
    )
    assert sorted(sizes)[len(sizes) // 2] >= 18


def test_a_figure_of_the_exam_keeps_its_words_in_word(course):
    document = Document(str(printed(course, "--format", "docx") / "week-1-A-exam.docx"))
    shapes = [shape._inline for shape in document.inline_shapes]
    (week,), _ = load_all(course)
    figures_of = [question.figure for question in week.questions if question.figure]
    assert len(figures_of) > 2
    assert [shape.docPr.get("descr") for shape in shapes] == [one.alt for one in figures_of]
    for shape in shapes:
        embedded = shape.graphic.graphicData.pic.blipFill.blip.embed
        assert document.part.related_parts[embedded].blob.startswith(b"\x89PNG")


def test_the_docx_is_fit_to_print(course):
    """Black headings larger than text, the version and pages at the foot, no question torn apart."""
    for large in ((), ("--large",)):
        suffix = "-large" if large else ""
        out = printed(course, "--format", "docx", *large)
        document = Document(str(out / f"week-1-A-exam{suffix}.docx"))
        text, heading = document.styles["Normal"].font, document.styles["Heading 2"].font
        assert heading.size > text.size and str(heading.color.rgb) == "000000"
        assert heading.name == text.name
        assert "asciiTheme" not in document.styles["Heading 2"].element.xml
        foot = document.sections[0].footer.paragraphs[0]
        assert foot.text.startswith("Week 1, version A")
        assert 'w:instr="PAGE"' in foot._p.xml and 'w:instr="NUMPAGES"' in foot._p.xml
        lines = document.paragraphs
        titles = [n for n, line in enumerate(lines) if line.style.name == "Heading 2"]
        for first, after in zip(titles, [*titles[1:], len(lines)], strict=True):
            kept = [line.paragraph_format.keep_with_next for line in lines[first:after]]
            assert kept == [True] * (len(kept) - 1) + [None]


def test_rows_of_the_answer_sheet_are_wide_enough(course):
    document = Document(str(printed(course, "--format", "docx") / "week-1-A-answer-sheet.docx"))
    (table,) = document.tables
    for row in table.rows:
        label, answer = row.cells
        assert label.width < answer.width / 5
        assert ("w:tcBorders" in answer._tc.xml) == (not answer.text)


def test_the_key_names_each_answer_once_and_every_item(course, papers):
    words = entries(papers[0])["a few words"].answer.casefold().split("; ")
    assert len(words) == len(set(words))
    for read, ending in ((pdf_text, "pdf"), (docx_text, "docx")):
        key = read(printed(course) / f"week-1-A-key.{ending}")
        assert "What happens first" in key


@pytest.mark.parametrize("options", [(), ("--large",)], ids=["usual", "large"])
def test_a_question_longer_than_a_page_loses_nothing(course, options):
    story = "The muscle lies beside the bone, and the story goes on. " * 150
    write_week(
        course,
        f"""\
title: Week 1
private:
  - {{id: long, type: single, stem: "{story}Which is it?",
     options: [{{text: First}}, {{text: Second, correct: true}}, {{text: Very last}}]}}
""",
    )
    out = printed(course, "--format", "pdf", *options)
    (exam,) = out.glob("*-exam*.pdf")
    text = pdf_text(exam)
    assert text.count("story") == 150
    assert "Very last" in text


def test_a_question_that_fits_on_a_page_stays_on_one(course):
    """Questions of a third of a page: on no page is there a part of one."""
    lines = "The muscle lies beside the bone, and the story goes on. " * 14
    questions = "".join(
        f"""  - {{id: q-{n}, type: single, stem: "Begin{n}. {lines}Which?",
     options: [{{text: First}}, {{text: Second, correct: true}}, {{text: End{n}}}]}}\n"""
        for n in range(9)
    )
    write_week(course, f"title: Week 1\nprivate:\n{questions}")
    out = printed(course, "--format", "pdf", "--large")
    (exam,) = out.glob("*-exam*.pdf")
    pages = [page.extract_text() for page in PdfReader(exam).pages]
    assert len(pages) > 2
    for page in pages:
        begun, ended = re.findall(r"Begin(\d)", page), re.findall(r"End(\d)", page)
        assert begun == ended


def write_week(course: Course, text: str) -> None:
    path = course.layout.quizzes / "assignments/week-1.yml"
    path.write_text(text, "utf-8")


def test_the_blocks_of_a_stem_are_printed_line_by_line():
    html = (
        "<p>A <em>woman</em>.</p><ul>\n<li>\n<p>one</p>\n</li>\n<li>two</li>\n</ul>"
        "<ol><li>first</li><li>second</li></ol><table><tr><th>Drug</th><th>Dose</th></tr>\n"
        "<tr><td>A</td><td>2 mg</td></tr></table><pre><code>x = 1\ny = 2\n</code></pre>"
    )
    found = ["".join(run.text for run in one).strip() for one in paragraphs(html) if not isinstance(one, Table)]
    assert found == ["A woman.", "• one", "• two", "1. first", "2. second", "x = 1", "y = 2"]
    assert [line.strip() for line in text_of(lines(html)).split("\n")] == [
        *("A woman.", "• one", "• two", "1. first", "2. second"),
        *("Drug | Dose", "A | 2 mg", "x = 1", "y = 2"),
    ]


VALUES = """\
title: W
private:
  - id: table
    type: single
    stem: |
      A man of 34 years
      is tired. His results are:

      | Test | Result |
      | --- | ---: |
      | MCV | *71* fL |
      | CRP | |

      Which is it?
    options: [{text: Iron, correct: true}, {text: Folate}]
"""


def test_a_table_in_a_stem_is_a_table_on_paper(course):
    """Its head is bold, an empty cell keeps its place, and no page break parts it from its question."""
    write_week(course, VALUES)
    document = Document(str(printed(course, "--format", "docx") / "week-1-A-exam.docx"))
    (table,) = document.tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [
        ["Test", "Result"], ["MCV", "71 fL"], ["CRP", ""],
    ]  # fmt: skip
    looks = [(run.text, run.bold, run.italic) for cell in table.rows[1].cells for run in cell.paragraphs[0].runs]
    assert looks == [("MCV", None, None), ("71", None, True), (" fL", None, None)]
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    cells = [cell.paragraphs[0] for row in table.rows for cell in row.cells]
    assert all(line.paragraph_format.keep_with_next for line in cells)
    assert "A man of 34 years is tired. His results are:" in [line.text for line in document.paragraphs]
    said = pdf_text(printed(course, "--format", "pdf") / "week-1-A-exam.pdf")
    assert "Test Result MCV 71 fL CRP Which is it?" in " ".join(said.split())


def test_a_table_is_as_wide_as_its_widest_row():
    html = "<p>x</p><table><tr><th>a</th><td><p>b</p><ul><li>c</li></ul></td></tr><tr><td>d</td></tr></table>"
    _, table = paragraphs(html)
    assert [["".join(run.text for run in cell).strip() for cell in row] for row in table.rows] == [["a", "b • c"], ["d", ""]]
    assert table.head == 0
    assert paragraphs("<table></table>") == ()


def test_no_question_of_the_key_is_torn_apart(course):
    document = Document(str(printed(course, "--format", "docx") / "week-1-A-key.docx"))
    found = document.paragraphs
    titles = [n for n, line in enumerate(found) if line.style.name == "Heading 2"]
    for first, after in zip(titles, [*titles[1:], len(found)], strict=True):
        kept = [line.paragraph_format.keep_with_next for line in found[first:after]]
        assert kept == [True] * (len(kept) - 1) + [None]


def test_a_picture_in_a_text_is_named():
    assert runs('See <img src="a.png" alt="a horse"> and <img src="b.png">.') == (
        Run("See "), Run("[a horse]"), Run(" and "), Run("."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "html, direction, said",
    [
        ("25 m on the <b>ground</b>.", "rtl", "⟨25 m on the ground.⟨"),
        ("طول 25 mm هنا", "rtl", "طول ⟨25 mm⟨ هنا"),
        ("T2 هو الأول.", "rtl", "T2 هو الأول."),
        ("1:25,000", "rtl", "1:25,000"),
        ("نعم.", "ltr", "⟩نعم.⟩"),
        ("25 mm", "ltr", "25 mm"),
    ],
)
def test_text_of_the_other_direction_keeps_its_order(html, direction, said):
    found = "".join(run.text for run in turned(runs(html), direction))
    assert found.replace(MARKS["ltr"], "⟨").replace(MARKS["rtl"], "⟩") == said


def test_a_title_may_be_longer_than_a_property_of_word():
    made = Document(io.BytesIO(docx.packed(docx.begun(ENGLISH), "ab" * 300)))
    assert made.core_properties.title == ("ab" * 300)[:255]


TOLD = """\
One paragraph.

And another.

!!! note "Mind this"
    - peaked
    - wide

| Test | Value |
| --- | --- |
| K | 6.9 |
"""
BLOCKS = ["One paragraph.", "And another.", "Mind this", "• peaked", "• wide", [["Test", "Value"], ["K", "6.9"]]]
IN_BLOCKS = """\
title: T
module: modules/knee.md
questions:
  - id: told
    type: single
    stem: Which?
    options: [{text: Ada, correct: true, why: So.}, {text: Ben, why: No.}]
    explanation: |
""" + indent(TOLD, "      ")


def blocks_of(blocks) -> list:
    """Paragraphs as their text, tables as rows of cells."""
    return [
        [[*map(text_of, row)] for row in one.rows] if isinstance(one, Table) else text_of(one)
        for one in blocks
    ]


def test_an_explanation_and_instructions_keep_their_blocks(make_course):
    week = f"title: W\nquestions: [told]\ninstructions: |\n{indent(TOLD, '  ')}"
    read = make_course({"quizzes/t.yml": IN_BLOCKS, "quizzes/assignments/week-1.yml": week})
    (given,), problems = load_all(read)
    assert [str(one) for one in (*read.problems, *problems)] == []
    paper = content.paper(given, 0, "1", Site(read, Theme(None), Cache(read.layout.cache)).context(""))
    for blocks in (paper.entries[0].explanation, paper.instructions):
        assert blocks_of(blocks) == BLOCKS
        assert [run.bold for run in blocks[2]] == [True]
    for kind in ("exam", "key"):
        document = Document(io.BytesIO(docx.made(paper, kind, read.layout.docs, False)))
        lines = [one.text for one in document.paragraphs]
        assert [one for one in lines if one in BLOCKS] == BLOCKS[:-1]
        assert [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables] == BLOCKS[-1:]
        text = PdfReader(io.BytesIO(pdf.made(paper, kind, read.layout.docs, False))).pages[0].extract_text()
        assert [one for one in text.split("\n") if one in BLOCKS] == BLOCKS[:-1]


def test_what_a_step_reveals_keeps_its_blocks(make_course):
    told = indent(TOLD, " " * 10)
    case = (
        "title: T\nmodule: modules/knee.md\nquestions:\n  - id: told\n    type: case\n    vignette: |\n"
        f"{told}    steps:\n      - id: one\n        type: numeric\n        stem: How many?\n        answer: 1\n"
        f"        reveal: |\n{told}"
    )
    read = make_course({"quizzes/t.yml": case})
    (entry,) = content.entries(read.questions["told"], 1, Site(read, Theme(None), Cache(read.layout.cache)).context(""))
    assert blocks_of(entry.before) == BLOCKS * 2


def test_lines_and_paragraphs_of_running_text_stay_apart():
    html = "HR 120<br>BP 90/60<br><br>He is pale."
    assert blocks_of(paragraphs(html)) == ["HR 120\nBP 90/60", "He is pale."]
    assert text_of(runs(html)) == "HR 120\nBP 90/60\nHe is pale."
