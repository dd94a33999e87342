"""A class of forty takes an exam on its real page; its sitting is decided, voided, marked again, given
back, analysed and remembered, and every number is what arithmetic without the program gives."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

import building
import commands
from shared import once
from viva.assignments.identity import row_of

SETTINGS = """\
site_name: Test course
use_directory_urls: false
theme: {name: material, font: false}
extra_css: [assets/site/site.css]
plugins: [search, viva]
"""
SINGLE = """\
  - id: q-{n}
    type: single
    stem: What is number {n}?
    options:
      - {{text: The first thing, why: Why not.}}
      - {{text: The second thing, correct: true, why: Why.}}
      - {{text: The third thing, why: Why not.}}
"""
WEEK = (
    """\
title: Final
mode: exam
time_limit: 45
due: 2026-12-07
pass_mark: 60
private:
"""
    + "".join(SINGLE.format(n=n) for n in range(1, 5))
    + """\
  - {id: q-5, type: numeric, stem: "How wide is it?", answer: 15, tolerance: 0.5, unit: mm,
     explanation: Measured so.}
  - {id: q-6, type: short-answer, stem: "What is it called?", accept: [the right term], reject: [no],
     explanation: Called so.}
"""
)
ASKED = [f"q-{n}" for n in range(1, 7)]
NAMES = ["Seán O'Brien", "李小龍", "Zoë Under_Score", "=HYPERLINK(1)", "O’Neil; Jr.", "عمر خالد", "CON",
         "Ñandú, José", "-1", "<b>Bold</b>", "Copied From", "Copy Cat", "Sent Twice", "Was Robbed",
         "Mallory Evil", "Wrong Number", "Never Came"]  # fmt: skip
COPIED, COPIER, TWICE, ROBBED, MALLORY, WRONG, ABSENT = range(10, 17)
EXTRA, SLOW, LATE, LATER_DUE, TOO_LATE = 20, 21, 22, 23, 24
START = datetime(2026, 12, 7, 9, 0)
JUDGED = {"another term": 0.5, "some words": 0.0, "15,000": 1.0}


@dataclass(frozen=True)
class Person:
    """A student, what was answered, and how long it took. Answers: place, place, …, text, text."""

    number: int
    name: str
    answers: tuple[Any, ...]
    begun: datetime
    minutes: int = 30
    extra: str = ""
    due: str = ""

    @property
    def identifier(self) -> str:
        return f"s{1000 + 7 * self.number}"

    @property
    def participant(self) -> str:
        return str(50_000 + self.number)

    @property
    def folder(self) -> str:
        """As Moodle names it, which leaves out what no file's name may hold."""
        name = re.sub(r"[^-=;,.’\w ]|_", "", self.name)
        return f"{name}_{self.participant}_assignsubmission_file"


