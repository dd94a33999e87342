"""Labelled figures become cards: one label is hidden, and its name is asked."""

from __future__ import annotations

import pytest

from viva.site import labels

FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><style>text{font:10px sans-serif}</style>
<g class="labels"><path class="lead" d="M0 0"/><text x="100" y="20" text-anchor="end">Patella</text><circle class="dot" r="1"/><text x="10" y="50">Lateral<tspan x="10" dy="1.15em">meniscus</tspan></text>
<circle class="dot" r="1"/><text x="100" y="80" text-anchor="middle">Ti-<tspan>bia</tspan></text><text x="5" y="95" class="quiet">medial</text><circle class="dot" r="1"/><text x="9" y="9">Femur</text><circle class="dot" r="1"/><text x="9" y="90">Femur</text>
<circle class="dot" r="1"/><text x="1" y="99">2 cm</text></g></svg>"""


@pytest.fixture
def found(make_course, sound_module):
    def of(figure: str):
        shown = sound_module.replace("\n# ", "\n# ", 1) + "\n![A knee](../assets/knee.svg)\n"
        course = make_course({"docs/modules/knee.md": shown, "docs/assets/knee.svg": figure})
        return labels.by_name(labels.labels(course))

    return of


def test_each_label_is_a_card_and_sides_measures_and_doubles_are_none(found):
    made = found(FIGURE)
    assert list(made) == ["label:knee:patella", "label:knee:lateral meniscus", "label:knee:tibia"]
    assert made["label:knee:lateral meniscus"].page == "modules/knee.md"
    boxes = {one.name: one.box for one in made.values()}
    assert boxes["Patella"] == (0.29, 0.1, 0.21, 0.125)
    assert boxes["Lateral meniscus"] == (0.05, 0.4, 0.24, 0.25)
    assert boxes["Tibia"] == (0.455, 0.7, 0.09, 0.25)


@pytest.mark.parametrize("figure", ["<svg", FIGURE.replace("viewBox", "x"), FIGURE.replace("labels", "other")])
def test_a_figure_without_labels_asks_nothing(found, figure):
    assert found(figure) == {}
