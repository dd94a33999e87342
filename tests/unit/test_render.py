"""The HTML of questions: complete without a script, light, safe and fast."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import DictLoader, Environment

from golden import THEME, Case, cases, context, question
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import content_hash
from viva.base.words import ENGLISH, of
from viva.site import assets
from viva.site.render import Context, Renderer, environment_of, reachable, scripts, styles
from viva.site.routes import Routes

RENDERER = Renderer(THEME)


def soup(*questions: Any, mode: Any = "self-check") -> BeautifulSoup:
    return BeautifulSoup(RENDERER.quiz(questions, context(), mode), "html.parser")


def _name(case: Case) -> str:
    return case.name


every_case = pytest.mark.parametrize("case", cases(), ids=_name)


@every_case
def test_a_question_carries_what_the_browser_needs(case):
    asked = case.question
    found = soup(asked).find("viva-question")
    assert (found["id"], found["type"]) == (asked.id, asked.type)
    assert found["data-hash"] == content_hash(asked)
    assert json.loads(found["data-key"]) == types.key(asked)


@every_case
def test_every_question_and_step_is_there_once_with_its_stem_and_its_key(case):
    html = soup(case.question)
    names = [found["id"] for found in html.find_all("viva-question")]
    assert names == [one.id for one in flat((case.question,))]
    assert len(html.select("noscript > details.viva-key")) == len(names)
    text = html.get_text()
    assert all(one.stem in text for one in flat((case.question,)))


@every_case
def test_answers_stand_inside_noscript_only(case):
    html = soup(case.question)
    assert html.select(
        ".viva-key .viva-is-right, .viva-key .viva-answer, .viva-key ol, .viva-key p"
    )
    for key in html.find_all("noscript"):
        key.decompose()
    seen = html.get_text()
    for one in flat((case.question,)):
        said = [one.explanation, *(part.why for part in _parts(one))]
        assert not [text for text in said if text and text in seen]
    assert not html.select(".viva-is-right")


def _parts(asked: Any) -> list[Any]:
    names = ("options", "statements", "prompts")
    found = [part for name in names for part in getattr(asked, name, ())]
    return [part for part in found if hasattr(part, "why")]


@every_case
def test_every_why_is_in_the_key(case):
    html = soup(case.question)
    for one in flat((case.question,)):
        key = html.find(id=one.id).find("noscript", recursive=False).get_text()
        assert all(part.why in key for part in _parts(one) if part.why)
        assert (one.explanation or "") in key


def test_a_why_keeps_its_full_stop_on_a_page_that_runs_the_other_way():
    asked = next(one.question for one in cases() if one.question.type == types.FIRST)
    made = RENDERER.quiz((asked,), replace(context(), words=of("ar")), "self-check")
    html = BeautifulSoup(made, "html.parser")
    right = html.select_one(".viva-whys .viva-is-right")
    said = right.find("strong").find_next_sibling()
    assert (said.name, said["dir"]) == ("bdi", "ltr") and said.get_text().endswith(".")


def test_feedback_names_objective_section_and_references():
    key = soup(question("single/ifs-bounds")).select_one(".viva-key")
    assert key.select_one(".viva-objective span").text == "Text of imaging-1"
    link = key.select_one(".viva-read a")
    assert link["href"] == "modules/imaging.html#the-two-spaces"
    assert link.text == "Text of modules/imaging.md#the-two-spaces"
    found = [item.text for item in key.select(".viva-references li")]
    assert found == ["Text of singer2015", "Text of torriani2009"]


def test_an_unknown_section_still_has_a_link():
    plain = Context("../", {}, context().references, escape, escape)
    html = RENDERER.quiz([question("single/ifs-bounds")], plain, "checkpoint")
    key = BeautifulSoup(html, "html.parser")
    link = key.select_one(".viva-read a")
    assert (link["href"], link.text) == (
        "../modules/imaging.html#the-two-spaces",
        "Read this again",
    )
    assert not key.select(".viva-objective")


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("modules/imaging.md#ct", "../modules/imaging.html#ct"),
        ("index.md", "../index.html"),
        ("references.bib", "../references.bib"),
    ],
)
def test_links_lead_from_markdown_to_pages(target, link):
    assert Routes().link(target, "../") == link


def test_a_figure_of_known_size_has_its_room_from_the_start():
    sized = replace(context(), sizes={"figure.svg": (400, 240)})
    asked = question("hotspot/posterior")
    asked = asked.model_copy(
        update={"figure": asked.figure.model_copy(update={"src": "figure.svg#unlabelled"})}
    )
    html = BeautifulSoup(RENDERER.quiz([asked], sized, "self-check"), "html.parser")
    assert (html.img["width"], html.img["height"]) == ("400", "240")
    assert html.img["src"] == "figure.svg#unlabelled"
    assert not soup(asked).img.has_attr("width")


def test_a_figure_links_to_its_full_size():
    asked = question("single/ifs-bounds")
    asked = asked.model_copy(update={"figure": question("hotspot/overlap").figure})
    figure = soup(asked).figure
    assert figure.a.img["alt"] == "Three shapes side by side."
    assert figure.figcaption.text == "Three *shapes*."
    assert soup(question("hotspot/overlap")).figure.figcaption.a["href"] == figure.a["href"]


def test_form_controls_are_grouped_and_labelled():
    for case in cases():
        html = soup(case.question)
        for control in html.select("input, select"):
            assert control.find_parent("label") or control.get("aria-label"), case.name
            assert control.find_parent("fieldset").find("legend").get_text(strip=True), case.name
        for image in html.find_all("img"):
            assert image["alt"]


def test_nothing_inside_a_legend_or_label_is_a_block():
    for case in cases():
        assert not soup(case.question).select(":is(legend, label) :is(p, div, ol, ul, figure)")


def test_names_are_unique_when_a_page_asks_a_question_twice():
    asked = question("case/runner")
    html = RENDERER.quiz([asked], context(), "before") + RENDERER.quiz(
        [asked], context(), "checkpoint"
    )
    names = [found["id"] for found in BeautifulSoup(html, "html.parser").find_all(id=True)]
    assert len(names) == len(set(names))
    assert 'id="before-runner"' in html
    assert 'data-id="runner"' in html


def test_a_pretest_says_that_it_is_a_guess():
    said = soup(question("single/ifs-bounds"), mode="before").get_text()
    assert "you are not expected to know" in said
    assert "Before you read" in said


@pytest.mark.parametrize(
    ("mode", "headings"), [("self-check", 1), ("checkpoint", 0), ("before", 0)]
)
def test_only_a_self_check_has_headings(mode, headings):
    html = soup(question("single/ifs-bounds"), mode=mode)
    assert len(html.find_all(["h1", "h2", "h3"])) == headings


def test_labels_count_the_questions():
    two = [question("single/ifs-bounds"), question("single/shuffled")]

    def labels(*asked: Any, mode: Any) -> list[str]:
        found = soup(*asked, mode=mode).select(".viva-number")
        return [label.contents[0].strip() for label in found]

    assert labels(*two, mode="self-check") == ["Question 1", "Question 2"]
    assert labels(*two, mode="checkpoint") == ["Check yourself: 1 of 2", "Check yourself: 2 of 2"]
    assert labels(two[0], mode="checkpoint") == ["Check yourself"]
    assert labels(question("case/runner"), mode="checkpoint")[:2] == ["The case", "Step 1 of 3"]


def test_ordering_shows_the_items_in_the_order_in_which_answers_count():
    html = soup(question("ordering/layers"))
    shown = [item.get_text(strip=True) for item in html.select(".viva-items li")]
    assert shown == ["Quadratus femoris", "Piriformis", "Obturator internus", "Superior gemellus"]
    key = [item.text for item in html.select(".viva-order li")]
    assert [shown[n] for n in types.key(question("ordering/layers"))["order"]] == key


def test_the_panel_is_told_with_its_source():
    key = soup(question("script-concordance/oedema")).select_one(".viva-key")
    votes = [item.select("span")[1].text for item in key.select(".viva-panel li")]
    assert votes == ["0 of 12", "1 of 12", "2 of 12", "6 of 12", "3 of 12"]
    assert "no clinicians have voted" in key.select_one(".viva-panel-source").text


def test_a_case_nests_its_steps_so_that_they_unfold_in_order():
    html = soup(question("case/runner"))
    second, third = html.select("details.viva-next")
    assert second.find("viva-question")["id"] == "runner-muscle"
    assert third.find_parent("details") is second
    assert "Pressing lateral" in second.select_one(".viva-reveal").text


def test_what_an_author_types_is_text():
    asked = question("single/shuffled")
    html = RENDERER.quiz([asked], context(), "self-check")
    assert "<b>Bold" not in html
    assert "&lt;b&gt;Bold" in html


def test_what_is_raised_is_no_digit_of_the_number_before_it_where_there_is_no_markup():
    texts = "10<sup>6</sup>/L", "CO<sub>2</sub>", "the 5<sup>th</sup>", "10<sup>-9</sup>"
    given = replace(context(), inline=lambda text: dict(zip("abcd", texts, strict=True)).get(text, text))
    asked = types.MODELS["matching"].model_validate(
        {
            "id": "raised", "type": "matching", "stem": "Which?", "options": [{"text": one} for one in "abcd"],
            "prompts": [{"stem": "x", "answer": "a"}, {"stem": "y", "answer": "b"}],
        }
    )  # fmt: skip
    html = BeautifulSoup(RENDERER.quiz([asked], given, "self-check"), "html.parser")
    chosen = [one.get_text() for one in html.select("select")[0].select("option")]
    assert chosen == ["Choose", "A. 10⁶/L", "B. CO₂", "C. the 5th", "D. 10⁻⁹"]


def test_hostile_attributes_stay_inside_their_quotes():
    asked = question("short-answer/muscle").model_copy(
        update={"accept": ("'\"><script>x</script>",)}
    )
    html = RENDERER.quiz([asked], context(), "self-check")
    assert "<script" not in html
    key = BeautifulSoup(html, "html.parser").find("viva-question")["data-key"]
    assert json.loads(key)["accept"] == ["'\"><script>x</script>"]


def test_a_page_loads_a_script_only_if_it_asks_something():
    assert scripts([question("single/shuffled")]) == ["viva.js"]
    assert scripts([]) == []


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (15.0, "mm", "15\u00a0mm"),
        (0.1 + 0.2, None, "0.3"),
        (-2.5, "°", "−2.5°"),
        (84.0, "%", "84\u00a0%"),
        (1234567.0, None, "1234567"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, unit, text):
    assert ENGLISH.quantity(value, unit) == text
    assert text.startswith(ENGLISH.number(value))


def test_the_same_question_gives_the_same_bytes():
    asked = [case.question for case in cases()]
    again = Renderer(THEME)
    assert RENDERER.quiz(asked, context(), "self-check") == again.quiz(
        asked, context(), "self-check"
    )


def test_twenty_questions_are_few_elements():
    asked = [case.question for case in cases() if case.question.type != "case"]
    html = soup(*(asked * 2)[:20])
    for key in html.find_all("noscript"):
        key.decompose()
    assert len(html.find_all(True)) <= 650


def test_an_abbreviation_takes_the_focus_once_and_never_in_an_option():
    """In an option a tap has to choose."""
    html = reachable(
        '<legend><abbr title="One">A</abbr> <abbr title="Two">B</abbr> <abbr title="One">A</abbr></legend>'
        '<label><abbr title="Three">C</abbr></label><p><abbr title="Three">C</abbr></p>'
    )
    stops = [(one["title"], one.parent.name) for one in BeautifulSoup(html, "html.parser").select("[tabindex]")]
    assert stops == [("One", "legend"), ("Two", "legend"), ("Three", "p")]


def test_the_runtime_is_small(tmp_path):
    """What a page that mixes six types loads at once, as published, each file compressed by itself."""
    assets.publish(THEME, tmp_path)
    folder = tmp_path / "assets/viva"
    kinds = ("single", "multiple", "true-false", "matching", "numeric", "short-answer")
    asked = [case.question for kind in kinds for case in cases(kind)]
    files = [folder / name for name in (*styles(asked), scripts(asked)[0])]
    assert sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) <= 11_000


def test_rendering_is_fast():
    asked = [case.question for case in cases() if case.question.type != "case"]
    plain = context()
    RENDERER.quiz(asked, plain, "self-check")
    rounds = 20
    start = time.process_time()
    for _ in range(rounds):
        RENDERER.quiz(asked, plain, "self-check")
    took = (time.process_time() - start) / (rounds * len(asked))
    assert took <= 0.0005, "a quarter of a millisecond, doubled for a busy machine"


def test_what_is_compiled_for_one_language_is_not_compiled_again(monkeypatch):
    loader = DictLoader({"a.html": "{{ 1.5 | number }}", "b.html": "{{ 2 }}"})
    made = {words.language: environment_of(loader, words).get_template("a.html").render() for words in (ENGLISH, of("de"))}
    monkeypatch.setattr(Environment, "_compile", lambda *_: pytest.fail("compiled again"))
    for words in (ENGLISH, of("de")):
        assert environment_of(loader, words).get_template("a.html").render() == made[words.language]
    assert made["en"] != made["de"]
    with pytest.raises(pytest.fail.Exception):
        environment_of(loader).get_template("b.html")
