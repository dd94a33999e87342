"""What search engines and catalogues may know of a page: schema.org in JSON-LD, without answers."""

from __future__ import annotations

import json
from typing import Any

from viva.bank.banks import Bank, flat
from viva.base.words import ENGLISH, Words
from viva.course.courses import Course
from viva.course.pages import Page
from viva.site.embed import minutes

ACCESS = {
    "accessMode": ["textual", "visual"],
    "accessibilityFeature": [
        "alternativeText",
        "displayTransformability",
        "structuralNavigation",
    ],
    "accessibilityHazard": "none",
    "isAccessibleForFree": True,
}


def of_module(page: Page, course: Course, common: dict[str, Any]) -> dict[str, Any]:
    """A page of reading with objectives."""
    aims = [one.text for one in course.aims.get(page.path, ())]
    keys = dict.fromkeys(key for key, _, _ in page.citations())
    references = course.bibliography.references
    return {
        "@context": "https://schema.org",
        "@type": course.layout.settings.page_types,
        "name": page.said("title"),
        "description": page.said("description"),
        "dateModified": page.said("revised"),
        "learningResourceType": "reading",
        "timeRequired": f"PT{page.minutes}M",
        "teaches": aims,
        "citation": [references[key].text for key in keys if key in references],
        "audience": {"@type": "EducationalAudience", "educationalRole": "student"},
        **ACCESS,
        **common,
    }


def of_self_check(
    bank: Bank, course: Course, common: dict[str, Any], words: Words = ENGLISH
) -> dict[str, Any]:
    """A bank's page. Neither stems nor answers: a catalogue needs the objectives only."""
    asked = dict.fromkeys(question.objective for question in flat(bank.questions))
    aims = [course.objectives[name].text for name in asked if name and name in course.objectives]
    return {
        "@context": "https://schema.org",
        "@type": "Quiz",
        "name": words.say("{title}: self-check", title=bank.title),
        "learningResourceType": "self-assessment",
        "timeRequired": f"PT{minutes(bank)}M",
        "assesses": aims,
        **ACCESS,
        **common,
    }


def as_script(found: dict[str, Any]) -> str:
    """The metadata as an element for the head; absent fields stay absent."""
    present = {name: value for name, value in found.items() if value}
    text = json.dumps(present, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
