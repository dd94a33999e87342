"""Who belongs to a class, from what learning platforms export."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from viva.base.visible import alike
from viva.sittings.classlist import Student, load
from viva.sittings.returned import worksheet

WORKSHEET = """\
Identifier,Full name,ID number,Email address,Status,Group,Grade,Maximum grade,Last modified (grade),Online text
Participant 101,Seán O'Brien,s1001,sean@example.org,Submitted,A,,100.00,-,7Q2KM-9XD3R
Participant 102,"Ñandú, José",,jose@example.org,No submission,,,100.00,-,
"""
PARTICIPANTS = """\
First name,Last name,ID number,Email address,Groups
Seán,O'Brien,s1001,sean@example.org,"A, B"
李,小龍,,li@example.org,
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (55),Current Score
    Points Possible,,,,,20,(read only)
"O'Brien, Seán",4711,s1001,sobrien,Spring,,
"Student, Test",99,,abc,Spring,,
"""
PLAIN = "name;identifier;lms id;group;extra time;due\nSeán;s1001;4711;A;25 %;2026-12-09\nZoë;s1002;;;;\n"


def students(tmp_path, text: str, encoding: str = "utf-8") -> tuple[list[Student], str, list[str]]:
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    found, problems = load(path, "class.csv")
    return list(found.students), found.format, [str(problem) for problem in problems]


def test_the_grading_worksheet_of_moodle(tmp_path):
    (one, other), form, problems = students(tmp_path, WORKSHEET)
    assert (form, problems) == ("moodle", [])
    assert (one.name, one.identifier, one.lms, one.group) == ("Seán O'Brien", "s1001", "101", "A")
    assert (one.others, one.receipt) == (("sean@example.org",), "7Q2KM-9XD3R")
    assert (other.identifier, other.lms) == ("jose@example.org", "102")


GERMAN = """\
ID,Vollständiger Name,ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,\
Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar
Teilnehmer/in101,Seán O'Brien,s1001,sean@example.org,Zur Bewertung abgegeben,,"50,00",Ja,-,-,
Teilnehmer/in102,"Ñandú, José",s1002,jose@example.org,Keine Abgabe,"12,50","50,00",Ja,-,-,
"""
JAPANESE = """\
ID,フルネーム,メールアドレス,ステータス,評点,最大評点,評点を変更できる,最終更新日時 (評定)
参加者101,李 小龍,li@example.org,未提出,,100.00,Yes,-
"""


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [(GERMAN, [("s1001", "101"), ("s1002", "102")]), (JAPANESE, [("li@example.org", "101")])],
)
def test_a_worksheet_of_moodle_in_another_language(tmp_path, text, identifiers):
    found, form, problems = students(tmp_path, text)
    assert (form, problems) == ("moodle", [])
    assert [(one.identifier, one.lms) for one in found] == identifiers
    assert all("@" not in one.name and not one.name.startswith("s1") for one in found)


def test_what_goes_back_to_moodle_has_the_names_that_came(tmp_path):
    path = tmp_path / "class.csv"
    path.write_text(GERMAN, "utf-8")
    known, _ = load(path, "class.csv")
    done = SimpleNamespace(percent=85.0, submission=SimpleNamespace(student=alike("s1001")))
    header, *rows = worksheet([done], known)
    assert ",".join(header) == GERMAN.splitlines()[0]
    assert rows == [["Teilnehmer/in101", "Seán O'Brien", "s1001", "sean@example.org",
                     "Zur Bewertung abgegeben", 42.5, "50,00", "Ja", "-", "-", ""]]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "code,name,group,week,score,most\nstudent1,Ada,A,1,5,10.00\nstudent2,Ben,A,1,6,20.00\n",
        "code,name,score,most\nstudent1,Ada,5,10.00\n",
        "code,name,mail,state,score,most\n1001,Ada,a@b.org,x,5,10.00\n",
    ],
)
def test_a_table_that_only_looks_alike_is_none(tmp_path, text):
    assert students(tmp_path, text)[1] == "plain"


def test_the_participants_of_moodle(tmp_path):
    (one, other), form, problems = students(tmp_path, PARTICIPANTS)
    assert (form, problems) == ("moodle", [])
    assert (one.name, one.identifier, one.group) == ("Seán O'Brien", "s1001", "A, B")
    assert (other.name, other.identifier) == ("李 小龍", "li@example.org")


def test_the_gradebook_of_canvas(tmp_path):
    (one,), form, problems = students(tmp_path, CANVAS)
    assert (form, problems) == ("canvas", [])
    assert (one.name, one.identifier, one.others) == ("O'Brien, Seán", "s1001", ("sobrien",))
    assert (one.lms, one.group) == ("4711", "Spring")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_plain_table(tmp_path, encoding):
    (one, other), form, problems = students(tmp_path, PLAIN, encoding)
    assert (form, problems) == ("plain", [])
    assert (one.name, one.extra, str(one.due)) == ("Seán", 25.0, "2026-12-09 23:59:59")
    assert (other.extra, other.due) == (0.0, None)


def test_a_column_called_id_alone_is_the_identifier(tmp_path):
    (one,), _, problems = students(tmp_path, "id,name\ns1001,Ada\n")
    assert (one.identifier, one.lms, problems) == ("s1001", "", [])


BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"
"Müller"\t"Jörg"\t"jm1"\t"s1001"\t""\t"Yes"
"""
BRIGHTSPACE = """\
OrgDefinedId,Username,Last Name,First Name,Email,Week 1 Points Grade <Numeric MaxPoints:10>,End-of-Line Indicator
#s1001,#jm1,Müller,Jörg,jm@example.org,,#
"""


