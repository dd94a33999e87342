"""The course without a network: unpacked from its zip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

NAME = "ischiofemoral-impingement"


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a folder with spaces")
    with ZipFile(site / "downloads" / f"{NAME}-offline.zip") as packed:
        packed.extractall(folder)
    return folder / NAME


@pytest.fixture
def read_unpacked(browser: Browser, unpacked: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the unpacked folder with the network off; nothing may go wrong on it."""
    context = browser.new_context(offline=True)
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


def test_the_unpacked_course_is_searched(read_unpacked):
    page = read_unpacked("index.html")
    page.get_by_placeholder("Search").fill("quadratus femoris")
    page.locator(".md-search-result__link[href*='modules/']").first.click()
    page.wait_for_url("**/modules/**")


def test_the_unpacked_course_asks_and_answers(read_unpacked):
    page = read_unpacked("self-checks/anatomy.html")
    question = page.locator("viva-question[type=single]").first
    question.locator("input[type=radio]").first.check()
    question.get_by_role("button", name="Check answer").click()
    question.locator(".viva-explanation").wait_for()


def test_every_page_of_the_unpacked_course_opens(read_unpacked, unpacked):
    names = [path.relative_to(unpacked).as_posix() for path in sorted(unpacked.rglob("*.html"))]
    for name in names:
        if name != "404.html":
            assert read_unpacked(name).locator("h1").count() == 1, name
