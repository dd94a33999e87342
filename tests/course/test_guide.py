"""The teachers' guide from end to end, as it says: every command, what it prints, every figure.

`make screenshots` makes the figures again. Without it nothing in the tree is written: the words of
every figure are compared with those that it was made of.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader

import guide
from pictures import size, slim
from viva.assignments import load_all
from viva.bank import types
from viva.bank.question import Question
from viva.course.courses import load
from viva.course.layout import Layout

ROOT = guide.ROOT
SHOTS = ROOT / "tests/course/data/guide.json"
RETAKE = bool(os.environ.get("VIVA_SCREENSHOTS"))
ADVICE = "does not show what a teacher sees now (run: make screenshots)"
MARGIN = 14
COMMANDS = {"new", "check", "build", "grade", "analyse", "feedback", "print"}
# Three fill in the page as people do; the second knows less.
NAMED = (
    ("Ada Example", "quadratus femoris"),
    ("Ben Sample", "quadriceps femoris"),
    ("Cleo Specimen", "the quadratus"),
)
STUDENTS = 30


@dataclass(frozen=True)
class Shot:
    """A figure, and the words in it."""

    png: bytes
    text: str


@dataclass(frozen=True)
class Desk:
    """The teacher's: a copy of the course, and a browser."""

    folder: Path
    page: Page

    def type(self, command: str) -> str:
        """Run a command as the guide says, and return all that it prints."""
        paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=self.folder,
            env=os.environ | {"PATH": paths},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}{done.stdout}"
        return done.stdout

    def open(self, name: str) -> Page:
        """Open a file in the browser."""
        self.page.goto((self.folder / name).as_uri())
        return self.page

    def shoot(self, *parts: Locator) -> Shot:
        """A picture of the smallest part of the page that holds these parts."""
        boxes = [part.bounding_box() for part in parts]
        left, top = (min(box[side] for box in boxes) - MARGIN for side in "xy")
        right = max(box["x"] + box["width"] for box in boxes) + MARGIN
        bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
        x, y = self.page.evaluate("[scrollX, scrollY]")
        clip = {
            "x": max(0, left + x),
            "y": max(0, top + y),
            "width": right - left,
            "height": bottom - top,
        }
        text = "\n".join(part.inner_text() for part in parts)
        return Shot(self.page.screenshot(clip=clip, full_page=True), " ".join(text.split()))


@pytest.fixture(scope="module")
def desk(browser: Browser, new_copy: Callable[[str], Path]) -> Iterator[Desk]:
    """A copy of the course in which nothing of the guide has been done."""
    folder = new_copy("guide")
    (folder / "docs/assets/guide").mkdir(exist_ok=True)
    for name in FIGURES:  # a new one is not there yet
        (folder / f"docs/assets/guide/{name}.png").touch()
    context = browser.new_context(
        color_scheme="light",
        device_scale_factor=1.4,
        offline=True,
        reduced_motion="reduce",
        viewport={"width": 980, "height": 900},  # wide enough to show every question
    )
    yield Desk(folder, context.new_page())
    context.close()


@pytest.fixture(scope="module")
def shots(desk: Desk) -> dict[str, Shot]:
    """The whole guide, done once: the figures that it shows, taken where it shows them."""
    taken, printed = {}, ""
    for step in guide.steps():
        if step.kind == "write":
            (desk.folder / step.name).write_text(step.text, "utf-8")
        elif step.kind == "type":
            if "viva grade" in step.text:
                judge(desk) if (desk.folder / "results").exists() else hand_in(desk)
            printed = desk.type(step.text)
        elif step.kind == "printed":
            assert guide.fits(step.text, printed), printed
        elif step.kind == "in file":
            text = (desk.folder / step.name).read_text("utf-8")
            assert guide.fits(step.text, text), text
        elif step.kind == "mistake":
            assert guide.fits(step.text, said := mistaken(desk)), said
        elif step.kind == "figure":
            taken[step.name] = FIGURES[step.name](desk)
    return taken


