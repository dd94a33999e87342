"""Ten thousand questions come in within 20 seconds of a processor."""

from __future__ import annotations

from time import process_time

import pytest

from viva.exchange import importing

QUESTION = """\
<question type="multichoice"><name><text>Question {n}</text></name><questiontext format="html"><text>
<![CDATA[<p>A patient of {n} years has <b>pain</b>.</p><p>What is the cause number {n}?</p>]]></text></questiontext>
<generalfeedback format="html"><text><![CDATA[<p>Because of {n}.</p>]]></text></generalfeedback>
<idnumber>q{n}</idnumber><single>true</single>{answers}</question>
"""
ANSWER = (
    '<answer fraction="{share}" format="html"><text><![CDATA[<p>Option {k} of {n}</p>]]></text>'
    '<feedback format="html"><text><![CDATA[<p>Why {k} of <em>{n}</em>.</p>]]></text></feedback></answer>'
)


@pytest.mark.long
def test_ten_thousand_questions(make_course, tmp_path):
    rows = []
    for n in range(10_000):
        answers = "".join(ANSWER.format(n=n, k=k, share=100 * (k == 1)) for k in range(4))
        rows.append(QUESTION.format(n=n, answers=answers))
    path = tmp_path / "big.xml"
    path.write_text(f"<quiz>{''.join(rows)}</quiz>", "utf-8")
    course, started = make_course(), process_time()
    made = importing.plan(path, course, "big", None, lambda: None)
    assert made.report.questions == 10_000 and made.report.count("left out") == 0
    assert process_time() - started < 20
