"""The guide to translating is typed as it stands, in a course that viva has begun."""

from __future__ import annotations

import pytest
import yaml
from click.testing import CliRunner

import guide
from viva.cli import main

PAGE = guide.ROOT / "docs/faculty/translating.md"


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "course", "ecg"]).exit_code == 0
    return tmp_path / "ecg"


@pytest.mark.long
def test_the_guide_to_translating_is_true(course):
    printed = ""
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = guide.typed(course, step.text)
        elif step.kind == "printed":
            assert guide.fits(step.text, printed), printed
        elif step.kind == "write":
            _set(course / step.name, yaml.safe_load(step.text)["plugins"])
    assert (course / "site/de/index.html").is_file()


def _set(settings, plugins):
    data = yaml.safe_load(settings.read_text("utf-8"))
    settings.write_text(yaml.safe_dump(data | {"plugins": plugins}, allow_unicode=True), "utf-8")
