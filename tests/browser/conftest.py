"""The course in a real browser, read from disk and without a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from setup_browser import ADVICE, find_browser

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests; without one they fail, they are not skipped."""
    path = find_browser()
    if not path:
        pytest.fail(ADVICE)
    # Chromium's sandbox refuses to start as root.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


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
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))


def _is_moot(sent: Request) -> bool:
    """The page was left before the file came."""
    return sent.failure == "net::ERR_ABORTED"


def _is_local(address: str) -> bool:
    return address.startswith(("file:", "data:", "blob:", "about:"))
