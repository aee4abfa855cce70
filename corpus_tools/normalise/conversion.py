"""Machine-made traditional."""


def from_taiwan(text: str) -> bool:
    return False
