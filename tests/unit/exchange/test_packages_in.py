"""What is packed: Word, Excel, Anki, H5P, cartridges."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
import zstandard

import exchanging
from pixels import png
from viva.base.refused import Refused
from viva.course import courses
from viva.exchange import blanks, importing
from viva.exchange.cells import as_cells
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk, Left

FILES = Path(__file__).parents[2] / "imports"


def read(name: str, content: bytes):
    return importing.taken(Incoming(name, content), None, Desk())[1]


def packed(files: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return made.getvalue()


# Word.


def word(build) -> bytes:
    document, made = docx.Document(), io.BytesIO()
    build(document)
    document.save(made)
    return made.getvalue()


def options(document, *texts: str, style: str | None = None, bold: int | None = None) -> None:
    for number, text in enumerate(texts):
        document.add_paragraph(style=style).add_run(text).bold = number == bold


def right(one: Asked) -> list[str]:
    return [option.text for option in one.interaction.options if option.right]


@pytest.mark.parametrize(
    "look", ["bold", "star", "tick", "line", "behind", "key", "key in a table", "lists"]
)
def test_word_marks_what_is_right_in_many_ways(look):
    def build(document) -> None:
        document.add_heading("Heart", 1)
        if look == "lists":
            document.add_paragraph("Which chamber pumps into the aorta?", style="List Number")
            options(document, "Right ventricle", "Left ventricle", style="List Bullet", bold=1)
            document.add_paragraph("Which carries blood to the heart?", style="List Number")
            options(document, "A vein", "The aorta", style="List Bullet", bold=0)
            return
        marks = {"star": "*b) ", "tick": "☑ ", "behind": "b) "}
        document.add_paragraph("1. Which chamber pumps into the aorta?")
        tail = " (correct)" if look == "behind" else ""
        box = "☐ " if look == "tick" else "a) "
        second = marks.get(look, "b) ") + "Left ventricle" + tail
        options(document, box + "Right ventricle", second, bold=1 if look == "bold" else None)
        if look == "line":
            document.add_paragraph("Answer: B")
        document.add_paragraph("2) Which carries blood to the heart?")
        options(document, "A. A vein", "B. The aorta", bold=0 if look == "bold" else None)
        if look.startswith("key"):
            document.add_heading("Answer key", 1)
        if look == "key":
            document.add_paragraph("1. B; 2. A")
        elif look == "key in a table":
            table = document.add_table(rows=2, cols=2)
            for row, texts in zip(table.rows, (("1", "B"), ("2", "A")), strict=True):
                row.cells[0].text, row.cells[1].text = texts
        elif look != "bold":
            document.add_paragraph("Answer: A")

    first, second = read("heart.docx", word(build)).entries
    assert isinstance(first, Asked) and isinstance(second, Asked), (first, second)
    assert first.stem == "Which chamber pumps into the aorta?"
    assert right(first) == ["Left ventricle"] and right(second) == ["A vein"]
    assert [option.text for option in second.interaction.options] == ["A vein", "The aorta"]


def test_word_says_what_it_could_not_understand():
    def build(document) -> None:
        document.add_paragraph("1. Nobody marked this?")
        options(document, "a) x", "b) y")
        document.add_paragraph("Answer: C")
        document.add_paragraph("2. Nor this?")
        options(document, "a) <b>x</b> *y*", "b) z")
        document.add_paragraph("3. This one?")
        options(document, "a) <b>x</b> *y*", "b) z", bold=0)

    first, second, third = read("heart.docx", word(build)).entries
    assert isinstance(first, Left) and "none of the options" in first.why
    assert isinstance(second, Left) and "Answer: B" in second.why
    assert right(third) == [r"&lt;b>x&lt;/b> \*y\*"]


def test_word_pictures_come_along():
    def build(document) -> None:
        document.add_paragraph("1. What is grey?").add_run().add_picture(io.BytesIO(png(8, 8)))
        options(document, "a) This", "b) That", bold=0)

    (one,) = read("heart.docx", word(build)).entries
    assert one.figure and one.figure.src in one.pictures


# Tables.


def workbook(*lines, name: str = "Sheet", change=lambda sheet: None) -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active.title = name
    for line in lines:
        book.active.append(line)
    change(book.active)
    book.save(made)
    return made.getvalue()


def test_a_date_that_the_spreadsheet_made_is_named_by_its_cell():
    def change(sheet) -> None:
        sheet["C3"].number_format = "d-mmm"

    lines = (
        ["Exam 2026"],
        ["Question", "A", "B", "Right"],
        ["How many?", "3", datetime(2026, 2, 1), "B"],
    )
    made = read("heart.xlsx", workbook(*lines, change=change))
    (one,) = made.entries
    assert one.notes == (
        "C3: “1-Feb” looks like a date that the spreadsheet made of something like 1-2",
    )
    assert right(one) == ["1-Feb"]
    assert "stem = Question" in made.notes[0] and "options = A, B" in made.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_every_way_of_writing_it(delimiter, encoding):
    lines = (
        ["Frage", "Antwort A", "Antwort B", "Lösung"],
        ["Wie groß?", '"1,5; 2"', '"x\ty"', "A"],
    )
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (one,) = read("herz.csv", text.encode(encoding)).entries
    assert one.stem == "Wie groß?" and right(one) == ["1,5; 2"]


@pytest.mark.parametrize(
    ("said", "answer", "tolerance", "unit"),
    [
        ("15", 15, 0, None),
        ("15,5 ± 0,5 mm", 15.5, 0.5, "mm"),
        ("10..14", 12, 2, None),
        ("1.234,5", 1234.5, 0, None),
        ("-3 +/- 1", -3, 1, None),
        ("20%", 20, 0, "%"),
    ],
)
def test_numbers_as_people_write_them(said, answer, tolerance, unit):
    made = read("n.xlsx", workbook(["Question", "Type", "Answer"], ["How many?", "number", said]))
    given = made.entries[0].interaction
    assert (given.answer, given.tolerance, given.unit) == (answer, tolerance, unit)


@pytest.mark.parametrize("said", ["B", "b", "2", "B)", "two", "Option B", "Answer 2"])
def test_the_right_option_by_letter_number_or_text(said):
    made = read(
        "n.xlsx",
        workbook(["Question", "A", "B", "C", "Key"], ["Which?", "one", "two", "three", said]),
    )
    assert right(made.entries[0]) == ["two"]


def test_what_is_no_option_is_said():
    made = read("n.xlsx", workbook(["Question", "A", "B", "Key"], ["Which?", "one", "two", "E"]))
    assert made.entries[0].why == "its right answer is “E”, which is none of the options"


def test_a_table_without_headings_is_refused():
    with pytest.raises(Refused, match="headings"):
        read("n.xlsx", workbook(["a", "b", "c"], ["d", "e", "f"]))


def test_two_columns_are_cards():
    made = read("words.tsv", b"front one\tback one\nfront two\tback <b>\n")
    assert [(card.front, card.back) for card in made.cards] == [
        ("front one", "back one"),
        ("front two", "back &lt;b>"),
    ]


def test_every_example_of_our_table_comes_back(tmp_path):
    blanks.new_table(tmp_path / "knee.xlsx")
    made = importing.read(tmp_path / "knee.xlsx", None, Desk())[1]
    wanted = {question.id: asked for question, asked, _ in blanks.examples()}
    assert made.notes == () and {one.source for one in made.entries} == set(wanted)
    for one in made.entries:
        back = as_cells(one.interaction)
        assert back and set(back.options) == set(as_cells(wanted[one.source]).options)
        assert back.right == as_cells(wanted[one.source]).right
        assert set(back.whys) == set(as_cells(wanted[one.source]).whys)


def test_the_word_example_comes_in_whole(tmp_path):
    blanks.new_word(tmp_path / "knee.docx")
    made = importing.read(tmp_path / "knee.docx", None, Desk())[1]
    assert all(isinstance(one, Asked) and not one.notes for one in made.entries)
    assert len(made.entries) == 6


@pytest.mark.parametrize(
    ("make", "ending"), [(blanks.new_table, "xlsx"), (blanks.new_word, "docx")]
)
def test_a_blank_overwrites_nothing(make, ending, tmp_path):
    (tmp_path / f"a.{ending}").write_bytes(b"mine")
    for name in (f"a.{ending}", "a.txt"):
        with pytest.raises(Refused):
            make(tmp_path / name)
    assert (tmp_path / f"a.{ending}").read_bytes() == b"mine"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_our_table_keeps_citations_of_the_course(ending, course, tmp_path):
    data, _ = exchanging.exported(course, "table", ending=ending)
    path = tmp_path / f"kinds{ending}"
    path.write_bytes(data)
    for desk, said in (
        (importing.desk_for(course, "kinds", lambda: None), "It shows the road [@notes]."),
        (Desk(), "It shows the road &#91;@notes]."),
    ):
        one = next(
            found for found in importing.read(path, None, desk)[1].entries if found.source == "one"
        )
        assert one.interaction.options[1].why == said


# Anki.


def collection(
    fields: list[str], front: str = "{{Front}}", back: str = "{{FrontSide}}{{Back}}", kind: int = 0
) -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE col (models TEXT)")
    base.execute("CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, flds TEXT)")
    model = {
        "flds": [{"name": "Front"}, {"name": "Back"}],
        "tmpls": [{"qfmt": front, "afmt": back}],
        "type": kind,
    }
    base.execute("INSERT INTO col VALUES (?)", (json.dumps({"7": model}),))
    for number, text in enumerate(fields):
        base.execute("INSERT INTO notes VALUES (?, ?, 7, ?)", (number, f"guid{number}", text))
    base.commit()
    return base.serialize()


def test_the_newest_collection_of_a_deck_is_read():
    stub, real = (
        collection(["Please update\x1fnow"]),
        collection(["What beats?\x1fThe <b>heart</b>"]),
    )
    for files in (
        {"collection.anki2": stub, "collection.anki21": real, "media": "{}"},
        {"collection.anki2": stub, "collection.anki21b": zstandard.compress(real), "media": b""},
    ):
        (card,) = read("deck.apkg", packed(files)).cards
        assert (card.source, card.front, card.back) == ("guid0", "What beats?", "The **heart**")


def test_gaps_sound_and_pictures_of_a_deck():
    text = "The {{c1::heart::organ}} beats [sound:a.mp3] and {{c2::rests}}.\x1f"
    first, second = read(
        "d.apkg",
        packed({"collection.anki2": collection([text], "{{cloze:Front}}", "{{cloze:Front}}", 1)}),
    ).cards
    assert first.front == "The &#91;organ] beats and rests." and first.back == "heart"
    assert second.front == "The heart beats and …." and "a.mp3" in second.notes[0]
    files = {
        "collection.anki2": collection(['<img src="h.png" alt="A heart"> What?\x1fIt']),
        "media": '{"0": "h.png"}',
        "0": png(4, 4),
    }
    (card,) = read("d.apkg", packed(files)).cards
    assert card.front == "![A heart](assets/imported/bank/h.png) What?" and card.pictures


@pytest.mark.parametrize(
    "content",
    [b"SQLite format 3\0" + b"x" * 200, b"", zstandard.ZstdCompressor().compress(b"x")[:5]],
)
def test_a_damaged_deck_is_refused(content):
    with pytest.raises(Refused):
        read("d.apkg", packed({"collection.anki2": content}))


def test_a_deck_that_is_a_trap_is_refused():
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE col (models TEXT)")
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS id FROM c"
    base.execute(f"CREATE VIEW notes AS {endless}")
    base.commit()
    with pytest.raises(Refused, match="the collection is damaged"):
        read("d.apkg", packed({"collection.anki2": base.serialize()}))


def test_cards_go_into_the_module_of_the_bank(make_course, tmp_path):
    course = make_course()
    path = tmp_path / "deck.apkg"
    path.write_bytes(
        packed(
            {
                "collection.anki2": collection(
                    ["What beats?\x1fThe heart", "What <i>rests</i>?\x1fNothing"]
                )
            }
        )
    )
    before = (course.layout.docs / "modules/knee.md").read_text("utf-8")
    importing.write(importing.plan(path, course, "knee", None, lambda: None))
    now = (course.layout.docs / "modules/knee.md").read_text("utf-8")
    again = courses.load(course.layout)
    assert again.problems == ()
    assert [(card.id, card.back) for card in again.cards["modules/knee.md"]] == [
        ("what-beats", "The heart"),
        ("what-rests", "Nothing"),
    ]
    assert [line for line in before.split("\n") if line not in now.split("\n")] == []
    made = importing.plan(path, again, "knee", None, lambda: None)
    assert made.texts == {} and made.report.same == 2, "a second time nothing is new"


def test_cards_without_a_module_get_one(make_course, tmp_path):
    course = make_course()
    path = tmp_path / "heart.tsv"
    path.write_text("What beats?\tThe heart\n", "utf-8")
    importing.write(importing.plan(path, course, "heart", None, lambda: None))
    again = courses.load(course.layout)
    assert again.problems == () and again.cards["modules/heart.md"][0].front == "What beats?"


# H5P.


def h5p(library: str, content: object) -> bytes:
    about = {"title": "Heart", "mainLibrary": library}
    return packed({"h5p.json": json.dumps(about), "content/content.json": json.dumps(content)})


def test_sets_of_h5p():
    choice = {
        "question": "<p>Which pumps?</p>",
        "answers": [
            {
                "text": "<div>Left</div>",
                "correct": True,
                "tipsAndFeedback": {"chosenFeedback": "<p>Thick.</p>"},
            },
            {"text": "<div>Right &lt;b&gt;</div>", "correct": False},
        ],
        "media": {"type": {"params": {"file": {"path": "images/a.png"}, "alt": "A heart"}}},
    }
    several = {
        "question": "Which?",
        "answers": [{"text": t, "correct": c} for t, c in (("a", True), ("b", True), ("c", False))],
    }
    truth = {"question": "<p>It beats.</p>", "correct": "true"}
    blanks_ = {"text": "<p>Fill in.</p>", "questions": ["<p>The *heart/cor:It beats* beats.</p>"]}
    drag = {
        "taskDescription": "Drag.",
        "textField": "The *left* one is *thick*.",
        "distractors": "*thin*",
    }
    single = {"choices": [{"question": "Which?", "answers": ["right", "wrong"]}]}
    kinds = (
        ("H5P.MultiChoice 1.14", choice),
        ("H5P.MultiChoice 1.14", several),
        ("H5P.TrueFalse 1.8", truth),
        ("H5P.Blanks 1.12", blanks_),
        ("H5P.DragText 1.8", drag),
        ("H5P.SingleChoiceSet 1.11", single),
        ("H5P.Essay 1.0", {"taskDescription": "Write."}),
    )
    given = {"questions": [{"library": name, "params": params} for name, params in kinds]}
    made = read("a.h5p", h5p("H5P.QuestionSet", given))
    one, two, three, four, five, six, seven = made.entries
    assert right(one) == ["Left"] and one.interaction.options[0].why == "Thick."
    assert one.notes == ("the picture a.png is not in the file",)
    assert right(two) == ["a", "b"] and two.interaction.several
    assert three.interaction.statements[0].answer is True
    assert four.interaction.gaps[0].filled.accept == ("heart", "cor")
    assert [o.text for o in five.interaction.gaps[1].filled.options] == ["left", "thick", "thin"]
    assert right(six) == ["right"]
    assert isinstance(seven, Left)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"h5p.json": "{", "content/content.json": "{}"}, "damaged"),
        ({"h5p.json": "[]", "content/content.json": "{}"}, "damaged"),
        ({"h5p.json": "{}"}, "missing"),
        ({"h5p.json": '{"mainLibrary": "H5P.Game"}', "content/content.json": "{}"}, "not known"),
    ],
)
def test_what_is_no_question_of_h5p_is_refused(files, said):
    with pytest.raises(Refused, match=said):
        read("a.h5p", packed(files))


# Packages of XML.


def test_a_package_brings_its_pictures_and_each_question_once():
    quiz = (FILES / "heart.canvas.xml").read_text("utf-8")
    shown = quiz.replace(
        "&lt;p&gt;Which chamber",
        '&lt;p&gt;&lt;img src="%24IMS-CC-FILEBASE%24/a%20b.png"&gt;&lt;/p&gt;&lt;p&gt;Which chamber',
    )
    files = {
        "q/assessment_qti.xml": quiz,
        "non_cc/q.xml.qti": shown,
        "web_resources/a b.png": png(4, 4),
        "imsmanifest.xml": "<manifest/>",
    }
    made = read("canvas.imscc", packed(files))
    assert len(made.entries) == 8
    assert made.entries[0].figure and made.entries[0].figure.src == "assets/imported/bank/a-b.png"


def test_items_of_a_package_come_in_the_order_of_their_test_with_their_labels():
    item = (FILES / "node.qti3.xml").read_text("utf-8")
    test = '<assessmentTest title="Heart"><assessmentItemRef href="items/b.xml"/><assessmentItemRef href="items/a.xml"/></assessmentTest>'
    manifest = '<manifest><resources><resource href="items/a.xml"><metadata><lom><general><keyword><string>level:apply</string></keyword><keyword><string>heart</string></keyword></general></lom></metadata></resource></resources></manifest>'
    files = {
        "items/a.xml": item,
        "items/b.xml": item.replace('identifier="lv"', 'identifier="rv"'),
        "test.xml": test,
        "imsmanifest.xml": manifest,
    }
    made = read("qti.zip", packed(files))
    assert [one.source for one in made.entries] == ["rv", "lv"] and made.title == "Heart"
    assert made.entries[1].tags == ("heart",) and made.entries[1].level == "apply"
