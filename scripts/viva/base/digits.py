"""Numbers in any script: Arabic, Persian, Devanagari, full-width and all other digits.

The browser does the same in the script of the type `numeric`; the golden cases keep the two alike.
"""

from unicodedata import decimal

WIDE = {place + 0xFEE0: place for place in range(0x21, 0x7F)}
"""Signs of ASCII as wide as a Chinese one."""
MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F), "")
"""What says which way a text runs, and comes along when it is copied."""
SIGNS = str.maketrans(
    {"−": "-", "\u00a0": " ", "\u202f": " ", "\u3000": " ", "٫": ".", "٬": " ", "،": ",", "٪": "%"}
)


def plain(typed: str) -> str:
    """A typed number in the signs of ASCII: spaces group its thousands."""
    digits = "".join(str(decimal(sign, sign)) for sign in typed)
    return digits.translate(SIGNS | WIDE | MARKS).strip()
