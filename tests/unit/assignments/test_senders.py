"""Who uploaded a file, as four platforms name it."""

from __future__ import annotations

import pytest

from viva.assignments.senders import agrees, of

NAMED = {
    "Seán O'Brien_9981_assignsubmission_file/week-2-s1.json": ("moodle", "9981", "Seán O'Brien"),
    "Seán O'Brien_9981_assignsubmission_file_/week-2-s1.json": ("moodle", "9981", "Seán O'Brien"),
    "Seán O'Brien_9981_assignsubmission_file_week-2-s1.json": ("moodle", "9981", "Seán O'Brien"),
    "all.zip/Ana_12_assignsubmission_file/in/x.json": ("moodle", "12", "Ana"),
    "Participant_38950_assignsubmission_file/x.json": ("moodle", "38950", ""),
    "obriensean_4711_90210_week-2-s1.json": ("canvas", "4711", "obriensean"),
    "obriensean_LATE_4711_90210_week-2-s1-1.json": ("canvas", "4711", "obriensean"),
    "submissions.zip/張偉_5_6_week-2.json": ("canvas", "5", "張偉"),
    "anon1aB2_5_6_week-2.json": ("canvas", "5", ""),
    "Week 2_so_brien_attempt_2026-11-28-13-09-25_week-2-s1.json": ("blackboard", "Week 2_so_brien", ""),
    "Semana 2_ana.lopez_intento_2026-11-28-13-09-25_week-2-s1.json": ("blackboard", "Semana 2_ana.lopez", ""),
    "12345-67890 - Seán O'Brien - Nov 28, 2026 109 PM/week-2-s1.json": ("brightspace", "12345-67890", "Seán O'Brien"),
    "12345-67890 - Ann-Mai Lee - 28 November, 2026 1309/x.json": ("brightspace", "12345-67890", "Ann-Mai Lee"),
    "monday/week-2-s1.json": ("", "", ""),
    "week-2-s1.json": ("", "", ""),
    "week-2-a_1_2_b.json": ("", "", ""),
}  # fmt: skip
TEXTS = (
    "Ana_12_assignsubmission_onlinetext/onlinetext.html",
    "Ana_12_assignsubmission_onlinetext_onlinetext.html",
    "obriensean_4711_90210_text.html",
    "Week 2_ana_attempt_2026-11-28-13-09-25.txt",
    "Woche 2_ana_Versuch_2026-11-28-13-09-25.txt",
)


@pytest.mark.parametrize("file", NAMED)
def test_the_sender_is_read_from_the_name(file):
    found = of(file)
    assert (found.platform, found.id, found.name) == NAMED[file]
    assert not found.is_text


@pytest.mark.parametrize("file", TEXTS)
def test_what_was_typed_into_the_platform_is_no_file(file):
    assert of(file).is_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana_12_assignsubmission_file/a.json", "second.zip/Ana_12_assignsubmission_file_b.json"),
        ("obrien_4711_1_a.json", "later/obrien_LATE_4711_2_a-1.json"),
        ("Ana_12_assignsubmission_file/a.json", "Ana_12_assignsubmission_onlinetext/onlinetext.html"),
        ("1-2 - Zoë - Nov 1, 2026 1 PM/a.json", "3-2 - Zoe\u0308 - Nov 2, 2026 2 PM/a.json"),
        ("a.json", "b.json"),
    ],
)
def test_one_student_stays_one(one, other):
    assert of(one).key == of(other).key


def test_namesakes_are_two():
    names = ("Ana_12_assignsubmission_file/a.json", "Ana_13_assignsubmission_file/a.json")
    assert len({of(name).key for name in names}) == 2


@pytest.mark.parametrize(
    ("file", "name", "same"),
    [
        ("Seán O'Brien_1_assignsubmission_file/a.json", "Sean OBrien", True),
        ("Seán O'Brien_1_assignsubmission_file/a.json", "O'Brien, Seán", True),
        ("Seán Patrick O'Brien_1_assignsubmission_file/a.json", "Seán O'Brien", True),
        ("Mallory Evil_1_assignsubmission_file/a.json", "Seán O'Brien", False),
        ("Participant_1_assignsubmission_file/a.json", "Seán O'Brien", True),
        ("obriensean_1_2_a.json", "Seán O'Brien", True),
        ("evilmallory_1_2_a.json", "Seán O'Brien", False),
        ("張偉_1_2_a.json", "張偉", True),
        ("張偉_1_2_a.json", "李娜", False),
        ("plain/a.json", "Seán O'Brien", True),
    ],
)
def test_names_are_compared_as_people_write_them(file, name, same):
    assert agrees(of(file), name, "s1") is same


def test_where_a_platform_gives_user_names_these_are_compared():
    sender = of("Week 2_so_brien_attempt_2026-11-28-13-09-25_a.json")
    assert agrees(sender, "Anybody", "SO_Brien")
    assert not agrees(sender, "Anybody", "mallory")
