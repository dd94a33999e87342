"""Questions to a format: found by its file's name in `exporters/`, run over banks, losses counted.

An exporter says what its format has: a function for each way of answering (`WRITERS`). A question
whose way is not among them is left out and reported, so a new type breaks nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints

from markupsafe import Markup

from viva.bank import types
from viva.bank.banks import Bank
from viva.bank.interactions import Choice, Gap, Gaps, Judgement, Pairs, Spot, Steps
from viva.base import net
from viva.base.problems import hint
from viva.base.refused import Refused
from viva.base.words import Said, say, shaped
from viva.course.courses import Course
from viva.exchange import ids
from viva.exchange.html import Html, bold, bullets, cited, image, paragraph
from viva.exchange.items import Item, items
from viva.exchange.labels import MODEL, READ_AGAIN, REFERENCES, TRUTH
from viva.exchange.losses import Kind, LeftOut, Loss, Tally, no_figure
from viva.exchange.pictures import File, Pictures, Places, Size

T = TypeVar("T")
OURS = say("use {command}", command="viva export scorm12")
"""Where every question goes: our own page."""
MOODLE = say("use {command}", command="viva export moodle-xml")
"""Where nearly every question goes, and Moodle marks it."""
Writer = Callable[["Job", Item, Any], T]
Writers = Mapping[type, Writer[T]]
"""A function for each way of answering, which is its third argument."""


def writers(*functions: Writer[T]) -> Writers[T]:
    """Functions by the way of answering that each of them says it writes."""
    return {[*get_type_hints(one).values()][2]: one for one in functions}


class Exporter(Protocol):
    """A module of `exporters/`."""

    TITLE: str
    """What the format is called, and the program that takes it."""
    CLIENT: str
    """Who is said to lack something."""
    ENDING: str
    KEEPS: str
    """What survives, in one line."""
    STEPS: Sequence[str]
    """What to click next."""

    def write(self, job: Job) -> bytes:
        """Give the file."""


@dataclass(frozen=True)
class Options:
    """What a person may choose: the share that passes, and the site, built, for our own pages."""

    passing: float = 0.6
    site: Path | None = None
    ending: str = ""


@dataclass
class Job:
    """An export on its way: the banks to write, and what is made and lost on the way."""

    course: Course
    banks: tuple[Bank, ...]
    client: str
    address: Callable[[str], str | None]
    """The address of a picture by its name, or None in a format without pictures."""
    options: Options = field(default_factory=Options)
    tick: Callable[[], None] = lambda: None
    tally: Tally = field(default_factory=Tally)

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures so far."""
        return Pictures(self.course.layout.docs)

    @cached_property
    def html(self) -> Html:
        """The text of questions as XHTML."""
        return Html(self.course, self._place)

    @cached_property
    def prefix(self) -> str:
        """What every name of the course begins with."""
        return ids.prefix(self.course.layout)

    def name(self, of: str) -> str:
        """A name of the course that no other course has."""
        return f"{self.prefix}-{of}"

    @property
    def title(self) -> str:
        """The course, as people call it."""
        return self.course.layout.settings.name or "Course"

    def _place(self, src: str) -> str | None:
        """The address of a picture inside a text."""
        if self.address("") is None:
            return None
        file = self.pictures.get(src)
        return self.address(file.name) if file else None

    # What is written, question by question.

    def written(self, bank: Bank, writers: Writers[T]) -> Iterator[tuple[Item, T]]:
        """What the writers make of each question of a bank; what they cannot make is lost."""
        for item in items(bank):
            self.tally.questions += 1
            self.tick()
            try:
                yield item, self._write(item, writers)
            except LeftOut as lost:
                instead = lost.instead or OURS
                said = shaped("{why} ({instead})", why=lost.why, instead=instead)
                self.lose(item, "left out", said)
            except Refused:
                raise
            except Exception as error:
                self.lose(item, "left out", net.listed(error))

    def _write(self, item: Item, writers: Writers[T]) -> T:
        writer = writers.get(type(item.interaction))
        if writer is None or (item.step and Steps not in writers):
            kind = types.of(item.question).name
            said = say(
                "{client} has no question of this kind: {type}", client=self.client, type=kind
            )
            raise LeftOut(said)
        return writer(self, item, item.interaction)

    def lose(self, item: Item, kind: Kind, message: str) -> None:
        """Report that a question is not the same on the other side."""
        source = self.course.sources[item.bank.path]
        line, column = source.place(item.loc)
        self.tally.losses.append(Loss(source.path, line, column, item.id, kind, message))

    def near(self, item: Item, message: str) -> None:
        """Report that a question is nearly the same on the other side."""
        self.lose(item, "approximated", message)

    def without_hint(self, item: Item) -> None:
        """Report a hint that the format has no place for."""
        if item.question.hint:
            said = say(
                "its hint stays behind ({client} shows none before the answer)", client=self.client
            )
            self.near(item, said)

    def unforgiving(self, item: Item) -> None:
        """Report that typed answers are compared to the letter."""
        self.near(item, self.no_slips)

    @property
    def no_slips(self) -> Said:
        """What is said where typed answers are compared to the letter."""
        return say(
            "{client} forgives no slips and asks nobody to judge "
            "(add the spellings that you accept)",
            client=self.client,
        )

    def without_units(self, item: Item) -> None:
        """Report that a number is typed without its unit."""
        said = say(
            "{client} takes a number without a unit (name the unit in the stem)",
            client=self.client,
        )
        self.near(item, said)

    def by_letters(self, item: Item) -> None:
        """Report that a place in a figure is chosen by its letter."""
        said = say(
            "nothing can be pointed at in {client}, so places are lettered in the figure and "
            "chosen from (use {command} to point)",
            client=self.client, command="viva export scorm12",
        )
        self.near(item, said)

    # What formats say around an answer.

    @property
    def truths(self) -> list[str]:
        """What a statement can be, in a list to choose from."""
        return [self.html.line(TRUTH[value]) for value in (True, False)]

    def model(self, answer: str | None) -> str:
        """The model answer in a paragraph; nothing for none."""
        said = Markup(self.html.line(answer))
        return paragraph(self.html.say(MODEL, answer=said)) if answer else ""

    def told(self, item: Item, figure: bool = True) -> str:
        """What is read before answering: the story so far, the stem, the figure."""
        question = item.question
        before = "".join(map(self.html.block, item.before))
        return before + self.html.block(question.stem) + (self.figure(item) if figure else "")

    def figure(self, item: Item) -> str:
        """The picture of a question with its caption; nothing where it has none."""
        given = item.question.figure
        if given is None:
            return ""
        if self.address("") is None:
            raise LeftOut(say("{client} carries no picture", client=self.client))
        address = self._place(given.src)
        if address is None:
            raise no_figure(given.src)
        return image(address, given.alt) + paragraph(self.html.line(given.caption))

    def drawn(self, item: Item, within: Size | None = None) -> File:
        """The figure of a question as a PNG of known size."""
        given = item.question.figure
        assert given is not None
        return self.pictures.drawn(given.src, within=within)

    def lettered(self, item: Item) -> str:
        """The figure of a question with its places drawn in and lettered."""
        return self._placed(item, _regions(item))

    def outlined(self, item: Item) -> str:
        """The figure of a question with the right place drawn in."""
        spot = item.interaction
        assert isinstance(spot, Spot)
        return self._placed(item, _regions(item)[spot.answer : spot.answer + 1])

    def _placed(self, item: Item, places: Places) -> str:
        given = item.question.figure
        assert given is not None
        address = self.address(self.pictures.drawn(given.src, places).name)
        if address is None:
            raise LeftOut(say("{client} carries no picture", client=self.client))
        return image(address, given.alt) + paragraph(self.html.line(given.caption))

    def closing(self, item: Item, *more: str) -> str:
        """What is said afterwards: explanation, more, what to read again, references."""
        question, html = item.question, self.html
        keys = [*question.references, *cited(question.model_dump_json(exclude={"steps"}))]
        keys += [key for told in item.before for key in cited(told)]
        read = html.read(question.read)
        sources = html.sources(keys)
        return "".join(
            (
                html.block(question.explanation),
                *more,
                paragraph(html.say(READ_AGAIN, section=Markup(read))) if read else "",
                paragraph(html.say(REFERENCES)) + sources if sources else "",
            )
        )

    def whys(self, pairs: Sequence[tuple[str, str | None]]) -> str:
        """A list of what is said about each part, which is HTML, where a format has no place beside
        the part."""
        return bullets(f"{part} {self.html.told(why)}" for part, why in pairs if why)

    def judged(self, given: Judgement) -> str:
        """What is said about each statement."""
        return self.whys([(bold(self.html.line(one.text)), one.why) for one in given.statements])

    def menus(self, item: Item) -> None:
        """Report emphasis, formulas and the like in options that stand in a menu of words."""
        given = item.interaction
        options = list(given.options) if isinstance(given, Pairs) else []
        for gap in given.gaps if isinstance(given, Gaps) else ():
            options += _offered(gap)
        if not all(self.html.is_words(option) for option in options):
            said = say(
                "its options are plain text ({client} shows them in a menu)", client=self.client
            )
            self.near(item, said)

    def matched(self, item: Item) -> str:
        """What is said about each prompt of a list to match, with its right answer."""
        given, html = item.interaction, self.html
        assert isinstance(given, Pairs)
        options = list(map(html.line, given.options))
        return self.whys(
            [
                (f"{html.line(one.text)} {bold(options[one.answer])}:", one.why)
                for one in given.prompts
            ]
        )

    def labels(self, item: Item) -> list[str]:
        """Tags, objective and level, as tags."""
        question = item.question
        named = (("objective", question.objective), ("level", question.level))
        return [*question.tags, *(f"{name}:{value}" for name, value in named if value)]


