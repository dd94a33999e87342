"""The guide to publishing tells the truth: its sentences are the program's, its settings are read."""

from __future__ import annotations

import re

import pytest
import yaml
from click.testing import CliRunner

from building import ROOT
from viva.base.reader import Source
from viva.cli import main
from viva.cli.doctor import told
from viva.course.settings import FILE, Settings
from viva.offline.doctor.advice import Finding
from viva.offline.doctor.examine import Report

PAGE = (ROOT / "docs/faculty/publishing.md").read_text("utf-8")


def test_what_the_doctor_prints_is_what_the_page_shows():
    (shown,) = re.findall(r"^```text\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
    names = ("404.html", "about.html", "glossary.html", *(f"{n}.html" for n in range(18)))
    finding = Finding("added", names, '<script src="/count.js"></script>')
    assert told(Report("https://www.example.org/ecg/", 63, (finding,))) == shown


@pytest.mark.parametrize("text", re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_the_settings_of_the_page_are_read(text):
    settings = Settings(Source(FILE, {}, {}), yaml.safe_load(text))
    assert settings.problems == ()
    read = (settings.hosts, settings.categories, settings.page_types)
    assert read != ((), ("education",), ("WebPage", "LearningResource"))


def test_the_options_of_the_page_exist():
    said = CliRunner().invoke(main, ["doctor", "--help"]).output
    assert "--format [text|json]" in said
    assert "Ends with 0 if all is well, with 1 if not." in " ".join(said.split())
