"""Whatever an author writes, the rules answer and do not break."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sampled import examples
from unit.lint.examples import course_with, whole
from viva import lint
from viva.lint import testwise
from viva.lint.views import view

PIECES = [
    "", " ", "*", "**", "_", "____", "[", "]", "(", "`", "{", "?", "!", ".", "…", ":", ";", ",", "/", "-",
    "–", "<", ">", "≥", "1", "2.5", "1,000", "1/2", "0", "mm", "%", "a", "an", "A", "B.", "not", "NOT",
    "except", "all of the above", "none of these", "A and B", "hyper", "always", "Which", "is", "the",
    "A 47-year-old woman", "he", "haemoglobin 92", "1.0 mg", "the figure below", "[@handbook]", "MRI",
    "ß", "µ", "ﬁ", "İ", "́", "😀", "中文", "the answer is B", "\n", "word " * 30,
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join).map(str.strip)
said = texts.filter(bool)
texted = st.lists(said, min_size=2, max_size=7).map(lambda found: [{"text": one} for one in found])
single = st.fixed_dictionaries(
    {
        "type": st.just("single"),
        "stem": said,
        "explanation": said,
        "options": st.lists(said, min_size=2, max_size=7).map(
            lambda found: [
                {"text": text, "why": text} | ({"correct": "true"} if n == 0 else {})
                for n, text in enumerate(found)
            ]
        ),
    }
)
matching = texted.flatmap(
    lambda options: st.fixed_dictionaries(
        {
            "type": st.just("matching"),
            "stem": said,
            "options": st.just(options),
            "prompts": st.lists(
                st.fixed_dictionaries(
                    {"stem": said, "answer": st.sampled_from(options).map(lambda one: one["text"])}
                ),
                min_size=1,
                max_size=8,
            ),
        }
    )
)
panel = st.fixed_dictionaries({name: st.integers(0, 9) for name in ("-2", "-1", "0", "1", "2")})
concordance = st.fixed_dictionaries(
    {
        "type": st.just("script-concordance"),
        "stem": said,
        "hypothesis": said,
        "finding": said,
        "panel": panel.map(lambda votes: {k: str(v) for k, v in votes.items()}),
        "panel_source": said,
    }
)
question = single | matching | concordance


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(question, min_size=1, max_size=4))
def test_no_text_breaks_a_rule(tmp_path_factory, questions):
    made = [whole(one, number) for number, one in enumerate(questions)]
    read = course_with(made, tmp_path_factory.mktemp("fuzz"))
    for problem in lint.check(read):
        assert problem.line > 1
        assert "\n" not in problem.message
    testwise.as_text(view(read))


def test_what_cannot_be_read_is_not_missed(tmp_path):
    """The empty bank is an error; that no question tests the objective is not said as well."""
    read = course_with([], tmp_path)
    assert [problem.code for problem in read.problems] == ["SC002"]
    assert lint.check(read) == []
    assert "no question" in testwise.as_text(view(read))