def mistaken(desk: Desk) -> str:
    """What the check says when the colon after `stem` is forgotten."""
    bank = desk.folder / "quizzes/gluteal.yml"
    right = bank.read_text("utf-8")
    bank.write_text(right.replace("stem: ", "stem "), "utf-8")
    command = [Path(sys.executable).with_name("viva"), "check", "quizzes/gluteal.yml"]
    done = subprocess.run(command, cwd=desk.folder, capture_output=True, text=True, check=False)
    bank.write_text(right, "utf-8")
    assert done.returncode == 1
    return done.stdout + done.stderr


def self_check(desk: Desk) -> Shot:
    """The new question, answered wrongly."""
    page = desk.open("site/self-checks/gluteal.html")
    question = page.locator("#lowest-deep-gluteal")
    question.get_by_text("Gemellus inferior", exact=True).click()
    question.get_by_role("button", name="Check").click()
    return desk.shoot(question)


def assignment(desk: Desk) -> Shot:
    """The page as a student finds it."""
    page = desk.open("site/assignments/week-2.html")
    page.wait_for_selector(".viva-awake")
    parts = ("h1", ".viva-instructions", ".viva-facts", ".viva-facts + p", ".viva-student")
    return desk.shoot(*map(page.locator, parts), page.locator("#lowest-deep-gluteal"))


def answer_file(desk: Desk) -> Shot:
    """The end of the page when the first student has saved the file."""
    take(desk, 0)
    return desk.shoot(desk.page.locator("#below-the-gemelli"), desk.page.locator(".viva-finish"))


def feedback(desk: Desk) -> Shot:
    """The upper part of a page for a student."""
    page = desk.open("results/feedback/s1002.html")
    return desk.shoot(page.locator("h1"), page.locator(".total"), page.locator("section").first)


def analysis(desk: Desk) -> Shot:
    """What the report says of the new question."""
    page = desk.open("results/analysis.html")
    return desk.shoot(page.get_by_text("Question by question"), page.locator("article").first)


def paper(desk: Desk) -> Shot:
    """The first page of the printed exam."""
    made = desk.folder / "paper/week-2-A-exam.pdf"
    drawn = desk.folder / "page.typ"
    drawn.write_text(
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        '#image("paper/week-2-A-exam.pdf", page: 1, width: 15cm)\n'
    )
    png = typst.compile(str(drawn), format="png", ppi=150.0, ignore_system_fonts=True)
    return Shot(png, " ".join(PdfReader(made).pages[0].extract_text().split()))


FIGURES: dict[str, Callable[[Desk], Shot]] = {
    "self-check": self_check,
    "assignment": assignment,
    "answer-file": answer_file,
    "feedback": feedback,
    "analysis": analysis,
    "paper": paper,
}


def take(desk: Desk, student: int) -> Path:
    """One of the three answers everything on the page and saves the file."""
    name, words = NAMED[student]
    page = desk.open("site/assignments/week-2.html")
    page.evaluate("localStorage.removeItem(document.querySelector('viva-assignment').place)")
    page.reload()
    page.wait_for_selector(".viva-awake")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your student number").fill(identifier(student))
    for question in asked(desk.folder):
        place = page.locator(f"#{question.id}")
        if question.type == "single":
            knows = student != 1 or question.id != "lowest-deep-gluteal"
            place.locator("label").nth(option(question, student, knows)).click()
        elif question.type == "short-answer":
            place.locator("input").fill(words)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answer file").click()
    path = desk.folder / "submissions" / download.value.suggested_filename
    download.value.save_as(path)
    return path


@cache
def asked(folder: Path) -> tuple[Question, ...]:
    """The questions of the assignment."""
    found, _ = load_all(load(Layout.of(folder)))
    return next(one.questions for one in found if one.id == "week-2")


def identifier(student: int) -> str:
    return f"s{1001 + student}"


def option(question: Question, student: int, knows: bool) -> int:
    """The number of the right option, or of one of the others."""
    right: int = types.key(question)["correct"]
    return right if knows else (right + 1 + (student + 2) % 3) % 4


