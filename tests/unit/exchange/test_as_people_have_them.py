"""Files as people have them: in other encodings, from other word processors, zipped, misnamed, half filled in."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pixels import png
from viva.base.refused import Refused
from viva.exchange import importing
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk, Left

GIFT = "Größe? {=faustgroß ~kopfgroß}\n\nDas Herz schlägt. {T}\n"
QUIZ = (
    '<?xml version="1.0" encoding="{}"?>\n<quiz><question type="multichoice"><questiontext><text>Größe – was?</text>'
    '</questiontext><answer fraction="100"><text>groß</text></answer><answer fraction="0"><text>klein</text>'
    "</answer></question></quiz>"
)


def taken(name: str, content: bytes) -> list[Asked | Left]:
    return list(importing.taken(Incoming(name, content), None, Desk())[1].entries)


def right(one: Asked | Left) -> list[str]:
    assert isinstance(one, Asked), one
    return [option.text for option in one.interaction.options if option.right]


def packed(files: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_in_every_encoding(form, ends):
    first, second = taken("herz.gift", GIFT.replace("\n", ends).encode(form))
    assert (first.stem, right(first)) == ("Größe?", ["faustgroß"])
    assert second.interaction.statements[0].answer


@pytest.mark.parametrize("said", ["UTF-8", "UTF-16", "windows-1252"])
@pytest.mark.parametrize("form", ["utf-8", "utf-16", "cp1252"])
def test_xml_in_another_encoding_than_it_says(said, form):
    if (said, form) == ("windows-1252", "utf-8"):
        return  # nobody can tell: every text in UTF-8 is one in that
    (one,) = taken("quiz.xml", QUIZ.format(said).encode(form))
    assert (one.stem, right(one)) == ("Größe – was?", ["groß"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\r\n \t\r\n", "the file is empty"),
        (b"<quiz></quiz>", "no question is in it"),
        (packed({}), "the zip is empty"),
        (packed({"a.gift": GIFT, "b.gift": GIFT}), "2 files with questions"),
        (packed({"a.zip": packed({"a.gift": GIFT})}), "nobody here knows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"%PDF-1.4", "a PDF does not tell"),
        (b"{\\rtf1", "this is RTF"),
        (png(3, 3), "this is a picture"),
        (b"<!DOCTYPE html><html>", "this is a web page"),
    ],
)
def test_what_holds_no_question_is_refused_with_what_to_do(content, said):
    with pytest.raises(Refused, match=said):
        taken("exam.docx", content)


@pytest.mark.parametrize(
    ("name", "content"), [("quiz.gift", GIFT.encode()), ("a/quiz.xml", QUIZ.format("UTF-8").encode())]
)
def test_one_file_in_a_zip_is_that_file(name, content):
    zipped = packed({name: content, "readme.pdf": b"%PDF-1.4"})
    assert right(taken("all.zip", zipped)[0]) == right(taken(name, content)[0])


# Word processors.

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
LISTS = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum><w:abstractNum '
    'w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    "</w:numbering>"
)


def paragraph(text: str, listed: tuple[int, int] | None = None, look: str = "") -> str:
    place = ""
    if listed:
        place = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:rPr>{look}</w:rPr>{lines}</w:r></w:p>"


def document(*paragraphs: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATED.format("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": RELATED.format("numbering", "numbering.xml"),
            "word/document.xml": body,
            "word/numbering.xml": LISTS,
        }
    )


ASKED = (("What fills the aorta?", "Left atrium", "Left ventricle"), ("What has two cusps?", "Mitral", "Aortic"))
RIGHT = [["Left ventricle"], ["Mitral"]]
BOLD = "<w:b/>"
LOOKS = ("<w:b/>", "<w:u w:val='single'/>", "<w:highlight w:val='yellow'/>", "<w:color w:val='FF0000'/>")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("inner", [(1, 1), (2, 0)])
def test_lists_that_the_word_processor_counts(look, inner):
    """LibreOffice nests the options, Google Docs has them in a list of their own too."""
    lines = [
        paragraph(text, inner if n else (1, 0), look if [text] in RIGHT else "")
        for asked in ASKED
        for n, text in enumerate(asked)
    ]
    assert [right(one) for one in taken("exam.docx", document(*lines))] == RIGHT


def test_lines_of_one_paragraph():
    lines = [
        paragraph("\n".join([f"{n}. {asked[0]}", *(f"{'*' * ([o] in RIGHT)}{k}) {o}" for k, o in zip("ab", asked[1:], strict=True))]))
        for n, asked in enumerate(ASKED, 1)
    ]
    assert [right(one) for one in taken("exam.docx", document(*lines))] == RIGHT


def test_options_on_one_line_apart_by_tabs():
    line = "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{one}</w:t>" for one in ("1. What?", "A. one", "B. two", "*C. three")) + "</w:r></w:p>"
    assert [right(one) for one in taken("exam.docx", document(line))] == [["three"]]


def test_letters_without_a_dot_are_options_where_the_answer_is_one():
    lines = map(paragraph, ("1. Which?", "A one", "B two", "C three", "Answer: B"))
    (one,) = taken("exam.docx", document(*lines))
    assert (one.stem, right(one)) == ("Which?", ["two"])


def test_a_statement_that_says_whether_it_is_true_and_a_question_without_an_answer():
    lines = map(paragraph, ("1. The heart has four chambers. (True)", "2. Describe the heart.", "3. Pump?", "Answer: heart"))
    judged, open_one, typed = taken("exam.docx", document(*lines))
    assert judged.interaction.statements[0].text == "The heart has four chambers."
    assert isinstance(open_one, Left) and "no options and no answer" in open_one.why
    assert typed.interaction.accept == ("heart",)


def test_a_table_with_a_form_for_each_question():
    rows = (("Question", "What?"), ("A", "one"), ("B", "two"), ("Answer", "B"), ("Question", "And?"), ("A", "x"), ("B", "y"), ("Answer", "A"))
    cells = "".join(f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in rows)
    found = taken("exam.docx", document(f"<w:tbl>{cells}</w:tbl>"))
    assert [right(one) for one in found] == [["two"], ["x"]]


def test_a_key_in_a_table_is_no_question():
    lines = [paragraph(f"{'ABC'[k - 1]}. {text}" if k else f"{n}. {text}") for n, asked in enumerate(ASKED, 1) for k, text in enumerate(asked)]
    rows = (("Question", "Answer"), ("1", "B"), ("2", "A"))
    cells = "".join(f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in rows)
    assert [right(one) for one in taken("exam.docx", document(*lines, f"<w:tbl>{cells}</w:tbl>"))] == RIGHT


@pytest.mark.parametrize("key", ["Answers: 1 B, 2 A", "Answer key: 1-B; 2-A", "Lösungen: 1. b 2. a"])
def test_a_key_in_one_line(key):
    lines = [
        paragraph(f"{'ABC'[k - 1]}. {text}" if k else f"{n}. {text}")
        for n, asked in enumerate(ASKED, 1)
        for k, text in enumerate(asked)
    ]
    assert [right(one) for one in taken("exam.docx", document(*lines, paragraph(key)))] == RIGHT


def test_what_was_deleted_with_changes_tracked_is_gone():
    gone = '<w:p><w:del w:id="1"><w:r><w:delText>b) Old</w:delText></w:r></w:del></w:p>'
    lines = [paragraph("1. What?"), paragraph("a) New"), gone, paragraph("b) Right", look=BOLD)]
    (one,) = taken("exam.docx", document(*lines))
    assert [option.text for option in one.interaction.options] == ["New", "Right"]


# Spreadsheets.

HEAD = ["Question", "Option A", "Option B", "Correct answer"]


def workbook(*rows: list, merged: str = "") -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(made)
    return made.getvalue()


def test_a_formula_without_its_result_is_named_by_its_cell():
    one, other = taken("a.xlsx", workbook(HEAD, ["Sum?", "=1+1", "3", "A"], ["What?", "a", "b", "B"]))
    assert isinstance(one, Left) and one.why.startswith("B2 holds a formula without its result")
    assert right(other) == ["b"]


def test_a_title_over_merged_cells_is_no_heading():
    (one,) = taken("a.xlsx", workbook(["Exam", "", "", ""], HEAD, ["What?", "a", "b", "B"], merged="A1:D1"))
    assert right(one) == ["b"]


def test_a_workbook_that_is_called_csv_is_a_workbook():
    assert right(taken("a.csv", workbook(HEAD, ["What?", "a", "b", "B"]))[0]) == ["b"]


# Learning platforms.


def test_an_aiken_question_without_its_answer_does_not_eat_the_next():
    one, other = taken("a.txt", b"One?\nA. a\nB. b\n\nTwo?\nA. a\nB. b\nANSWER: B\n")
    assert isinstance(one, Left) and "no line ANSWER" in one.why
    assert right(other) == ["b"]


def test_a_cloze_place_that_takes_several_answers_is_a_question_of_its_own():
    text = "&lt;p&gt;Vessels: {1:MR:=aorta~=vein~liver}&lt;/p&gt;&lt;p&gt;The pump is the {1:SA:=heart}.&lt;/p&gt;"
    quiz = (
        '<quiz><question type="cloze"><name><text>mix</text></name><idnumber>mix</idnumber>'
        f"<questiontext><text>{text}</text></questiontext></question></quiz>"
    )
    gap, several = taken("quiz.xml", quiz.encode())
    assert (several.stem, right(several), several.source) == ("Vessels:", ["aorta", "vein"], "mix-2")
    assert gap.interaction.gaps[0].filled.accept == ("heart",)
    assert "Vessels" not in gap.interaction.text and gap.source == "mix-1"


def test_places_in_one_sentence_keep_the_whole_of_it():
    quiz = (
        '<quiz><question type="cloze"><questiontext><text>{1:MR:=Blood~=Air~Stone} moves, and {1:SA:=bone} holds.'
        "</text></questiontext></question></quiz>"
    )
    gap, several = taken("quiz.xml", quiz.encode())
    assert several.stem == "(?) moves, and \\_\\_\\_\\_\\_\\_ holds."
    assert gap.interaction.text.endswith(" holds.") and len(gap.interaction.gaps) == 1


def test_an_answer_that_differs_by_its_case_only_is_right_too():
    quiz = (
        '<quiz><question type="cloze"><questiontext><text>Water is {1:SAC:=H2O~h2o}.</text></questiontext>'
        "</question></quiz>"
    )
    (one,) = taken("quiz.xml", quiz.encode())
    assert one.interaction.gaps[0].filled.reject == ()
    assert "“h2o” is right too" in one.notes[0]


BLACKBOARD = """<questestinterop><assessment title="Pool"><section>{}</section></assessment></questestinterop>"""
ITEM = """<item><itemmetadata><bbmd_questiontype>{}</bbmd_questiontype></itemmetadata><presentation><flow class="Block">
<flow class="QUESTION_BLOCK"><material><mat_extension><mat_formattedtext type="HTML">{}</mat_formattedtext></mat_extension>
</material></flow>{}</flow></presentation><resprocessing>{}</resprocessing></item>"""
SAID = "<material><mat_extension><mat_formattedtext>{}</mat_formattedtext></mat_extension></material>"
HOLDS = '<respcondition><conditionvar>{}</conditionvar><displayfeedback linkrefid="correct"/></respcondition>'


def blackboard(kind: str, stem: str, answered: str, *conditions: str) -> bytes:
    item = ITEM.format(kind, stem, answered, "".join(HOLDS.format(one) for one in conditions))
    return BLACKBOARD.format(item).encode()


def test_matching_of_blackboard_whose_options_stand_apart():
    lids = "".join(
        f'<flow class="Block"><response_lid ident="{name}" rcardinality="Single"><render_choice>'
        f'<response_label ident="{name}1"/><response_label ident="{name}2"/></render_choice></response_lid>'
        f"{SAID.format(prompt)}</flow>"
        for name, prompt in (("a", "Heart"), ("b", "Lung"))
    )
    block = "".join(f'<flow class="Block">{SAID.format(one)}</flow>' for one in ("breathes", "pumps"))
    content = blackboard(
        "Matching",
        "Match.",
        f'<flow class="RESPONSE_BLOCK">{lids}</flow><flow class="RIGHT_MATCH_BLOCK">{block}</flow>',
        '<varequal respident="a">a2</varequal>',
        '<varequal respident="b">b1</varequal>',
    )
    (one,) = taken("pool.dat", content)
    pairs = [(prompt.text, one.interaction.options[prompt.answer]) for prompt in one.interaction.prompts]
    assert (one.stem, pairs) == ("Match.", [("Heart", "pumps"), ("Lung", "breathes")])


def test_numbers_and_words_of_blackboard():
    asked = '<flow class="RESPONSE_BLOCK"><response_{} ident="response"><render_fib fibtype="{}"/></response_{}></flow>'
    between = '<vargte respident="response">9.5</vargte><varlte respident="response">10.5</varlte>'
    exact = '<varequal respident="response">10</varequal>'
    (number,) = taken("a.dat", blackboard("Numeric", "How many?", asked.format("num", "Decimal", "num"), between + exact))
    assert (number.interaction.answer, number.interaction.tolerance) == (10, 0.5)
    said = [f'<varequal respident="response">{one}</varequal>' for one in ("diaphragm", "the diaphragm")]
    (words,) = taken("a.dat", blackboard("Fill in the Blank", "What?", asked.format("str", "String", "str"), *said))
    assert words.interaction.accept == ("diaphragm", "the diaphragm")


def test_a_picture_of_blackboard_is_found_by_its_number():
    link = '&lt;p&gt;Which? &lt;img src="@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-12_1" alt="knee"&gt;&lt;/p&gt;'
    asked = '<flow class="RESPONSE_BLOCK"><response_str ident="response"><render_fib/></response_str></flow>'
    item = blackboard("Fill in the Blank", link, asked, '<varequal respident="response">knee</varequal>')
    (one,) = taken("a.zip", packed({"res1.dat": item, "csfiles/home_dir/knee__xid-12_1.png": png(9, 9)}))
    assert one.figure is not None and one.figure.alt == "knee" and len(one.pictures) == 1


def test_matching_without_a_stem_is_asked_all_the_same():
    labels = "".join(f'<response_label ident="{n}"><material><mattext>{n}</mattext></material></response_label>' for n in "xy")
    lids = "".join(
        f'<response_lid ident="{name}"><material><mattext>{name}</mattext></material><render_choice>{labels}'
        "</render_choice></response_lid>"
        for name in ("one", "two")
    )
    said = "".join(
        f'<respcondition><conditionvar><varequal respident="{name}">{right}</varequal></conditionvar>'
        '<setvar varname="SCORE" action="Add">50</setvar></respcondition>'
        for name, right in (("one", "y"), ("two", "x"))
    )
    item = f"<questestinterop><item><presentation>{lids}</presentation><resprocessing>{said}</resprocessing></item></questestinterop>"
    (one,) = taken("a.xml", item.encode())
    assert one.stem == "What fits?"