def person(number: int) -> Person:
    """The later in a group of ten, the more is known; chance has its part."""
    knows = [(number % 10 + 3 * n + 5 * (number // 10)) % 11 < 3 + number % 10 for n in range(6)]
    wrong = [0, 2, 2, 0][number % 4]
    singles = [1 if known else wrong for known in knows[:4]]
    width = "15.2 mm" if knows[4] else ("15,000" if number % 7 == 2 else "20")
    term = "the right term" if knows[5] else ("another term", "some words", "no")[number % 3]
    name = NAMES[number] if number < len(NAMES) else f"Student {number}"
    begun = START + timedelta(minutes=number)
    return Person(number, name, (*singles, width, term), begun)


@cache
def class_() -> tuple[Person, ...]:
    """Forty, some of whom have more time or less of it."""
    special = {
        EXTRA: {"minutes": 55, "extra": "25 %"},
        SLOW: {"minutes": 55},
        LATE: {"begun": datetime(2026, 12, 8, 9)},
        LATER_DUE: {"begun": datetime(2026, 12, 8, 9), "due": "2026-12-09"},
        TOO_LATE: {"begun": datetime(2026, 12, 8, 10)},
    }
    return tuple(replace(person(n), **special.get(n, {})) for n in range(40))


def marks(one: Person, also: bool = False) -> list[float]:
    """What each answer is worth, as a person with a key would have it."""
    right = {1, 2} if also else {1}
    singles = [float(answer in ({1} if n != 1 else right)) for n, answer in enumerate(one.answers[:4])]
    width = {"15.2 mm": 1.0, "20": 0.0}.get(one.answers[4], JUDGED["15,000"])
    term = {"the right term": 1.0, "no": 0.0}.get(one.answers[5], JUDGED.get(one.answers[5], 0.0))
    return [*singles, width, term]


def percent(one: Person, also: bool = True, void: bool = True) -> float:
    counted = [mark for n, mark in enumerate(marks(one, also)) if not (void and n == 2)]
    return 100 * sum(counted) / len(counted)


MARKED = [one for one in class_() if one.number not in (COPIER, MALLORY, ABSENT)]


@dataclass
class Office:
    """The course with its sitting, and what commands said."""

    course: Path
    said: dict[str, str] = field(default_factory=dict)

    @property
    def sitting(self) -> Path:
        return self.course / "quizzes/sittings/2026-final"

    def viva(self, *arguments: str, code: int = 0) -> str:
        done = commands.viva(*arguments, cwd=self.course)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.sitting / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def fill(self, name: str, column: str, cells: dict[str, str], by: str) -> None:
        """Write into a table as a spreadsheet in German does."""
        rows = [row | {column: cells.get(row[by], "")} for row in self.table(name)]
        path = self.sitting / name
        with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows[::-1])


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The exam taken by forty, and the sitting from its beginning to its history: once for all workers."""
    course = once(tmp_path_factory, "sitting", lambda folder: held(folder, browser))
    return Office(course, json.loads((course / "said.json").read_text("utf-8")))


def held(course: Path, browser: Browser) -> None:
    """Hold the exam in a folder; what commands said is kept in it."""
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "---\ndescription: Home.\n---\n# Home\n",
        "docs/references.bib": "",
        "quizzes/assignments/final.yml": WEEK,
        "class.csv": worksheet(),
    }.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, "utf-8")
    building.build(course, course / "site")
    desk = Office(course)
    desk.said["new"] = desk.viva("sitting", "new", "final", "--class", "class.csv", "--by", "Dr A",
                                 "--name", "2026-final")  # fmt: skip
    take(browser, desk)
    decide(desk)
    (course / "said.json").write_text(json.dumps(desk.said), "utf-8")


def worksheet() -> str:
    """Moodle's grading worksheet, with three columns of the teacher's."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade",
                     "Last modified (grade)", "Online text", "Group", "Extra time", "Due date"])  # fmt: skip
    for one in class_():
        mail, text = f"s{one.number}@example.org", "My receipt: 00000-00000" if one.number == 30 else ""
        writer.writerow([f"Participant {one.participant}", one.name, one.identifier, mail, "Submitted", "",
                         "50.00", "Monday, 7 December 2026, 8:00 AM", text, "AB"[one.number % 2], one.extra,
                         one.due])  # fmt: skip
    return made.getvalue()


FILL = """(answers) => {
  document.querySelectorAll("viva-question").forEach((question, n) => {
    const inputs = question.querySelectorAll("input");
    if (n < 4) inputs[answers[n]].click();
    else { inputs[0].value = answers[n]; inputs[0].dispatchEvent(new Event("input", { bubbles: true })); }
  });
}"""