@pytest.mark.parametrize(
    ("text", "encoding", "others"),
    [
        ("Name;Vorname;Matrikelnummer\nMüller;Jörg;s1001\n", "cp1252", ()),
        ("Nachname;Vorname;Matrikel-Nr.\nMüller;Jörg;s1001\n", "utf-16", ()),
        ("Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nJörg;Müller;s1001;jm@example.org\n", "utf-8", ("jm@example.org",)),
        ("Nom,Prénom,Numéro d'identification\nMüller,Jörg,s1001\n", "utf-8", ()),
        ("Nombre,Apellido(s),Número de ID\nJörg,Müller,s1001\n", "utf-8", ()),
        ("姓,名,学号\nMüller,Jörg,s1001\n", "utf-8", ()),
        ("الاسم الأول,اسم العائلة,الرقم الجامعي\nJörg,Müller,s1001\n", "utf-8", ()),
        ("name,surname,id\nJörg Müller,Müller,s1001\n", "utf-8", ()),
        ("name,id,email\nJörg Müller,s1001,jm@example.org\n", "utf-8", ("jm@example.org",)),
        (BLACKBOARD, "utf-16", ("jm1",)),
        (BRIGHTSPACE, "utf-8-sig", ("jm1", "jm@example.org")),
    ],
)
def test_lists_of_other_platforms_and_languages(tmp_path, text, encoding, others):
    (one,), _, problems = students(tmp_path, text, encoding)
    assert (one.name, one.identifier, one.others, problems) == ("Jörg Müller", "s1001", others, [])


def test_german_words_for_more_time_and_days_as_a_spreadsheet_writes_them(tmp_path):
    text = "Name;Kennung;Zeitverlängerung;Abgabe\nÄnne;s1;12,5 %;9.12.2026\nBo;s2;;09.12.2026 8:30:00\n"
    (one, other), _, problems = students(tmp_path, text, "cp1252")
    assert (one.extra, str(one.due), problems) == (12.5, "2026-12-09 23:59:59", [])
    assert str(other.due) == "2026-12-09 08:30:00"


def test_rows_of_canvas_that_are_nobodys(tmp_path):
    rows = CANVAS.splitlines()
    text = "\n".join([rows[0], ",,,,,Manual Posting,", *rows[1:]])
    found, _, problems = students(tmp_path, text)
    assert ([one.identifier for one in found], problems) == (["s1001"], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("identifier,due\ns1,12/9/2026\n", "class.csv:2:2: '12/9/2026' can be read in two ways"),
        ("identifier,name\n1.23457E+11,Ada\n", "class.csv:2:1: a spreadsheet has shortened this number to 1.23457E+11"),
        ("identifier,due\ns1,31.2.2026\n", "class.csv:2:2: '31.2.2026' is not a time"),
        ("name,group\nAda,A\n", "class.csv:1:1: there is no column for what students write as their identifier"),
        ("identifier,extra time\ns1,a lot\n", "class.csv:2:2: extra time is 'a lot' (write it in per cent"),
        ("identifier,extra time\ns1,nan\n", "class.csv:2:2: extra time is 'nan'"),
        ("identifier,extra time\ns1,9999\n", "class.csv:2:2: extra time is '9999'"),
        ("identifier,due\ns1,soon\n", "class.csv:2:2: 'soon' is not a time"),
        ("identifier,name\ns1,Ada\nS1,Bo\n", "class.csv:3:1: s1 is the identifier of row 2 too"),
        ("identifier,name\ns1,Ada\n,Bo\n", "class.csv:3:1: there is no identifier"),
        ("", "class.csv:1:1: there is no column"),
    ],
)
def test_a_mistake_is_one_message_at_its_place(tmp_path, text, said):
    problems = students(tmp_path, text)[2]
    assert len(problems) == 1
    assert said in problems[0]


def test_a_workbook_is_named(tmp_path):
    (tmp_path / "class.csv").write_bytes(b"PK\x03\x04\x00")
    _, (problem,) = load(tmp_path / "class.csv", "class.csv")
    assert "save it as CSV" in str(problem)


def test_every_mistake_is_told_in_one_run(tmp_path):
    text = "identifier,extra time,due\ns1,much,soon\ns2,x,2026-12-09\n"
    assert len(students(tmp_path, text)[2]) == 3
