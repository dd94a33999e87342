"""The study pages know every question of a course and not one answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from viva.base.cache import Cache
from viva.course import settings
from viva.course.courses import Course
from viva.site import assets, study
from viva.site.render import APART
from viva.site.routes import Routes
from viva.site.site import Site
from viva.theme import Theme

THEME = Theme()
CASE = """\
title: A runner
questions:
  - id: runner
    type: case
    vignette: A **runner** has pain in the knee.
    steps:
      - id: runner-1
        type: single
        objective: knee-1
        level: apply
        stem: What do you do first?
        options:
          - {text: Ask, correct: true, why: SECRET-WHY}
          - {text: Cut}
"""
FACT = """\
cards:
  - {id: front-bone, front: Which bone is at the *front* of the knee & why?, back: "The **patella** [@smith2001]", references: [smith2001]}
---
#"""
GLOSSARY = "---\ntitle: Glossary\n---\n# Glossary\n\nMeniscus\n:   A pad of cartilage.\n"


@pytest.fixture
def course(make_course) -> Course:
    """A course with a module, a case without one, and a term."""
    read = make_course({"quizzes/runner.yml": CASE, "docs/glossary.md": GLOSSARY})
    assert not read.problems
    return read


@pytest.fixture
def site(course: Course, tmp_path: Path) -> Site:
    """The course with this project's templates."""
    return Site(course, THEME, Cache(tmp_path / "cache"))


def data(site: Site) -> dict[str, Any]:
    return study.data(site, list(site.course.banks), "Knees & more")


def by_id(site: Site) -> dict[str, dict[str, Any]]:
    return {question["id"]: question for question in data(site)["questions"]}


def test_every_question_and_step_is_known(site):
    found = by_id(site)
    assert list(found) == ["knee-bones", "runner", "runner-1"]
    assert found["runner-1"]["case"] == "runner"
    assert "case" not in found["runner"]
    assert found["runner"]["stem"] == "A runner has pain in the knee."


def test_a_question_names_its_module_its_place_and_what_to_read(site):
    assert by_id(site)["knee-bones"] == {
        "id": "knee-bones",
        "hash": by_id(site)["knee-bones"]["hash"],
        "bank": "knee",
        "module": "modules/knee.md",
        "type": "single",
        "objective": "knee-1",
        "stem": "Which bone is at the front?",
        "url": "self-checks/knee.html#knee-bones",
        "read": {"url": "modules/knee.html#the-two-menisci", "title": "The two menisci"},
    }


def test_a_step_belongs_to_the_module_of_its_objective_and_a_loose_bank_to_itself(site):
    assert by_id(site)["runner-1"]["module"] == "modules/knee.md"
    assert by_id(site)["runner"]["module"] == "runner"
    modules = data(site)["modules"]
    assert [(module["id"], module["title"]) for module in modules] == [
        ("modules/knee.md", "Knee"),
        ("runner", "A runner"),
    ]
    assert modules[0]["objectives"] == [{"id": "knee-1", "text": "name the bones"}]


def test_the_data_hold_no_answer(site):
    text = json.dumps(data(site))
    for secret in ("Patella", "SECRET-WHY", "correct", "It is in front"):
        assert secret not in text


def test_the_glossary_becomes_cards_that_change_with_their_definition(site, make_course, tmp_path):
    (card,) = data(site)["cards"]
    assert (card["id"], card["stem"]) == ("card:term-meniscus", "Meniscus")
    assert card["back"] == "A pad of cartilage."
    assert card["read"] == {"url": "glossary.html#term-meniscus", "title": "Glossary"}
    edited = make_course({"docs/glossary.md": GLOSSARY.replace("pad", "cushion")})
    (other,) = data(Site(edited, THEME, Cache(tmp_path / "cache")))["cards"]
    assert other["hash"] != card["hash"]


def test_key_facts_become_cards_with_sources_and_the_module_to_read_again(
    make_course, tmp_path, sound_module
):
    def cards(text: str) -> list[dict[str, Any]]:
        listed = "# References\n\n[viva references]\n"
        read = make_course({"docs/modules/knee.md": text, "docs/references.md": listed})
        assert not read.problems
        return data(Site(read, THEME, Cache(tmp_path / "cache")))["cards"]

    (card,) = cards(sound_module.replace("---\n#", FACT, 1))
    assert (card["id"], card["deck"], card["module"]) == (
        "fact:front-bone",
        "facts",
        "modules/knee.md",
    )
    assert card["stem"] == "Which bone is at the front of the knee & why?"
    assert card["back"].startswith('The <strong>patella</strong><sup class="viva-cites">')
    assert 'href="../references.html#ref-smith2001"' in card["back"]
    assert card["references"] == [
        '<a href="../references.html#ref-smith2001">Smith et al. 2001</a>'
    ]
    assert card["read"] == {"url": "modules/knee.html", "title": "Knee"}
    (same,) = cards(sound_module.replace("---\n#", FACT, 1).replace("[smith2001]}", "[]}"))
    (other,) = cards(sound_module.replace("---\n#", FACT.replace("patella", "kneecap"), 1))
    assert same["hash"] == card["hash"] != other["hash"]