def take(browser: Browser, desk: Office) -> None:
    """Everybody sits down at the page, and hands in on the platform."""
    address = (desk.course / "site/assignments/final.html").as_uri()

    def sit(one: Person, identifier: str = "") -> bytes:
        """The file of a person at a computer of their own."""
        context = browser.new_context(offline=True, accept_downloads=True, timezone_id="UTC")
        page = context.new_page()
        page.clock.set_fixed_time(one.begun)
        page.goto(address)
        page.wait_for_selector(".viva-awake")
        page.get_by_label("Your name").fill(one.name)
        page.get_by_label("Your student number").fill(identifier or one.identifier)
        page.get_by_role("button", name="Start").click()
        page.evaluate(FILL, list(one.answers))
        page.clock.set_fixed_time(one.begun + timedelta(minutes=one.minutes))
        with page.expect_download() as download:
            page.get_by_role("button", name="Save my answer file").click()
        content = Path(download.value.path()).read_bytes()
        context.close()
        return content

    def send(folder: str, content: bytes, name: str = "final.json") -> None:
        path = desk.sitting / "received" / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    people = class_()
    files = {one.number: sit(one) for one in MARKED if one.number != WRONG}
    wrong = people[WRONG].identifier.replace("s1", "sl")
    files[WRONG] = sit(people[WRONG], wrong)
    for number, content in files.items():
        send(people[number].folder, content)
    earlier = replace(people[TWICE], answers=(0, 0, 0, 0, "20", "no"), minutes=10)
    send(people[TWICE].folder, sit(earlier), "final (1).json")
    copied = json.loads(files[COPIED])
    copied |= {"name": people[COPIER].name, "identifier": people[COPIER].identifier, "receipt": None}
    send(people[COPIER].folder, json.dumps(copied).encode())
    robbed = replace(people[ROBBED], answers=(0, 0, 0, 0, "20", "no"), minutes=40)
    send(people[MALLORY].folder, sit(robbed))
    send(people[0].folder, b"my notes", "notes.txt")


def decide(desk: Office) -> None:
    """What the teacher does, one command after the other."""
    folder, people = "quizzes/sittings/2026-final", class_()
    desk.said["first"] = desk.viva("grade", folder)
    desk.said["to decide"] = (desk.sitting / "results/to-decide.csv").read_text("utf-8-sig")
    desk.said["to judge"] = (desk.sitting / "results/to-judge.csv").read_text("utf-8-sig")
    desk.said["first marks"] = (desk.sitting / "results/results.csv").read_text("utf-8-sig")
    wrong = f"{people[WRONG].folder}/final.json"
    desk.viva("sitting", "decide", folder, "--belongs", f"{wrong}={people[WRONG].identifier}",
              "--reason", "An l for a 1.", "--by", "Secretary")  # fmt: skip
    who = {people[n].name: "no" for n in (COPIER, MALLORY)} | {people[n].name: "yes" for n in (COPIED, ROBBED)}
    desk.fill("results/to-decide.csv", "counts", who, "sent by")
    desk.fill("results/to-judge.csv", "mark", {k: str(v).replace(".", ",") for k, v in JUDGED.items()}, "answer")
    desk.said["second"] = desk.viva("grade", folder, "--by", "Dr B")
    desk.said["second marks"] = (desk.sitting / "results/results.csv").read_text("utf-8-sig")
    desk.viva("sitting", "decide", folder, "--late", people[LATE].identifier, "--reason", "Train.")
    desk.viva("sitting", "decide", folder, "--also", "q-2=C", "--reason", "C is right in the new edition.")
    desk.viva("sitting", "decide", folder, "--void", "q-3", "--reason", "The figure was missing.")
    desk.said["third"] = desk.viva("grade", folder)
    desk.said["diff"] = desk.viva("grade", folder, "--diff")
    desk.said["return"] = desk.viva("sitting", "return", folder, "--release")
    desk.said["analyse"] = desk.viva("analyse", folder)
    desk.said["feedback"] = desk.viva("feedback", folder)
    desk.said["again"] = desk.viva("feedback", folder)


def results(office: Office) -> dict[str, dict[str, str]]:
    return {row["identifier"]: row for row in office.table("results/results.csv")}


def test_a_sitting_is_private_and_says_so(office):
    assert "is private: git leaves it out" in office.said["new"]
    assert (office.course / "quizzes/sittings/.gitignore").read_text().endswith("\n*\n")


def test_nobody_in_doubt_has_marks_and_everybody_else_does(office):
    first = list(csv.DictReader(io.StringIO(office.said["first marks"])))
    doubtful = {COPIED, COPIER, ROBBED, MALLORY, WRONG}
    wanted = {one.identifier for one in class_() if one.number not in doubtful | {ABSENT}}
    assert {row["identifier"] for row in first} == wanted
    assert f"nothing came from 1 of 40: {class_()[ABSENT].identifier} (Never Came)" in office.said["first"]
    assert "notes.txt: is not a file that the assignment page wrote" in office.said["first"]


