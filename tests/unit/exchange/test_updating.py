"""A file again into its bank: what is new there comes, what a teacher added stays."""

from __future__ import annotations

import pytest

from viva.base.refused import Refused
from viva.course import courses
from viva.exchange import importing, updating, writing

FIRST = """\
// [id:one]
::Chamber::Which chamber pumps into the aorta?{~Right ventricle#Into the lungs. =Left ventricle ~Left atrium}

// [id:two]
How many valves?{#4}

// [id:three]
Pick two {~%50%Vein ~%50%Vena cava ~%-50%Aorta}
"""


@pytest.fixture
def again(make_course, tmp_path):
    """Import FIRST, change the bank as a teacher does, import another text; the new bank's text."""
    course = make_course()
    path = tmp_path / "heart.gift"
    path.write_text(FIRST, "utf-8")
    importing.write(importing.plan(path, course, "heart", None, lambda: None))
    bank = course.layout.quizzes / "heart.yml"

    def run(text: str, *changes: tuple[str, str]):
        said = bank.read_text("utf-8")
        for old, new in changes:
            assert old in said
            said = said.replace(old, new, 1)
        bank.write_text(said, "utf-8")
        path.write_text(text, "utf-8")
        made = updating.plan(path, courses.load(course.layout), "heart", None, lambda: None)
        importing.write(made)
        assert courses.load(course.layout).problems == ()
        return bank.read_text("utf-8"), made.report, said

    return run


def test_the_same_file_changes_nothing(again):
    now, report, before = again(FIRST)
    assert now == before
    assert (report.updated, report.added, report.same) == (0, 0, 3)


def test_a_new_stem_changes_one_line(again):
    now, report, before = again(FIRST.replace("How many valves?", "How many valves has it?"))
    assert now == before.replace("How many valves?", "How many valves has it?")
    assert (report.updated, report.added, report.same) == (1, 0, 2)


def test_what_a_teacher_added_stays(again):
    mine = (
        (
            "    stem: How many",
            "    # mine\n    level: remember\n    statistics: {p: 0.5, n: 40}\n    stem: How many",
        ),
        (
            "        # why: What makes it right? (the file says nothing)",
            "        why: It is thick.    # see above",
        ),
        (
            "    answer: 4\n",
            "    answer: 4\n    references: [smith2001]\n    read: modules/knee.md\n",
        ),
        ("      why: Imported as it was; mend it, then delete this.", "      why: I know better."),
    )
    text = FIRST.replace("Into the lungs.", "Only into the lungs.").replace("#4", "#4:1")
    now, report, before = again(text, *mine)
    expected = before.replace("Into the lungs.", "Only into the lungs.")
    expected = expected.replace("    read: modules/knee.md\n", "    read: modules/knee.md\n", 1)
    assert "tolerance: 1" in now
    for _, added in mine:
        for line in added.strip().split("\n"):
            assert line in now
    assert [line for line in expected.split("\n") if line not in now] == []
    assert (report.updated, report.same) == (2, 1)


def test_another_option_comes_and_comments_go_above(again):
    text = FIRST.replace("~%-50%Aorta", "~%-50%Aorta ~%-50%Pulmonary artery")
    mine = ("      - text: Aorta\n", "      # a trap\n      - text: Aorta\n")
    now, report, _ = again(text, mine)
    assert "text: Pulmonary artery" in now and "# a trap" in now
    assert report.updated == 1


def test_a_comment_that_would_be_lost_is_never_lost(again):
    text = FIRST.replace("~%-50%Aorta", "~%-50%Aorta ~%-50%Pulmonary artery")
    now, report, before = again(
        text, ("      - text: Aorta\n", "      - text: Aorta    # a trap\n")
    )
    assert now == before and report.updated == 0
    (said,) = [one for one in report.findings if one.kind == "left out"]
    assert "comment" in said.message and said.place.startswith("quizzes/heart.yml:")


def test_another_type_replaces_the_fields_of_the_old_one(again):
    now, report, _ = again(
        FIRST.replace("{#4}", "{=four =4}"),
        ("    answer: 4\n", "    answer: 4\n    level: apply\n"),
    )
    question = now[now.index("- id: two") : now.index("- id: three")]
    assert "accept:" in question and "answer:" not in question and "level: apply" in question
    assert report.updated == 1


def test_new_questions_come_last_and_gone_ones_stay(again):
    text = FIRST.partition("// [id:three]")[0] + "// [id:four]\nIs it red?{T}\n"
    now, report, before = again(text)
    assert now.startswith(before.rstrip("\n"))
    assert now.index("- id: three") < now.index("- id: four")
    assert report.added == 1
    assert any("not in the file any more" in one.message for one in report.findings)


def test_options_in_another_order_are_the_same(again):
    text = FIRST.replace(
        "~Right ventricle#Into the lungs. =Left ventricle",
        "=Left ventricle ~Right ventricle#Into the lungs.",
    )
    now, _, before = again(text)
    assert now == before


def test_a_why_does_not_stay_beside_another_text(again):
    mine = (
        "      - text: Left atrium\n        # why: Why does it tempt? (the file says nothing)",
        "      - text: Left atrium\n        why: It is above.",
    )
    now, _, _ = again(FIRST.replace("~Left atrium", "~Right atrium"), mine)
    assert "Right atrium" in now and "It is above." not in now


def test_there_has_to_be_a_bank(make_course, tmp_path):
    (tmp_path / "heart.gift").write_text(FIRST, "utf-8")
    with pytest.raises(Refused, match="leave out --update"):
        updating.plan(tmp_path / "heart.gift", make_course(), "heart", None, lambda: None)


def test_a_bank_that_is_broken_is_left_alone(make_course, tmp_path):
    course = make_course({"quizzes/heart.yml": "title: [\n"})
    (tmp_path / "heart.gift").write_text(FIRST, "utf-8")
    with pytest.raises(Refused, match="mend the bank"):
        updating.plan(tmp_path / "heart.gift", course, "heart", None, lambda: None)


def test_windows_lines_stay(again, make_course):
    def crlf(text: str) -> str:
        return text.replace("\n", "\r\n")

    now, report, _ = again(FIRST.replace("How many valves?", "How many valves has it?"))
    assert report.updated == 1 and "\r" not in now and crlf(now).count("\r\n") == now.count("\n")


def test_a_bank_in_several_files_is_updated_in_each(make_course, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MAX_BANK", 700)
    rows = [f"// [id:n{n}]\nWhat is {n}?{{={n}#so ~{n + 1}#no ~{n + 2}#never}}" for n in range(8)]
    course, path = make_course(), tmp_path / "long.gift"
    path.write_text("\n\n".join(rows), "utf-8")
    first = importing.plan(path, course, "long", None, lambda: None)
    importing.write(first)
    assert len(first.texts) > 2
    rows[5] = rows[5].replace("#so", "#since")
    path.write_text("\n\n".join([*rows, "// [id:new]\nNew?{=a ~b ~c}"]), "utf-8")
    made = updating.plan(path, courses.load(course.layout), "long", None, lambda: None)
    importing.write(made)
    report = made.report
    assert (report.questions, report.updated, report.added, report.same) == (9, 1, 1, 7)
    assert list(report.paths) == list(first.report.paths)
    now = courses.load(course.layout)
    assert {f"n{n}" for n in range(8)} | {"new"} <= set(now.questions) and len(now.questions) == course.count() + 9
