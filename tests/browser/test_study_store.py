"""Progress survives two tabs, full or refused storage, damage, other versions and other devices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from browsers import wait_until

DATA = Path(__file__).parent / "data"
PROGRESS = "study/progress.html"
PREFIX = "viva:reading-a-map:"
ATTEMPT = {"q": "scale-meaning", "h": "0" * 12, "t": 1763800000000, "a": 1, "m": 1}


def put(page, entries: dict[str, object]) -> None:
    """Write entries as they are: text stays text, other things become JSON."""
    texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in entries.items()}
    page.evaluate(
        "([prefix, all]) => { for (const [n, t] of Object.entries(all)) localStorage[prefix + n] = t }",
        [PREFIX, texts],
    )
    page.reload()


def stored(page) -> dict[str, str]:
    """Everything that the course keeps in this browser."""
    return page.evaluate(
        "prefix => Object.fromEntries(Object.entries(localStorage)"
        ".filter(([k]) => k.startsWith(prefix)).map(([k, v]) => [k.slice(prefix.length), v]))",
        PREFIX,
    )


def attempts(page) -> list[dict]:
    return page.evaluate("vivaStudy.store.attempts()")


def notice(page) -> str:
    return page.locator("[data-part=notices]").inner_text()


@pytest.fixture
def page(open_page):
    return open_page(PROGRESS)


def test_an_attempt_is_kept_over_a_reload(page):
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    page.reload()
    assert [{key: one[key] for key in ATTEMPT} for one in attempts(page)] == [ATTEMPT]
    assert stored(page)["schema"] == "2"


def test_two_tabs_that_write_at_once_lose_nothing(page):
    other = page.context.new_page()
    other.goto(page.url)
    for number in range(10):
        for tab in (page, other):
            tab.evaluate("one => vivaStudy.store.add(one)", ATTEMPT | {"t": number})
    for tab in (page, other):  # a tab in a process of its own hears of it a little later
        wait_until(lambda tab=tab: len(attempts(tab)) == 20)


WRITTEN = """time => new Promise(done => {
  const request = indexedDB.open("viva:" + vivaStudy.store.course);
  request.onsuccess = () => {
    const work = request.result.transaction("changes", "readwrite");
    work.objectStore("changes").put({ name: "p:held", text: "7", time: Date.now() + time, schema: 2 });
    work.oncomplete = done;
  };
})"""


@pytest.mark.parametrize(("time", "comes_back"), [(-1_000, True), (60_000, False)], ids=["before", "meanwhile"])
def test_only_what_was_written_before_a_page_opened_can_be_lost(page, time, comes_back):
    page.evaluate("localStorage['viva-written:' + vivaStudy.store.course] = Date.now() - 5000")
    page.evaluate(f"({WRITTEN})({time}).then(() => true)")
    page.reload()
    if comes_back:
        page.wait_for_function(f"localStorage['{PREFIX}p:held'] === '7'")
    else:
        page.wait_for_timeout(600)  # nothing tells that nothing comes
        assert "p:held" not in stored(page)


def test_a_tab_sees_what_another_one_writes(page):
    other = page.context.new_page()
    other.goto(page.url)
    question = page.evaluate("vivaCourse.questions.find(q => q.type !== 'case')")
    added = ATTEMPT | {"q": question["id"], "h": question["hash"]}
    other.evaluate("one => vivaStudy.store.add(one)", added)
    page.get_by_text("1 of 1").first.wait_for()


def test_storage_that_is_refused_is_replaced_by_memory_and_said(open_page):
    page = open_page("about.html")
    # Refused to the course alone: the theme's own scripts fail where nothing may be kept.
    page.context.add_init_script(
        """const real = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, text) {
          if (key.startsWith("viva:")) throw new DOMException("no", "SecurityError");
          real.call(this, key, text);
        }"""
    )
    page.goto(page.url.replace("about.html", PROGRESS))
    assert "keeps nothing for the course" in notice(page)
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    assert len(attempts(page)) == 1
    assert len(page.evaluate("vivaStudy.exported().entries")) == 1


def test_without_a_second_copy_the_first_one_does(open_page):
    page = open_page("about.html")
    page.context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
    page.goto(page.url.replace("about.html", PROGRESS))
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    page.reload()
    assert len(attempts(page)) == 1
    assert notice(page) == ""


def test_a_full_storage_is_said_and_what_waits_is_written_when_there_is_room(page):
    page.evaluate(
        "() => { window.real = Storage.prototype.setItem;"
        " Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    assert "storage is full" in notice(page)
    assert len(attempts(page)) == 1
    assert not stored(page)
    page.evaluate("() => { Storage.prototype.setItem = window.real }")
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT | {"t": 2})
    assert "storage is full" not in notice(page)
    page.reload()
    assert len(attempts(page)) == 2


def test_damaged_entries_are_kept_aside_and_the_rest_still_counts(page):
    texts = ["{", "null", "[]", "7", '{"q": 1}', '{"q":"x","h":"y","t":1,"m":7}', '"__proto__"']
    damaged = {f"a:bad-{number}": text for number, text in enumerate(texts)}
    put(page, {"a:good": ATTEMPT} | damaged)
    assert "kept aside" in notice(page)
    assert [one["id"] for one in attempts(page)] == ["a:good"]
    kept, exported = stored(page), page.evaluate("vivaStudy.exported().entries")
    for name, text in damaged.items():
        assert json.loads(kept[f"aside:{name}"]) == text
        assert name not in kept
        assert exported[f"aside:{name}"] == text


def test_a_newer_schema_is_shown_and_never_written_over(page):
    put(page, {"schema": "99", "a:one": ATTEMPT, "z:strange": "what"})
    before = stored(page)
    assert "newer version" in notice(page)
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    assert len(attempts(page)) == 2
    assert stored(page) == before


def test_every_schema_that_was_ever_written_still_opens(page):
    latest = page.evaluate("vivaStudy.SCHEMA")
    for version in range(1, latest + 1):
        kept = json.loads((DATA / f"schema-{version}.json").read_text("utf-8"))
        page.evaluate("vivaStudy.store.erase()")
        put(page, kept)
        assert notice(page) == ""
        assert stored(page)["schema"] == str(latest)
        assert {one["q"]: one["m"] for one in attempts(page)} == {"knee-1": 1, "knee-2": 0}
        assert page.evaluate("vivaStudy.store.get('q:knee-1').note") == "look again"
        session = page.evaluate("vivaStudy.sessions()[0]")
        assert {name: session[name] for name in ("mode", "of", "at", "began")} == {
            "mode": "exam", "of": "self-checks/knee.html", "at": 0, "began": 1763800000000
        }  # fmt: skip
        assert session["items"]["knee-1"] == {
            "h": "aaaaaaaaaaaa", "a": 2, "c": 3, "x": ["0"], "seen": True, "locked": False
        }  # fmt: skip
        assert page.evaluate("vivaStudy.store.names('d')") == []


def test_migrations_run_in_order_and_leave_damage_as_it_was(page):
    marks, said, schema, aside = page.evaluate(
        """one => {
          Object.assign(localStorage, {"viva:old:schema": "1", "viva:old:a:one": JSON.stringify(one), "viva:old:a:bad": "{"});
          const steps = { 1: (name, it) => [name, { ...it, m: it.m / 2 }], 2: (name, it) => [name, { ...it, a: [it.a, it.m] }] };
          const store = new vivaStudy.Store("old", localStorage, steps, 3);
          return [store.attempts().map(({ m, a }) => [m, a]), store.messages().length, localStorage["viva:old:schema"], localStorage["viva:old:aside:a:bad"]];
        }""",
        ATTEMPT,
    )
    assert marks == [[0.5, [1, 0.5]]]
    assert (said, schema, json.loads(aside)) == (1, "3", "{")


def test_courses_on_one_disk_do_not_see_each_other(page):
    page.evaluate("localStorage['viva:other:a:x'] = '{}'")
    page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
    page.evaluate("vivaStudy.store.erase()")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('viva:'))") == [
        "viva:other:a:x"
    ]


def import_(page, text: str) -> str:
    page.locator("[data-part=import]").set_input_files(
        {"name": "progress.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.wait_for_function("document.querySelector('[data-part=said]').textContent")
    return page.locator("[data-part=said]").inner_text()


def test_export_erase_import_brings_everything_back(page):
    put(page, {"a:one": ATTEMPT, "q:x": {"note": "mine", "noted": 1}, "p:mode": '"exam"'})
    with page.expect_download() as download:
        page.get_by_role("button", name="Export to a file").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "reading-a-map-progress.json"
    before = stored(page)
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    assert stored(page)["a:one"]
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    page.get_by_text("Everything was erased.").wait_for()
    assert stored(page) == {}
    assert import_(page, text).startswith("3 entries added")
    assert stored(page).keys() >= {"a:one", "q:x", "p:mode"}
    assert {name: json.loads(one) for name, one in stored(page).items()} == {
        name: json.loads(one) for name, one in (before | {"schema": "2"}).items()
    }


def test_two_devices_merge_without_loss_and_twice_is_once(open_page):
    phone, desk = open_page(PROGRESS), open_page(PROGRESS)
    put(phone, {"a:one": ATTEMPT, "a:both": ATTEMPT, "q:x": {"note": "from the phone", "noted": 1, "flag": True, "flagged": 5}})
    put(desk, {"a:two": ATTEMPT, "a:both": ATTEMPT, "q:x": {"note": "from the desk", "noted": 2, "flag": False, "flagged": 3}})
    text = json.dumps(phone.evaluate("vivaStudy.exported()"))
    assert import_(desk, text).startswith("2 entries added; 1 here already.")
    assert {one["id"] for one in attempts(desk)} == {"a:one", "a:two", "a:both"}
    note = desk.evaluate("vivaStudy.store.get('q:x')")
    assert "from the phone" in note["note"] and "from the desk" in note["note"]
    assert note["flag"] is True
    desk.evaluate("vivaStudy.imported", text)
    assert desk.evaluate("vivaStudy.imported", text).startswith("0 entries added; 3 here already.")


def test_a_file_that_is_no_progress_of_this_course_changes_nothing(page):
    put(page, {"a:one": ATTEMPT})
    before = stored(page)
    for text, said in (
        ("not json", "could not be read"),
        ("{}", "not a progress file"),
        ('{"format": "viva-progress", "schema": 1, "course": "knees", "entries": {}}', "another course"),
        ('{"format": "viva-progress", "schema": 9, "course": "reading-a-map", "entries": {}}', "newer version"),
    ):
        assert said in import_(page, text)
        assert stored(page) == before


def test_hand_edited_entries_of_a_file_are_left_out_and_counted(page):
    data = {"format": "viva-progress", "schema": 1, "course": "reading-a-map"}
    entries = {"a:ok": ATTEMPT, "a:bad": {"q": 7}, "constructor:x": {}, "zzz": 1}
    said = import_(page, json.dumps(data | {"entries": entries}))
    assert said == "1 entry added; 0 here already. 3 could not be read and were left out."


def test_stored_and_imported_text_never_becomes_html(page):
    question = page.evaluate("vivaCourse.questions[0].id")
    evil = "<img src=x onerror=\"document.title='broken'\">"
    put(page, {f"q:{question}": {"note": evil, "noted": 1, "flag": True, "flagged": 1}})
    assert page.locator(".viva-note").inner_text() == evil
    assert page.locator(".viva-study img").count() == 0


def test_nothing_is_left_of_what_was_erased(page):
    page.evaluate("one => { vivaStudy.store.add(one); vivaStudy.store.set('q:x', { note: 'mine' }) }", ATTEMPT)
    page.evaluate("localStorage['viva-assignment:reading-a-map:week-1'] = '{}'")
    page.evaluate("vivaStudy.erase()")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('viva'))") == ["viva-written:reading-a-map"]
    names = """new Promise(done => { indexedDB.open("viva:reading-a-map").onsuccess = ({ target: { result } }) => {
      result.transaction("changes").objectStore("changes").getAllKeys().onsuccess = (found) => { result.close(); done(found.target.result) } } })"""
    wait_until(lambda: page.evaluate(names) == ["*"])
    page.reload()
    assert stored(page) == {}


# A clock that was years ahead, and one that had lost its battery.
CLOCKS = """() => {
  const { store } = vivaStudy;
  const now = Date.now(), hour = 36e5;
  const given = { early: now - 4 * hour, ahead: now + 9e9, late: now - 2 * hour, dead: 86400000, last: now - hour };
  for (const [q, t] of Object.entries(given)) store.add({ q, h: "h", t, a: 0, m: 1 });
  store.put("a:mi9k2x-1-1", JSON.stringify({ q: "before", h: "h", t: now - 9 * hour, a: 0, m: 1 }));
  return store.attempts().map(({ q, t }) => [q, Math.round((now - t) / hour)]);
}"""


def test_attempts_under_a_wrong_clock_are_clamped_and_stay_in_their_order(page):
    assert page.evaluate(CLOCKS) == [
        ["before", 9], ["early", 4], ["ahead", 2], ["late", 2], ["dead", 2], ["last", 1]
    ]  # fmt: skip


def course(page, name: str, **attributes: str) -> dict[str, object]:
    """What the store of a course has, on a page that says so of it."""
    return page.evaluate(
        """([course, attributes]) => new Promise((done) => {
          const { store } = vivaStudy;
          delete window.vivaStudy;
          const script = document.createElement("script");
          Object.assign(script.dataset, { course, ...attributes });
          script.src = document.querySelector("script[src*='study/store.js']").src;
          script.onload = () => {
            const made = vivaStudy;
            window.vivaStudy = { ...made, store };
            done(Object.fromEntries(made.store.names().map((name) => [name, made.store.get(name)])));
          };
          document.head.append(script);
        })""",
        [name, attributes],
    )


def raw(page, prefix: str) -> list[str]:
    return page.evaluate("p => Object.keys(localStorage).filter(k => k.startsWith(p)).sort()", prefix)


def test_a_course_that_was_renamed_takes_its_progress_along(page):
    kept = json.loads((DATA / "schema-1.json").read_text("utf-8"))
    page.evaluate("all => { for (const [n, t] of Object.entries(all)) localStorage['viva:old-name:' + n] = t }", kept)
    found = course(page, "atlas", was="other-name old-name")
    assert {name for name in found if name.startswith("a:")} == {"a:mi9k2x-1a-2b", "a:mi9k2y-1a-2c"}
    assert found["q:knee-1"]["note"] == "look again"
    assert found["s:exam-knee"]["of"] == "self-checks/knee.html"
    assert raw(page, "viva:old-name:") == []
    assert course(page, "atlas", was="other-name old-name") == found


def test_a_name_that_courses_shared_is_copied_once_and_left(page):
    page.evaluate("one => { localStorage['viva:ecg:schema'] = '2'; localStorage['viva:ecg:a:one'] = JSON.stringify(one) }", ATTEMPT)
    for name in ("心-ecg", "кардио-ecg"):
        assert set(course(page, name, shared="ecg")) == {"a:one"}
    page.evaluate("localStorage.removeItem('viva:кардио-ecg:a:one')")
    assert course(page, "кардио-ecg", shared="ecg") == {}
    assert raw(page, "viva:ecg:") == ["viva:ecg:a:one", "viva:ecg:schema"]


def test_a_file_from_before_the_course_was_renamed_is_taken(page):
    text = json.dumps({"format": "viva-progress", "schema": 1, "course": "old-name", "entries": {"a:one": ATTEMPT}})
    assert "another course" in import_(page, text)
    page.evaluate("vivaStudy.store.adopt('old-name', false)")
    page.locator("[data-part=said]").evaluate("said => { said.textContent = '' }")
    assert import_(page, text).startswith("1 entry added")


def test_a_session_from_two_devices_has_the_later_answer_of_each_question(page):
    session = {"mode": "exam", "of": "scale", "order": ["x", "y"], "began": 5}
    here = session | {"items": {"x": {"h": "h", "a": 1, "u": 9}, "y": {"h": "h", "a": 1, "u": 2}}}
    there = session | {"ended": 7, "items": {"x": {"h": "h", "a": 2, "u": 3}, "y": {"h": "h", "a": 2, "u": 3}}}
    put(page, {"s:one": here})
    entries = {"s:one": there, "b:m#s": {"at": 2, "on": False, "title": "S"}, "h:t": {"at": 2, "page": "m", "text": "t"}}
    said = import_(page, json.dumps({"format": "viva-progress", "schema": 2, "course": "reading-a-map", "entries": entries}))
    assert said.startswith("3 entries added")
    found = page.evaluate("vivaStudy.sessions()[0]")
    assert {name: item["a"] for name, item in found["items"].items()} == {"x": 1, "y": 2}
    assert found["ended"] == 7
    assert page.evaluate("[vivaStudy.store.all('b').length, vivaStudy.store.all('h').length]") == [0, 1]


def test_the_browser_is_asked_once_to_keep_what_is_worth_it(page):
    page.evaluate("() => { window.asked = 0; navigator.storage.persist = async () => (window.asked++, true) }")
    for number in range(8):
        page.evaluate("one => vivaStudy.store.add(one)", ATTEMPT)
        assert page.evaluate("window.asked") == int(number >= 4)