def test_a_wrong_number_is_unknown_and_its_owner_is_suggested(office):
    wrong = class_()[WRONG]
    said = f"nobody in the class list has the identifier {wrong.identifier.replace('s1', 'sl')}"
    assert f"{said} (probably {wrong.identifier}, Wrong Number)" in office.said["first"]


def test_the_judging_table_names_nobody(office):
    text = office.said["to judge"]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["answer"] for row in rows} == {"another term", "some words", "15,000"}
    for one in class_():
        for secret in (one.identifier, one.participant, one.name):
            assert secret not in text or len(secret) < 4


def test_every_mark_is_what_arithmetic_gives(office):
    found = results(office)
    assert set(found) == {one.identifier for one in MARKED}
    for one in MARKED:
        row = found[one.identifier]
        wanted = [mark if n != 2 else "void" for n, mark in enumerate(marks(one, also=True))]
        assert [row[q] if row[q] == "void" else float(row[q]) for q in ASKED] == wanted
        assert float(row["per cent"]) == pytest.approx(percent(one), abs=1e-4)
        assert row["of"] == "5"
        assert row["passed"] == ("yes" if percent(one) >= 60 else "no")


def test_marks_before_void_and_grant_were_others(office):
    second = {row["identifier"]: row for row in csv.DictReader(io.StringIO(office.said["second marks"]))}
    for one in MARKED:
        wanted = percent(one, also=False, void=False)
        assert float(second[one.identifier]["per cent"]) == pytest.approx(wanted, abs=1e-4)


def test_extra_time_and_another_day_are_kept_to(office):
    found, people = results(office), class_()
    remarks = {who: row["remarks"].replace("\xa0", " ") for who, row in found.items()}
    assert "of 45 min" in remarks[people[SLOW].identifier]
    assert "took" not in remarks[people[EXTRA].identifier]
    assert found[people[LATER_DUE].identifier]["late"] == ""
    assert "late by 9 h 30 min, accepted: Train. (Dr A, " in remarks[people[LATE].identifier]
    assert "late by 10 h 30 min by the clock" in remarks[people[TOO_LATE].identifier]


def test_a_receipt_in_the_class_list_is_compared(office):
    one = class_()[30]
    assert f"{one.folder}/final.json: the receipt on the platform is 00000-00000" in office.said["first"]


def test_every_decision_has_reason_person_and_day_and_marks_name_theirs(office):
    decided = yaml.safe_load((office.sitting / "decisions.yml").read_text("utf-8"))["decisions"]
    assert [one["what"] for one in decided] == ["belongs", *["file"] * 4, *["judged"] * 3, "late", "also", "void"]
    assert all(one["reason"] and one["by"] and one["date"] for one in decided)
    assert {one["by"] for one in decided if one["what"] in ("file", "judged")} == {"Dr B"}
    numbers = {what: str(n) for n, one in enumerate(decided, 1) for what in [one.get("answer") or one["what"]]}
    common = {numbers["also"], numbers["void"]}
    for one in MARKED:
        rests = set(results(office)[one.identifier]["decisions"].split(", "))
        own = {numbers[answer] for answer in one.answers[4:] if answer in JUDGED}
        own |= {numbers["late"]} if one.number == LATE else set()
        own |= {numbers["belongs"]} if one.number == WRONG else set()
        own |= {str(n) for n, d in enumerate(decided, 1) if d["what"] == "file" and d["student"] == one.identifier}
        assert rests == common | own, one


def test_the_difference_names_whose_mark_a_decision_changed(office):
    parts = re.split(r"^decision ", office.said["diff"], flags=re.MULTILINE)[1:]
    void = next(part for part in parts if "q-3 is void: The figure was missing." in part)
    also = next(part for part in parts if "C is right too" in part)
    for part, before, after in (
        (also, {"also": False, "void": False}, {"also": True, "void": False}),
        (void, {"also": True, "void": False}, {"also": True, "void": True}),
    ):
        told = re.findall(r"^  (\S+): ([\d.]+)\s% to ([\d.]+)\s%$", part, re.MULTILINE)
        wanted = {one.identifier: (percent(one, **before), percent(one, **after)) for one in MARKED}
        changed = {who: pair for who, pair in wanted.items() if pair[0] != pytest.approx(pair[1])}
        assert {who for who, _, _ in told} == set(changed)
        for who, old, new in told:
            assert (float(old), float(new)) == pytest.approx(changed[who], abs=1e-3)


