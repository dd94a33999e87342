"""SCORM: the pages in a system as strict as the standard, which hears all and refuses nothing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from browsers import wait_until
from host import Host
from sampled import long
from viva.course import courses
from viva.course.layout import Layout
from viva.exchange import export

LMS = Path(__file__).parent / "data/lms.js"
VERSIONS = {"1.2": "scorm12", "2004": "scorm2004"}
NAMES = {
    "1.2": {"learner": "cmi.core.student_id", "entry": "cmi.core.entry", "raw": "cmi.core.score.raw"},
    "2004": {"learner": "cmi.learner_id", "entry": "cmi.entry", "raw": "cmi.score.raw"},
}
PAGE = """<!doctype html><meta charset="utf-8"><title>LMS</title>
<iframe style="width:1200px;height:800px" title="Package"></iframe>
<script>%s
lms.open(%s, %s)
document.querySelector("iframe").src = "package/index_scorm.html"
</script>
"""


@pytest.fixture(scope="module")
def packages(neutral, site, tmp_path_factory):
    """The package of a bank, in each version, and that of the whole course."""
    course = courses.load(Layout.of(neutral))
    scale = export.chosen(course, ["scale"])
    made = {}
    for version, name in VERSIONS.items():
        options = export.Options(0.5, site)
        made[version] = export.export(course, scale, export.named(name), options)[0]
    made["whole"] = export.export(course, course.banks, export.named("scorm12"), options)[0]
    return made


@pytest.fixture
def launch(packages, browser, tmp_path):
    """Opens a package in the system, as a student; returns the page of the system."""
    host = Host(tmp_path)
    context = browser.new_context()

    def open_it(version, which=None, student="anna", **known):
        folder = tmp_path / "course" / "package"
        if not folder.exists():
            zipfile.ZipFile(io.BytesIO(packages[which or version])).extractall(folder)
        names = NAMES[version]
        data = {names["learner"]: student, names["entry"]: "ab-initio", **known}
        text = PAGE % (LMS.read_text("utf-8"), json.dumps(version), json.dumps(data))
        # A name of its own each time: browsers keep a page that was changed within a second.
        name = f"{len(context.pages)}.html"
        (tmp_path / "course" / name).write_text(text, "utf-8")
        page = context.new_page()
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda got: got.status < 400 or complaints.append(got.url))
        page.goto(host.address(name))
        inside = page.frame_locator("iframe").frame_locator("iframe")
        inside.locator("main").first.wait_for()
        page.frames[-1].wait_for_load_state("load")
        page.complaints = complaints
        return page, inside

    yield open_it
    context.close()
    host.stop()


def frame(page):
    """The page inside the frame inside the system."""
    return page.frames[-1]


def told(page, name):
    return page.evaluate("name => lms.data[name]", name)


@pytest.mark.parametrize("version", [long("1.2"), "2004"])
def test_a_click_is_heard_and_nothing_is_refused(launch, version):
    page, inside = launch(version)
    question = inside.locator("viva-question").first
    right = question.locator("input[type=radio]").nth(1)
    right.check(force=True)
    question.get_by_role("button", name="Check").first.click()
    wait_until(lambda: told(page, "cmi.interactions._count") == "1")
    assert told(page, "cmi.interactions.0.id") == "scale-meaning"
    assert told(page, "cmi.interactions.0.type") == "choice"
    field = "student_response" if version == "1.2" else "learner_response"
    assert told(page, f"cmi.interactions.0.{field}") == "b"
    assert page.evaluate("lms.refused") == []
    assert page.complaints == []


def items(page):
    return page.evaluate("document.querySelector('iframe').contentWindow.vivaScorm.items")


def tell(page, name, answer, mark):
    """What a page tells of an answer."""
    frame(page).evaluate(
        """detail => document.querySelector("viva-quiz").dispatchEvent(
          new CustomEvent("viva:attempt", { bubbles: true, detail }))""",
        {"id": name, "answer": answer, "mark": mark, "hash": "0" * 12, "attempt": 1},
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_answers_of_every_kind_are_told_in_its_words(launch, version):
    """Also those that no name of SCORM's fits; the mark is the first of each question."""
    page, _ = launch(version)
    ways = {"choice": [0, 2], "numeric": "15,5 mm", "fill-in": 'a <b> & "c"', "true-false": [True]}
    known = items(page)
    for name, kind in known:
        tell(page, name, ways.get(kind, [None, 1, "x"]), 1)
        tell(page, name, ways.get(kind, [None, 1, "x"]), 0)
    assert page.evaluate("lms.refused") == []
    assert float(told(page, NAMES[version]["raw"])) == 100
    if version == "1.2":
        assert told(page, "cmi.core.lesson_status") == "passed"
    else:
        assert told(page, "cmi.success_status") == "passed"
        assert told(page, "cmi.completion_status") == "completed"
        assert told(page, "cmi.score.scaled") == "1"
        assert told(page, "cmi.progress_measure") == "1"
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    wait_until(lambda: page.evaluate("lms.state()") == "closed")
    assert page.evaluate("lms.refused") == []


