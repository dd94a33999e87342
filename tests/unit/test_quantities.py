"""A number and its unit stay on one line."""

from __future__ import annotations

import time

import pytest

from viva.site.quantities import JOINED, together


@pytest.mark.parametrize(
    "said",
    [
        "<p>The space was 26.0~mm.</p>",
        "<p>14.9 ± 4.8~mm and 81.0~% of 12~000</p>".replace("12~", "12 "),
        "<td>7.4~mmol/L</td><td>25~kg/m²</td><td>37~°C</td><td>≤ 15~mm</td>",
        "<p>10~µg, 2~mL, 5~min, 120~mmHg, 60~bpm</p>",
        '<p>A <b title="26 mm">25~mm</b></p>',
        "<p><code>25 mm</code> and <b>25</b> mm, then 25~mm</p>",
        "<pre><span>25 mm</span></pre><script>'25 mm'</script>",
        "<p>In 25 men, 3 groups, 2 millimetres</p>",
        "<p>A 5~mm-wide cut</p>",
    ],
)
def test_a_quantity_is_never_torn_apart(said):
    assert together(said.replace("~", " ")) == said.replace("~", JOINED)


def test_it_costs_little():
    page = "<p>The space was <b>26.0</b> mm, the other 16.1 mm wide.</p>\n" * 2000
    start = time.perf_counter()
    together(page)
    assert time.perf_counter() - start < 1