def _offered(gap: Gap) -> list[str]:
    return [one.text for one in gap.filled.options] if isinstance(gap.filled, Choice) else []


def _regions(item: Item) -> Places:
    """The outlines of the places of a question."""
    spot = item.interaction
    assert isinstance(spot, Spot)
    return tuple(region.points for region in spot.regions)


def names() -> list[str]:
    """The formats, by name."""
    folder = resources.files("viva.exchange.exporters")
    found = (Path(one.name) for one in folder.iterdir())
    files = (one.stem for one in found if one.suffix == ".py" and not one.stem.startswith("_"))
    return sorted(stem.replace("_", "-") for stem in files)


def named(name: str) -> Exporter:
    """The exporter of a format."""
    if name not in names():
        near = hint(name, names())
        raise Refused(say("there is no format {name} ({hint})", name=name, hint=near), misuse=True)
    try:
        module: Any = importlib.import_module(f"viva.exchange.exporters.{name.replace('-', '_')}")
    except ModuleNotFoundError as missing:
        said = say(
            "{format} needs {package} (type: {command})",
            format=name, package=missing.name, command='pip install "viva-course[exchange]"',
        )
        raise Refused(said) from None
    return module  # type: ignore[no-any-return]


def chosen(course: Course, wanted: Sequence[str]) -> tuple[Bank, ...]:
    """The banks of these ids; every bank for none."""
    known = {bank.id: bank for bank in course.banks}
    if not known:
        said = say("there are no questions to export (start a bank: viva new bank knee)")
        raise Refused(said)
    for name in wanted:
        if name not in known:
            near = hint(name, known)
            said = say("there is no bank {bank} ({hint})", bank=name, hint=near)
            raise Refused(said, misuse=True)
    return tuple(known[name] for name in wanted) if wanted else course.banks


def export(
    course: Course,
    banks: Sequence[Bank],
    exporter: Exporter,
    options: Options | None = None,
    tick: Callable[[], None] = lambda: None,
) -> tuple[bytes, Tally]:
    """The file of a format, and what was lost. Every question that is not in it is in the tally."""
    address = getattr(exporter, "address", lambda name: None)
    job = Job(course, tuple(banks), exporter.CLIENT, address, options or Options(), tick)
    return exporter.write(job), job.tally
