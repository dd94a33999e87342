"""SCORM in scorm-again, a system of others that is strict about the standard: learners leave and return."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

import exchanging
from browsers import wait_until
from host import Host
from viva.course import courses
from viva.course.layout import Layout
from viva.exchange import export

JUDGE = Path(__file__).parents[1] / "judges/scorm-again"
FORMATS = {"1.2": "scorm12", "2004": "scorm2004"}
MOST = {"1.2": 4096, "2004": 64000}
PAGE = """<!doctype html><meta charset="utf-8"><title>LMS</title>
<iframe style="width:1200px;height:800px" title="Package"></iframe>
<script src="%s"></script>
<script>
const [version, kept] = [%s, %s]
const old = version === "1.2"
const api = new (old ? Scorm12API : Scorm2004API)({ autocommit: false, strict_errors: true, logLevel: 5 })
api.loadFromJSON(kept)
const why = old ? "LMSGetLastError" : "GetLastError"
window.faults = []
window.finished = false
window[old ? "API" : "API_1484_11"] = new Proxy(api, { get(target, name) {
  if (typeof target[name] !== "function") return target[name]
  return (...given) => {
    const result = target[name](...given)
    const fault = String(target[why]())
    if (name !== why && fault !== "0") faults.push([name, ...given, fault])
    if (name === "LMSFinish" || name === "Terminate") finished = result === "true"
    return result
  }
} })
document.querySelector("iframe").src = "package/index_scorm.html"
</script>
"""


@pytest.fixture(scope="module")
def neutral_course(neutral):
    return courses.load(Layout.of(neutral))


@pytest.fixture(scope="module")
def packaged(neutral_course, site):
    """Makes the package of the whole course in a version, once."""

    @cache
    def packed(version):
        course, options = neutral_course, export.Options(0.5, site)
        return export.export(course, course.banks, export.named(FORMATS[version]), options)[0]

    return packed


class System:
    """A learning management system on one address, which keeps for each learner what it was told."""

    def __init__(self, packaged, browser, folder, version):
        self.browser, self.version, self.host = browser, version, Host(folder)
        self.folder = folder / "course"
        zipfile.ZipFile(io.BytesIO(packaged(version))).extractall(self.folder / "package")
        judge = "scorm12.min.js" if version == "1.2" else "scorm2004.min.js"
        (self.folder / judge).write_bytes((JUDGE / judge).read_bytes())
        self.judge, self.kept, self.opened = judge, {}, 0
        self.contexts = [browser.new_context()]

    def elsewhere(self):
        """From now on, on another computer."""
        self.contexts.append(self.browser.new_context())

    def launch(self, learner):
        """The page of the system, and the page with questions in it."""
        data, place = self.kept.get(learner, ("", ""))
        entry = "resume" if data else "ab-initio"
        core = {"student_id": learner, "entry": entry, "lesson_location": place}
        given = {"core": core, "suspend_data": data}
        if self.version == "2004":
            given |= {"learner_id": learner, "entry": entry, "location": place}
            del given["core"]
        self.opened += 1
        name = f"{self.opened}.html"
        text = PAGE % (self.judge, json.dumps(self.version), json.dumps({"cmi": given}))
        (self.folder / name).write_text(text, "utf-8")
        page = self.contexts[-1].new_page()
        page.goto(self.host.address(name))
        inside = page.frame_locator("iframe").frame_locator("iframe")
        inside.locator("main").first.wait_for()
        page.frames[-1].wait_for_load_state("load")
        return page, page.frames[-1]

    def leave(self, page, learner):
        """Close the package, and keep what it wants kept."""
        page.evaluate("document.querySelector('iframe').src = 'about:blank'")
        wait_until(lambda: page.evaluate("finished"))
        kept = "[api.cmi.suspend_data, old ? api.cmi.core.lesson_location : api.cmi.location]"
        self.kept[learner] = page.evaluate(kept)
        assert page.evaluate("faults") == []
        assert len(self.kept[learner][0]) <= MOST[self.version]
        page.close()

    def stop(self):
        for context in self.contexts:
            context.close()
        self.host.stop()


@pytest.fixture(params=["1.2", pytest.param("2004", marks=pytest.mark.long)])
def system(request, packaged, browser, tmp_path):
    made = System(packaged, browser, tmp_path, request.param)
    yield made
    made.stop()


ALONE = {"measure": [[[0.1, 0.2], [0.5, 0.6]]], "stack": [2, 3]}
"""Answers of types that no other system has."""
ANSWER = """([id, answer]) => {
  const question = document.getElementById(id)
  question.behaviour.write(question, answer)
  question.commit()
  question.judging?.querySelector("button").click()
}"""
LEFT = """() => [...document.querySelectorAll("viva-question")].filter(one => one.form).map(one => ({
  id: one.id,
  state: one.dataset.state,
  answer: one.dataset.state ? one.behaviour.read(one) : null,
  verdict: one.verdict?.textContent,
  told: [...one.querySelectorAll(".viva-why, .viva-tag, .viva-feedback, .viva-after")].map(part => part.textContent),
}))"""
AGAIN = "id => document.getElementById(id).retry()"


def left(frame):
    """How the questions of a page stand; what is said of options that are mixed, in one order."""
    return [one | {"told": sorted(one["told"])} for one in frame.evaluate(LEFT)]


def answered(frame, asked, turn):
    """Answer everything on a page, in different ways by turn; the first question once more."""
    for place, name in enumerate(one["id"] for one in left(frame)):
        item = asked[name]
        ways = [] if item.interaction is None else [ours for _, ours in exchanging.ways(item)]
        known = [ours for ours in ways if not isinstance(ours, list) or None not in ours]
        known = known or ALONE[item.question.type]
        frame.evaluate(ANSWER, [name, known[(turn + place) % len(known)]])
        if place == 0:
            frame.evaluate(AGAIN, name)
            frame.evaluate(ANSWER, [name, known[(turn + 1) % len(known)]])


def turned(frame, page):
    """Go to another page of the course."""
    frame.goto(frame.url.rpartition("/package/")[0] + f"/package/self-checks/{page}.html")
    frame.wait_for_load_state("load")
    frame.evaluate("viva.ready()")  # scripts of seldom types come when they are wanted


ASKED = """([limit, given]) => {
  const one = new vivaMemory.Memory(limit)
  for (const [id, answer, mark] of given) one.take(id, "wording", answer, mark)
  const text = one.packed()
  const other = new vivaMemory.Memory(limit)
  other.unpack(text)
  return [text.length, given.map(([id]) => other.has(id) && [other.mark(id), other.tries(id, "wording")]), other.packed() === text]
}"""


@pytest.fixture(scope="module")
def remembered(browser):
    """What comes back of answers through so many signs."""
    page = browser.new_page()
    page.add_script_tag(content=resources.files("viva.exchange.scorm").joinpath("memory.js").read_text("utf-8"))
    yield lambda limit, given: page.evaluate(ASKED, [limit, given])
    page.close()


STRANGE = ["a~b", 'true "t" \\ ~~', "\n\u2028🫀", [True, False, None], [[0.1, 0.9]], {"a": None}, 0, ""]


def test_every_answer_comes_back_through_a_text(remembered):
    given = [[f"q{place}", answer, place / 10] for place, answer in enumerate(STRANGE)]
    length, found, is_same = remembered(4096, given)
    assert is_same and length < 4096
    assert found == [[mark, [{"a": answer, "m": mark}]] for _, answer, mark in given]


def test_a_later_try_keeps_the_first_mark(remembered):
    _, found, _ = remembered(4096, [["q", 1, 0], ["q", 2, 1]])
    assert found[0] == [0, [{"a": None, "m": 0}, {"a": 2, "m": 1}]]


def test_where_room_is_short_the_longest_answers_stay_behind(remembered):
    given = [["long", "x" * 300, 1], ["short", 1, 0.5], ["longer", "x" * 400, 0]]
    length, found, _ = remembered(400, given)
    assert length <= 400
    assert found == [[1, [{"a": "x" * 300, "m": 1}]], [0.5, [{"a": 1, "m": 0.5}]], [0, None]]


def test_marks_fill_what_a_system_keeps_and_no_more(remembered):
    length, found, _ = remembered(4096, [[f"q{n}", "answer", 1] for n in range(900)])
    assert length <= 4096
    assert sum(one is not False for one in found) == 512


BROKEN = """text => {
  const one = new vivaMemory.Memory(99)
  one.unpack(text.replace("CODE", vivaMemory.code("q")).replace("W", vivaMemory.code("w", 1)))
  return [one.tries("q", "w"), one.packed()]
}"""


@pytest.mark.parametrize("text", ["", "1", "1abcde0", "3zzz", "2", "2~~~", "2abc", "\u0000", "2CODE00W100{", "2CODE00"])
def test_what_a_system_made_of_it_is_no_fault(browser, text):
    page = browser.new_page()
    page.add_script_tag(content=resources.files("viva.exchange.scorm").joinpath("memory.js").read_text("utf-8"))
    tries, packed = page.evaluate(BROKEN, text)
    assert tries is None and packed.startswith("2")
    page.close()


def test_a_learner_leaves_and_finds_everything_as_it_was(system, neutral_course):
    asked = exchanging.asked(neutral_course)
    names = [bank.id for bank in neutral_course.banks]
    page, frame = system.launch("anna")
    before = {}
    for turn, name in enumerate(names):
        turned(frame, name)
        answered(frame, asked, turn)
        before[name] = left(frame)
    assert not [one for page in before.values() for one in page if not one["verdict"]]
    system.leave(page, "anna")
    system.elsewhere()
    page, frame = system.launch("anna")
    assert frame.url.endswith(f"self-checks/{names[-1]}.html")
    for name in names:
        turned(frame, name)
        assert left(frame) == before[name]
    system.leave(page, "anna")


@pytest.mark.long
def test_learners_at_one_computer_do_not_meet(system, neutral_course):
    page, frame = system.launch("anna")
    turned(frame, "scale")
    answered(frame, exchanging.asked(neutral_course), 0)
    system.leave(page, "anna")
    page, frame = system.launch("ben")
    turned(frame, "scale")
    assert not [one for one in left(frame) if one["state"]]
    system.leave(page, "ben")


def test_a_new_attempt_begins_with_nothing_answered(system, neutral_course):
    page, frame = system.launch("anna")
    turned(frame, "scale")
    answered(frame, exchanging.asked(neutral_course), 0)
    system.leave(page, "anna")
    system.kept.clear()
    _, frame = system.launch("anna")
    turned(frame, "scale")
    assert not [one for one in left(frame) if one["state"]]
