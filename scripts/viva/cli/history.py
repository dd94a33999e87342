"""The command that says what the bank remembers.

What a command needs is imported when it runs, as in `cli/analyse.py`.
"""

from __future__ import annotations

import click

from viva.base import tables
from viva.base.refused import Refused
from viva.base.words import row, say
from viva.cli.course import layout, read
from viva.cli.talk import echo, many


@click.command("history")
def history_command() -> None:
    """Print, as a table, how often each question was used, when last, and whether it drifts.

    It comes from what `viva feedback` keeps beside the questions of a sitting: how many sittings
    and students a question had, its difficulty then and now. A question that drifts may have got
    out, or what is taught may have changed.

    \b
    Example:
      viva history > history.csv
    """
    from viva.analysis import history
    from viva.assignments import load_all
    from viva.bank.banks import flat

    course = read(layout())
    given, _ = load_all(course)
    asked = [question for bank in course.banks for question in flat(bank.questions)]
    asked += [question for one in given for question in flat(one.questions)]
    found = history.uses({question.id: question for question in asked}.values())
    if not found:
        raise Refused(say("no question has a history (run viva feedback on a sitting)"))
    echo(tables.text(history.rows(found)).removeprefix("\ufeff"), nl=False)
    drifting = [use.question for use in found if use.drifts]
    echo(say("{questions} with a history", questions=many(len(found), "question")), err=True)
    if drifting:
        said = say("drifting (in 1 of 100 by chance): {drifting}", drifting=row(drifting))
        echo(said, err=True)


COMMANDS = (history_command,)
