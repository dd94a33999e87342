"""Questions as HTML. The theme’s templates write every tag; this module feeds them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from types import CodeType, FunctionType
from typing import Any, Literal

import jinja2
from jinja2 import BaseLoader, Environment, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context as Names
from markupsafe import Markup, escape

from viva.bank import types
from viva.bank.banks import flat, items
from viva.bank.question import Question, content_hash, untranslated
from viva.base.cache import Cache, content_key
from viva.base.words import ENGLISH, Said, Words, say
from viva.base.words.said import filled
from viva.course.fields import NOTE, may_be_block
from viva.formulas import marked
from viva.site.blocks import is_running, with_lead, with_question
from viva.site.direction import apart
from viva.site.routes import Routes
from viva.theme import Theme, parts

Mode = Literal["self-check", "checkpoint", "before"]
APART = frozenset(name for name, kind in types.TYPES.items() if kind.seldom)
"""Types that are seldom used: only the pages that use them load their script and their style."""
LEAD = '<b class="viva-asks">{}</b>'
ABBREVIATION = re.compile(
    r"<(?P<own>label|summary|a|button|option)\b.*?</(?P=own)>" r'|<abbr title="(?P<said>[^"]*)"',
    re.DOTALL,
)
"""An abbreviation, or an element that does something itself."""
LAST = 100
"""So many texts are not converted again."""
OURS = (FunctionType, type(cache(str)))
"""What a function is, by itself or with a memory."""
NUMBERED: dict[Mode, str] = {
    "checkpoint": say("Check yourself: {n} of {total}"),
    "before": say("Before you read: {n} of {total}"),
}
ALONE: dict[Mode, str] = {
    "checkpoint": say("Check yourself"),
    "before": say("Before you read"),
}


@dataclass(frozen=True)
class Context:
    """What a page gives its questions."""

    root: str
    """The way from the page to the site's root: empty, or `../` once or more."""
    objectives: Mapping[str, str]
    """Objective id to text."""
    references: Mapping[str, str]
    """Reference key to its HTML."""
    inline: Callable[[str], str]
    """Markdown to HTML without a paragraph, fit for a legend or a label."""
    block: Callable[[str], str]
    """Markdown to HTML paragraphs."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """What `read:` may point to, such as `modules/leads.md#limbs`, to the heading found there."""
    sizes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Path of a figure's file to its width and height, so that nothing moves when it arrives."""

    routes: Routes = field(default_factory=Routes)
    sign_off: bool = False
    """Whether a question says who accepted it."""
    words: Words = ENGLISH

    def blocks(self, text: str) -> tuple[str, str]:
        """A stem as HTML: the blocks that stand before its lead-in, and the lead-in, inline.

        The lead-in is the last paragraph. A single line is never a block.
        """
        return with_lead(self.block(text)) if may_be_block(text) else ("", self.inline(text))

    def told(self, text: str) -> str:
        """What is said about an answer as HTML: inline unless there are blocks in it."""
        html = self.block(text) if may_be_block(text) else ""
        if html and not is_running(html):
            return html
        return apart(self.inline(text), self.words.direction)

    def url(self, target: str) -> str:
        """The link from the page to a section of a Markdown file."""
        return self.routes.link(target, self.root)

    def leads(self, target: str) -> bool:
        """Whether the site has that page, as far as its pages are known."""
        return not self.routes.pages or self.routes.has(target.partition("#")[0])

    def asset(self, src: str) -> str:
        """The link from the page to a file of the docs folder."""
        return self.root + src

    def size(self, src: str) -> tuple[float, float] | None:
        """The width and height of a figure, if they are known."""
        return self.sizes.get(src.partition("#")[0])


class _Names(Names):
    """What a template knows. Most that it calls are functions of ours, which ask for nothing of
    Jinja's: to find that out anew each time takes longer than many of them run."""

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """What a call gives."""
        if type(called) not in OURS or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*args, **named)


class _Environment(Environment):
    context_class = _Names


def environment_of(loader: BaseLoader, words: Words = ENGLISH) -> Environment:
    """Jinja2 as all of viva uses it: everything is escaped unless a template says otherwise, and
    said in one language."""
    environment = _Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        bytecode_cache=_compiled(words.key),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: words.tell(value) if isinstance(value, Said) else value,
    )
    names = ("number", "quantity", "percent", "day", "listed")
    environment.filters |= {name: getattr(words, name) for name in names}
    environment.filters["tell"] = words.tell
    environment.filters["in_words"] = lambda html: Markup(marked.in_line(str(html))).striptags()
    environment.globals |= {"words": words, "letter": words.letter, **spoken(words)}
    return environment


def spoken(words: Words) -> dict[str, Callable[..., Markup]]:
    """What templates call to say something: HTML, with everything escaped that is none."""

    def told(value: Any) -> str:
        return str(value if isinstance(value, Markup) else escape(words.tell(value)))

    def html(message: str, values: Mapping[str, Any]) -> Markup:
        return Markup(filled(str(escape(message)), values, told))

    found = words.catalogue
    bare = cache(lambda message: html(found.one(message), {}))  # most messages have no places
    return {
        "say": lambda message, **values: (
            html(found.one(message), values) if values else bare(message)
        ),
        "count": lambda one, many, n, **values: html(found.many(one, many, n), values | {"n": n}),
        "within": lambda context, message, **values: html(found.one(message, context), values),
    }