def test_status_by_what_passes(launch):
    """Half of the marks pass: not before they are reached, and not for those who answer all wrong."""
    page, _ = launch("1.2")
    known = [name for name, _ in items(page)]
    half = -(-len(known) // 2)
    for name in known[: half - 1]:
        tell(page, name, 0, 1)
    assert told(page, "cmi.core.lesson_status") == "incomplete"
    for name in known[half - 1 : -1]:
        tell(page, name, 0, 0)
    assert told(page, "cmi.core.lesson_status") == "incomplete"
    tell(page, known[-1], 0, 0)
    assert told(page, "cmi.core.lesson_status") == "failed"


@pytest.mark.parametrize("version", ["1.2", long("2004")])
def test_marks_go_on_elsewhere(launch, version):
    """What the system kept counts on another computer, and stays the first."""
    page, _ = launch(version)
    names = [name for name, _ in items(page)]
    tell(page, names[0], 0, 0.5)
    tell(page, names[1], 0, 1)
    kept = told(page, "cmi.suspend_data")
    raw = float(told(page, NAMES[version]["raw"]))
    assert raw == pytest.approx(150 / len(names), abs=0.01)
    page.context.clear_cookies()
    again, _ = launch(version, **{NAMES[version]["entry"]: "resume", "cmi.suspend_data": kept})
    tell(again, names[0], 0, 1)
    tell(again, names[2], 0, 1)
    assert float(told(again, NAMES[version]["raw"])) == pytest.approx(250 / len(names), abs=0.01)


def test_students_are_kept_apart(launch):
    page, _ = launch("1.2")
    keys = "Object.keys(localStorage).filter(key => key.startsWith('viva:'))"
    tell(page, "scale-meaning", 1, 1)
    first = {key.split(":")[1] for key in frame(page).evaluate(keys)}
    other, _ = launch("1.2", student="ben")
    tell(other, "scale-meaning", 1, 1)
    both = {key.split(":")[1] for key in frame(other).evaluate(keys)}
    assert len(first) == 1
    assert len(both) == 2
    assert all(name.startswith("reading-a-map-") for name in both)
    assert not any("anna" in name or "ben" in name for name in both)


def test_no_service_worker_is_installed(launch):
    page, _ = launch("1.2", "whole")
    page.wait_for_load_state("load")
    found = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    assert frame(page).evaluate(found) == 0


def test_the_whole_course_comes_back_to_where_it_was_left(launch):
    page, _ = launch("1.2", "whole")
    assert frame(page).url.endswith("/package/index.html")
    frame(page).evaluate("location.href = 'self-checks/scale.html'")
    wait_until(lambda: told(page, "cmi.core.lesson_location") == "self-checks/scale.html")
    tell(page, "scale-meaning", 1, 1)
    assert told(page, "cmi.interactions._count") == "1"
    place = {"cmi.core.lesson_location": "self-checks/scale.html", "cmi.core.entry": "resume"}
    again, _ = launch("1.2", "whole", **place)
    wait_until(lambda: frame(again).url.endswith("self-checks/scale.html"))


def test_without_a_system_the_pages_work(packages, browser, tmp_path):
    zipfile.ZipFile(io.BytesIO(packages["1.2"])).extractall(tmp_path / "course")
    host = Host(tmp_path)
    page = browser.new_page()
    page.goto(host.address("index_scorm.html"))
    page.frame_locator("iframe").locator("viva-question").first.wait_for()
    page.close()
    host.stop()
