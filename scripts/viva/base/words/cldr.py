"""Every language but English: messages as Babel reads them, the rest as the CLDR has it."""

from __future__ import annotations

import functools
import gettext
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from viva.base.cache import content_key
from viva.base.words.catalogue import Catalogue

DIGITS = {"ar": "arab", "fa": "arabext"}
"""Languages whose own digits are not those of English, and what the CLDR calls them."""
SIGNS = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}


def locale(language: str, otherwise: str) -> Locale:
    """What the CLDR knows of a language, or of the one that its file is written in."""
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(otherwise)


def direction(found: Locale) -> Literal["ltr", "rtl"]:
    """Where the lines of a language begin."""
    return "rtl" if found.text_direction == "rtl" else "ltr"


def read(path: Path) -> Catalogue:
    """The messages of a file; those that are empty or doubtful are not translated."""
    data = path.read_bytes()
    found = read_po(io.BytesIO(data), locale=path.stem)
    messages = {}
    for one in found:
        forms = (one.string,) if isinstance(one.string, str) else tuple(one.string or ("",))
        message = one.id if isinstance(one.id, str) else one.id[0]
        if message and all(forms) and not one.fuzzy:
            messages[one.context or "", message] = forms
    return Catalogue(messages, gettext.c2py(found.plural_expr), content_key(data))


@dataclass(frozen=True)
class Style:
    """How a language writes what is no message."""

    locale: Locale

    @property
    def _digits(self) -> str:
        return DIGITS.get(self.locale.language, "latn")

    def _own(self, text: str) -> str:
        return text.translate(SIGNS.get(self._digits, {}))

    def number(self, value: float, most: int | None = None, least: int = 0) -> str:
        """A number with at most and at least so many digits behind its point."""
        shape = f"0.{'0' * least}{'#' * ((15 if most is None else most) - least)}".rstrip(".")
        given = Decimal(format(value, ".15g"))
        made = format_decimal(given, shape, self.locale, numbering_system=self._digits)
        return self._own(made.replace("-", "−"))

    def percent(self, share: float, most: int = 0) -> str:
        """A share of one in hundredths."""
        usual = self.locale.percent_formats[None].pattern
        shape = usual.replace("0", f"0.{'#' * most}".rstrip("."))
        given = Decimal(format(share, ".15g"))
        made = format_percent(given, shape, self.locale, numbering_system=self._digits)
        return self._own(made)

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return self._own(format_date(day, "long", self.locale))

    def moment(self, moment: datetime) -> str:
        """A day with its time, and the zone where there is one."""
        zone = moment.strftime(" %Z") if moment.tzinfo else ""
        time = format_time(moment.replace(tzinfo=None), "short", locale=self.locale)
        return self._own(f"{self.day(moment)}, {time}{zone}")

    def listed(self, items: Sequence[str], kind: Literal["and", "or", "row"] = "and") -> str:
        """Items as a sentence lists them."""
        if kind == "row":
            return functools.reduce(self._row.format, items) if items else ""
        return format_list(items, "standard" if kind == "and" else "or", self.locale)

    @property
    def _row(self) -> str:
        """Two of many things with what stands between them: a comma, where there is one."""
        between = str(self.locale.list_patterns["standard"]["start"])
        return "{0}، {1}" if self.locale.language == "ar" else between
