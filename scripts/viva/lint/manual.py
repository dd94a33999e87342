"""The rules as text: pages of the site, and what `viva rules` prints. Made from docstrings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import indent
from typing import NamedTuple

from viva.base.problems import Severity
from viva.base.words import ENGLISH, Said, Words, say, within
from viva.lint.rule import Rule

JUDGED = re.compile(r"(\d+) of (\d+) (?:hits|warnings) right")


class Family(NamedTuple):
    """The rules about one thing, as a heading says it, and the name of their page."""

    title: Said
    page: str

    @property
    def about(self) -> str:
        """What they are about, in a sentence."""
        return self.title[0].lower() + self.title[1:]


FAMILIES = {
    "ST": Family(say("The stem"), "stem"),
    "OP": Family(say("The options"), "options"),
    "KY": Family(say("The key"), "key"),
    "VG": Family(say("The language of the clinic"), "language"),
    "MD": Family(say("Objectives, sources and feedback"), "metadata"),
    "LO": Family(say("Learning objectives"), "objectives"),
    "BK": Family(say("The whole bank"), "bank"),
}
SEVERITIES: Mapping[Severity, Said] = {
    "error": within("a rule", "error"),
    "warning": within("a rule", "warning"),
    "info": within("a rule", "info"),
}
# Codes that are no rules. The messages themselves say what to write.
MISTAKES = {
    "RD001": say("A character that cannot be read."),
    "RD002": say("A file that is too large."),
    "RD003": say("Text that is not valid YAML."),
    "RD004": say("A field that is written twice."),
    "RD005": say("An alias (*name) that refers to nothing, or to too much."),
    "RD006": say("Lists or fields nested too deeply."),
    "RD007": say("A tab in the indentation."),
    "RD008": say("A file that is not read where it lies: of another kind, or not ending in .yml."),
    "RD010": say("A file or folder whose name or path Windows cannot hold; a warning elsewhere."),
    "RD011": say(
        "A text that YAML cuts: # begins a comment, ! a tag, & an anchor; lines run together."
    ),
    "RD009": say("A file or folder among the pages that cannot be read, or is none that is meant."),
    "VV001": say("Something in viva itself failed, and the rest was done: report it."),
    "SC001": say("A field that does not exist, mostly a misspelt one."),
    "SC002": say("A field that is missing."),
    "SC003": say("A value that the field cannot have."),
    "SC004": say("A type of question that does not exist."),
    "KY301": say("No right option, more than one, or one that is not an option."),
    "MD501": say("An id that is missing or used twice."),
    "MD514": say("A page or heading that does not exist."),
    "MD515": say("A file that does not exist."),
    "MD516": say("A directive that names no question or an unknown one, or stands where none can."),
    "MD517": say("A fact or claim that does not agree with the evidence files."),
    "MD520": say("An entry under markdown_extensions in mkdocs.yml that cannot be used."),
    "MD521": say("A heading in a question, or a list, table or other block in a line of text."),
    "MD524": say("Something that was typed and that Markdown does not show."),
    "MD525": say("A formula that TeX does not understand."),
    "CF001": say("A setting in mkdocs.yml that cannot be."),
    "CF002": say(
        "Something in a page that browsers will not run or load under its content security."
    ),
    "EN001": say(
        "Something that the site engine found wrong in a page, or a link that leads nowhere."
    ),
    "BD001": say("A page in the place of one that viva makes itself."),
    "BP001": say("A target for an objective that does not exist."),
    "PL601": say("Fewer questions on an objective than the policy of the course wants."),
    "PL602": say(
        "A page of reading that is shorter or longer than the policy of the course wants."
    ),
    "PL603": say("A page of reading that is harder to read than the policy of the course wants."),
    "PL604": say("American spelling, where the policy of the course is British."),
    "LT901": say("An ignored rule that the question does not break; information."),
    "LT902": say("An ignored rule that does not exist, or cannot be ignored; a warning."),
}
# What guides ask for and no rule decides, with the reason.
UNDECIDED = {
    "A second option that is right as well, or none that is": "It takes knowledge of medicine.",
    "Trivial, over-specific or tricky content": "It takes a judgement of what matters.",
    "A distractor that tempts nobody": (
        "Answers show it: `viva analyse` names options that fewer than 5 in 100 chose."
    ),
    "A question that cannot be answered without the answer to another": (
        "BK605 sees an answer only where another stem repeats it word for word."
    ),
    "Number ranges with gaps between them": (
        "Whether 9 to 10 mm is a gap depends on how finely the quantity is measured."
    ),
    "The same number of options throughout a bank": (
        "Guides ask for as many as work, not for the same number; OP214 sets the bounds."
    ),
    "An explanation that argues for another option in its own words": (
        "Good explanations name wrong options to rule them out; KY308 reads plain statements."
    ),
    "An abbreviation in the right option alone": (
        "Tried on real questions, nothing that it found was a cue."
    ),
    "A review that is overdue by the calendar": (
        "The rules know no clock; MD507 compares the review with the module’s revision."
    ),
    "A question without any author": "Names are optional; MD506 asks only where there is one.",
    "Whether naming race or ancestry is justified": (
        "VG408 points at it; the reason goes under `lint: ignore`."
    ),
    "MS for morphine sulfate": "It stands for multiple sclerosis as well.",
    "A question that is never used": "There is none: each stands on a self-check page.",
    "How often “none of the above” is the key": "KY307 refuses every one.",
}
HEAD = """\
---
title: Rules for questions
description: Every rule that viva check applies to questions, by what it looks at.
---

