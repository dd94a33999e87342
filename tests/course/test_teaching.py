"""What the course teaches, asks and cites holds together."""

from __future__ import annotations

import re

from viva.bank.banks import flat
from viva.course import evidence

CITED = re.compile(r"@([\w:.-]+?)[];]")


def test_every_claim_is_taught_and_checked(read):
    assert len(read.evidence.claims) == 36
    tags = {tag for bank in read.banks for q in flat(bank.questions) for tag in q.tags}
    unchecked = [c.id for c in read.evidence.claims if c.facts and not tags & set(c.facts)]
    assert unchecked == []


def test_every_question_names_the_facts_under_its_key(read):
    for bank in read.banks:
        for question in flat(bank.questions):
            facts = [tag for tag in question.tags if evidence.FACT_TAG.fullmatch(tag)]
            assert facts or question.type == "case", question.id


def test_every_objective_has_three_questions(read):
    asked = [q.objective for bank in read.banks for q in flat(bank.questions)]
    assert {name: asked.count(name) for name in read.objectives if asked.count(name) < 3} == {}


def test_half_of_the_questions_ask_for_more_than_knowing(read):
    levels = [q.level for bank in read.banks for q in flat(bank.questions) if q.type != "case"]
    high = sum(level not in ("remember", "understand") for level in levels)
    assert len(levels) >= 120
    assert high * 2 >= len(levels)


def test_every_module_is_long_enough_to_teach_and_short_enough_to_read(read):
    modules = {path: page for path, page in read.pages.items() if path.startswith("modules/")}
    words = {path: len(page.words()) for path, page in modules.items()}
    assert words
    assert {path: many for path, many in words.items() if not 900 <= many <= 1800} == {}


def test_every_reference_is_cited(read):
    cited = {key for page in read.pages.values() for key, _, _ in page.citations()}
    for bank in read.banks:
        for question in flat(bank.questions):
            cited |= set(question.references)
            cited |= set(CITED.findall(question.model_dump_json()))
    for source in (*read.evidence.facts.values(), *read.evidence.claims):
        cited |= set(source.references)
    assert set(read.bibliography.references) - cited == set()


def test_every_module_has_cards_and_each_card_names_sources_that_its_module_cites(read):
    modules = {path for path in read.pages if path.startswith("modules/")}
    assert set(read.cards) == modules
    for path, deck in read.cards.items():
        cited = {key for key, _, _ in read.pages[path].citations()}
        assert 4 <= len(deck) <= 7, path
        for card in deck:
            assert card.front.endswith("?"), card.id
            assert card.references and set(card.references) <= cited, card.id
