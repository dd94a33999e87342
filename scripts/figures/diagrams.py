"""The diagrams made of words: the treatment ladder and the diagnostic pathway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from figures import svg

COLOURS = {  # name: (light, dark)
    "first": ("#f6ecd6", "#353024"),
    "second": ("#e4edf3", "#26343e"),
    "third": ("#f6e3dc", "#402c27"),
    "rim": ("#56636a", "#9fb0b5"),
    "measure": ("#0b5054", "#7ccfcf"),
    "quiet": ("#454f53", "#aab5b8"),
    "stop": ("#85301f", "#f5b3a4"),
}
RULES = (
    ".card{stroke:var(--rim);stroke-width:1.5} "
    ".first{fill:var(--first)}.second{fill:var(--second)}.third{fill:var(--third)} "
    ".flow{fill:none;stroke:var(--measure);stroke-width:2.6}.tip{fill:var(--measure)} "
    ".stop{fill:var(--stop);font-weight:650}")
LINE = 27  # between the lines of a card
PAD = 18


@dataclass(frozen=True)
class Card:
    """A box of text; the first line is its heading, a line that starts with `*` is set off."""

    corner: tuple[float, float]
    width: float
    lines: Sequence[str]
    tone: str

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + PAD * 1.4

    def frame(self) -> str:
        """Its box."""
        x, y, w, h = map(svg.number, (*self.corner, self.width, self.height))
        return f'<rect class="card {self.tone}" x="{x}" y="{y}" width="{w}" height="{h}" rx="10"/>'

    def words(self) -> list[str]:
        """Its text."""
        x, y = self.corner[0] + PAD, self.corner[1] + PAD + 12
        return [svg.text(line.lstrip("*"), (x, y + i * LINE), classes=_kind(i, line))
                for i, line in enumerate(self.lines)]


def _kind(index: int, line: str) -> str:
    return "strong" if index == 0 else "value" if line.startswith("*") else ""


FIRST = Card((6, 384), 628, (
    "1  Modify activity, train the hip", "Shorter, quicker strides; strong abductors;",
    "short-term pain relief", "*Rests on consensus and case reports"), "first")
SECOND = Card((76, 195), 558, (
    "2  Image-guided injection", "Tests the source of the pain;", "relief is short",
    "*Rests on small uncontrolled series"), "second")
THIRD = Card((146, 6), 488, (
    "3  Surgery", "After failed care, other causes", "excluded, MRI concordant",
    "*Rests on level IV case series"), "third")


def treatment_ladder() -> str:
    """Three steps, the first at the bottom, and what each rests on."""
    cards = (FIRST, SECOND, THIRD)
    drawing = [*(card.frame() for card in cards), *climb(41, 375, 222), *climb(111, 186, 33)]
    labels = [*(word for card in cards for word in card.words()),
              svg.text("Check the diagnosis again", (60, 365), classes="quiet"),
              svg.text("Check the diagnosis again", (130, 176), classes="quiet"),
              svg.text("No step has been compared with another in a trial.", (6, 556),
                       classes="stop")]
    return svg.document((640, 570), "The treatment ladder", LADDER, drawing, labels, style())


LADDER = (
    "Three steps. First, change the load and train the hip: shorter, quicker strides, "
    "strengthening of the abductors, short-term pain relief; rests on consensus and case "
    "reports. Second, image-guided injection: tests the source of the pain, relief is short; "
    "rests on small uncontrolled series. Third, surgery, after failed care, with other causes "
    "excluded and concordant MRI; rests on level IV case series. Before the second and the "
    "third step the diagnosis is checked again. No step has been compared with another in a "
    "trial.")


def climb(x: float, start: float, stop: float) -> list[str]:
    """An arrow up to the next step."""
    return [svg.path(f"M{x} {start}V{stop + 12}h16", "flow"),
            svg.path(f"M{x + 28} {stop + 12}l-14 -7v14z", "tip")]


STEPS = (
    Card((6, 6), 628, (
        "Deep buttock pain", "lateral to the ischium, worse with long strides"), "first"),
    Card((6, 122), 300, ("Any red flag?",), "second"),
    Card((6, 210), 628, (
        "Examine", "Long-stride walking; extension, adduction and",
        "external rotation; then hip joint, hamstrings,", "spine and nerve"), "first"),
    Card((6, 380), 300, ("Does it fit?",), "second"),
    Card((6, 468), 628, (
        "MRI of hips and pelvis, legs in neutral",
        "Supportive: oedema or fat in quadratus femoris", "and IFS ≤ 15 mm or QFS ≤ 10 mm"),
        "first"),
    Card((6, 611), 300, ("Do they agree?", "Other causes excluded?"), "second"),
    Card((6, 742), 628, (
        "Ischiofemoral impingement", "Start at the foot of the treatment ladder"), "third"))
EXITS = (
    Card((400, 95), 234, ("Act on it first", "Emergency: today", "Urgent: this week"), "third"),
    Card((400, 380), 234, ("Another cause",), "third"),
    Card((400, 597), 234, ("Look again", "or, in doubt, use an", "injection as a test"), "third"))
ANSWERS = (("Yes", 338, 138), ("No", 172, 197), ("No", 342, 396), ("Yes", 172, 455),
           ("No", 342, 634), ("Yes", 172, 728))


def diagnostic_pathway() -> str:
    """From the symptom to a diagnosis in which everything agrees."""
    cards = (*STEPS, *EXITS)
    drawing = [*(card.frame() for card in cards),
               *(line for pair in pairwise(STEPS) for line in down(*pair)),
               *(line for step, out in zip(STEPS[1::2], EXITS, strict=True)
                 for line in across(step, out))]
    labels = [*(word for card in cards for word in card.words()),
              *(svg.text(word, (x, y), classes="value") for word, x, y in ANSWERS)]
    return svg.document((640, 830), "From symptom to diagnosis", PATHWAY, drawing, labels, style())


PATHWAY = (
    "A flow diagram. Deep buttock pain lateral to the ischium, worse with long strides. Any red "
    "flag: act on it first, an emergency today, an urgent one this week. If none, examine: "
    "long-stride walking; extension, adduction and external rotation; then hip joint, "
    "hamstrings, spine and nerve. If the findings do not "
    "fit: another cause. If they fit: MRI of hips and pelvis with the legs in neutral; oedema "
    "or fat in quadratus femoris and an ischiofemoral space of 15 mm or less or a quadratus "
    "femoris space of 10 mm or less are supportive. If history, examination and MRI agree and "
    "other causes are excluded: ischiofemoral impingement, start at the foot of the treatment "
    "ladder. In doubt, a guided injection serves as a test; if they disagree, look again.")


def down(upper: Card, lower: Card) -> list[str]:
    """An arrow from one card to the next below."""
    start, stop = upper.corner[1] + upper.height, lower.corner[1]
    return [svg.path(f"M156 {svg.number(start)}V{svg.number(stop - 12)}", "flow"),
            svg.path(f"M156 {svg.number(stop - 1)}l-7.5 -14h15z", "tip")]


def across(step: Card, out: Card) -> list[str]:
    """An arrow from a question to the card on its right."""
    y = svg.number(step.corner[1] + step.height / 2)
    start, stop = step.corner[0] + step.width, out.corner[0]
    return [svg.path(f"M{start} {y}H{stop - 12}", "flow"),
            svg.path(f"M{stop - 1} {y}l-14 -7.5v15z", "tip")]


def style() -> str:
    """The colours and rules that only these diagrams use."""
    light, dark = (";".join(f"--{name}:{pair[mode]}" for name, pair in COLOURS.items())
                   for mode in (0, 1))
    return (f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
            f"{RULES}</style>"
)
