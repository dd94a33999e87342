"""A course in a real browser, read from disk and without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

import building
from browsers import start
from host import Host
from shared import once


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a browser saves files."""
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def browser(playwright: Playwright, downloads: Path) -> Iterator[Browser]:
    """One headless Chromium for all tests; without one they fail, they are not skipped."""
    chromium = start(playwright, "chromium", downloads)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, downloads: Path) -> Iterator[Browser]:
    """One headless Firefox for all journeys, with its own rules for files on a disk."""
    started = start(playwright, "firefox", downloads)
    yield started
    started.close()


@pytest.fixture
def either(request: pytest.FixtureRequest) -> Browser:
    """Chromium, or the browser that the test is given by name."""
    name = getattr(request, "param", "chromium")
    return request.getfixturevalue("firefox" if name == "firefox" else "browser")


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as a reader unpacks it."""
    made = once(tmp_path_factory, "a folder with spaces", lambda made: building.unpack(site, made))
    return next(made.iterdir())


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The course on a server."""
    with building.served(site, tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Open a page of the course from disk, in a scheme and a width; more options go to the context.

    The test fails if any page it opened asked another host for anything or reported an error.
    """
    contexts, complaints = [], []

    def open_(name: str, *, scheme: str = "light", width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
            reduced_motion="reduce",
            offline=True,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        _record_complaints(page, complaints)
        page.goto((site / name).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The home page, in light colours on a wide screen."""
    return open_page("index.html")


def _record_complaints(page: Page, complaints: list[str]) -> None:
    page.on("request", lambda sent: _is_local(sent.url) or complaints.append(f"asked {sent.url}"))
    page.on("requestfailed", lambda sent: _is_moot(sent) or complaints.append(f"lost {sent.url}"))
    page.on("console", lambda said: REFUSED in said.text and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))


REFUSED = "violates the following Content Security Policy"
"""How Chromium says it; Firefox reports an error of the page."""


def _is_moot(sent: Request) -> bool:
    """The page was left before the file came."""
    return sent.failure == "net::ERR_ABORTED"


def _is_local(address: str) -> bool:
    return address.startswith(("file:", "data:", "blob:", "about:"))
