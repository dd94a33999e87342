"""The course without a network: unpacked from its zip, and as an app."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsers import IN_BOTH, LONG_IN_FIREFOX, assert_accessible, search, wait_until_kept
from exams import answer_first
from host import Host, Quiet
from sampled import long
from viva.offline import app
from viva.offline.parts import Part


@pytest.fixture
def read_unpacked(either: Browser, unpacked: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the unpacked folder with the network off; nothing may go wrong on it."""
    context = either.new_context(offline=True)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))

    def read(name: str) -> Page:
        page.goto((unpacked / name).as_uri())
        return page

    yield read
    context.close()
    assert not complaints


@LONG_IN_FIREFOX
def test_the_unpacked_course_is_searched(read_unpacked):
    page = read_unpacked("index.html")
    search(page, "contour interval").click()
    page.wait_for_url("**/modules/**")


def test_the_unpacked_course_asks_and_answers(read_unpacked):
    page = read_unpacked("self-checks/relief.html")
    question = page.locator("viva-question[type=single]").first
    question.locator("input[type=radio]").first.check()
    question.get_by_role("button", name="Check answer").click()
    question.locator(".viva-explanation").wait_for()


@LONG_IN_FIREFOX
@pytest.mark.parametrize("name", ["cases/mist.html", "glossary.html", "study/progress.html"])
def test_pages_of_every_kind_open_in_the_unpacked_course(read_unpacked, name):
    assert read_unpacked(name).locator("h1").is_visible()


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    shutil.copytree(site, tmp_path / "course")
    started = Host(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def context(either: Browser) -> Iterator[BrowserContext]:
    made = either.new_context()
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def installed(host: Host, context: BrowserContext) -> Page:
    """A reader's tab after the first visit, when the course is kept."""
    page = context.new_page()
    page.goto(host.address("index.html"))
    wait_until_kept(page)
    return page


def versions(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")


NOT_WHOLE = """async (names) => {
  const found = []
  for (const name of names) {
    const reply = await fetch(name)
    const page = new DOMParser().parseFromString(await reply.text(), "text/html")
    if (!reply.ok || page.querySelectorAll("h1").length !== 1) found.push(name)
  }
  return found
}"""


def test_after_one_visit_every_page_and_the_search_work_without_the_server(host, installed):
    host.stop()
    page = installed
    page.goto(host.address(""))
    names = [path.relative_to(host.site).as_posix() for path in sorted(host.site.rglob("*.html"))]
    assert page.evaluate(NOT_WHOLE, names) == []
    page.goto(host.address("modules/scale"))
    assert page.title().startswith("Scale")
    page.goto(host.address(""))
    search(page, "contour interval").click()
    page.wait_for_url("**/modules/**")
    host.start()


@LONG_IN_FIREFOX
def test_the_network_breaks_off_in_the_middle_of_the_course(host, installed):
    page = installed
    page.goto(host.address("self-checks/scale.html"))
    answer_first(page)
    host.stop()
    page.goto(host.address("modules/scale.html"))
    assert page.locator("h1").inner_text().startswith("Scale")
    page.goto(host.address("self-checks/relief.html"))
    answer_first(page)
    page.goto(host.address("study/progress.html"))
    assert "Answered\n2 of" in page.locator("[data-part=overview]").inner_text()
    host.start()


@IN_BOTH
def test_a_reader_changes_over_to_a_new_version_in_all_tabs_at_once(host, installed, context):
    reading, other = installed, context.new_page()
    reading.goto(host.address("modules/scale.html"))
    other.goto(host.address("about.html"))
    host.publish("Second")
    reading.reload()
    note = reading.get_by_role("status").filter(has_text="new version")
    note.wait_for()
    assert not other.title().startswith("Second")
    other.reload()
    assert not other.title().startswith("Second")  # until the reader decides
    with reading.expect_navigation(), other.expect_navigation():
        note.get_by_role("button", name="Change over").click()
    other.wait_for_function("document.title.startsWith('Second')")
    reading.goto(host.address("glossary.html"))
    assert reading.title().startswith("Second")
    assert len(versions(reading)) == 1


@LONG_IN_FIREFOX
def test_the_note_of_a_new_version_is_accessible_and_later_leaves_the_old_one_until_the_next_visit(host, installed):
    installed.goto(host.address("index.html"))
    host.publish("Second")
    installed.reload()
    note = installed.get_by_role("status").filter(has_text="new version")
    note.wait_for()
    assert_accessible(installed)
    note.get_by_role("button", name="Later").click()
    assert note.count() == 0
    installed.goto(host.address("about.html"))
    assert not installed.title().startswith("Second")
    note.wait_for()


@LONG_IN_FIREFOX
@pytest.mark.parametrize("fault", [long("missing"), "from another version"])
def test_an_update_that_fails_leaves_the_old_version_whole(host, installed, fault):
    host.publish("Second")
    broken = host.site / "glossary.html"
    text = broken.read_text("utf-8")
    if fault == "missing":
        broken.unlink()
    else:
        broken.write_text(text.replace("Second", "Third"))
        dated = broken.stat()
    before = versions(installed)
    installed.goto(host.address("index.html"))
    assert installed.evaluate(UPDATE) == "redundant"
    # The page asks for updates of its own accord too; what such a one began goes away as well.
    installed.wait_for_function("before => caches.keys().then(keys => `${keys}` === before)", arg=",".join(before))
    for name in ("index.html", "about.html", "glossary.html"):
        installed.goto(host.address(name))
        assert not installed.title().startswith(("Second", "Third"))
    broken.write_text(text)
    if fault != "missing":  # the host thinks that it is still the same
        os.utime(broken, ns=(dated.st_atime_ns, dated.st_mtime_ns))
    installed.reload()
    installed.get_by_role("status").filter(has_text="new version").wait_for()


# Ask for an update and say how its installation ended.
UPDATE = """async () => {
  const kept = await navigator.serviceWorker.ready
  const found = new Promise(resolve => kept.installing
    ? resolve(kept.installing)
    : kept.addEventListener("updatefound", () => resolve(kept.installing)))
  await kept.update().catch(() => {})
  const fresh = await found
  if (["installed", "redundant"].includes(fresh.state)) return fresh.state
  return new Promise(resolve => fresh.addEventListener("statechange", () => resolve(fresh.state)))
}"""


def test_the_browser_finds_the_app_fit_to_install(host, installed, context):
    session = context.new_cdp_session(installed)
    installed.goto(host.address("index.html"))
    assert session.send("Page.getAppManifest")["errors"] == []
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test's own tab is a private one, which is the only thing that may be in the way.
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}


@pytest.mark.long
@LONG_IN_FIREFOX
def test_a_preview_at_the_same_address_drives_the_app_out(host, installed):
    app.write_no_worker(host.site)
    installed.goto(host.address("index.html"))
    installed.evaluate("navigator.serviceWorker.getRegistration().then(kept => kept?.update()) && 0")
    # Chromium lets the old one end what it is at: it leaves at the next visit at the latest.
    installed.evaluate("setTimeout(() => location.reload(), 500) && 0")
    installed.wait_for_function("caches.keys().then(keys => keys.length === 0)")


@LONG_IN_FIREFOX
def test_from_disk_nothing_is_installed(read_unpacked):
    page = read_unpacked("index.html")
    assert page.locator("link[rel=manifest]").count() == 0


class Altering(Quiet):
    """A host that means well and adds a line to every page."""

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        body = path.read_bytes() + b"<!-- served with care -->"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


class Typeless(Quiet):
    """A host that knows no type but that of a worker, without which there is none."""

    def guess_type(self, path):
        return "text/javascript" if path.endswith(".js") else "application/octet-stream"


def at(context: BrowserContext, tmp_path: Path, site: Path, handler: type[Quiet]) -> Iterator[tuple[Host, Page]]:
    shutil.copytree(site, tmp_path / "other/course")
    started = Host(tmp_path / "other", handler)
    yield started, context.new_page()
    started.stop()


@LONG_IN_FIREFOX
def test_a_host_that_changes_files_is_named_on_the_page(context, tmp_path, site):
    for host, page in at(context, tmp_path, site, Altering):
        page.goto(host.address("offline.html"))
        told = page.locator(".viva-kept")
        changed = ".html as it was built: something on the way changes it"
        expect(told).to_contain_text(changed, timeout=20_000)  # every file is fetched first
        expect(told).to_contain_text(f"viva doctor {host.address('')}")
        page.wait_for_function("caches.keys().then(keys => keys.length === 0)")


def test_types_come_from_the_names_of_files(context, tmp_path, site):
    for host, page in at(context, tmp_path, site, Typeless):
        # A host without types shows no page at all; the worker has to be started by hand.
        page.goto(host.address("assets/viva/viva.js"))
        page.evaluate("scope => navigator.serviceWorker.register(scope + 'sw.js')", host.address(""))
        page.wait_for_function(
            "scope => navigator.serviceWorker.getRegistration(scope).then(found => Boolean(found?.active))",
            arg=host.address(""),
        )
        page.goto(host.address("glossary.html"))
        expect(page.locator("h1")).to_be_visible()
        types = page.evaluate(
            "names => Promise.all(names.map(name => fetch(name).then(got => got.headers.get('content-type'))))",
            ["assets/site/mark.svg", "assets/site/site.css", "manifest.webmanifest"],
        )
        assert types == ["image/svg+xml", "text/css", "application/manifest+json"]


@pytest.fixture
def large(host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """The course as if it were a large one, with a film that one page shows."""
    page = host.site / "modules/relief.html"
    page.write_text(page.read_text().replace("</h1>", '</h1><video src="../assets/film.webm"></video>', 1))
    (host.site / "assets/film.webm").write_bytes(bytes(3 << 20))
    monkeypatch.setattr(app, "MUCH", 1000)
    monkeypatch.setattr(app, "LARGE", 1000)
    host.publish("Large", [module("relief"), module("scale")])
    return host


def module(name: str) -> Part:
    own = (f"modules/{name}.html", f"self-checks/{name}.html", f"assets/viva/questions/{name}.js")
    return Part(own[0], name.title(), own, "Reading")


REGISTERED = "navigator.serviceWorker.getRegistration().then(found => Boolean(found))"


@LONG_IN_FIREFOX
def test_what_takes_much_is_asked_first(large, context):
    page = context.new_page()
    page.goto(large.address("index.html"))
    note = page.get_by_role("status").filter(has_text="read it without a network")
    expect(note).to_contain_text(re.compile(r"takes \d+\.\d.MB"))
    expect(note).to_have_css("position", "static")  # it covers nothing
    assert page.evaluate(REGISTERED) is False
    assert versions(page) == []
    note.get_by_role("button", name="Keep it").click()
    wait_until_kept(page)
    large.stop()
    page.goto(large.address("glossary.html"))
    expect(page.locator("h1")).to_be_visible()
    large.start()


def test_not_now_is_remembered(large, context):
    page = context.new_page()
    page.goto(large.address("index.html"))
    page.get_by_role("button", name="Not now").click()
    page.goto(large.address("about.html"))
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Keep it").count() == 0
    assert page.evaluate(REGISTERED) is False


@LONG_IN_FIREFOX
def test_a_reader_of_a_large_course_chooses_its_parts(large, context):
    page = context.new_page()
    page.goto(large.address("offline.html"))
    told = page.locator(".viva-kept")
    section = told.get_by_label("Reading (")
    expect(section).to_be_checked()
    assert_accessible(page)
    told.locator("summary", has_text="2 parts").click()
    relief = told.get_by_label("Relief (3")  # megabytes: it has the film
    relief.uncheck()
    assert section.evaluate("({ indeterminate }) => indeterminate")
    told.get_by_role("button", name="Keep it").click()
    expect(told).to_contain_text("What you have not chosen needs a network.")
    expect(relief).not_to_be_checked()
    large.stop()
    page.goto(large.address("self-checks/scale.html"))
    answer_first(page)
    asked = "name => fetch(name).then(() => true, () => false)"
    assert page.evaluate(asked, large.address("modules/scale.html"))
    assert not page.evaluate(asked, large.address("modules/relief.html"))
    page.goto(large.address("modules/relief.html"))  # what is not kept leads to what is
    expect(page).to_have_url(large.address("offline.html"))
    expect(told).to_contain_text("What you have not chosen needs a network.")
    large.start()
    page.goto(large.address("offline.html"))
    section.check()
    told.get_by_role("button", name="Keep what is missing").click()
    expect(told).to_contain_text("This browser keeps the whole course")
    large.stop()
    page.goto(large.address("modules/relief.html"))
    expect(page.locator("h1")).to_be_visible()
    large.start()
    page.goto(large.address("offline.html"))
    told.get_by_role("button", name="Remove it").click()
    expect(told).to_contain_text("This browser keeps nothing of this course")
    assert versions(page) == []


@pytest.mark.long
@LONG_IN_FIREFOX
def test_the_page_says_that_all_is_kept(installed, host):
    installed.goto(host.address("offline.html"))
    expect(installed.locator(".viva-kept")).to_contain_text("This browser keeps the whole course")
    assert_accessible(installed)
