"""JavaScript of others reads what we write: gift-pegjs parses GIFT, qti-components marks QTI 3."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from typing import Any

import pytest

import exchanging
import hostility
import judges
from clients import qti

# What the grammar of gift-pegjs does not know, though Moodle does.
UNKNOWN = re.compile(r"\{>\d+ ")
KINDS = {"single": "MC", "multiple": "MC", "true-false": "TF", "matching": "Matching", "numeric": "Numerical", "short-answer": "Short"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return exchanging.make(tmp_path_factory.mktemp("maps"))


@pytest.fixture(scope="module")
def enemy(tmp_path_factory):
    return exchanging.make(tmp_path_factory.mktemp("enemy"), {"kinds": hostility.bank()})


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """An empty page, in which a judge runs."""
    page = browser.new_page()
    page.goto("about:blank")
    yield page
    page.close()


@pytest.mark.parametrize("name", ["course", "enemy"])
def test_gift_pegjs_reads_every_question(request, page, name):
    made = request.getfixturevalue(name)
    data, tally = exchanging.exported(made, "gift")
    page.add_script_tag(path=judges.HERE / "gift-pegjs/gift-parser-globals.js")
    parts = re.split(r"\n\n(?=//|::|\$)", data.decode())
    known = [one for one in parts if not UNKNOWN.search(one)]
    read = [one for part in known for one in page.evaluate("text => giftParser.parse(text)", part + "\n\n")]
    found = {one["id"]: one for one in read if one["type"] != "Category"}
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    asked = {key: item for key, item in exchanging.asked(made).items() if key not in out}
    for key, item in asked.items():
        kind = item.question.type
        if kind == "ordering":
            continue
        ours = [one for one in found if re.fullmatch(rf"{key}(?:-\d+)?", one)]
        assert ours and {found[one]["type"] for one in ours} == {KINDS[kind]}, key
        if kind == "single":
            chosen = [one["isCorrect"] for one in found[key]["choices"]]
            weights = [one["weight"] for one in found[key]["choices"]]
            right = [a or w == 100 for a, w in zip(chosen, weights, strict=True)]
            assert right == [one.right for one in item.interaction.options], key


PLAY = """([xml, given]) => new Promise(done => {
  const root = document.body
  const html = xml.replace(/^<\\?xml[^>]*>/, "").replace(/<(qti-[a-z-]+)([^>]*?)\\/>/g, "<$1$2></$1>")
  root.innerHTML = html
  const item = root.querySelector("qti-assessment-item")
  const score = () => item.variables.find(one => one.identifier === "SCORE")
  item.updateComplete.then(() => setTimeout(() => done(given.map(one => {
    for (const [name, value] of Object.entries(one)) item.updateResponseVariable(name, value)
    item.processResponse(false, false)
    return Number(score().value)
  })), 50))
})"""


@pytest.mark.long
@pytest.mark.parametrize("name", ["course", "enemy"])
def test_qti_components_marks_as_we_do(request, page, name):
    """Every exact question; an order, a place and words that it cannot be told from outside only where it can."""
    made = request.getfixturevalue(name)
    script = judges.fetched("@citolab/qti-components") / "cdn/index.global.js"
    page.add_script_tag(path=script)
    data, tally = exchanging.exported(made, "qti3")
    package, items = zipfile.ZipFile(io.BytesIO(data)), qti.items(data)
    lost = {loss.question for loss in tally.losses}
    for key, item in exchanging.asked(made).items():
        if key in lost:
            continue
        there = items[f"reading-a-map-{key}"]
        pairs = list(itertools.islice(exchanging.answers(item), 60))
        given = [_told(qti.responses(there, item.interaction, answer)) for answer, _ in pairs]
        marks = page.evaluate(PLAY, [package.read(f"items/{key}.xml").decode(), given])
        for (answer, ours), theirs in zip(pairs, marks, strict=True):
            assert theirs == pytest.approx(ours, abs=1e-3), (key, answer)


def _told(responses: dict[str, Any]) -> dict[str, Any]:
    """Values as a page gives them: text."""
    return {name: str(value) if isinstance(value, float) else value for name, value in responses.items()}