def test_moodle_gets_marks_and_pages_by_participant(office):
    rows = office.table("return/moodle-worksheet.csv")
    assert list(rows[0])[:3] == ["Identifier", "Full name", "ID number"]
    by_id = {row["Identifier"]: row for row in rows}
    assert set(by_id) == {f"Participant {one.participant}" for one in MARKED}
    for one in MARKED:
        row = by_id[f"Participant {one.participant}"]
        assert float(row["Grade"]) == pytest.approx(percent(one) / 2, abs=1e-4)
        assert row["Last modified (grade)"] == "Monday, 7 December 2026, 8:00 AM"
    with zipfile.ZipFile(office.sitting / "return/moodle-feedback.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    # As Moodle takes it apart: name_number_assignsubmission_file_/feedback.html
    numbers = {name.split("/")[0].split("_", 4)[1]: page for name, page in pages.items()}
    assert set(numbers) == {one.participant for one in MARKED}
    for name in pages:
        assert name.split("/")[0].split("_")[2:] == ["assignsubmission", "file", ""]
        assert name.endswith("/feedback.html")
    for one in MARKED:
        text = BeautifulSoup(numbers[one.participant], "html.parser").get_text(" ").replace("\xa0", " ")
        assert "This question counts for nobody: The figure was missing." in text
        assert "Also counts as right: C. C is right in the new edition." in text
        assert f"({percent(one):.1f} %)".replace(".0 %", " %") in text
        for other in class_():
            if other is not one and len(other.name) > 5:
                assert other.name not in text, (one.name, other.name)


def correlation(x: list[float], y: list[float]) -> float:
    mx, my = sum(x) / len(x), sum(y) / len(y)
    cov = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    return cov / (sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y)) ** 0.5


def numbers() -> dict[str, tuple[float, float]]:
    """p and r of each question that counts."""
    table = [[mark for n, mark in enumerate(marks(one, also=True)) if n != 2] for one in MARKED]
    totals = [sum(row) for row in table]
    found = {}
    for name, column in zip([q for q in ASKED if q != "q-3"], zip(*table, strict=True), strict=True):
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        found[name] = sum(column) / len(column), correlation(list(column), rest)
    return found


def test_the_analysis_is_what_arithmetic_gives_without_the_void_question(office):
    data = json.loads((office.sitting / "results/analysis.json").read_text("utf-8"))
    assert data["students"] == len(MARKED) == 37
    items = {item["id"]: item for item in data["items"]}
    assert set(items) == set(numbers())
    for name, (p, r) in numbers().items():
        assert items[name]["p"] == pytest.approx(p)
        assert items[name]["r_rest"] == pytest.approx(r)
    assert any("q-3 is void: The figure was missing." in note for note in data["notes"])
    assert any("q-2: C is right too" in note for note in data["notes"])


def test_the_history_keeps_numbers_and_decisions_once(office):
    text = (office.course / "quizzes/assignments/final.yml").read_text("utf-8")
    kept = {one["id"]: one for one in yaml.safe_load(text)["private"]}
    for name, (p, r) in numbers().items():
        (entry,) = kept[name]["history"]
        assert (entry["sitting"], entry["n"]) == ("2026-final", 37)
        assert entry["p"] == pytest.approx(p, abs=0.0051)
        assert entry["r"] == pytest.approx(r, abs=0.0051)
    assert kept["q-3"]["history"] == [{"sitting": "2026-final", "decision": "is void: The figure was missing."}]
    assert kept["q-2"]["history"][0]["decision"] == "C is right too: C is right in the new edition."
    assert "decision" not in kept["q-1"]["history"][0]
    assert "as before" in office.said["again"]


def test_the_course_still_builds_and_shows_nothing_of_the_sitting(office, tmp_path):
    office.viva("check")
    for path in building.build(office.course, tmp_path / "site").rglob("*"):
        if path.suffix in (".html", ".json", ".js"):
            text = path.read_text("utf-8", errors="replace")
            assert "2026-final" not in text and "Mallory" not in text, path


def test_rows_keep_their_names():
    assert row_of("a", "b") == row_of("a", "b") != row_of("ab", "")
