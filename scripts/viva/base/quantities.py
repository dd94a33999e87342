"""Numbers and their units as people write them."""


def number(value: float) -> str:
    """A number as people write it: `15` for 15.0."""
    return format(value, ".15g").replace("-", "−")


def quantity(value: float, unit: str | None) -> str:
    """A number with its unit; the sign for degrees stands close to it."""
    gap = "" if unit in (None, "°") else "\u00a0"
    return f"{number(value)}{gap}{unit or ''}"


def span(value: float, tolerance: float, unit: str | None) -> str:
    """A number with its unit, and from where to where it may be off."""
    if not tolerance:
        return quantity(value, unit)
    low, high = value - tolerance, value + tolerance
    return f"{quantity(value, unit)} (from {number(low)} to {quantity(high, unit)})"
