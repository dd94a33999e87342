"""From the unpacked folder, without a network, in both browsers: read, answer, review, hand in a record.

Chromium keeps the folder together. Firefox keeps each page apart, says so, and carries files."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browsers import IN_BOTH, LONG_IN_CHROMIUM, assert_accessible, saved, search, wait_until
from exams import answer_first, attempts
from host import NAME
from sampled import long

CHECK, PROGRESS, REVIEW = "self-checks/scale.html", "study/progress.html", "study/review.html"
MONTH = 30 * 86_400_000


@pytest.fixture
def read(either: Browser, unpacked: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the unpacked folder in the same tab, with the network off."""
    context = either.new_context(offline=True)
    context.set_default_timeout(10_000)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith("http") and complaints.append(sent.url))

    def read_(name: str) -> Page:
        page.goto((unpacked / name).as_uri())
        return page

    yield read_
    context.close()
    assert not complaints


@pytest.fixture
def keeps_together(either: Browser) -> bool:
    return either.browser_type.name == "chromium"


def note(page: Page):
    return page.get_by_role("complementary", name="Progress from disk")


def take_away(page: Page, downloads: Path, keeps_together: bool) -> str:
    """Save what the page knows to a file, the way that the page offers."""
    if keeps_together:
        button, name = page.get_by_role("button", name="Export to a file"), "progress"
    else:
        button, name = note(page).get_by_role("button", name="Save to a file"), "progress-scale"
    return saved(page, downloads, f"{NAME}-{name}.json", button.click)


def bring(page: Page, text: str) -> None:
    """Give a progress file to a page, and wait until it says what came of it."""
    chooser = page.locator("input[type=file]").first
    chooser.set_input_files({"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()})
    page.get_by_role("status").filter(has_text="here already").wait_for()


def overview(page: Page) -> str:
    return page.locator("[data-part=overview]").inner_text()


@LONG_IN_CHROMIUM
def test_one_reads_and_searches(read):
    page = read("index.html")
    search(page, "contour interval").click()
    page.wait_for_url("**/modules/**")
    assert page.locator("h1").is_visible()
    page.get_by_role("link", name="Self-check", exact=False).last.click()
    page.wait_for_url("**/self-checks/**")


@IN_BOTH
def test_one_answers_and_hands_in_a_record(read, downloads, keeps_together):
    page = read(CHECK)
    answer_first(page)
    assert note(page).count() == (0 if keeps_together else 1)
    text = "" if keeps_together else take_away(page, downloads, False)
    page = read(PROGRESS)
    if not keeps_together:
        assert attempts(page) == []
        assert "This page does not see what you answered on another one" in note(page).inner_text()
        bring(page, text)
    assert "Answered\n1 of" in overview(page)
    page.get_by_label("Your name").fill("A. Student")
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.print }")
    page.get_by_role("button", name="Print the record").click()
    assert page.evaluate("window.printed") == "record"
    record = page.locator(".viva-record").inner_text()
    assert "A. Student" in record and "1 of" in record and "self-reported" in record
    page.reload()
    assert "Answered\n1 of" in overview(page)


@pytest.mark.parametrize("either", ["firefox"], indirect=True)
@pytest.mark.parametrize("name", [CHECK, long(PROGRESS)])
def test_what_firefox_is_told_is_accessible(read, name):
    page = read(name)
    note(page).wait_for()
    assert_accessible(page)


@LONG_IN_CHROMIUM
def test_one_reviews_what_was_answered_a_month_ago(read, downloads, keeps_together):
    page = read(CHECK)
    answer_first(page)
    data = json.loads(take_away(read(PROGRESS) if keeps_together else page, downloads, keeps_together))
    for name, entry in data["entries"].items():
        if name.startswith("a:"):
            entry["t"] -= MONTH
    if keeps_together:
        page.evaluate("vivaStudy.store.erase()")
        bring(page, json.dumps(data))
    page = read(REVIEW)
    if not keeps_together:
        page.evaluate("vivaStudy.store.erase()")
        bring(page, json.dumps(data))
    page.get_by_role("button", name="Begin the review").click()
    answer_first(page)
    page.get_by_role("button", name=re.compile("^(Next|See the result)$")).click()
    assert len(attempts(page)) == 2
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Begin the review").wait_for(state="hidden")


@LONG_IN_CHROMIUM
def test_the_line_on_the_page_starts_a_server_that_keeps_all_together(read, either, unpacked):
    told = read(PROGRESS).locator("[data-part=disk] code").all_inner_texts()
    line, address = told[0], told[-1]
    assert line in (unpacked / "offline.html").read_text("utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    # Another server may have taken the port that the page names.
    assert line.count("8000") == address.count("8000") == 1
    command = shlex.split(line.replace("8000", port))
    server = subprocess.Popen(command, cwd=unpacked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    page = either.new_page()
    try:
        wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", int(port))) == 0)
        page.goto(address.replace("8000", port))
        page.goto(f"{page.url}{CHECK}")
        answer_first(page)
        assert note(page).count() == 0
        page.goto(page.url.replace(CHECK, PROGRESS))
        assert "Answered\n1 of" in overview(page)
    finally:
        page.close()
        server.terminate()
        server.wait()
