"""English, as this house writes it: the language that needs no library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Style:
    """How English writes what is no message."""

    def number(self, value: float, most: int | None = None, least: int = 0) -> str:
        """A number with at most and at least so many digits behind its point."""
        text = format(value, ".15g") if most is None else f"{value:.{most}f}"
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0").ljust(least, "0") if "e" not in rest else rest
        return (f"{whole}.{rest}" if rest else whole).replace("-", "−")

    def percent(self, share: float, most: int = 0) -> str:
        """A share of one in hundredths."""
        return f"{self.number(100 * share, most)}\u00a0%"

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """A day with its time, and the zone where there is one."""
        zone = moment.strftime(" %Z") if moment.tzinfo else ""
        return f"{self.day(moment)}, {moment:%H:%M}{zone}"

    def listed(self, items: Sequence[str], kind: Literal["and", "or", "row"] = "and") -> str:
        """Items as a sentence lists them."""
        if kind == "row":
            return ", ".join(items)
        *before, last = items or [""]
        return f"{', '.join(before)} {kind} {last}" if before else last
