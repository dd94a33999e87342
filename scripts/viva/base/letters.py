"""Letters as labels: of options, places, versions and steps."""


def letter(number: int) -> str:
    """The label of the thing number 0, 1, …: A to Z, then AA, AB and so on."""
    before, last = divmod(number, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
