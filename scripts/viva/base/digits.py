"""Numbers in any script: Arabic, Persian, Devanagari, full-width and all other digits.

The browser does the same in the script of the type `numeric`; the golden cases keep the two alike.
"""

from unicodedata import category, decimal, normalize

SIGNS = {"−": "-", "٫": ".", "٬": " ", "،": ",", "٪": "%", "μ": "µ", "‐": "-", "‑": "-", "﹣": "-"}
"""A Greek letter stands for micro as often as the sign for it, and a hyphen for a minus."""


def plain(typed: str) -> str:
    """A typed number in the signs of ASCII: spaces group its thousands."""
    return "".join(map(_ascii, typed)).strip()


def _ascii(sign: str) -> str:
    kind = category(sign)
    if kind == "Nd":
        return str(decimal(sign))
    if kind == "Zs" or "！" <= sign <= "～":
        return normalize("NFKC", sign)
    return "" if kind == "Cf" else SIGNS.get(sign, sign)
