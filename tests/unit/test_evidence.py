"""Claims, facts and questions hold together."""

from __future__ import annotations

from dataclasses import replace

from viva.base.words import ENGLISH, of
from viva.course import evidence

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
    assert "0 are supported, 0 need a qualification and 1 is inaccurate." in page
    assert "**Inaccurate.** It is in front.[@smith2001]" in page
    assert "[The two menisci](modules/knee.md#the-two-menisci)" in page
    assert "Checked here: [Knee 1](self-checks/knee.md#knee-bones)." in page


def test_the_fact_sheet_prints_what_was_seen_only(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank)
    page = evidence.facts_page(read.evidence)
    assert "**F-001**{ #f-001 } The patella is &#42;in front&#42;. [@smith2001] *(web)*" in page
    assert "1 more is only remembered" in page
    assert "Remembered." not in page


def test_both_pages_are_told_in_the_language_of_the_course(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank + "    tags: [F-001]\n")
    for made in (evidence.facts_page, lambda known, words: evidence.claims_page(known, read.banks, read.pages, words)):
        english, german = made(read.evidence, ENGLISH), made(read.evidence, of("de"))
        same = set(english.splitlines()) & set(german.splitlines())
        assert not {line for line in same if line and not line.startswith(("---", "hide", "## "))}


def test_a_page_without_facts_that_were_seen_leads_nowhere(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank, CLAIMS.replace("  facts: [F-001]\n", ""))
    page = evidence.claims_page(replace(read.evidence, facts={}), read.banks, read.pages)
    assert "facts.md" not in page


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
    assert str(read.problems[0]).startswith("docs/evidence/claims.yml:3:12: verdict is 'wrong' (write one of")


def test_what_a_claim_says_is_no_markup(make_course, sound_bank):
    claims = CLAIMS.replace("The patella is behind.", "See [x](y.svg).").replace("It is in front", "It *is* in front")
    read = with_evidence(make_course, sound_bank, claims)
    page = evidence.claims_page(read.evidence, read.banks, read.pages)
    assert "S-01: See &#91;x&#93;(y.svg)." in page and "**Inaccurate.** It &#42;is&#42; in front." in page


def test_a_fact_that_rests_on_a_source_that_is_not_there(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank, facts=FACTS.replace("[smith2001]", "[smith2002]"))
    assert [str(problem) for problem in read.problems if "facts.yml" in problem.path] == [
        "docs/evidence/facts.yml:1:101: reference smith2002 is not in references.bib (add it there)"
    ]


def test_an_id_is_an_anchor(make_course, sound_bank):
    read = with_evidence(make_course, sound_bank, CLAIMS.replace("id: S-01", "id: '[](.)'"))
    assert [(one.path, one.line, one.code) for one in read.problems] == [("docs/evidence/claims.yml", 1, "SC003")]