# Rules for questions

`viva check` reads every question with {count} rules. An **error** breaks marking, reading or
traceability and fails the check. A **warning** is a flaw that usually makes a question worse, from
a rule that is right at least four times in five. **Information** is a rule that is not so sure, or
that experts disagree on: a sign that is worth a look; `viva check --info` shows it. Each code leads
to the rule's examples and source; `viva rules {example}` prints them in the terminal. Rules that
know words know English ones; those on negatives, on *none* and *all of the above*, on absolute and
vague words know German, French and Spanish ones too, as remarks, for that is not measured. In a
course in another language they are silent.

A rule is a servant. The effect of a flaw on how well a question works is real but not predictable
from one question to the next (Pham 2018), and some formats that guides forbid do well in studies
(PMC11328596). Where a question breaks a rule for a good reason, say so in the question, and the
rule is quiet:

```yaml
lint:
  ignore: [{example}]
  why: The exception is what the student has to know.
```
"""
POLICY = """\
## What a course wants of itself

Some courses want more than is right for all: three questions for each objective, pages of a certain
length, one spelling. A course says so in `mkdocs.yml`, and `viva check` then holds it to that.
Whatever is not said is not wanted.

```yaml
plugins:
  - viva:
      course:
        policy:
          questions_per_objective: 3
          words: {least: 800, most: 2500}   # of a page that declares objectives
          reading_grade: 14                 # Flesch-Kincaid, at most
          spelling: british
```
"""


def pages(rules: Mapping[str, Rule]) -> dict[str, str]:
    """An overview and a page for each family, as Markdown by name."""
    head = HEAD.replace("{count}", str(len(rules))).replace("{example}", "ST101")
    families = {family: _of(prefix, rules) for prefix, family in FAMILIES.items()}
    tables = [_table(family, own) for family, own in families.items()]
    overview = "\n".join([head, *tables, _worth(rules), POLICY, _mistakes(), _undecided()])
    own_pages = {f"rules/{family.page}.md": _page(family, own) for family, own in families.items()}
    return {"rules.md": overview} | own_pages


def _of(prefix: str, rules: Mapping[str, Rule]) -> list[Rule]:
    return [rule for code, rule in rules.items() if code.startswith(prefix)]


def _undecided() -> str:
    rows = "\n".join(f"| {what} | {why} |" for what, why in UNDECIDED.items())
    return (
        "## What no rule decides\n\nGuides ask for more than a program can judge, or can judge "
        f"without raising false alarms.\n\n| what | why no rule |\n| --- | --- |\n{rows}\n"
    )


def _mistakes() -> str:
    rows = "\n".join(f"| {code} | {said} |" for code, said in MISTAKES.items())
    return (
        "## Mistakes\n\nThese codes are no rules: most of them stop the build, and none can be "
        f"ignored.\n\n| code | what is wrong |\n| --- | --- |\n{rows}\n"
    )


def _table(family: Family, own: list[Rule]) -> str:
    rows = "\n".join(
        f"| [{rule.code}](rules/{family.page}.md#{rule.code.lower()}) "
        f"| {rule.summary} | {rule.severity} |"
        for rule in own
    )
    head = "| rule | what it objects to | severity |\n| --- | --- | --- |"
    return f"## {family.title}\n\n{head}\n{rows}\n"


WORTH = """\
## What a rule is worth

