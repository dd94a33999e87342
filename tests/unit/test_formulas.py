"""Formulas: what TeX and mhchem become on pages, in words, on paper and in Word."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from viva.course import courses, fields, literal
from viva.course.layout import Layout
from viva.exchange.escaping import escaped
from viva.formulas import engine, marked, typed
from viva.formulas.engine import Mistake
from viva.formulas.linear import linear
from viva.formulas.omml import omml
from viva.formulas.tree import tree, written
from viva.formulas.typst import typst
from viva.lint.text import normalised

WORDS = {
    r"SE = \frac{s}{\sqrt{n}}": "SE = s/√n",
    r"\ce{H2O + CO2 <=> H2CO3 <=> HCO3- + H+}": "H₂O + CO₂ ⇌ H₂CO₃ ⇌ HCO₃⁻ + H⁺",
    r"\ce{SO4^2- + Ba^2+ -> BaSO4 v}": "SO₄²⁻ + Ba²⁺ → BaSO₄↓",
    r"\ce{^{14}_{6}C}": "₆¹⁴C",
    r"\ce{A ->[\text{heat}] B}": "A →[heat] B",
    r"t = \frac{\bar{x} - \mu_0}{s / \sqrt{n}}": "t = (x̄ − μ₀)/(s/√n)",
    r"\frac{1}{\sigma\sqrt{2\pi}}": "1/(σ√(2π))",
    r"\sum_{i=1}^n x_i": "∑ᵢ₌₁ⁿ xᵢ",
    r"e^{-x^2}": "e^(−x²)",
    r"\binom{n}{k}": "(n over k)",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}": "(a, b; c, d)",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}": "a = b; = c",
    r"\mathbf{x} \in \mathbb{R}": "x ∈ ℝ",
    r"0{,}4 < 5\,\text{mmol/L}": "0,4 < 5 mmol/L",
    r"\hat{\theta}_{\text{ML}}": "θ̂_(ML)",
    r"\sqrt[3]{x}": "³√x",
    r"f'(x)": "f′(x)",
    r"2\sin x": "2 sin x",
    r"\{x \mid x > 0\}": "{x|x > 0}",
}
SHAPES = (
    *WORDS,
    r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}",
    r"\begin{cases} 1 & x>0 \\ 0 & \text{else} \end{cases}",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
    r"\begin{align} a &= b \\ c &= d \end{align}",
    r"\begin{gather} a \\ b \end{gather}",
    r"\begin{smallmatrix} a & b \end{smallmatrix}",
    r"\cancel{x} \boxed{y} \colorbox{yellow}{z} \color{red}{w}",
    r"\underbrace{a+b}_{c} \overset{!}{=} \xrightarrow{\text{heat}}",
    r"\vec{v} \dot{x} \overline{AB} \underline{x} \widehat{AB} \overrightarrow{AB}",
    r"a\!b \quad \phantom{x} \left[0,1\right)",
    r"\ce{2 H+ + CO3^2- -> H2O + CO2 ^} \pu{5 mmol/L}",
    r"x \tag{1}",
)


@pytest.mark.parametrize(("tex", "said"), WORDS.items())
def test_a_formula_in_words(tex, said):
    assert linear(tree(tex)) == said


@pytest.mark.parametrize("tex", SHAPES)
def test_no_tag_of_a_formula_has_a_style_and_every_class_has_a_rule(tex):
    html = written(tree(tex, block=True))
    assert not re.search(r"\sstyle=|<span|<annotation", html)
    style = (resources.files("viva.theme") / "assets/viva/formulas.css").read_text("utf-8")
    ours = {name for one in re.findall(r'class="([^"]*)"', html) for name in one.split()}
    rules = set(re.findall(r"\.([\w-]+)", style))
    assert {name for name in ours if name.startswith("viva-")} <= rules


def test_an_index_belongs_to_what_stands_before_it():
    assert '<msub><mrow><mi mathvariant="normal">H</mi>' in written(tree(r"\ce{H2O}"))


@pytest.mark.parametrize(
    ("tex", "source"),
    {
        r"SE = \frac{s}{\sqrt{n}}": r"S E \= frac(s, sqrt(n))",
        r"\ce{H2O}": 'attach(upright(H), b: "2") upright(O)',
        r"\sum_{i}": "attach(limits(∑), b: i)",
        r"\left[0,1\right)": r'lr(\[ "0,1" \))',
        r'\text{a"b"}': '"a\\"b\\""',
        r"\bar{x}": "accent(x, macron)",
    }.items(),
)
def test_a_formula_of_the_typesetter(tex, source):
    assert typst(tree(tex)) == source


@pytest.mark.parametrize("tex", SHAPES)
def test_the_typesetter_takes_every_formula(tex):
    import typst as typesetter

    source = f"#set page(width: auto, height: auto)\n$ {typst(tree(tex, block=True))} $"
    made = typesetter.compile(source.encode(), format="svg", ignore_system_fonts=True)
    assert made.count(b"<use") + made.count(b"<path") > 1


@pytest.mark.parametrize("tex", SHAPES)
def test_a_formula_in_word_has_nothing_to_fill_in(tex):
    made = fromstring(omml(tree(tex, block=True)))
    assert "".join(made.itertext()).strip()
    for part in made.iter():
        if part.tag.rpartition("}")[2] in ("num", "den", "sup", "lim"):
            assert "".join(part.itertext()), part.tag


def test_a_formula_in_word():
    made = fromstring(omml(tree(r"\frac{s}{\sqrt{n}}")))
    assert _shape(made) == "oMath(f(num(r(t=s)) den(rad(radPr(degHide) deg e(r(t=n))))))"


def _shape(element):
    name = element.tag.split("}")[1]
    inside = " ".join(map(_shape, element))
    return f"{name}({inside})" if inside else f"{name}={element.text}" if element.text else name


@pytest.mark.parametrize(
    ("text", "said"),
    {
        r"costs $5 and $10": r"costs $5 and $10",
        r"costs $5-$10, or US$5 to US$10": r"costs $5-$10, or US$5 to US$10",
        r"5 $ or 10 $": r"5 $ or 10 $",
        r"\$5 is $x$": r"\$5 is x",
        r"$x$ and \(y^2\)": "x and y²",
        r"$a*b*c$ and *d*": "a ∗ b ∗ c and *d*",
        "$$\nx^2\n$$": "x²",
        r"it is $\frac{1$": r"it is $\frac{1$",
    }.items(),
)
def test_what_is_a_formula(text, said):
    assert typed.words(text) == said


@pytest.mark.parametrize(
    ("text", "html"),
    {
        "costs $5 and $10": "<p>costs $5 and $10</p>",
        "`$x$` is code": "<p><code>$x$</code> is code</p>",
        "$a*b*c$ and *d*": '<p><span class="arithmatex">\\(a*b*c\\)</span> and <em>d</em></p>',
        "$x < y$, $a_1^* + b_1^*$": '<p><span class="arithmatex">\\(x &lt; y\\)</span>, '
        '<span class="arithmatex">\\(a_1^* + b_1^*\\)</span></p>',
        r"a \(\{x\}\)": '<p>a <span class="arithmatex">\\(\\{x\\}\\)</span></p>',
        "above\n$$\nx\n$$\nbelow": '<p>above</p>\n<div class="arithmatex">\\[\nx\n\\]</div>\n<p>below</p>',
        "in a line $$x$$ too": '<p>in a line <span class="arithmatex">\\(x\\)</span> too</p>',
        r"$a \& b$": '<p><span class="arithmatex">\\(a \\&amp; b\\)</span></p>',
    }.items(),
)
def test_markdown_leaves_formulas_alone(text, html):
    import markdown

    extensions = ["pymdownx.arithmatex", literal.NAME]
    made = markdown.markdown(text, extensions=extensions, extension_configs={**fields.FIXED})
    assert made == html


def test_a_cell_may_hold_a_stroke(tmp_path):
    course = _course(tmp_path, "| a | b |\n|---|---|\n| $P(A|B)$ | c |\n")
    html = course.converter.html(course.pages["index.md"].body)
    assert html.count("<td>") == 2 and r"\(P(A|B)\)" in html


def test_a_mistake_in_tex_tells_its_line_and_column(tmp_path):
    text = "Fine $x$.\n\nIt is $a + \\foo b$ and\n\n$$\nx = \\frac{1\n$$\n\n```\n$\\bar$\n```\n"
    course = _course(tmp_path, text, r"so $x$ or \(\frob{y}\)?")
    found = [str(one) for one in course.problems if one.code == "MD525"]
    assert found == [
        "docs/index.md:9:12: the formula cannot be read: Unsupported function name: \\foo "
        "(mend it; a dollar that is money is written \\$)",
        "docs/index.md:12:12: the formula cannot be read: Unexpected end of input in a macro "
        "argument, expected '}' (mend it; a dollar that is money is written \\$)",
        "quizzes/q.yml:6:29: the formula cannot be read: Unsupported function name: \\frob "
        "(mend it; a dollar that is money is written \\$)",
    ]


def test_a_mistake_tells_how_far_it_is():
    with pytest.raises(Mistake) as raised:
        engine.mathml(r"a + \foo")
    assert (raised.value.said, raised.value.at) == (r"Unsupported function name: \foo", 4)


def test_tex_does_nothing_but_formulas():
    html = marked.shown(r'<span class="arithmatex">\(\href{javascript:x}{y}\)</span>')
    assert "href=" not in html.replace(r"\href", "")
    assert "<b>" not in written(tree(r"\text{<b>}"))
    with pytest.raises(Mistake):
        engine.mathml(r"\def\x{\x\x}\x")


def test_words_of_a_formula_stand_where_only_words_can():
    assert fields.spoken(r"What is $\ce{H2O}$?") == "What is H₂O?"
    assert normalised(r"$\frac{s}{\sqrt{n}}$ it is") == "s/√n it is"
    html = marked.shown(r'<p><span class="arithmatex">\(x^2\)</span> &amp; more</p>')
    assert marked.words(html) == '<p><span class="arithmatex">x²</span> &amp; more</p>'
    title = "<title>On $x^2$ &amp; \\(y\\)</title><script>a = '$x$'</script>"
    assert marked.named(title) == "<title>On x² &amp; y</title><script>a = '$x$'</script>"


@pytest.mark.parametrize(
    ("given", "made"),
    {
        r"a \(x_1^2 < 5\) *b*": r"a \(x_1^2 < 5\) \*b\*",
        r"so \[y*z\].": r"so \[y*z\].",
        r"see \(no \foo\)": r"see \\(no \foo\\)",
        "costs $5 and $10, 5 $ too": "costs $5 and $10, 5 $ too",
        "a $x$ b": "a $x&#36; b",
    }.items(),
)
def test_a_formula_comes_in_from_another_system(given, made):
    assert escaped(given) == made
    assert "<em>" not in _html(made)
    assert ("arithmatex" in _html(made)) == (made[:4] in ("a \\(", "so \\"))


def _html(text):
    import markdown

    extensions = ["pymdownx.arithmatex", literal.NAME]
    return markdown.markdown(text, extensions=extensions, extension_configs={**fields.FIXED})


def test_only_what_is_long_can_be_reached_to_scroll():
    short, long = (r"\[x\]", rf"\[{' + '.join('abcdefghijklmnopqrst')}\]")
    made = [marked.shown(f'<div class="arithmatex">{one}</div>') for one in (short, long)]
    assert ["tabindex" in one for one in made] == [False, True]


def test_scripts_of_others_are_as_fetched():
    import hashlib
    import json

    folder = Path(str(resources.files("viva.formulas")))
    for package in json.loads((folder / "vendored.json").read_text("utf-8")):
        assert {"package", "version", "licence"} <= package.keys()
        for name, digest in package["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def _course(folder: Path, text: str, stem: str = "Is it?") -> courses.Course:
    """A course of one page and one question."""
    for name, content in {
        "mkdocs.yml": "site_name: Test\n",
        "docs/index.md": f"---\ntitle: Home\ndescription: Home.\n---\n# Home\n\n{text}",
        "quizzes/q.yml": "title: Q\nmodule: index.md\nquestions:\n  - id: one\n    type: true-false\n"
        f"    stem: Is it {stem}\n    statements:\n      - text: It is.\n        answer: true\n"
        "        why: It is.\n    explanation: It is.\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return courses.load(Layout.of(folder))
