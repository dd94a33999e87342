"""The page of an assignment: questions without their keys, and a file at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from viva.assignments.model import FOLDER, Assignment
from viva.assignments.sheet import sheet, sheet_hash
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import untranslated
from viva.base.words import ENGLISH, Words
from viva.course.fields import as_text
from viva.site.render import environment_of, lead_in, marked_up, scripts, styles
from viva.site.site import Site

STYLE, SCRIPTS = "assignment.css", ("receipt.js", "study/files.js", "assignment.js")
"""What the page of an assignment loads besides what its questions need."""
PLACEHOLDER = '<div class="viva-assignment-here" data-assignment="{}"></div>'


def path(assignment: Assignment) -> str:
    """Where the page stands among the pages of the course."""
    return f"{FOLDER}/{assignment.id}.md"


def markdown(assignment: Assignment, words: Words = ENGLISH) -> str:
    """The Markdown of the page. Search does not see it."""
    about = words.count(
        "{title}: an assignment of {n} question.",
        "{title}: an assignment of {n} questions.",
        len(assignment.questions),
        title=assignment.title,
    )
    return "\n".join(
        (
            "---",
            f"title: {json.dumps(assignment.title, ensure_ascii=False)}",
            f"description: {json.dumps(about, ensure_ascii=False)}",
            "hide: [toc]",
            "search: {exclude: true}",
            "---",
            f"# {as_text(assignment.title)}",
            "",
            PLACEHOLDER.format(assignment.id),
            "",
        )
    )


def pages(assignments: Sequence[Assignment], words: Words = ENGLISH) -> dict[str, str]:
    """The pages that assignments add to a course, path to Markdown; none without assignments."""
    made = {path(one): markdown(one, words) for one in assignments}
    return made | {f"{FOLDER}/index.md": index(assignments, words)} if made else {}


def index(assignments: Iterable[Assignment], words: Words = ENGLISH) -> str:
    """The Markdown of the list of assignments."""
    rows = [f"- {_row(one, words)}" for one in assignments]
    title = words.say("Assignments")
    about = words.say("Every assignment of the course: answers leave as a file.")
    return "\n".join(
        (
            "---",
            f"title: {json.dumps(title, ensure_ascii=False)}",
            f"description: {json.dumps(about, ensure_ascii=False)}",
            "hide: [toc]",
            "---",
            f"# {title}",
            "",
            words.say("You answer on the page, save one file and send it to your teacher."),
            "",
            *rows,
            "{ .viva-list }",
            "",
        )
    )


def _row(assignment: Assignment, words: Words) -> str:
    link = f"[{as_text(assignment.title)}]({assignment.id}.md)"
    due = assignment.due
    return words.say("{assignment}, due {day}", assignment=link, day=due) if due else link


def with_questions(html: str, assignment: Assignment, inside: str) -> str:
    """The page with its questions in their place."""
    return html.replace(PLACEHOLDER.format(assignment.id), inside, 1)


def page_scripts(assignment: Assignment) -> list[str]:
    """The scripts under assets/viva/ of the page, in the order in which they load."""
    return [*scripts(assignment.questions), *SCRIPTS]


def page_styles(assignment: Assignment) -> list[str]:
    """The styles under assets/viva/ of the page, in the order in which they load."""
    return [*styles(assignment.questions), STYLE]


class Pages:
    """Renders the questions of assignments with the course's own templates."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def _environment(self) -> Environment:
        theme = self._site.theme
        names = {"question.html": "sheet.html", "frame.html": "question.html"}
        frames = {name: theme.template(file) or "" for name, file in names.items()}
        return environment_of(theme.loader(frames), self._site.words)

    def html(self, assignment: Assignment, root: str) -> str:
        """The assignment for a page that is `root` away from the site's root."""
        context = self._site.context(root)
        names: dict[str, Any] = {
            "context": context,
            "mode": "assignment",
            **marked_up(context),
        }

        more = {
            one.id: {**types.sheet_names(one), "original": untranslated(one)}
            for one in flat(assignment.questions)
        }

        def ask(shown: Mapping[str, Any], label: str, level: int, hashed: str = "") -> Markup:
            template = self._environment.get_template(f"types/{shown['type']}.html")
            own = {"question": shown, "label": label, "level": level, "tag": f"h{level}"}
            own |= lead_in(context, shown["stem"])
            every = names | own | {"digest": hashed, "ask": ask}
            return Markup(template.render(every, **more[shown["id"]]))

        return self._environment.get_template("assignment.html").render(
            names,
            ask=ask,
            assignment=assignment,
            sheets=[
                (sheet(question), self._label(number), sheet_hash(question))
                for number, question in enumerate(assignment.questions, 1)
            ],
        )

    def _label(self, number: int) -> str:
        return self._site.words.say("Question {n}", n=number)
