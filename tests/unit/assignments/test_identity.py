"""Files that may not be whose they say wait for their teacher, and replace nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from viva.assignments import grading, identity
from viva.assignments.remarks import Code, has
from viva.base.visible import visible
from viva.cli import main

from .conftest import TOTAL, WEEK, as_file, sent
from .test_grading import graded, submission

MOODLE = "{}_{}_assignsubmission_file/week-1-s1.json"
SEAN, MALLORY = MOODLE.format("Seán O'Brien", 9981), MOODLE.format("Mallory Evil", 9999)
COPY = "Copy Cat_9998_assignsubmission_file/week-1-s2.json"
LATER = "2026-12-02T10:00:00+01:00"


def whys(found) -> dict[str, set[Code]]:
    return {one.submission.file: {why.code for why in one.why} for one in found.held}


def test_a_file_of_somebody_else_replaces_nothing(week):
    found = graded(
        week,
        submission(week, SEAN, name="Seán O'Brien"),
        submission(week, MALLORY, name="Seán O'Brien", finished=LATER, answers={"single": 0}),
    )
    assert found.results == ()
    assert whys(found) == {SEAN: {Code.ONE_IDENTIFIER}, MALLORY: {Code.ONE_IDENTIFIER, Code.OTHER_NAME}}


def test_names_that_the_platform_hides_in_any_language_are_no_names(week):
    names = ("Teilnehmer in", "Gruppe A-Participante", "参加者")
    files = [
        submission(
            week,
            MOODLE.format(name, number),
            name=f"Person {number}",
            identifier=f"s{number}",
            finished=f"2026-12-01T11:00:{number}+01:00",
        )
        for number, name in enumerate((*names, *names), 10)
    ]
    found = graded(week, *files)
    assert len(found.results) == len(files)
    assert not any(has(one.remarks, Code.OTHER_NAME) for one in found.results)
    (one,) = graded(week, submission(week, MOODLE.format("Mallory Evil", 10), name="Ana")).results
    assert has(one.remarks, Code.OTHER_NAME)


def test_a_file_in_doubt_says_too_that_it_was_changed(week):
    found = graded(
        week,
        submission(week, SEAN, name="Seán O'Brien"),
        submission(week, MALLORY, name="Seán O'Brien", finished=LATER, receipt="00000-00000"),
    )
    why = {Code.ONE_IDENTIFIER, Code.OTHER_NAME, Code.EDITED}
    assert whys(found) == {SEAN: {Code.ONE_IDENTIFIER}, MALLORY: why}


def test_a_tab_or_an_end_of_line_parts_words():
    assert visible("K+\tlow\r\nor\x00 no\u200bt") == "K+ low or not"


def test_a_student_who_sends_again_is_no_clash(week):
    again = MOODLE.format("Seán O'Brien", 9981).replace(".json", " (1).json")
    found = graded(
        week,
        submission(week, SEAN, name="Seán O'Brien", answers={"single": 0}),
        submission(week, f"second.zip/{again}", name="Seán O'Brien", finished=LATER),
    )
    assert found.held == ()
    assert [result.total for result in found.results] == [TOTAL]


def test_two_plain_folders_with_one_identifier_are_a_clash(week):
    one, other = "Ann/a.json", "Ben/a.json"
    found = graded(week, submission(week, one), submission(week, other, answers={"single": 0}))
    assert set(whys(found)) == {one, other}


def test_one_download_kept_twice_is_no_clash(week):
    found = graded(week, submission(week, "a/x.json"), submission(week, "copy of a/x.json"))
    assert found.held == ()
    assert [bad.reason for bad in found.bad] == ["is the same as a/x.json, counted once"]


@pytest.mark.parametrize("identifier", ["S1", "s1\u2060", "s\u00ad1"])
def test_identifiers_are_compared_as_they_look(week, identifier):
    files = (
        submission(week, SEAN),
        submission(week, MALLORY, identifier=identifier, answers={}),
    )
    assert len(whys(graded(week, *files))) == 2


def test_composed_and_decomposed_letters_are_one_identifier(week):
    files = [
        submission(week, "a.json", identifier="zoë"),
        submission(week, "b.json", identifier="zoe\u0308", finished=LATER),
    ]
    assert len(graded(week, *files).results) == 1


def test_one_sender_with_two_identifiers_is_asked_about(week):
    other = SEAN.replace("s1", "s11")
    name = {"name": "Seán O'Brien"}
    second = submission(week, other, identifier="s11", answers={}, **name)
    found = graded(week, submission(week, SEAN, **name), second)
    assert whys(found) == {SEAN: {Code.TWO_IDENTIFIERS}, other: {Code.TWO_IDENTIFIERS}}


def test_a_folder_of_a_whole_class_is_no_sender(week):
    files = [
        submission(week, f"class/{n}.json", identifier=f"s{n}", finished=f"2026-12-01T11:0{n}:00Z")
        for n in range(5)
    ]
    assert len(graded(week, *files).results) == 5


def test_answers_that_were_copied_with_their_times_wait(week):
    own = submission(week, SEAN, name="Seán O'Brien")
    found = graded(week, own, submission(week, COPY, identifier="s2", name="Copy Cat"))
    assert whys(found) == {SEAN: {Code.COPY}, COPY: {Code.COPY}}


@pytest.mark.parametrize(
    "fields",
    [
        {"answers": {}},  # nothing was answered
        {"finished": "2026-12-01T11:00:00+01:00", "started": "2026-12-01T10:00:01+01:00"},
        {"finished": "2026-12-01T11:00:01+01:00"},
    ],
)
def test_what_two_may_share_by_chance_is_no_copy(week, fields):
    first = {"answers": {}} if fields.get("answers") == {} else {}
    found = graded(week, submission(week, SEAN, **first), submission(week, COPY, identifier="s2", **fields))
    assert found.held == ()


def test_others_are_marked_while_some_wait(week):
    files = [
        submission(week, SEAN),
        submission(week, MALLORY, finished=LATER),
        submission(week, MOODLE.format("Ann", 1), identifier="s9", finished=None),
    ]
    assert [result.submission.identifier for result in graded(week, *files).results] == ["s9"]


def test_a_decision_lets_one_file_count_and_names_the_other(week):
    honest, forged = submission(week, SEAN), submission(week, MALLORY, finished=LATER, answers={})
    decisions = {identity.row(honest): True, identity.row(forged): False}
    found = grading.grade(week, [honest, forged], rulings=grading.Rulings(decisions))
    assert [result.total for result in found.results] == [TOTAL]
    assert [(bad.file, bad.reason) for bad in found.bad] == [
        (MALLORY, "does not count: you decided so")
    ]
    said = [one.code for one in found.results[0].remarks]
    assert (said.count(Code.ONE_IDENTIFIER), said.count(Code.OTHER_NAME)) == (1, 1)


def test_a_file_that_comes_after_the_decision_is_asked_about(week):
    files = [submission(week, SEAN), submission(week, MALLORY, finished=LATER, answers={})]
    decisions = {identity.row(files[0]): True, identity.row(files[1]): False}
    third = submission(week, MOODLE.format("Third", 3), finished=LATER)
    assert len(grading.grade(week, [*files, third], rulings=grading.Rulings(decisions)).held) == 3


def test_a_name_that_is_not_the_senders_is_said(week):
    (result,) = graded(week, submission(week, MALLORY, name="Seán O'Brien")).results
    assert has(result.remarks, Code.OTHER_NAME)
    (result,) = graded(week, submission(week, SEAN, name="Sean O’Brien")).results
    assert not has(result.remarks, Code.OTHER_NAME)


# From the command line: a folder as Moodle gives it, and a list to decide.


@pytest.fixture
def folder(make_week, tmp_path) -> Path:
    _, week = make_week(WEEK)
    text = "Ann_1_assignsubmission_onlinetext/onlinetext.html"
    ann = MOODLE.format("Ann", 1)
    files = {
        SEAN: sent(week, name="Seán O'Brien"),
        MALLORY: sent(week, name="Seán O'Brien", finished=LATER, answers={"single": 0}),
        ann: sent(week, name="Ann", identifier="s9", finished=LATER),
    }
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(as_file(data))
    (tmp_path / "in" / text).parent.mkdir()
    (tmp_path / "in" / text).write_text("<p>My code: 00000-00000</p>")
    return tmp_path


def grade(folder: Path):
    assignment = folder / "quizzes/assignments/week-1.yml"
    arguments = ["grade", str(assignment), str(folder / "in"), "--out", str(folder / "out")]
    return CliRunner().invoke(main, arguments)


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "out/to-decide.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decide(folder: Path, said: dict[str, str], delimiter: str = ",", encoding: str = "utf-8", **more: str) -> None:
    """Write into the list as a spreadsheet does."""
    found = [row | {"counts": said.get(row["sent by"], "")} | more for row in table(folder)]
    with (folder / "out/to-decide.csv").open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, found[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(found[::-1])


def test_the_list_says_what_to_decide_and_takes_the_answer(folder):
    done = grade(folder)
    assert done.exit_code == 0, done.output
    assert f"{MALLORY}: one identifier, s1, in files from several senders (2)" in done.stdout
    assert "students without marks until you decide which file counts: 1." in done.stdout
    assert [(row["sent by"], row["counts"]) for row in table(folder)] == [
        ("Mallory Evil", ""), ("Seán O'Brien", ""),
    ]  # fmt: skip
    decide(folder, {"Seán O'Brien": "yes"})
    done = grade(folder)
    assert "without marks" not in done.stdout
    assert f"{MALLORY}: does not count: you decided so" in done.stdout
    assert "2 students marked" in done.stderr
    assert {row["sent by"]: row["counts"] for row in table(folder)} == {
        "Mallory Evil": "no", "Seán O'Brien": "yes",
    }  # fmt: skip


def test_the_list_survives_a_spreadsheet(folder):
    grade(folder)
    decide(folder, {"Mallory Evil": "No", "Seán O'Brien": "No"}, ";", "cp1252")
    done = grade(folder)
    assert "1 student marked, 2 files not counted" in done.stderr


def test_why_it_was_decided_so_stays_in_the_list(folder):
    grade(folder)
    decide(folder, {"Seán O'Brien": "yes"}, reason="She said so, by mail", Tutorial="B")
    for _ in range(2):
        grade(folder)
        found = {(row["reason"], row["Tutorial"]) for row in table(folder)}
        assert found == {("She said so, by mail", "B")}


def test_a_word_that_is_no_decision_is_refused(folder):
    grade(folder)
    decide(folder, {"Mallory Evil": "maybe"})
    done = grade(folder)
    assert done.exit_code == 1
    assert "to-decide.csv:3:8: 'maybe' is not a decision (write yes or no)" in done.output


def test_a_receipt_on_the_platform_is_compared(folder, make_week):
    _, week = make_week(WEEK)
    ann = MOODLE.format("Ann", 1)
    said = grade(folder).stdout
    assert f"{ann}: the receipt on the platform is 00000-00000, and this file’s is " in said
    assert "onlinetext" not in said
    own = submission(week, ann, name="Ann", identifier="s9", finished=LATER).receipt
    text = folder / "in/Ann_1_assignsubmission_onlinetext/onlinetext.html"
    text.write_text(f"<p>code&nbsp;<b>{own.lower()}</b></p>")
    assert "the receipt" not in grade(folder).stdout
    text.write_text(f"<p>{own[:-1]}{'A' if own[-1] != 'A' else 'B'}</p>")
    assert "the receipt on the platform is mistyped" in grade(folder).stdout
    text.write_text("<p>Thank you for the course!</p>")
    assert "the receipt" not in grade(folder).stdout
