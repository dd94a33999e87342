"""What a course in another language gives its students and teachers has no English word of ours."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

import foreign
from golden import example
from viva.analysis import linking, report, responses, statistics
from viva.analysis.standard import impact, methods, protocol, sheets
from viva.assignments import feedback, gradebooks, grading, load_all, sheet
from viva.assignments.remarks import Code, remark
from viva.assignments.submissions import Given, Submission
from viva.bank import types
from viva.base import tables
from viva.base.cache import Cache
from viva.base.words import of
from viva.cli import main
from viva.exchange.limits import Incoming
from viva.paper import write
from viva.paper.write import Copies
from viva.review import packet, page, returned, word
from viva.scaffold import questions as scaffold
from viva.site.site import Site
from viva.theme import Theme

WEEK = "title: Woche 1\nmode: exam\ntime_limit: 30\npass_mark: 50\nprivate:\n" + "".join(
    scaffold.example(kind, f"a-{kind}") for kind in sorted(types.TYPES)
)
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><path d="M0 0h9"/></svg>'
LONG = pytest.mark.long
LANGUAGES = ["de", pytest.param("ar", marks=LONG), pytest.param("ja", marks=LONG)]
VALUES = {
    "over": timedelta(days=1, hours=2), "took": timedelta(minutes=50), "limit": timedelta(minutes=45),
    "date": date(2026, 12, 8), "count": 2, "allowed": 1, "attempt": 1,
}  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def theirs():
    """What authors say: the examples of the program, in English."""
    return WEEK


@pytest.fixture
def site(make_course, tmp_path, language) -> Site:
    read = make_course({
        "mkdocs.yml": f"site_name: X\ntheme: {{language: {language}}}\n",
        "quizzes/assignments/week-1.yml": WEEK,
        "docs/assets/figures/name.svg": FIGURE,
    })  # fmt: skip
    assert not read.problems
    return Site(read, Theme(None), Cache(tmp_path / ".cache"))


@pytest.fixture
def week(site):
    (found,), problems = load_all(site.course)
    assert not problems
    return found


@pytest.fixture
def graded(week):
    """A class: one who answers everything, with every remark that there is; one who answers nothing;
    one whose answers are damaged."""
    hashes = {one.id: sheet.sheet_hash(one) for one in week.questions}
    answers = {one.id: Given(hash=hashes[one.id], answer=example(one.type)[0]) for one in week.questions}
    broken = {name: Given(hash=one.hash, answer={"x": []}) for name, one in answers.items()}
    old = {name: Given(hash="x", answer=one.answer) for name, one in answers.items()}
    # A remark fills its places with values, or with what nobody could take for a word.
    every = [
        remark(code, **{name: VALUES.get(name, "§") for name in foreign.PLACE.sub(
            lambda place: f" {place[0]} ", code.value).replace("{", "").replace("}", "").split()
            if f"{{{name}}}" in code.value})
        for code in Code
    ]  # fmt: skip
    day = datetime(2026, 12, 1, 10)
    given = [
        Submission("a.json", "Ada", "s1", 1, day, day, answers, tuple(every)),
        Submission("b.json", "Bo", "s2", 1, None, None, {}, ()),
        Submission("c.json", "Cy", "s3", 1, None, None, broken, ()),
        Submission("d.json", "Di", "s4", 1, None, None, old, ()),
    ]
    return grading.grade(week, given)


def test_paper(site, week, language, theirs):
    formats = ("docx", "pdf") if language == "de" else ("docx",)
    made = dict(write.documents(week, site, Copies(1, "1", False, formats)))
    assert len(made) == 3 * len(formats)
    said = [one for name, data in made.items() if name.endswith("docx") for one in foreign.of_word(data)]
    for name, data in made.items():
        if name.endswith("pdf"):
            read = PdfReader(io.BytesIO(data))
            said += [read.metadata.title, *(one.extract_text() for one in read.pages)]
            assert read.trailer["/Root"]["/Lang"] == language
    assert foreign.left(language, said, theirs) == []


def test_paper_turns_where_the_language_does(site, week, language):
    _, data = next(iter(write.documents(week, site, Copies(formats=("docx",)))))
    document = Document(io.BytesIO(data))
    turned = document.styles["Normal"].element.find(f".//{qn('w:bidi')}")
    assert (turned is not None) is (of(language).direction == "rtl")
    assert document.styles["Normal"].element.find(f".//{qn('w:lang')}").get(qn("w:val")) == language


@pytest.mark.parametrize("release", [False, True])
def test_feedback(site, graded, language, theirs, release):
    made = list(feedback.pages(graded, site, release))
    assert [one.bad for one in made] == [None] * 4
    for one in made:
        assert f'<html lang="{language}" dir="{of(language).direction}">' in one.html
        assert foreign.left(language, foreign.of_html(one.html), theirs) == []


def test_results(site, graded, language, theirs):
    made = gradebooks.documents(graded, site.words)
    assert foreign.left(language, foreign.of_workbook(made["results.xlsx"]), theirs) == []
    read = [row for name in ("results.csv", "problems.csv") for row in tables.parsed(made[name])[1:]]
    assert foreign.left(language, [cell for row in read for cell in row], theirs) == []


def answers(path: Path, students: int = 120) -> Path:
    """A class that answers as classes do, more or less."""
    chance = random.Random(3)
    key = ["A", "B", "C", "A", "B", "C"]
    rows = [["student", *(f"q{n}" for n in range(6))], ["key", *key]]
    for student in range(students):
        able = chance.gauss(0, 1)
        marks = [one if chance.gauss(able, 1) > n - 3 else chance.choice("ABCDE") for n, one in enumerate(key)]
        rows.append([f"s{student}", *marks])
    rows += [["t1", *"BBCABC"], ["t2", "", "", "", "", "", ""], ["t3", "NA", *"BCABC"]]
    tables.write(path, rows)
    return path


def test_reports(site, week, tmp_path, language, theirs):
    words = site.words
    read = responses.load(answers(tmp_path / "a.csv"))
    few = replace(read, marks=read.marks[:12], chosen={}, blank=None)
    pages = [report.as_html(statistics.analyse(one), "§", words) for one in (read, few)]
    link = linking.link(read, replace(read, items=read.items))
    pages.append(linking.as_html(link, "§1", "§2", words))
    scores = impact.Scores(read.students, read.marks.sum(axis=1), 6.0, 1.2)
    for found in (
        methods.angoff(read.marks[:5, :], list("VWXYZ"), read.marks[5:10, :]),
        methods.ebel(read.marks[:5, :], list("VWXYZ"), 6),
        methods.cohen(scores.totals, 6.0),
    ):
        follows = impact.impact(found, scores)
        pages.append(protocol.as_html(found, follows, "§", words))
        pages += [words.tell(one) for one in protocol.as_text(found, follows)]
    for kind in ("angoff", "ebel"):
        for book in sheets.workbooks(week, ["Ada"], kind, None, words).values():
            assert foreign.left(language, foreign.of_workbook(book), theirs) == []
    assert foreign.left(language, [one for html in pages for one in foreign.of_html(html)], theirs) == []


def test_review(site, week, language, theirs):
    one = next(iter(site.course.questions.values()))
    made = packet.packet(site, [one], [], "§")
    html, data = page.made(made, site.course.layout.docs), word.made(made, site.course.layout.docs)
    known = theirs + Path(site.course.layout.quizzes / "knee.yml").read_text("utf-8")
    said = [*foreign.of_html(html), *foreign.of_script(html), *foreign.of_word(data)]
    assert foreign.left(language, said, known) == []


def test_what_is_written_the_other_way_keeps_its_order(make_course, tmp_path):
    """An Arabic course whose questions are in English, as many are."""
    read = make_course({
        "mkdocs.yml": "site_name: X\ntheme: {language: ar}\n",
        "quizzes/assignments/week-1.yml": WEEK,
        "docs/assets/figures/name.svg": FIGURE,
    })  # fmt: skip
    site = Site(read, Theme(None), Cache(tmp_path / ".cache"))
    ((week,), _) = load_all(site.course)
    marked_ = grading.grade(week, [Submission("b.json", "Bo", "s2", 1, None, None, {}, ())])
    (one,) = feedback.pages(marked_, site, release=True)
    asked = next(iter(site.course.questions.values()))
    sent = page.made(packet.packet(site, [asked], [], "§"), site.course.layout.docs)
    stem = next(one.stem for one in week.questions if one.type == types.FIRST)
    for html, text in ((one.html, stem), (sent, asked.stem)):
        assert re.search(rf'<bdi dir="ltr">[^<]*(?:<b[^>]*>)?{re.escape(text)}', html)
    assert "<bdi" not in sent.partition("<script")[2]


def test_what_is_filled_in_comes_back(site, tmp_path, language):
    """A reviewer writes into a table whose names are in the language, and so is the state."""
    words = site.words
    one = next(iter(site.course.questions.values()))
    made = word.made(packet.packet(site, [one], [], "§"), site.course.layout.docs)
    document = Document(io.BytesIO(made))
    told = {words.tell(name): value for name, value in (
        (word.REVIEWER, "Ada"), (word.DATE, "2026-12-08"),
        (word.STATE, words.within("a question", "accepted")), (word.COMMENT, "§"),
    )}  # fmt: skip
    for table in document.tables:
        for row in table.rows:
            row.cells[1].text = told.get(row.cells[0].text, row.cells[1].text)
    document.save(tmp_path / "back.docx")
    found = returned.read(Incoming("back.docx", (tmp_path / "back.docx").read_bytes()), words)
    assert (found.by, found.date, found.faults) == ("Ada", "2026-12-08", ())
    assert [(said.question, said.status, said.comment) for said in found.said] == [(one.id, "accepted", "§")]


@pytest.mark.parametrize("kind", ["angoff", "ebel"])
def test_what_judges_fill_in_comes_back(site, week, tmp_path, language, kind):
    from openpyxl import load_workbook

    words = site.words
    ((name, data),) = sheets.workbooks(week, ["Ada"], kind, None, words).items()
    book = load_workbook(io.BytesIO(data))
    first = book.worksheets[0]
    for row in first.iter_rows(min_row=3):
        if row[0].value:
            put = [60] if kind == "angoff" else [words.tell(sheets.RELEVANCES[0]), words.tell(sheets.EASES[0])]
            for n, value in enumerate(put):
                first.cell(row[0].row, 5 + n, value)
    if kind == "ebel":
        book.worksheets[1].cell(2, 2, 60)
    book.save(tmp_path / name)
    found, faults = sheets.read(tmp_path / name, kind, words)
    assert faults == [] and found.judge == "Ada" and set(found.shares.values()) == {0.6}


TYPED = "analyse, question, in review, lowest pass mark, any"
"""What is typed as it stands, in any language: commands, states, columns, hosts."""


def commands(group, before=()):
    """The names of every command, from the first one down."""
    yield before
    context = click.Context(group)
    for name in group.list_commands(context) if isinstance(group, click.Group) else ():
        yield from commands(group.get_command(context, name), (*before, name))


def test_help(site, monkeypatch, language):
    monkeypatch.chdir(site.course.layout.root)
    monkeypatch.setenv("COLUMNS", "400")
    said = set()
    for names in commands(main):
        done = CliRunner().invoke(main, [*names, "--help"])
        assert done.exit_code == 0, done.output
        said |= {part.strip() for line in done.output.splitlines() for part in re.split(r" {2,}|\[|\]", line)}
    assert foreign.left(language, said, TYPED) == []


def test_what_commands_say(site, monkeypatch, language):
    """A mistake in a bank, a flaw in a question, a file that is not there, and what was done."""
    root = site.course.layout.root
    monkeypatch.chdir(root)
    bank = root / "quizzes/knee.yml"
    text = bank.read_text("utf-8")
    said = []
    for changed in (text, text.replace("type: single", "type: singel"), text.replace("stem:", "stam:")):
        bank.write_text(changed, "utf-8")
        for _ in range(2):  # read, and then kept
            said.append(CliRunner().invoke(main, ["check", "--info"]).output)
    bank.write_text(text, "utf-8")
    said += [
        CliRunner().invoke(main, names).output
        for names in (["print", "nothing.yml"], ["import", "nothing.xml"], ["rules", "KY999"], ["history"],
                      ["export"], ["review", "read", "mkdocs.yml"], ["build", "--site-dir", "docs"],
                      ["rules"], ["rules", "SC001"], ["sitting", "return", "mkdocs.yml"],
                      ["publish", "sftp", "a", "--port", "x"], ["publish", "sftp", "a", "--key", "docs"],
                      ["new", "bank", "Deep Knee"], ["new", "bank", "nul"], ["new", "course", "ekg", "--language", "de"])
    ]  # fmt: skip
    lines = [re.sub(r"^\S+:\d+:\d+: | [A-Z]{2}\d{3}$", "", line) for one in said for line in one.splitlines()]
    assert foreign.left(language, lines, text) == []
