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
    (
        "@article{a, author={A, B}, title={T}, journaltitle={J}, date={2019-05-03}, volume={4}, issue={6}}",
        "A B. T. J. 2019;4(6).",
    ),
    (
        "@book{a, editor={A, B and C, D}, title={T}, edition={3rd ed}, publisher={P}, date={2019}}",
        "A B, C D, editors. T. 3rd ed. P. 2019.",
    ),
    ("@article{a, author={Smith, Jr., John}, title={T}, subtitle={S}, journal={J Med.}, eid={e12}, year=2019}",
     "Smith J Jr. T: S. J Med. 2019:e12."),
    ("@misc{a, title={{\\it E. coli} in CO$_2$}, howpublished={\\url{https://e.org/a_b}}}",
     "E. coli in CO₂. https://e.org/a_b."),
    ("@misc{a, title={\\}}", "\\."),
    ("@phdthesis{a, author={A, B}, title={T}, school={S}, year={2019}}", "A B. T. S. 2019."),
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
        ("doi={https://doi.org/10.1/x}", "https://doi.org/10.1/x"),
        ("doi={doi: 10.1/x}", "https://doi.org/10.1/x"),
        ("pmid={5}, url={https://e.org}", "https://pubmed.ncbi.nlm.nih.gov/5/"),
        ("url={https://e.org/p}", "https://e.org/p"),
        ("url={\\url{https://e.org/a_b}}", "https://e.org/a_b"),
        ("doi={10.1/a\\_b}", "https://doi.org/10.1/a_b"),
        ("pmid={PMID: 5}", "https://pubmed.ncbi.nlm.nih.gov/5/"),
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


ODD = {
    "@artcle{a,\n title={T}}": "1:1: there is no kind of entry @artcle (did you mean @article?)",
    "@article{a, title={T},\n jurnal={J}}": "2:2: unknown field jurnal (did you mean journal?)",
    "@article{a, title={T},\n auhtor={A, B}}": "2:2: unknown field auhtor (did you mean author?)",
    "@article{a, title={T}}\n\nbook{b, title={T}}": "3:1: an entry begins with @ (write @book)",
    "@article{a,\n year={2019}}": "1:1: reference a has no title (write title = …)",
    "@article{title={T}, year=2019}": "1:1: this entry has no key (write @article{key, …)",
    "@article{a, title={T},\n title={U}}": "2:2: not valid BibTeX: the field title is there twice (check commas and braces)",
    "@article{a, title={T},\n journal=jb}": "2:10: no @string defines jb (put the text in braces: {jb})",
    "@article{a, title={T} year=2019}": "1:1: not valid BibTeX: “'}' expected” (check commas and braces)",
}
ODD |= {
    "@article{a, titel={T}}": "1:13: unknown field titel (did you mean title?)",
    "@article{a, title={T},\n doi={n/a}}": "2:2: doi is n/a (write it as 10.1000/182)",
    "@article{a, title={T},\n crossref={b}}": "2:2: there is no entry b to have fields from (add it there)",
    "@article{a, title={T},\n xdata={b, c}}\n@xdata{b, year=2019}": "2:2: there is no entry c to have fields from (add it there)",
} | {
    f"@article{{a, title={{T}},\n author={{{typed}}}}}": f"2:{2 + 8 * ('., D' in typed)}: “{typed}” is no name to BibTeX (write and between "
    "names; and others for et al.; Smith, Jr., John; {…} for an institution)"
    for typed in (
        "Smith J, Doe K, Roe L", "Smith J, Doe K", "Smith J; Doe K", "Smith, J. & Doe, K.", "Smith, J. et al.",
        "Smith, J., Doe, K., Roe, L.", "John Smith Jr.", "Smith, John and",
    )
}


@pytest.mark.parametrize("bibtex", ODD)
def test_what_bibtex_passes_over_in_silence_is_told_with_its_place(tmp_path, bibtex):
    (found,) = load(tmp_path, bibtex).problems
    assert str(found) == f"docs/r.bib:{ODD[bibtex]}"


def test_what_programs_keep_in_an_entry_is_no_mistake(tmp_path):
    kept = "abstract file issn keyword langid location month note pmcid shortjournal urldate x-color numpages"
    fields = ", ".join(f"{name}={{x}}" for name in kept.split())
    text = f"@string{{j = {{J}}}}\n@comment{{x}}\n@Online(a, Title={{T}}, journal=j # \" B\", {fields})"
    assert load(tmp_path, text).problems == ()


INHERITED = {
    "@inproceedings{a, author={A, B}, title={T}, crossref={p}}\n@proceedings{p, title={Proc}, year=2019}": "A B. T. Proc. 2019.",
    "@incollection{a, title={T}, CrossRef={P}}\n@book{p, Title={Book}, booktitle={The book}, Year=2019}": "T. The book. 2019.",
    "@article{a, title={T}, crossref={p}}\n@periodical{p, title={Issue}, journaltitle={J}, date={2019-05}}": "T. J. 2019.",
    "@book{a, title={T}, xdata={x, y}}\n@xdata{x, publisher={P}}\n@xdata{y, year=2019}": "T. P. 2019.",
    "@inproceedings{a, title={T}, crossref={b}}\n@inproceedings{b, title={U}, crossref={a}, year=2019}": "T. U. 2019.",
}


@pytest.mark.parametrize("bibtex", INHERITED)
def test_an_entry_has_the_fields_of_those_that_it_names(tmp_path, bibtex):
    found = load(tmp_path, bibtex)
    assert found.references["a"].text == INHERITED[bibtex]
    assert found.problems == ()
    assert not {"x", "y"} & set(found.references)
