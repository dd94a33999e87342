"""A course with a question of every kind."""

from __future__ import annotations

import pytest

import exchanging
from viva.course.courses import Course


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course, read once."""
    made = exchanging.make(tmp_path_factory.mktemp("maps"))
    assert not [one for one in made.problems if one.path.startswith("quizzes")], made.problems
    return made