Hits on questions by others, each judged by hand: is this the flaw that the rule names? Medbullets,
AfriMed-QA, MedQA and MedMCQA are of medicine, for which some of the rules are made; MMLU is of
everything. Rules that count fields or numbers are not in the table; what they say is so. Nor are
those that found nothing there; their pages say so.

| rule | severity | hits judged | right | precision | data |
| --- | --- | --- | --- | --- | --- |
"""


def _worth(rules: Mapping[str, Rule]) -> str:
    rows = [
        f"| {rule.code} | {rule.severity} | {found[2]} | {found[1]} "
        f"| {int(found[1]) / int(found[2]):.2f} | {rule.measured[found.end() :].strip(' ;,')} |"
        for rule in rules.values()
        if (found := JUDGED.match(rule.measured))
    ]
    return WORTH + "\n".join(rows) + "\n"


def _page(family: Family, own: list[Rule]) -> str:
    title = f"Rules for {family.about}"
    about = f"What viva check objects to in {family.about}, with a bad and a good example each."
    head = (
        f"---\ntitle: {title}\ndescription: {about}\n---\n\n# {title}\n\n"
        "[All rules](../rules.md), and how to set one aside for a reason.\n"
    )
    return "\n".join([head, *map(_section, own)])


def _section(rule: Rule) -> str:
    anchor = rule.code.lower()
    note = f"{rule.note}\n\n" if rule.note else ""
    measured = f"\nMeasured: {rule.measured}\n" if rule.measured else ""
    return (
        f"## {rule.code}: {rule.summary.rstrip('.')} {{#{anchor}}}\n\n{note}"
        f"Severity: {rule.severity}.\n\n"
        f"Instead of\n\n```yaml\n{rule.bad}\n```\n\nwrite\n\n```yaml\n{rule.good}\n```\n\n"
        f"Source: {rule.reference}\n{measured}"
    )


def explained(rule: Rule, words: Words = ENGLISH) -> str:
    """One rule for the terminal: in a language what it objects to, in English how it was found."""
    severity, summary = words.tell(SEVERITIES[rule.severity]), words.tell(rule.summary)
    measured = f"\n\n{words.say('Measured:')} {rule.measured}" if rule.measured else ""
    note = f"\n{rule.note}\n" if rule.note else ""
    return (
        f"{rule.code} ({severity}): {summary}\n{note}\n"
        f"{words.say('Bad:')}\n{indent(rule.bad, '  ')}\n\n"
        f"{words.say('Good:')}\n{indent(rule.good, '  ')}\n\n"
        f"{words.say('Source:')} {rule.reference}{measured}"
    )


def listed(rules: Mapping[str, Rule], words: Words = ENGLISH) -> str:
    """One line for each rule, by family."""
    told = {name: words.tell(said) for name, said in SEVERITIES.items()}
    width = max(map(len, told.values())) + 1
    lines: list[str] = []
    for prefix, family in FAMILIES.items():
        lines += ["", words.tell(family.title)]
        lines += [
            f"  {rule.code}  {told[rule.severity]:<{width}} {words.tell(rule.summary)}"
            for rule in _of(prefix, rules)
        ]
    return "\n".join(lines[1:])
