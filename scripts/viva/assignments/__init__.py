"""Assignments: set on a page that carries no key, sent back as files, marked here.

`model` reads what a teacher sets; `sheet` is a question without its key; `page` shows it;
`uploads` and `submissions` read what comes back, whatever it is; `grading` marks it; `gradebooks`
and `feedback` write the results.
"""

from viva.assignments.model import Assignment, load_all

__all__ = ["Assignment", "load_all"]