class _Known(jinja2.BytecodeCache):
    """Templates that this process has compiled: several environments have the same ones."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket of a template whose text is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(language: str) -> _Known:
    """What is compiled for the words of one language, of which Jinja2 writes some into the code."""
    return _Known()


class Compiled(jinja2.BytecodeCache):
    """Templates as Python compiled them before: compiling takes longer than filling them in."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket of a template that has not changed."""
        code = self._cache.load(self._key(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.store(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return content_key(jinja2.__version__, sys.version, bucket.key, bucket.checksum)


class Renderer:
    """Turns questions into HTML, with every template that they need compiled once."""

    def __init__(self, theme: Theme, words: Words = ENGLISH) -> None:
        self._words = words
        environment = environment_of(theme.loader(), words)
        self._quiz = environment.get_template("quiz.html")
        self._type = cache(lambda name: environment.get_template(f"types/{name}.html"))

    def quiz(self, questions: Sequence[Question], context: Context, mode: Mode) -> str:
        """The HTML of some questions of a page; without a script they still work, on paper too."""
        page = _Page(self._type, context, mode, self._words)
        return self._quiz.render(questions=page.numbered(questions), mode=mode, ask=page.question)


def scripts(questions: Iterable[Question]) -> list[str]:
    """The scripts under assets/viva/ that these questions need, in the order in which they load."""
    return _files(questions, "js")


def styles(questions: Iterable[Question]) -> list[str]:
    """The styles under assets/viva/ that these questions need, in the order in which they load."""
    return _files(questions, "css")


def _files(questions: Iterable[Question], ending: str) -> list[str]:
    used = {question.type for question in flat(tuple(questions))}
    apart = (name for name in sorted(used & APART) if ending in parts(name))
    return [f"viva.{ending}", *(f"types/{name}.{ending}" for name in apart)] if used else []


def marked_up(context: Context) -> dict[str, Callable[[str], Any]]:
    """What templates call to get the HTML of a text field, of the author's or of ours."""
    tell = context.words.tell
    # An option is read twice: where it is chosen, and where it is explained.
    inline = lru_cache(LAST, typed=True)(lambda text: Markup(context.inline(tell(text))))
    return {
        "inline": inline,
        "block": lambda text: Markup(context.block(tell(text))),
        "told": lambda text: Markup(context.told(text)),
        "blocks": lambda text: tuple(map(Markup, context.blocks(text))),
    }


def lead_in(context: Context, stem: str) -> dict[str, Markup]:
    """A stem for the frame of a question: the blocks before its lead-in, and the lead-in, in which
    what it asks stands out."""
    before, lead = context.blocks(context.words.say(stem))
    given, asks, after = with_question(lead)
    told = f"{given}{LEAD.format(asks)}{after}" if asks else lead
    return {"before": Markup(before), "lead": Markup(told)}


def reachable(html: str) -> str:
    """The first use of each abbreviation in a question takes the focus: keys explain it too.

    One in an option does not: there a tap has to choose.
    """
    if "<abbr" not in html:
        return html
    told: set[str] = set()

    def stop(found: re.Match[str]) -> str:
        said = found["said"]
        if not said or said in told:
            return found[0]
        told.add(said)
        return f'<abbr tabindex="0" title="{said}"'

    return ABBREVIATION.sub(stop, html)


def _in_items(questions: Iterable[Question], words: Words) -> Iterator[str]:
    """Labels that count items: a case is called by the numbers of its steps."""
    last = 0
    for question in questions:
        first, last = last + 1, last + items([question])
        if first == last:
            yield words.say("Question {n}", n=first)
        else:
            yield words.say("Questions {first} to {last}", first=first, last=last)


class _Page:
    """What the templates of one quiz may call."""

    def __init__(
        self,
        template_of: Callable[[str], Template],
        context: Context,
        mode: Mode,
        words: Words,
    ) -> None:
        self._template_of = template_of
        self._mode, self._words = mode, words
        self._names: dict[str, Any] = {
            "context": context,
            "mode": mode,
            "ask": self.question,
            **marked_up(context),
            "reference": lambda key: Markup(context.references[key]),
        }

    def numbered(self, questions: Sequence[Question]) -> list[tuple[Question, str]]:
        """Each question with its label: a number, unless a reader sees that it stands alone."""
        if self._mode == "self-check":
            return list(zip(questions, _in_items(questions, self._words), strict=True))
        if len(questions) == 1:
            return [(questions[0], types.of(questions[0]).alone or ALONE[self._mode])]
        label = partial(self._words.say, NUMBERED[self._mode], total=len(questions))
        return [(question, label(n=n)) for n, question in enumerate(questions, 1)]

    def question(self, question: Question, label: str, level: int) -> Markup:
        """The HTML of one question.

        Its label is a heading of the given level on a self-check; inside a module's own text,
        whose headings it must not interrupt, it is none.
        """
        html = self._template_of(question.type).render(
            self._names,
            question=question,
            label=label,
            level=level,
            tag=f"h{level}" if self._mode == "self-check" else "p",
            digest=content_hash(question),
            original=untranslated(question),
            **lead_in(self._names["context"], question.stem),
            staying=sorted(types.staying(question)) if question.shuffle else [],
            **types.names(question),
        )
        html = reachable(html)
        if "fn" in html:  # the ids of footnotes, each once on a page that asks twice
            html = NOTE.sub(rf"\1\2:{self._mode}-{question.id}-", html)
        return Markup(html)
