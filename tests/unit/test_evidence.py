"""Claims, facts and questions hold together."""

from __future__ import annotations

import re
from pathlib import Path

from viva.bank.banks import flat
from viva.course import courses, evidence
from viva.course.layout import Layout

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r"@([\w:.-]+?)[];]")
FACTS = """\
- {id: F-001, module: M, says: The patella is *in front*., status: verified, seen: web, references: [smith2001]}
- {id: F-002, module: M, says: Remembered., status: recalled}
"""
CLAIMS = """\
- id: S-01
  says: The patella is behind.
  verdict: inaccurate
  taught: It is in front.
  section: modules/knee.md#the-two-menisci
  facts: [F-001]
  references: [smith2001]
"""


def with_evidence(make_course, bank: str, claims: str = CLAIMS, facts: str = FACTS):
    return make_course(
        {
            "docs/evidence/facts.yml": facts,
            "docs/evidence/claims.yml": claims,
            "quizzes/knee.yml": bank,
        }
    )


def test_a_claim_finds_its_section_questions_and_sources(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank + "    tags: [F-001]\n")
    assert read.problems == ()
    page = evidence.claims_page(read.evidence, read.banks, read.pages)
    assert "0 supported, 0 in need of a qualification, 1 inaccurate" in page
    assert "**Inaccurate.** It is in front.[@smith2001]" in page
    assert "[The two menisci](modules/knee.md#the-two-menisci)" in page
    assert "Checked by [Knee 1](self-checks/knee.md#knee-bones)." in page


def test_the_fact_sheet_prints_what_was_seen_only(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank)
    page = evidence.facts_page(read.evidence)
    assert "**F-001**{ #f-001 } The patella is \\*in front\\*. [@smith2001] *(web)*" in page
    assert "Remembered." not in page


def test_a_key_may_not_rest_on_memory(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank + "    tags: [F-002, F-009]\n")
    assert [str(problem) for problem in read.problems] == [
        "quizzes/knee.yml:16:12: fact F-002 is only recalled (use a verified one)",
        "quizzes/knee.yml:16:19: there is no fact F-009 (add it to evidence/facts.yml)",
    ]


def test_a_claim_that_leads_nowhere(make_course, sound_bank):
    broken = CLAIMS.replace("#the-two-menisci", "#nowhere").replace("F-001", "F-003")
    read = with_evidence(make_course, sound_bank, broken)
    assert [str(problem).split(" (")[0] for problem in read.problems] == [
        "docs/evidence/claims.yml:5:12: there is no section modules/knee.md#nowhere",
        "docs/evidence/claims.yml:6:10: there is no fact F-003",
    ]


def test_a_misspelt_verdict_is_a_problem(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank, CLAIMS.replace("inaccurate", "wrong"))
    assert str(read.problems[0]).startswith("docs/evidence/claims.yml:3:12: verdict:")


def this_course():
    return courses.load(Layout.of(ROOT))


def test_every_claim_is_taught_and_checked():
    read = this_course()
    assert len(read.evidence.claims) == 36
    tags = {tag for bank in read.banks for q in flat(bank.questions) for tag in q.tags}
    unchecked = [c.id for c in read.evidence.claims if c.facts and not tags & set(c.facts)]
    assert unchecked == []


def test_every_question_names_the_facts_under_its_key():
    read = this_course()
    for bank in read.banks:
        for question in flat(bank.questions):
            facts = [tag for tag in question.tags if evidence.FACT_TAG.fullmatch(tag)]
            assert facts or question.type == "case", question.id


def test_every_objective_has_three_questions():
    read = this_course()
    asked = [q.objective for bank in read.banks for q in flat(bank.questions)]
    assert {name: asked.count(name) for name in read.objectives if asked.count(name) < 3} == {}


def test_half_of_the_questions_ask_for_more_than_knowing():
    read = this_course()
    levels = [q.level for bank in read.banks for q in flat(bank.questions) if q.type != "case"]
    high = sum(level not in ("remember", "understand") for level in levels)
    assert len(levels) >= 120
    assert high * 2 >= len(levels)


def test_every_module_is_long_enough_to_teach_and_short_enough_to_read():
    for path, page in this_course().pages.items():
        if path.startswith("modules/"):
            words = len(page.words())
            assert 900 <= words <= 1800, f"{path}: {words} words"


def test_every_reference_is_cited():
    read = this_course()
    cited = {key for page in read.pages.values() for key, _, _ in page.citations()}
    for bank in read.banks:
        for question in flat(bank.questions):
            cited |= set(question.references)
            cited |= set(CITED.findall(question.model_dump_json()))
    for source in (*read.evidence.facts.values(), *read.evidence.claims):
        cited |= set(source.references)
    assert set(read.bibliography.references) - cited == set()


def test_every_module_has_cards_and_each_card_names_sources_that_its_module_cites():
    read = this_course()
    modules = {path for path in read.pages if path.startswith("modules/")}
    assert set(read.cards) == modules
    for path, deck in read.cards.items():
        cited = {key for key, _, _ in read.pages[path].citations()}
        assert 4 <= len(deck) <= 7, path
        for card in deck:
            assert card.front.endswith("?"), card.id
            assert card.references and set(card.references) <= cited, card.id
