"""Titles of references lose their LaTeX, and nothing else."""

from __future__ import annotations

import pytest

from viva.course import latex


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"ALT <ULN & 10^9/L, 5% #1 a_b $5", "ALT <ULN & 10^9/L, 5% #1 a_b $5"),
        (r"5\$ a \& b \% c \# d \_ e \{ f \}", "5$ a & b % c # d _ e { f }"),
        (r"{MRI} of {\"u}ber, 5% of \'e and $\alpha$", "MRI of über, 5% of é and α"),
        (r"A \textit{B} \emph{c}\textsuperscript{2} \textgreater 5, \textless{}6", "A B c2 >5, <6"),
        (r"100\,mg \textasciitilde{}x", "100 mg ~x"),
        (r"``Q'' a--b---c", "“Q” a–b—c"),
        (r"\textlesson", r"\textlesson"),
    ],
)
def test_a_field_as_text(written, read):
    assert latex.plain(written) == read
