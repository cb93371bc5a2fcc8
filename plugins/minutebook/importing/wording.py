"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,008 rows`: for nouns whose plural ends in s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
