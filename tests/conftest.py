"""What tests of every kind share: how properties are tried, and the neutral course, built once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import building
from shared import once

pytest_plugins = ["browsing"]

gc.disable()  # until all tests are found: nothing of what is made meanwhile is garbage

# The same examples in every run, and no clock: a busy machine must not fail a test. To look
# further: VIVA_EXAMPLES=5000 pytest tests/unit, which begins elsewhere each time.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "further",
    settings.get_profile("same"),
    derandomize=False,
    max_examples=int(os.environ.get("VIVA_EXAMPLES", "100")),
)
settings.load_profile("further" if "VIVA_EXAMPLES" in os.environ else "same")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three workers more than there are cores: some always wait for their browsers."""
    return (os.cpu_count() or 1) + 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs in Firefox comes first, and so to one worker: no other has to start it."""
    items.sort(key=lambda item: not _is_in_firefox(item))


def pytest_collection_finish() -> None:
    """Spare what lives to the end, the tests and all that they import, the looks for garbage."""
    gc.freeze()
    gc.enable()


def _is_in_firefox(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    return "firefox" in getattr(item, "fixturenames", ()) or (given is not None and "firefox" in given.params.values())


@pytest.fixture(scope="session")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the neutral course, a copy."""
    return once(tmp_path_factory, "neutral", lambda made: building.copied(building.NEUTRAL, made))


@pytest.fixture(scope="session")
def build_course(neutral: Path) -> Callable[[Path], Path]:
    """Builds the neutral course strictly into a folder, and returns that."""
    return lambda site: building.build(neutral, site)


@pytest.fixture(scope="session")
def site(build_course: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the neutral course."""
    return once(tmp_path_factory, "neutral-site", lambda made: build_course(made / "site")) / "site"


@pytest.fixture(scope="session")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the course with formulas."""

    def make(folder: Path) -> None:
        building.copied(building.FORMULAS, folder)
        building.build(folder, folder / "site")

    return once(tmp_path_factory, "formulas", make) / "site"