def test_an_edited_key_fact_is_not_taken_from_the_cache(make_course, tmp_path, sound_module):
    def files(fact: str) -> dict[str, str]:
        read = make_course({"docs/modules/knee.md": sound_module.replace("---\n#", fact, 1)})
        made = Site(read, THEME, Cache(tmp_path / "cache"))
        return made.kept("Knees", lambda: dict(study.files(made, list(read.banks), "Knees")))

    name = "assets/viva/course-data.js"
    assert "patella" in files(FACT)[name]
    assert "kneecap" in files(FACT.replace("patella", "kneecap"))[name]


def test_the_files_are_scripts_and_the_same_each_time(site):
    banks = list(site.course.banks)
    files = dict(study.files(site, banks, "Knees"))
    assert list(files) == [
        "assets/viva/course-data.js",
        "assets/viva/questions/knee.js",
        "assets/viva/questions/runner.js",
    ]
    assert files == dict(study.files(site, banks, "Knees"))
    start = "window.vivaCourse = "
    script = files["assets/viva/course-data.js"]
    assert script.startswith(start)
    assert json.loads(script.removeprefix(start).removesuffix(";\n"))["title"] == "Knees"
    assert 'id=\\"knee-bones\\"' in files["assets/viva/questions/knee.js"]


def test_the_fingerprint_follows_what_students_see(course, make_course, sound_bank):
    before = study.fingerprint(course)
    tagged = sound_bank.replace("    objective: knee-1", "    objective: knee-1\n    tags: [bone]")
    edited = sound_bank.replace("at the front?", "in front?")
    banks = {"quizzes/runner.yml": CASE}
    assert study.fingerprint(make_course(banks | {"quizzes/knee.yml": tagged})) == before
    assert study.fingerprint(make_course(banks | {"quizzes/knee.yml": edited})) != before


@pytest.mark.parametrize("name", study.TITLES)
def test_a_study_page_is_markdown_with_a_description_and_works_as_html(course, name):
    text = study.page(name, course, "Knees <3", THEME)
    assert text.startswith("---\ntitle: ")
    assert 'description: "' in text
    assert "<noscript>" in text
    assert "Knees <3" not in text
    assert "{{" not in text and "{%" not in text
    body = text.partition('<div class="viva-study"')[2]
    assert "\n\n" not in body.rstrip()


@pytest.mark.parametrize("name", study.TITLES)
def test_every_script_of_a_study_page_exists(course, name):
    given = {"course-data.js"}
    published = assets.published(THEME.assets())
    missing = [
        script
        for script in study.page_scripts(name, course)
        if script not in given and f"assets/viva/{script}" not in published
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("title", "name"),
    [("Knees & more", "knees-more"), ("Übung", "ubung"), ("قلب", "قلب"), ("???", "course"),
     ("心電図 ECG", "心電図-ecg"), ("ЭКГ ECG", "экг-ecg")],
)  # fmt: skip
def test_a_course_keeps_its_things_under_its_own_name(title, name):
    assert settings.named(title) == name


def settings_of(text: str, tmp_path: Path) -> settings.Settings:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    return settings.load(tmp_path)


def test_a_course_with_an_id_keeps_it_under_any_name(tmp_path):
    option = "plugins: [{viva: {course: {id: ecg, was: [Reading an ECG]}}}]\n"
    for name in ("The ECG", "L’électrocardiogramme"):
        found = settings_of(f"site_name: {name}\n{option}", tmp_path)
        facts = study.store_facts(found, "modules/leads.md", Routes())
        assert facts["course"] == "ecg"
        assert facts["was"] == f"reading-an-ecg {settings.named(name)}"
        assert "shared" not in facts


def test_names_that_lost_letters_may_have_been_shared(tmp_path):
    found = settings_of("site_name: 心電図 ECG\n", tmp_path)
    assert (found.id, found.names_before, found.names_shared) == ("心電図-ecg", (), ("ecg",))
    plain = settings_of("site_name: ECG\n", tmp_path)
    assert (plain.id, plain.names_before, plain.names_shared) == ("ecg", (), ())


def test_published_files_are_joined_and_few(tmp_path):
    folder = tmp_path / "assets/viva"
    files = THEME.assets()
    parts = [assets.here(part) for parts in assets.PARTS.values() for part in parts]
    assert all("*" in part or part in files for part in parts)
    assets.publish(THEME, tmp_path)
    assert not any((tmp_path / part).exists() for part in parts)
    types = {path.stem for path in (folder / "types").iterdir()}
    assert types == APART
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        "reading",
        "study",
        "types",
        "vendor",
    }
    assert {path.name for path in (folder / "study").iterdir() if path.is_dir()} == {"today", "vendor"}
