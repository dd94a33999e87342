"""Common Cartridge: what is one question there and here is marked alike, its parts one by one."""

from __future__ import annotations

import exchanging
from clients import cartridge
from viva.bank.interactions import Choice, Judgement, Pairs, Words


def test_questions_and_their_parts_are_marked_alike(course):
    data, _ = exchanging.exported(course, "common-cartridge")
    there = cartridge.items(data)
    asked = exchanging.asked(course)
    for name, item in asked.items():
        ident = f"reading-a-map-{name}"
        match item.interaction:
            case Choice(options, several):
                right = [place for place, one in enumerate(options) if one.right]
                assert cartridge.mark(there[ident], right if several else right[:1]) == 1
                for place in range(len(options)):
                    picked = [place] if not several else [*right, place]
                    ok = place in right
                    assert cartridge.mark(there[ident], picked) == ok, (name, place)
            case Judgement(statements):
                for number, one in enumerate(statements, 1):
                    for place, value in enumerate((True, False)):
                        part = f"{ident}-{number}" if len(statements) > 1 else ident
                        assert cartridge.mark(there[part], [place]) == (one.answer is value)
            case Pairs(options, prompts):
                for number, one in enumerate(prompts, 1):
                    for place in range(len(options)):
                        part = f"{ident}-{number}" if len(prompts) > 1 else ident
                        assert cartridge.mark(there[part], [place]) == (place == one.answer)
            case Words():
                for said, mark in exchanging.answers(item):
                    assert cartridge.mark(there[ident], said) == mark, said


def test_the_right_answer_ends_the_rules(course):
    """First what is always said, then the right answer, then what is said of wrong ones."""
    there = cartridge.items(exchanging.exported(course, "common-cartridge")[0])
    for item in there.values():
        rules = list(item.iter("{*}respcondition"))
        scores = [rule.find("{*}setvar") is not None for rule in rules]
        at = scores.index(True)
        assert scores.count(True) == 1
        assert rules[at].get("continue") == "No"
        assert all(rule.find(".//{*}other") is not None for rule in rules[:at])
        assert all(rule.get("continue") == "Yes" for rule in rules[:at] + rules[at + 1 :])


def test_only_what_a_cartridge_has_is_in_it(course):
    data, tally = exchanging.exported(course, "common-cartridge")
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    assert out == {"order", "number", "count", "caliper", "slices", "experts", "granted-number"}
    found = cartridge.items(data)
    assert not [name for name in found for gone in out if name.startswith(f"reading-a-map-{gone}")]
    assert len(found) == 21
