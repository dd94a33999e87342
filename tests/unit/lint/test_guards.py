"""What spares a rule its patterns never spares it a finding: with and without, the same is found."""

from __future__ import annotations

import inspect
import json
import random
import re

from unit.lint.examples import course_of
from viva import lint
from viva.bank import others
from viva.lint.item import Item
from viva.lint.rules import language, options, stem

PHRASES = """
5u/5 U/10 ug/1.0 mg/.5 mg/(.5 mg/a dose of/QD/q.d./Q.O.D/MgSO4/A and B/A, B and C/None of the above
both A and B/I only/II and III/the figure below/shown above/47-year-old/aged 45/man/woman/he/she
haemoglobin of 92/glucose is 5/C-reactive protein: 12/white man/of Chinese descent/suffers from
____/..../……/[blank]/the correct answer is B/option C is right/Tinel's sign/advil/12 mm/1,2/always
usually/speed/mass/speed and mass/speed, mass/Median nerve/the median nerve/complains of/the arrow
"""
GUARDED = {
    *("OP203", "OP204", "OP209", "OP210", "ST103", "KY308"),
    *("VG401", "VG407", "VG408", "VG411", "VG412"),
}


def bank(seed: int) -> str:
    """Questions of the words that the rules’ own patterns are made of, in no order."""
    chance = random.Random(seed)
    modules = {inspect.getmodule(one.check) for one in lint.RULES.values()}
    source = "".join(inspect.getsource(one) for one in modules if one)
    words = sorted(set(re.findall(r"[A-Za-z][A-Za-z'-]{0,14}", source)))
    phrases = [one for line in PHRASES.strip().split("\n") for one in line.split("/")]

    def said(count: int) -> str:
        return " ".join(chance.choice(chance.choice((words, phrases))) for _ in range(count))

    questions = []
    for n in range(300):
        texts = [said(chance.choice((1, 2, 4))) for _ in range(chance.choice((3, 4, 5)))]
        texts += [f"the {texts[0].upper()}"] * (n % 5 == 0) + [" and ".join(texts[:2])] * (n % 7 == 0)
        listed = [{"text": one, "why": said(6)} for one in texts]
        listed[n % len(listed)]["correct"] = True
        asked = said(chance.choice((5, 12, 45))) + chance.choice("?.:")
        question = {"id": f"q-{n}", "type": "single", "stem": asked, "options": listed}
        questions.append(question | {"explanation": said(12)})
    return json.dumps({"title": "Words", "questions": questions})


def found(tmp_path, name: str) -> list[tuple[str, str | None, str]]:
    read = course_of(bank(7), tmp_path / name)
    return [(one.code, one.question, one.message) for one in lint.check(read)]


def test_a_quick_glance_hides_nothing(tmp_path, monkeypatch):
    quick = found(tmp_path, "quick")
    monkeypatch.setattr(Item, "mentions", lambda item, words: True)
    monkeypatch.setattr(Item, "mentioned", lambda item, words: frozenset(("",)))
    monkeypatch.setattr(language, "_may_be_unsafe", lambda item: True)
    monkeypatch.setattr(stem, "BLANKS", ("",))
    monkeypatch.setattr(options, "_bare", lambda text: "")
    monkeypatch.setattr(others, "_JOINTS", ("",))
    monkeypatch.setattr(others, "SIGNS", type("All", (), {"isdisjoint": lambda *_: False})())
    assert quick == found(tmp_path, "slow")
    assert {code for code, _, _ in quick} >= GUARDED
