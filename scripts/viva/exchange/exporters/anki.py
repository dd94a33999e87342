"""Anki: a deck for each bank, a card for each thing to know, judged by who learns.

Anki updates a note that it knows only if the file's is newer, so a note has the time at which its
bank changed. The fields of the note type never change: people's own notes hang on them.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import genanki
from markupsafe import Markup

from viva.bank import interactions as ways
from viva.bank.banks import Bank
from viva.base import files
from viva.base.letters import letter
from viva.base.words import say, span
from viva.exchange import ids, times
from viva.exchange.export import Job, Writers, writers
from viva.exchange.html import bold, lettered, numbered, paragraph
from viva.exchange.items import Item
from viva.exchange.labels import TRUTH
from viva.offline.archive import packed

TITLE = "Anki"
CLIENT = "Anki"
ENDING = ".apkg"
KEEPS = say(
    "all kinds but measurements as cards, with pictures, whys and tags; you judge yourself"
)
STEPS = (
    say(
        "In Anki choose File, Import, and pick the file; each bank becomes a deck below the "
        "course’s."
    ),
    say(
        "Export again after an edit: Anki updates the cards that it knows and keeps what you "
        "learnt."
    ),
    say("On a phone open the file with AnkiDroid or AnkiMobile."),
)
FIELDS = ("Id", "Front", "Back", "Source")
CSS = """\
.card { font: 18px/1.5 sans-serif; text-align: left; max-width: 40em; margin: 0 auto; }
img { max-width: 100%; }
.viva-source { font-size: 80%; opacity: 0.8; }
"""
SPACES = re.compile(r"\s+")
BLANK = "____"


@dataclass(frozen=True)
class Card:
    """One note. `part` tells the cards of a question apart."""

    front: str
    back: str
    part: str = ""


def address(name: str) -> str:
    """A picture among the collection's."""
    return name


def write(job: Job) -> bytes:
    """The package: a database, the pictures by number, and their names."""
    model = _model()
    decks = [_deck(job, bank, model) for bank in job.banks]
    kept = job.pictures.files
    names = sorted(kept)
    pictures = {str(number): kept[name] for number, name in enumerate(names)}
    media = json.dumps({str(number): name for number, name in enumerate(names)})
    return packed(pictures | {"media": media.encode(), "collection.anki2": _database(job, decks)})


def _model() -> Any:
    with_source = "{{FrontSide}}<hr id=answer>{{Back}}<div class=viva-source>{{Source}}</div>"
    return genanki.Model(
        ids.number("viva", "question", "1"),
        "viva question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": with_source}],
        css=CSS,
    )


def _deck(job: Job, bank: Bank, model: Any) -> Any:
    title = "::".join(part.replace("::", ":") for part in (job.title, bank.title))
    deck = genanki.Deck(ids.number(job.prefix, bank.id), title)
    for item, cards in job.written(bank, WRITERS):
        if cards:
            job.without_hint(item)
        for card in cards:
            deck.add_note(_note(job, item, card, model))
    return deck


def _note(job: Job, item: Item, card: Card, model: Any) -> Any:
    name = f"{item.id}-{card.part}" if card.part else item.id
    labels = (label.replace(":", "::", 1) for label in job.labels(item))
    tags = [f"viva::{item.bank.id}", *(SPACES.sub("_", label) for label in labels)]
    return genanki.Note(
        model=model,
        fields=[name, card.front, card.back, job.closing(item)],
        sort_field=name,
        tags=tags,
        guid=genanki.guid_for("viva", job.prefix, name),
    )


def _database(job: Job, decks: Sequence[Any]) -> bytes:
    """A collection of the decks, each with the time of its bank."""
    root = job.course.layout.root
    whens = [times.changed(root / bank.path) for bank in job.banks]
    with files.temporary() as folder:
        path = folder / "collection.anki2"
        known = sqlite3.connect(path)
        genanki.Package([]).write_to_db(known.cursor(), 0, iter(()))
        numbers = itertools.count(1000 * max(whens, default=0))
        for when, deck in zip(whens, decks, strict=True):
            with warnings.catch_warnings():  # our fields are XHTML, whatever they quote
                warnings.simplefilter("ignore")
                deck.write_to_db(known.cursor(), when, numbers)
        known.commit()
        known.close()
        return path.read_bytes()


