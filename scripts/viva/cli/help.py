"""What `--help` says, in the language of the course that a command is called in.

Help stands in English where a command is declared: its docstring, and `help` of its options. `make
words` collects both, paragraph by paragraph, and the formatter of this module looks them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click
import click.core
import click.exceptions
import click.parser
import click.termui
import click.types
from click.formatting import wrap_text

from viva.base.words import Words, say
from viva.cli.talk import words

OURS = (
    *(say("Options"), say("Commands"), say("Usage: ")),
    *(say("Show this message and exit."), say("Show the version and exit.")),
    *(say("Example:"), say("Examples:"), say("required")),
)
"""What click says itself in a help text."""
FAULTS = (
    *(say("Error: {message}"), say("Try '{command} {option}' for help."), say("Aborted!")),
    *(say("Missing argument"), say("Missing option"), say("Missing command.")),
    *(say("No such option {name!r}."), say("No such command {name!r}.")),
    say("Invalid value: {message}"),
    say("Invalid value for {param_hint}: {message}"),
    say("Option {name!r} does not take a value."),
    say("{value} is not in the range {range}."),
    say("Option {name!r} requires an argument."),
    say("Option {name!r} requires {nargs} arguments."),
    say("Got unexpected extra argument ({args})"),
    say("Got unexpected extra arguments ({args})"),
    say("Did you mean {possibility}?"),
    say("(Did you mean one of: {possibilities}?)"),
    say("{value!r} is not {choice}."),
    say("{value!r} is not one of {choices}."),
)
"""What it says of a command that was mistyped, for `make words`; click fills in the places."""
REWORDED = {
    "{value!r} is not a valid {number_type}.": say("{value!r} is no number."),
    "{name} {filename!r} does not exist.": say("There is no {filename!r}."),
    "{name} {filename!r} is a file.": say("{filename!r} is a file, not a folder."),
    "{name} {filename!r} is a directory.": say("{filename!r} is a folder, not a file."),
    "{name} {filename!r} is not readable.": say("{filename!r} cannot be read."),
    "{name} {filename!r} is not writable.": say("{filename!r} cannot be written."),
}
"""What it would put together from pieces, in whole sentences."""
SPEAKERS = (click.core, click.exceptions, click.parser, click.types, click.termui)
NARROW = 11
"""No line is shorter, as click has it."""
KEPT = "\b"
"""Begins a paragraph whose lines stay as they are: examples."""
EXAMPLE = re.compile(r"^( *viva .*?\S)( {2,})(\S.*)$")
MORE = re.compile(r"^(?P<said>.*?)(?P<gap>  |^)\[(?P<more>[^\]]*)\]$", re.DOTALL)
DEFAULT = "default: "
SENTENCE = re.compile(r"(?<=[.。؟।])(?=\s|$)|(?<=[。।])")


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text, each in one line; examples as they are."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.strip()
        yield lines if lines.startswith(KEPT) else " ".join(lines.split())


class Formatter(click.HelpFormatter):
    """Writes help in a language."""

    words: Words
    firsts: dict[str, str]
    """By first sentence, the paragraphs of commands."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a command is called."""
        super().write_usage(prog, args, self.words.say("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """What a list is of."""
        super().write_heading(self.words.say(heading))

    def write_text(self, text: str) -> None:
        """A help text, or the examples at the end of it."""
        told = "\n\n".join(map(self._paragraph, paragraphs(text)))
        width, indent = max(self.width - self.current_indent, NARROW), " " * self.current_indent
        self.write(wrap_text(told, width, indent, indent, preserve_paragraphs=True))
        self.write("\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """A list of options or commands."""
        super().write_dl([(name, self._row(said)) for name, said in rows], col_max, col_spacing)

    def _paragraph(self, text: str) -> str:
        if not text.startswith(KEPT):
            return self.words.say(text)
        return "\n".join(map(self._line, text.split("\n")))

    def _line(self, line: str) -> str:
        found = EXAMPLE.match(line)
        if found:
            return f"{found[1]}{found[2]}{self.words.say(found[3])}"
        blank = line[: len(line) - len(line.lstrip())]
        return f"{blank}{self.words.say(line.strip())}"

    def _row(self, said: str) -> str:
        found = MORE.match(said)
        if not found:
            return self._short(said)
        more = "; ".join(map(self._extra, found["more"].split("; ")))
        return f"{self._short(found['said'])}{found['gap']}[{more}]"

    def _extra(self, more: str) -> str:
        if more.startswith(DEFAULT):
            return self.words.say("default: {value}", value=more.removeprefix(DEFAULT))
        return self.words.say(more)

    def _short(self, said: str) -> str:
        whole = self.firsts.get(said)
        if whole is None:
            return self.words.say(" ".join(said.split()))
        return next(filter(None, map(str.strip, SENTENCE.split(self.words.say(whole)))))


class Context(click.Context):
    """The context of a command whose help is in the language of the course."""

    def make_formatter(self) -> click.HelpFormatter:
        """A formatter as wide as click would make it."""
        made = Formatter(width=self.terminal_width, max_width=self.max_content_width)
        made.words, made.firsts = words(), {}
        for command in self._below():
            first, whole = _first(command)
            made.firsts[first] = whole
        return made

    def _below(self) -> Iterator[click.Command]:
        group = self.command
        if isinstance(group, click.Group):
            yield from filter(None, (group.get_command(self, n) for n in group.list_commands(self)))


def speak() -> None:
    """Let click say its own sentences in the language of the course.

    It looks them up with gettext, which knows our catalogues as little as they know it.
    """
    told = {
        "_": lambda text: words().tell(REWORDED[text]) if text in REWORDED else words().say(text),
        "ngettext": lambda one, many, n: words().say(one if n == 1 else many),
    }
    for module in SPEAKERS:
        for name in told.keys() & vars(module).keys():
            setattr(module, name, told[name])


def spoken(command: click.Command) -> click.Command:
    """A command, and those below it, with help in the language of the course."""
    command.context_class = Context
    command.short_help = _first(command)[0]
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        spoken(one)
    return command


def _first(command: click.Command) -> tuple[str, str]:
    """The first sentence of what a command does, and its paragraph."""
    whole = next(paragraphs(command.help or ""), "")
    return re.split(r"(?<=\.)\s", whole)[0].removesuffix("."), whole
