"""Anchors keep the letters of every script, and those of Latin headings stay what they were."""

from __future__ import annotations

import pytest

from viva.course.slugs import slug

PAGE = """\
# 坐骨大腿インピンジメント

## تشريح الورك

Text.

## Schröders Zeichen

## تشريح الورك

## हड्डी और पेशी

## β blockers

## Own {#own-id}
"""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Schröder’s sign", "schroders-sign"),
        ("β blockers", "blockers"),
        ("تشريح الورك", "تشريح-الورك"),
        ("MRI の 所見！", "mri-の-所見"),
        ("हड्डी और पेशी", "हड्डी-और-पेशी"),
        ("Тазобедренный сустав", "тазобедренный-сустав"),
    ],
)
def test_a_heading_as_an_anchor(text, made):
    assert slug(text) == made


def test_the_headings_of_a_page(make_course):
    page = make_course({"docs/modules/page.md": PAGE}).pages["modules/page.md"]
    assert list(page.headings) == [
        *("坐骨大腿インピンジメント", "تشريح-الورك", "schroders-zeichen", "تشريح-الورك_1"),
        *("हड्डी-और-पेशी", "blockers", "own-id"),
    ]
    assert {"تشريح-الورك", "own-id", "_1", "_2"} <= page.anchors, "courses link to these names too"