# One function for each way of answering.


def _choice(job: Job, item: Item, given: ways.Choice) -> list[Card]:
    html = job.html
    right = [
        paragraph(bold(f"{at}."), html.line(option.text))
        for at, option in _lettered(given.options)
        if option.right
    ]
    front = job.told(item) + _options(job, given.options)
    whys = [(f"{at}. {html.line(one.text)}:", one.why) for at, one in _lettered(given.options)]
    return [Card(front, "".join(right) + job.whys(whys))]


def _lettered(options: Sequence[ways.Pick]) -> Iterator[tuple[str, ways.Pick]]:
    return zip(map(letter, range(len(options))), options, strict=True)


def _options(job: Job, options: Sequence[ways.Pick]) -> str:
    said = (job.html.line(option.text) for option in options)
    return lettered(said, map(letter, range(len(options))))


def _panel(job: Job, item: Item, given: ways.Panel) -> list[Card]:
    line = job.html.line
    notes = "".join(paragraph(line(said), bold(line(more))) for said, more in given.notes)
    front = job.told(item) + notes + _options(job, given.options)
    votes = job.whys([(f"{line(one.text)}:", one.why) for one in given.options])
    return [Card(front, votes + job.html.block(given.source))]


def _judgement(job: Job, item: Item, given: ways.Judgement) -> list[Card]:
    return [
        Card(
            job.told(item) + job.html.block(one.text),
            paragraph(bold(job.html.line(TRUTH[one.answer]))) + job.html.block(one.why),
            str(number),
        )
        for number, one in enumerate(given.statements, 1)
    ]


def _pairs(job: Job, item: Item, given: ways.Pairs) -> list[Card]:
    html = job.html
    theme = paragraph(bold(html.line(given.theme)))
    offered = lettered(map(html.line, given.options), map(letter, range(len(given.options))))
    return [
        Card(
            theme + job.told(item) + html.block(one.text) + offered,
            paragraph(bold(html.line(given.options[one.answer]))) + html.block(one.why),
            str(number),
        )
        for number, one in enumerate(given.prompts, 1)
    ]


def _order(job: Job, item: Item, given: ways.Order) -> list[Card]:
    line = job.html.line
    letters = map(letter, range(len(given.items)))
    mixed = lettered((line(given.items[place]) for place in given.shown), letters)
    return [Card(job.told(item) + mixed, numbered(map(line, given.items)))]


def _numeric(job: Job, item: Item, given: ways.Number) -> list[Card]:
    said = (span(value, given.tolerance, given.unit) for value, _ in given.right)
    return [Card(job.told(item), "".join(paragraph(bold(job.html.line(one))) for one in said))]


def _words(job: Job, item: Item, given: ways.Words) -> list[Card]:
    said = list(dict.fromkeys(filter(None, (given.model, *given.accept))))
    first, *more = (job.html.line(one) for one in said)
    others = ""
    if more:
        listed = Markup("; ".join(more))
        others = paragraph(job.html.say("Right too: {answers}", answers=listed))
    return [Card(job.told(item), paragraph(bold(first)) + others)]


def _spot(job: Job, item: Item, given: ways.Spot) -> list[Card]:
    label = paragraph(bold(job.html.line(given.regions[given.answer].label)))
    return [Card(job.told(item), label + job.outlined(item))]


def _gaps(job: Job, item: Item, given: ways.Gaps) -> list[Card]:
    html = job.html
    front = back = html.block(given.text)
    for number, gap in enumerate(given.gaps):
        mark, offered = ways.Gaps.mark(number), BLANK
        if isinstance(gap.filled, ways.Choice):
            offered += f" ({', '.join(html.line(one.text) for one in gap.filled.options)})"
        front = front.replace(mark, offered)
        back = back.replace(mark, bold(html.line(gap.right)))
    whys = [(f"{bold(html.line(gap.right))}:", gap.why) for gap in given.gaps]
    return [Card(job.told(item) + front, back + job.whys(whys))]


def _story(job: Job, item: Item, given: ways.Steps) -> list[Card]:
    """Its steps are cards that repeat the story so far."""
    return []


WRITERS: Writers[list[Card]] = writers(
    *(_choice, _panel, _judgement, _pairs, _order, _numeric, _words, _spot, _gaps, _story)
)
