"""The course of this repository: read, and built once from a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import building
from building import ROOT
from host import Host
from parsed import Page, pages_of
from shared import once
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the course, a copy."""
    return once(tmp_path_factory, "this", lambda made: building.copied(ROOT, made))


@pytest.fixture(scope="session")
def read(copy: Path) -> Course:
    """The course as its authors wrote it."""
    return courses.load(Layout.of(copy))


@pytest.fixture(scope="session")
def site(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the course."""
    return once(tmp_path_factory, "this-site", lambda made: building.build(copy, made / "site")) / "site"


@pytest.fixture(scope="session")
def new_copy(copy: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes one more copy, with what the first build kept for the next: it builds in half the time."""

    def make(name: str) -> Path:
        folder = building.copied(ROOT, tmp_path_factory.mktemp(name))
        shutil.copytree(copy / ".cache", folder / ".cache")
        return folder

    return make


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Page]:
    """Every page of the site, parsed."""
    return pages_of(site)


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as a reader unpacks it."""
    made = once(tmp_path_factory, "this, a folder with spaces", lambda made: building.unpack(site, made))
    return next(made.iterdir())


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The course on a server."""
    with building.served(site, tmp_path_factory.mktemp("served")) as started:
        yield started
