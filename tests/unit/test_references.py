"""BibTeX in, Vancouver style out."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.course import references

GOLDEN = [
    (
        "@article{a, author={Singer, Adam D. and Subhawong, Ty K.}, title={A meta-analysis}, "
        "journal={Skeletal Radiology}, year={2015}, volume={44}, number={6}, pages={831--837}}",
        "Singer AD, Subhawong TK. A meta-analysis. Skeletal Radiology. 2015;44(6):831–837.",
    ),
    (
        "@article{a, author={A, B and C, D and E, F and G, H and I, J and K, L and M, N}, title={T?}}",
        "A B, C D, E F, G H, I J, K L, et al. T?",
    ),
    (
        "@article{a, author={G{\\'o}mez-Hoyos, J. and others}, title={{MRI} of ``hips''}, pages={7}, journal={J}}",
        "Gómez-Hoyos J, et al. MRI of “hips”. J. p. 7.",
    ),
    ("@misc{a, title={A page}, year={2018}}", "A page. 2018."),
    ("@article{a, title={Only a title}}", "Only a title."),
    (
        "@incollection{a, author={van der Berg, Jan-Willem}, title={T}, booktitle={Book}, publisher={P}}",
        "van der Berg JW. T. Book.",
    ),
]


def load(tmp_path: Path, text: str) -> references.Bibliography:
    path = tmp_path / "r.bib"
    path.write_text(text, "utf-8")
    return references.load(path, "docs/r.bib")


@pytest.mark.parametrize(("bibtex", "text"), GOLDEN)
def test_vancouver_style(tmp_path, bibtex, text):
    assert load(tmp_path, bibtex).references["a"].text == text


def test_absent_fields_stay_absent(tmp_path):
    text = load(tmp_path, "@article{a, title={T}, journal={J}, volume={3}}").references["a"].text
    assert text == "T. J. 3."


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ("doi={10.1/x}, pmid={5}, url={https://e.org}", "https://doi.org/10.1/x"),
        ("pmid={5}, url={https://e.org}", "https://pubmed.ncbi.nlm.nih.gov/5/"),
        ("url={https://e.org/p}", "https://e.org/p"),
        ("year={2000}", None),
    ],
)
def test_a_link_only_where_the_record_has_one(tmp_path, fields, link):
    assert load(tmp_path, f"@article{{a, title={{T}}, {fields}}}").references["a"].link == link


def test_numbers_follow_the_alphabet_not_the_file(tmp_path):
    found = load(tmp_path, "@misc{z, title={Zebra}}\n@misc{a, title={ape}}").references
    assert (found["a"].number, found["z"].number) == (1, 2)


def test_html_is_escaped(tmp_path):
    found = load(tmp_path, "@misc{a, title={a <b> & c}}").references["a"]
    assert found.html == "a &lt;b&gt; &amp; c."


@pytest.mark.parametrize(
    "text", ["@article{a, title={x}", "@article{a, title={x}} @{", "@article{a, title=}", "Smith 2019"]
)
def test_broken_bibtex_is_a_problem_not_a_traceback(tmp_path, text):
    problems = load(tmp_path, text).problems
    assert len(problems) == 1
    assert str(problems[0]).startswith("docs/r.bib:1:1: not valid BibTeX")
    assert load(tmp_path, "% nothing yet\n\n").problems == ()
