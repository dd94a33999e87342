"""The browsers that readers have, and what is different in driving them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    expect,
)

from sampled import long
from setup_browser import ADVICE, FIREFOX_ADVICE, find_browser, find_firefox

expect.set_options(timeout=15_000)  # a busy machine must not fail a test

NAMES = ("chromium", "firefox")
IN_BOTH = pytest.mark.parametrize("either", NAMES, indirect=True)
"""Runs a test of the fixture `either` in both browsers."""
LONG_IN_FIREFOX = pytest.mark.parametrize(
    "either", ["chromium", pytest.param("firefox", marks=pytest.mark.long)], indirect=True
)
"""The same, in Firefox in the long matrix only."""
LONG_IN_CHROMIUM = pytest.mark.parametrize("either", [long("chromium"), "firefox"], indirect=True)
"""The same, in Chromium in the long matrix only: what Firefox alone makes hard."""
LOOKS = pytest.mark.parametrize(
    ("scheme", "width"), [("light", 390), ("dark", 1280), long("dark", 390), long("light", 1280)]
)
"""Colours hang on the scheme, what is shown hangs on the width: two looks try both of either."""
LOOK = pytest.mark.parametrize(
    ("scheme", "width"), [("dark", 390), long("light", 390), long("light", 1280), long("dark", 1280)]
)
"""One of them, for a page whose colours and places other pages have too."""
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Drivers relax Firefox's rule that files on a disk are strangers to each other. Readers have it.
AS_DELIVERED = {"remote.prefs.recommended": False, "security.fileuri.strict_origin_policy": True}
# From disk axe cannot fetch the style sheets for itself; the browser has applied them anyway.
AXE = {"resultTypes": ["violations"], "preload": False}
FAULTS = "async how => (await axe.run(document, how)).violations"
# What the browser has not laid out yet, because it is far off the screen, axe would misplace.
LAID_OUT = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("* { content-visibility: visible !important }")
  document.adoptedStyleSheets.push(sheet)
}"""
# The second copy of what was written last has caught up with the first.
KEPT = """name => new Promise(done => {
  const written = Number(localStorage["viva-written:" + name])
  indexedDB.open("viva:" + name).onsuccess = ({ target: { result } }) => {
    const newest = result.transaction("changes").objectStore("changes").index("time").openCursor(null, "prev")
    newest.onsuccess = () => { result.close(); done(newest.result?.value.time === written) }
  }
})"""
CALM = {"ui.prefersReducedMotion": 1}


def options(name: str) -> dict[str, Any]:
    """What Playwright needs to start the browser of the system; a test fails where there is none."""
    path = find_browser() if name == "chromium" else find_firefox()
    if not path:
        pytest.fail(ADVICE if name == "chromium" else FIREFOX_ADVICE)
    if name == "firefox":
        prefs = AS_DELIVERED | CALM
        return {"executable_path": path, "channel": "moz-firefox", "firefox_user_prefs": prefs}
    # Chromium's sandbox refuses to start as root.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return {"executable_path": path, "args": flags}


def start(playwright: Playwright, name: str, downloads: Path) -> Browser:
    """A headless browser that saves files in a folder."""
    return getattr(playwright, name).launch(downloads_path=downloads, **options(name))


class Device:
    """A browser with its profile on a disk, which outlives the browser."""

    def __init__(self, playwright: Playwright, name: str, profile: Path) -> None:
        self.kind, self.name, self.profile = getattr(playwright, name), name, profile
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        """Start the browser; returns its tab."""
        self.context = self.kind.launch_persistent_context(self.profile, **options(self.name))
        return self.context.pages[0]

    def kill(self) -> None:
        """End the browser as a system without memory does: at once and without a word."""
        for number in _processes(self.profile):
            with suppress(ProcessLookupError):  # it went with one before it
                os.kill(number, signal.SIGKILL)
            wait_until(lambda number=number: _is_gone(number))
        self.context = None

    def stop(self) -> None:
        if self.context:
            self.context.close()
        self.context = None


def _processes(profile: Path) -> list[int]:
    """The processes that were started for a profile, the first of them first."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if str(profile).encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return sorted(found)


def _is_gone(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for_function(
    page: Page, expression: str, *, arg: Any = None, timeout: float = 15_000, **_: Any
) -> Any:
    """Wait until an expression holds in a page.

    In place of Playwright's own, which has the page evaluate text again and again: no page may.
    """
    end = time.monotonic() + timeout / 1000
    while True:
        if found := _now(page, expression, arg):
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"it never came true: {expression}")
        page.wait_for_timeout(20)


def _now(page: Page, expression: str, arg: Any) -> Any:
    """What an expression is worth; None on the way from one page to the next."""
    try:
        return page.evaluate(expression, arg)
    except Error as error:
        if "context was destroyed" in error.message or "navigat" in error.message:
            return None
        raise


Page.wait_for_function = wait_for_function


def wait_until(holds: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait for something that no page tells, and return it."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


def wait_until_kept(page: Page, seconds: float = 90) -> None:
    """Wait until the app's worker has the course and is at work."""
    active = "navigator.serviceWorker.getRegistration().then(found => Boolean(found?.active))"
    wait_until(lambda: page.evaluate(active), seconds)


def saved(page: Page, downloads: Path, name: str, press: Callable[[], None]) -> str:
    """The text of the file that a press on the page saves."""
    if page.context.browser.browser_type.name == "chromium":
        with page.expect_download() as download:
            press()
        assert download.value.suggested_filename == name
        return Path(download.value.path()).read_text("utf-8")
    # Firefox does not tell Playwright which file it saves, but saves it under its name.
    file = downloads / name
    file.unlink(missing_ok=True)
    press()
    wait_until(lambda: file.is_file() and file.stat().st_size)
    return file.read_text("utf-8")


def assert_accessible(page: Page) -> None:
    """Nothing on the page breaks a rule of axe."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(LAID_OUT)
        page.evaluate(AXE_SCRIPT)
    # To say where a fault stands takes axe longer than to look whether there is one.
    if page.evaluate(FAULTS, AXE | {"selectors": False}):
        pytest.fail(AxeResults({"violations": page.evaluate(FAULTS, AXE)}).generate_report())


def assert_accessible_in_both(page: Page) -> None:
    """Nothing breaks a rule of axe on a light phone and on a dark desk: colours hang on the
    scheme, what is shown hangs on the width."""
    page.mouse.move(0, 0)
    expect(page.locator(".md-tooltip2")).to_have_count(
        0
    )  # the theme puts them outside of all landmarks
    for scheme, name, width in (("light", "default", 390), ("dark", "slate", 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
        page.locator(f"body[data-md-color-scheme={name}]").wait_for(state="attached")
        assert_accessible(page)


def search(page: Page, words: str) -> Locator:
    """Search the course for words; the first module found."""
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill(words)
    found = page.locator(".viva-search ol a[href*='modules/']").first
    found.wait_for()
    return found