def hand_in(desk: Desk) -> None:
    """Thirty files: three that the page wrote, and the same with other names and answers."""
    files = [take(desk, student) for student in range(len(NAMED))]
    told = json.loads(files[0].read_text("utf-8"))
    for student in range(len(NAMED), STUDENTS):
        finished = f"2026-12-07T17:{student:02}:00+00:00"  # each at a time of their own
        told |= {"name": f"Student {student + 1}", "identifier": identifier(student)}
        told |= {"finished": finished, "receipt": None}
        for number, question in enumerate(asked(desk.folder)):
            # Whoever is later in a group of ten knows more; chance has its part.
            knows = student % 10 + (5 * student + 3 * number) % 7 >= 7 + number % 3
            if question.type == "single":
                answer: object = option(question, student, knows)
            else:
                answer = NAMED[not knows][1] if question.type == "short-answer" else None
            told["answers"][question.id]["answer"] = answer
        path = desk.folder / f"submissions/week-2-{identifier(student)}.json"
        path.write_text(json.dumps(told), "utf-8")


def judge(desk: Desk) -> None:
    """Write half a mark beside every answer that waits for one."""
    path = desk.folder / "results/to-judge.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *([*row[:-1], row[-1] or "0.5"] for row in rows)])


def digest(png: bytes) -> str:
    return hashlib.sha256(png).hexdigest()


def keep(shots: dict[str, Shot], page: Page) -> None:
    """Write the figures and what they show."""
    guide.PICTURES.mkdir(exist_ok=True)
    for old in guide.PICTURES.glob("*.png"):
        old.unlink()
    told = {}
    for name, shot in shots.items():
        png = slim(page, shot.png)
        (guide.PICTURES / f"{name}.png").write_bytes(png)
        told[name] = {"text": shot.text, "size": size(png), "sha256": digest(png)}
    SHOTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def test_every_figure_shows_what_a_teacher_sees(desk, shots):
    if RETAKE:
        keep(shots, desk.page)
    told = json.loads(SHOTS.read_text("utf-8"))
    assert list(told) == list(shots), "the figures of the guide are others now: make screenshots"
    for name, shot in shots.items():
        assert shot.text == told[name]["text"], f"{name}.png {ADVICE}"


def test_the_figures_are_those_that_were_taken_and_light(shots):
    told = json.loads(SHOTS.read_text("utf-8"))
    pictures = {path.stem: path.read_bytes() for path in guide.PICTURES.glob("*.png")}
    assert set(pictures) == set(told)
    for name, png in pictures.items():
        assert told[name]["size"] == [*size(png)]
        assert told[name]["sha256"] == digest(png), f"{name}.png {ADVICE}"
        assert len(png) <= 60_000, name
    assert sum(map(len, pictures.values())) <= 400_000


def test_the_class_is_marked(desk, shots):
    for name in ("results.xlsx", "results.csv", "moodle.csv", "canvas.csv", "feedback/s1007.html",
                 "to-judge.csv", "problems.csv", "responses.csv", "marks.csv", "key.csv", "analysis.html"):  # fmt: skip
        assert (desk.folder / "results" / name).is_file(), name
    papers = {path.name for path in (desk.folder / "paper").glob("[!.]*")}
    kinds = {f"{kind}.{ending}" for kind in ("exam", "key", "answer-sheet") for ending in ("pdf", "docx")}
    assert papers == {f"week-2-{version}-{kind}" for version in "AB" for kind in kinds} | {"week-2-papers.json"}
    with (desk.folder / "results/results.csv").open(encoding="utf-8-sig", newline="") as file:
        marked = {row["name"]: row for row in csv.DictReader(file)}
    assert len(marked) == STUDENTS
    totals = {name: float(marked[name]["below-the-gemelli"]) for name, *_ in NAMED}
    assert totals == {"Ada Example": 1, "Ben Sample": 0, "Cleo Specimen": 0.5}
    remembered = (desk.folder / "quizzes/assignments/week-2.yml").read_text("utf-8")
    assert "n: 30}" in remembered


def test_the_guide_uses_every_command_that_teachers_need():
    typed = "".join(step.text for step in guide.steps() if step.kind == "type")
    used = {line.split()[1] for line in typed.splitlines() if line.startswith("viva ")}
    assert used - {"--version"} == COMMANDS
